import { describe, expect, it } from 'vitest';
import { findCycles } from './lib/area-cycles.mjs';
import { describeViolation, findLayerViolations } from './lib/layer-violations.mjs';
import { readModule } from './lib/read-imports.mjs';
import { aTree, type Tree } from './testing/temporary-tree.ts';

/** Rules broken by a tree, as `file: rule`. */
function broken(files: Tree): string[] {
  const { violations } = findLayerViolations(aTree(files));
  return violations.map(({ file, rule }) => `${file}: ${rule}`);
}

describe('reading imports', () => {
  it('finds static, dynamic, type, re-exported and by-URL imports with their lines', () => {
    const { imports } = readModule(
      'main/a.ts',
      `import { one } from './one.ts';
import type { Two } from './two.ts';
import { type Three } from './three.ts';
export * from './four.ts';
export type { Five } from './five.ts';
const six = await import('./six.ts');
new Worker(new URL('./seven.ts', import.meta.url));
type Eight = import('./eight.ts').Eight;
import './nine.css';`,
    );
    const seen = imports.map(({ specifier, typeOnly, line }) => `${line} ${specifier} ${typeOnly}`);
    expect(seen.sort()).toEqual([
      '1 ./one.ts false',
      '2 ./two.ts true',
      '3 ./three.ts true',
      '4 ./four.ts false',
      '5 ./five.ts true',
      '6 ./six.ts false',
      '7 ./seven.ts false',
      '8 ./eight.ts true',
      '9 ./nine.css false',
    ]);
  });

  it('refuses what it cannot parse', () => {
    expect(() => readModule('main/a.ts', 'import {')).toThrow(/main\/a\.ts/);
  });
});

describe('areas inside areas', () => {
  it('each kind of SMS gateway is an area of its own, entered through its index', () => {
    const file = 'main/channels/sms/http/a.ts';
    expect(broken({ [file]: "import { x } from '../smpp/b.ts';" })).toEqual([
      `${file}: main/channels/sms/smpp is entered through its index.ts`,
    ]);
    expect(broken({ [file]: "import { x } from '../smpp/index.ts';" })).toEqual([]);
  });

  it('an adapter knows nothing of the outbox', () => {
    const file = 'main/channels/sms/http/a.ts';
    expect(broken({ [file]: "import { x } from '../../outbox/index.ts';" })).toEqual([
      `${file}: main/channels/sms never imports main/channels/outbox`,
    ]);
  });
});

describe('top-level folders', () => {
  it.each([
    ['renderer/app/a.ts', '#main/store/index.ts', 'renderer does not import main'],
    ['main/app/a.ts', '../../renderer/app/b.ts', 'main does not import renderer'],
    ['shared/util/a.ts', '#main/store/index.ts', 'shared does not import main'],
    ['preload/a.ts', '#main/shell/ports.ts', 'preload does not import main'],
    ['main/app/a.ts', '../../scripts/lib/run.mjs', 'main does not import scripts'],
  ])('%s importing %s is refused', (file, specifier, rule) => {
    expect(broken({ [file]: `import { x } from '${specifier}';` })).toEqual([`${file}: ${rule}`]);
  });

  it('lets both sides import shared, and testing find peers as the scripts do', () => {
    const text = "import { x } from '#shared/util/index.ts';";
    const tree = {
      'renderer/app/a.ts': text,
      'main/app/a.ts': text,
      'preload/a.ts': text,
      'main/testing/peers.ts': "import { findPeer } from '../../scripts/lib/peers.mjs';",
    };
    expect(broken(tree)).toEqual([]);
  });
});

