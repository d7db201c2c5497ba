import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { lockDirectory } from '../../main/store/index.ts';
import { until } from '../support/until.ts';

const START = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'dialdesk-launcher-'));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe.skipIf(process.platform !== 'linux')('a launcher that is killed', () => {
  it('takes engine, media process, carrier and gateways with it, and the next start opens the store', async () => {
    const dataDir = join(directory, 'practice');
    const first = await startHeadless(dataDir);
    const enginePid = engineOf(dataDir);
    // the engine, the media process, the practice carrier, the practice gateways
    const family = await until('a family of four', () => {
      const all = [enginePid, ...childrenOf(enginePid)];
      return all.length === 4 && all;
    });
    const launcherPid = parentOf(enginePid);
    process.kill(launcherPid, 'SIGKILL');
    await until('everybody ends', () => !family.some(isAlive));
    await first.ended;

    lockDirectory(dataDir).release();
    const second = await startHeadless(dataDir);
    expect(engineOf(dataDir)).not.toBe(enginePid);
    second.child.kill('SIGINT');
    await second.ended;
  }, 180_000);
});

async function startHeadless(
  dataDir: string,
): Promise<{ child: ChildProcess; ended: Promise<unknown> }> {
  const child = spawn(process.execPath, [START, '--data', dataDir, '--headless'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await until(
    'an engine',
    () => {
      try {
        return isAlive(engineOf(dataDir));
      } catch {
        return false; // it has not said yet where it is
      }
    },
    120_000,
  );
  return { child, ended };
}

function engineOf(dataDir: string): number {
  return (JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8')) as { pid: number }).pid;
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((text) => text !== '')
    .map(Number);
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
