import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { type PracticeModem, startPracticeModem } from '../../../practice/gateways/modem/index.ts';
import { hasPeer, peerPath } from '../../../testing/peers.ts';
import { modemAdapter } from './index.ts';
import { aMessage, aWorld, quickClock, receiptsOf, textsOf } from './modem.fixture.ts';

const run = promisify(execFile);
const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Terminal {
  modem: PracticeModem;
  /** of the pseudo-terminal, at whose other end the practice modem is */
  path: string;
  directory: string;
  socat: ChildProcess;
}

async function terminal(): Promise<Terminal> {
  const modem = await startPracticeModem({ port: 0, clock: quickClock(10), seed: 1 });
  closers.push(() => modem.stop());
  const directory = mkdtempSync(join(tmpdir(), 'dialdesk-pty-'));
  closers.push(() => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, 'modem');
  const socat = plug(path, modem.port);
  await expect.poll(() => existsSync(path), { timeout: 10_000 }).toBe(true);
  return { modem, path, directory, socat };
}

function plug(path: string, port: number): ChildProcess {
  const socat = spawn(peerPath('socat'), [
    `PTY,link=${path},raw,echo=0`,
    `TCP:127.0.0.1:${port},nodelay`,
  ]);
  closers.push(() => end(socat));
  return socat;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await ended;
}

describe.skipIf(!hasPeer('socat'))('the adapter on a pseudo-terminal', () => {
  it('sends, reports and receives through the serial port library', async () => {
    const { modem, path } = await terminal();
    const world = aWorld(path);
    const adapter = modemAdapter.create(world.parts);
    closers.push(() => adapter.close());
    adapter.open();
    await expect.poll(() => world.states.at(-1)?.kind, { timeout: 20_000 }).toBe('ready');
    const text =
      'Zażółć gęślą jaźń, a potem jeszcze raz to samo, aż do końca tej długiej wiadomości';
    const sent = await adapter.send(aMessage({ to: '+48000000091', text }));
    expect(sent).toMatchObject({ kind: 'accepted', parts: 2 });
    await expect.poll(() => receiptsOf(world).length, { timeout: 20_000 }).toBe(2);
    await expect.poll(() => textsOf(world).length, { timeout: 20_000 }).toBe(1);
    await expect.poll(() => modem.stored(), { timeout: 10_000 }).toBe(0);
  });

  it('notices that the port is gone, and is back when it is', async () => {
    const { modem, path, socat } = await terminal();
    const world = aWorld(path);
    const adapter = modemAdapter.create(world.parts);
    closers.push(() => adapter.close());
    adapter.open();
    await expect.poll(() => world.states.at(-1)?.kind, { timeout: 20_000 }).toBe('ready');
    await end(socat);
    await expect.poll(() => world.states.at(-1)?.kind, { timeout: 20_000 }).toBe('failing');
    plug(path, modem.port);
    await expect.poll(() => world.states.at(-1)?.kind, { timeout: 30_000 }).toBe('ready');
    expect(await adapter.send(aMessage())).toMatchObject({ kind: 'accepted' });
  });
});

/** What gammu makes of a modem shows that ours is one; it is no modem itself. */
describe.skipIf(!hasPeer('gammu') || !hasPeer('socat'))('gammu at the practice modem', () => {
  async function gammu({ directory, path }: Terminal, ...args: string[]): Promise<string> {
    const config = join(directory, 'gammurc');
    writeFileSync(config, `[gammu]\ndevice = ${path}\nconnection = at115200\n`);
    const env = { ...process.env, LC_ALL: 'C.UTF-8', HOME: directory };
    const { stdout } = await run(peerPath('gammu'), ['-c', config, ...args], {
      env,
      timeout: 60_000,
    });
    return stdout;
  }

  it('finds out which modem it is', async () => {
    const said = await gammu(await terminal(), 'identify');
    expect(said).toMatch(/Dialdesk/);
    expect(said).toMatch(/Practice Modem/);
  });

  it('sends a text in any alphabet, also one of several parts', async () => {
    const stand = await terminal();
    const text = 'Zażółć gęślą jaźń';
    await gammu(stand, 'sendsms', 'TEXT', '+48000000097', '-unicode', '-text', text);
    const long = 'Prosimy o kontakt. '.repeat(12).trim();
    await gammu(stand, 'sendsms', 'TEXT', '+48000000097', '-autolen', '300', '-text', long);
    const [first, ...parts] = stand.modem.submits();
    expect(first).toMatchObject({ to: '+48000000097', text, part: null });
    expect(parts.map((part) => part.part?.number)).toEqual([1, 2]);
    expect(parts.map((part) => part.text).join('')).toBe(long);
  });

  it('reads what debtors wrote', async () => {
    const stand = await terminal();
    stand.modem.receive({ from: '+48000000001', text: 'Zapłacę jutro' });
    const said = await gammu(stand, 'getallsms');
    expect(said).toContain('Zapłacę jutro');
    expect(said).toContain('+48000000001');
  });
});
