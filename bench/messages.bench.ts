import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { crashFigures, crashRun } from './messages/crash-figures.ts';
import { keystrokeFigures, typeMessages } from './messages/keystroke-figures.ts';
import { MessageEngine, prepareMessages } from './messages/message-engine.ts';
import { makeMessageStore } from './messages/message-store.ts';
import { SmscPeer } from './messages/smsc-peer.ts';
import { runBulk, throughputFigures } from './messages/throughput-figures.ts';

const idleMessages = 210;
const busyMessages = 400;
const allParts = ['throughput', 'keystroke', 'crash'];

const bench: Bench = {
  summary:
    'messages through SMPP: a bulk, an agent’s keystroke beside it, kills in the middle of it',
  options: ['messages', 'part'],
  async run(context) {
    const messages = Number(context.options.messages ?? 10_000);
    const parts = context.options.part === undefined ? allParts : [context.options.part];
    const directory = mkdtempSync(join(tmpdir(), 'dialdesk-messages-'));
    try {
      const figures: Figure[] = [];
      if (parts.includes('throughput')) {
        figures.push(...(await throughput(join(directory, 'bulk'), messages, context)));
      }
      if (parts.includes('keystroke')) {
        figures.push(...(await keystrokes(join(directory, 'hand'), messages, context)));
      }
      if (parts.includes('crash')) figures.push(...(await crash(directory, messages, context)));
      return figures;
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};
export default bench;

async function throughput(
  dataDir: string,
  messages: number,
  { note }: BenchContext,
): Promise<Figure[]> {
  await makeMessageStore(dataDir, { bulk: messages, byHand: 0 });
  return withEngine(dataDir, async ({ engine, smsc, prepared }) =>
    throughputFigures(engine, smsc, { ...prepared, messages }, note),
  );
}

async function keystrokes(
  dataDir: string,
  messages: number,
  { note }: BenchContext,
): Promise<Figure[]> {
  await makeMessageStore(dataDir, { bulk: messages, byHand: idleMessages + busyMessages });
  return withEngine(dataDir, async ({ engine, smsc, prepared }) => {
    const { templateId } = prepared;
    note('an agent writes, nothing else runs');
    const idle = { first: messages, count: idleMessages, templateId };
    const idleMs = await typeMessages(await engine.connect(), smsc, idle);
    note(`an agent writes while ${messages} messages leave`);
    let isOver = false;
    const bulk = runBulk(engine, smsc, { ...prepared, messages }).finally(() => {
      isOver = true;
    });
    const busy = {
      first: messages + idleMessages,
      count: busyMessages,
      templateId,
      until: () => isOver,
    };
    const busyMs = await typeMessages(await engine.connect(), smsc, busy);
    await bulk;
    note(`${busyMs.length} messages by hand during the bulk`);
    return [
      ...keystrokeFigures('nothing else runs', idleMs),
      ...keystrokeFigures('a bulk runs', busyMs),
    ];
  });
}

async function crash(
  directory: string,
  messages: number,
  { note }: BenchContext,
): Promise<Figure[]> {
  const killAt = [0.05, 0.2, 0.21, 0.4, 0.6].map((share) => Math.floor(messages * share));
  const result = await crashRun({ dataDir: join(directory, 'crash'), messages, killAt, note });
  note(JSON.stringify(result.left));
  return crashFigures(result);
}

interface Rig {
  engine: MessageEngine;
  smsc: SmscPeer;
  prepared: Awaited<ReturnType<typeof prepareMessages>>;
}

async function withEngine<Value>(dataDir: string, run: (rig: Rig) => Promise<Value>) {
  const smsc = await SmscPeer.start();
  const engine = await MessageEngine.start(dataDir);
  try {
    return await run({ engine, smsc, prepared: await prepareMessages(engine.client, smsc.port) });
  } finally {
    await engine.stop();
    await smsc.stop();
  }
}