describe('packages', () => {
  it.each([
    ['main/dialer/a.ts', 'electron', 'only main/shell/electron, preload may import electron'],
    ['main/shell/node/a.ts', 'electron', 'only main/shell/electron, preload may import electron'],
    [
      'main/telephony/call/a.ts',
      'sip.js',
      'only main/telephony/sip, renderer/telephony may import sip.js',
    ],
    [
      'renderer/features/a.tsx',
      'sip.js/lib/api',
      'only main/telephony/sip, renderer/telephony may import sip.js',
    ],
    [
      'main/telephony/sip/a.ts',
      'node-datachannel',
      'only main/telephony/media may import node-datachannel',
    ],
    [
      'main/debtors/a.ts',
      'better-sqlite3',
      'only main/store, main/testing may import better-sqlite3',
    ],
    ['shared/util/a.ts', 'sip.js', 'shared imports only zod'],
    ['shared/util/a.ts', 'node:fs', 'shared imports no Node module'],
    ['renderer/app/a.ts', 'node:path', 'renderer imports no Node module'],
    ['preload/a.ts', 'ws', 'preload imports only electron'],
  ])('%s may not import %s', (file, specifier, rule) => {
    expect(broken({ [file]: `import type { X } from '${specifier}';` })).toEqual([
      `${file}: ${rule}`,
    ]);
  });

  it('allows them where they belong', () => {
    const tree = {
      'main/shell/electron/a.ts': "import { app } from 'electron';",
      'preload/a.ts': "import { contextBridge } from 'electron';",
      'main/telephony/sip/a.ts': "import { UserAgentCore } from 'sip.js/lib/core';",
      'renderer/telephony/a.ts': "import { UserAgent } from 'sip.js';",
      'main/telephony/media/a.ts': "import { PeerConnection } from 'node-datachannel';",
      'main/store/connection/a.ts': "import Database from 'better-sqlite3';",
      'shared/contract/a.ts': "import { z } from 'zod';",
      'main/dialer/a.test.ts': "import Database from 'better-sqlite3';",
    };
    expect(broken(tree)).toEqual([]);
  });
});

describe('layers of main', () => {
  it.each([
    ['main/store/a.ts', '../debtors/index.ts', 'main/store does not import main/debtors'],
    ['main/debtors/a.ts', '../app/start.ts', 'main/debtors does not import main/app'],
    ['main/app/a.ts', '../shell/node/open.ts', 'main/app does not import main/shell'],
    ['main/shell/node/a.ts', '../../entries/engine.ts', 'main/shell does not import main/entries'],
    ['main/app/a.ts', '../practice/index.ts', 'main/practice is for entries and tests'],
    ['main/debtors/a.ts', '../testing/fake-clock.ts', 'main/testing is for entries and tests'],
    ['main/contract-server/a.ts', '../access/index.ts', 'main/contract-server imports no area'],
    [
      'main/telephony/call/a.ts',
      '../../dialer/index.ts',
      'main/telephony never imports main/dialer',
    ],
    ['main/agents/a.ts', '../reports/index.ts', 'main/agents never imports main/reports'],
    ['main/access/a.ts', '../channels/sms/index.ts', 'main/access never imports main/channels'],
  ])('%s may not import %s', (file, specifier, rule) => {
    expect(broken({ [file]: `import { x } from '${specifier}';` })).toEqual([`${file}: ${rule}`]);
  });

  it('lets every layer import the lower ones', () => {
    const tree = {
      'main/entries/engine.ts': "import { start } from '../app/start.ts';",
      'main/entries/carrier.ts': "import { run } from '../practice/index.ts';",
      'main/shell/node/open.ts': "import { start } from '../../app/start.ts';",
      'main/app/start.ts': "import { debtors } from '../debtors/index.ts';",
      'main/debtors/index.ts': "import { openStore } from '../store/index.ts';",
      'main/practice/index.ts': "import { endpoint } from '../telephony/sip/index.ts';",
    };
    expect(broken(tree)).toEqual([]);
  });

  it('lets areas use the types of the ports, and only the types', () => {
    const type = "import type { Paths } from '../shell/ports.ts';";
    const value = "import { paths } from '../shell/ports.ts';";
    expect(broken({ 'main/debtors/a.ts': type, 'main/contract-server/b.ts': type })).toEqual([]);
    expect(broken({ 'main/debtors/a.ts': value })).toHaveLength(1);
  });

  it('lets a thread or process be started by naming its entry', () => {
    const text = "new Worker(new URL('../entries/store-writer.ts', import.meta.url));";
    expect(broken({ 'main/store/writer.ts': text })).toEqual([]);
    expect(broken({ 'main/store/writer.ts': "import '../entries/store-writer.ts';" })).toHaveLength(
      1,
    );
  });
});

