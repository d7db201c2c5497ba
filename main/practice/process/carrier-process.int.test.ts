import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { readCallLog } from '../calls/read-call-log.ts';
import { EnginePeer } from '../testing/engine-peer.ts';
import type { CarrierReport } from './messages.ts';

const entry = join(import.meta.dirname, '../../entries/practice-carrier.ts');
const scenario = {
  name: 'process',
  numbers: [
    {
      match: { exact: '1' },
      inTurn: [{ kind: 'tone', afterMs: 50, hz: 440, hangUpAfterMs: 1200 }],
    },
    { match: { exact: '2' }, inTurn: [{ kind: 'answer', afterMs: 20 }] },
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'dialdesk-carrier-'));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function start() {
  const child = fork(entry, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  children.push(child);
  const ask = async <Type extends CarrierReport['type']>(command: unknown, type: Type) => {
    const reply = once(child, 'message');
    child.send(command as object);
    const [report] = (await reply) as [CarrierReport];
    expect(report.type).toBe(type);
    return report as Extract<CarrierReport, { type: Type }>;
  };
  return { child, ask };
}

const listen = { host: '127.0.0.1', port: 0 };

describe('the process', () => {
  it('is started by its parent, carries a call, logs it and stops', async () => {
    const { child, ask } = start();
    const log = join(folder, 'calls.jsonl');
    rmSync(folder, { recursive: true, force: true });
    const failed = await ask({ type: 'start', scenario, listen, log }, 'failed');
    expect(failed.message).toMatch(/ENOENT/);

    const ready = await ask({ type: 'start', scenario, listen }, 'ready');
    expect(ready.pid).toBe(child.pid);
    const peer = await EnginePeer.open(ready);
    const call = await peer.call('1', [{ tone: { hz: 600, levelDbfs: -20 } }]);
    await call.until('ended by remote');
    const status = await ask({ type: 'status' }, 'status');

    expect(call.heard().dominantHz).toBe(440);
    expect(status.callsUp).toBe(0);
    expect(status.calls[0]).toMatchObject({ to: '1', endedBy: 'carrier', stillUp: false });
    expect(status.calls[0]?.media?.dominantHz).toBe(600);
    expect((await ask({ type: 'sing' }, 'failed')).code).toBe('practice.bad-command');
    const gone = once(child, 'exit');
    await ask({ type: 'stop' }, 'stopped');
    expect(await gone).toEqual([0, null]);
    await peer.close();
  });

  it('leaves the truth in its log when it is killed', async () => {
    const here = mkdtempSync(join(tmpdir(), 'dialdesk-carrier-'));
    const log = join(here, 'calls.jsonl');
    const { child, ask } = start();
    const ready = await ask({ type: 'start', scenario, listen, log }, 'ready');
    const peer = await EnginePeer.open(ready);
    const call = await peer.call('2');
    await call.until('answered');
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;

    expect(readCallLog(log)).toMatchObject([{ to: '2', stillUp: true, endedAt: null }]);
    call.vanish();
    await peer.close();
    rmSync(here, { recursive: true, force: true });
  });

  it('ends with its parent', async () => {
    const { child, ask } = start();
    await ask({ type: 'start', scenario, listen }, 'ready');
    const gone = once(child, 'exit');
    child.disconnect();
    expect(await gone).toEqual([0, null]);
  });
});

describe('by hand', () => {
  const run = promisify(execFile);
  const demo = join(import.meta.dirname, '../../../resources/practice/demo.json');

  it('prints where it listens on its first line and obeys lines of JSON', async () => {
    const args = [entry, '--scenario', demo, '--listen', 'udp:127.0.0.1:0'];
    const running = run(process.execPath, args);
    running.child.stdin?.end('{"type":"status"}\n{"type":"stop"}\n');
    const { stdout } = await running;
    const [first, ...rest] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({ type: 'ready', host: '127.0.0.1', port: expect.any(Number) });
    expect(rest.map(({ type }) => type)).toEqual(['status', 'stopped']);
  });

  it('says what is wrong in one line, with status 1, or 2 for wrong usage', async () => {
    const missing = run(process.execPath, [
      entry,
      '--scenario',
      '/no/such',
      '--listen',
      'udp:127.0.0.1:0',
    ]);
    await expect(missing).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^[^\n]+\n$/),
    });
    const usage = run(process.execPath, [entry, '--listen', 'udp:127.0.0.1:0']);
    await expect(usage).rejects.toMatchObject({ code: 2, stderr: expect.stringMatching(/usage/) });
  });
});