describe('entrances of areas', () => {
  it.each([
    ['main/dialer/a.ts', '../debtors/search/find.ts', 'main/debtors'],
    ['main/telephony/call/a.ts', '../sip/user-agent.ts', 'main/telephony/sip'],
    ['main/dialer/campaigns/a.ts', '../pacing/controller.ts', 'main/dialer/pacing'],
    ['main/dialer/index.ts', './campaigns/run.ts', 'main/dialer/campaigns'],
    ['main/debtors/a.ts', '../store/queries/debtors.ts', 'main/store'],
  ])('%s may not reach into %s', (file, specifier, area) => {
    expect(broken({ [file]: `import { x } from '${specifier}';` })).toEqual([
      `${file}: ${area} is entered through its index.ts`,
    ]);
  });

  it('lets index.ts and types.ts in, protocols as types, and an area into itself', () => {
    const tree = {
      'main/telephony/call/a.ts': `import { agent } from '../sip/index.ts';
import type { Leg } from '../sip/types.ts';
import type { ToMedia } from '../media/media-protocol.ts';
import { step } from './machines/leg.ts';`,
    };
    expect(broken(tree)).toEqual([]);
    const value = "import { encode } from '../media/media-protocol.ts';";
    expect(broken({ 'main/telephony/call/a.ts': value })).toHaveLength(1);
  });
});

describe('ways past an index', () => {
  it('lead to formats without state, and are open to test helpers', () => {
    const tree = {
      'main/practice/a.ts': "import { parse } from '../telephony/media/rtp/rtp-packet.ts';",
      'main/testing/b.ts': "import { sign } from '../telephony/sip/registrar/digest.ts';",
    };
    expect(broken(tree)).toEqual([]);
    const deep = "import { sign } from '../telephony/sip/registrar/digest.ts';";
    expect(broken({ 'main/practice/a.ts': deep })).toHaveLength(1);
  });
});

describe('circles', () => {
  it('reports areas that import values from each other, not types', () => {
    const tree = {
      'main/debtors/index.ts': "import { door } from '../contact-rules/index.ts';",
      'main/contact-rules/index.ts': "import { call } from '../payments/index.ts';",
      'main/payments/index.ts': "import { debtor } from '../debtors/index.ts';",
      'main/agents/index.ts': "import type { Caller } from '../access/index.ts';",
      'main/access/index.ts': "import { agents } from '../agents/index.ts';",
    };
    const { violations } = findLayerViolations(aTree(tree));
    expect(violations.map(({ found }) => found)).toEqual([
      'main/contact-rules → main/payments → main/debtors → main/contact-rules',
    ]);
  });

  it('finds every circle once', () => {
    const graph = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['a', 'c'])],
      ['c', new Set<string>()],
      ['d', new Set(['e'])],
      ['e', new Set(['d'])],
    ]);
    expect(findCycles(graph)).toEqual([
      ['a', 'b', 'a'],
      ['d', 'e', 'd'],
    ]);
  });
});

describe('tests and words', () => {
  it('keeps tests out of the application', () => {
    const tree = { 'main/app/a.ts': "import { fake } from './b.test.ts';" };
    expect(broken(tree)).toEqual(['main/app/a.ts: nothing imports a test']);
  });

  it('reports tests left out and comments that postpone', () => {
    const later = ['TO', 'DO'].join('');
    const tree = {
      'main/app/a.test.ts': "it.only('a', () => {});\ndescribe.skip.each([1])('b', () => {});",
      'main/app/b.ts': `// ${later}: later\nexport const b = 1;`,
      'main/app/c.ts': '/** @ts-ignore */\nexport const c = 1;',
    };
    expect(broken(tree).sort()).toEqual([
      'main/app/a.test.ts: no .only in a test',
      'main/app/a.test.ts: no .skip in a test',
      `main/app/b.ts: no ${later} in the sources`,
      'main/app/c.ts: no @ts-ignore in the sources',
    ]);
  });

  it('leaves conditions, other methods and longer words alone', () => {
    const tree = {
      'main/app/a.test.ts': "describe.skipIf(true)('a', () => {});\nrows.skip(3);",
      'main/app/b.ts': '// the TODOLIST of nobody\nexport const b = 1;',
    };
    expect(broken(tree)).toEqual([]);
  });

  it('says file, line, import, rule and reason', () => {
    const root = aTree({ 'main/dialer/a.ts': "\nimport { app } from 'electron';" });
    const [violation] = findLayerViolations(root).violations;
    expect(describeViolation(violation!)).toBe(
      'main/dialer/a.ts:2  electron\n' +
        '    only main/shell/electron, preload may import electron: the engine runs without ' +
        'Electron; what a shell does goes through main/shell/ports.ts',
    );
  });
});
