import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Gateway, InboxThread } from '#shared/contract/index.ts';
import { openStore, practiceKeyFile } from '../store/index.ts';
import { connectRpc, type RpcClient } from './command/rpc-client.ts';
import { readToken } from './command/token.ts';

const program = join(import.meta.dirname, '../entries/engine.ts');
const slow = { timeout: 30_000, interval: 200 };
let directory: string;
let engine: ChildProcess | null = null;
let rpc: RpcClient | null = null;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dialdesk-practice-gateways-'));
});
afterEach(async () => {
  await stop();
  rmSync(directory, { recursive: true, force: true });
});

async function start(): Promise<RpcClient> {
  const args = ['--data', directory, '--practice', '--no-practice-carrier'];
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  engine = child;
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = (await once(lines, 'line')) as [string];
  const { url, tokenFile } = JSON.parse(line) as { url: string; tokenFile: string };
  rpc = await connectRpc(url, readToken(tokenFile));
  return rpc;
}

async function stop(): Promise<void> {
  rpc?.close();
  rpc = null;
  if (engine === null || engine.exitCode !== null) return;
  const ended = once(engine, 'exit');
  engine.kill('SIGTERM');
  await ended;
  engine = null;
}

async function gatewaysOf(client: RpcClient): Promise<Gateway[]> {
  return ((await client.send('gateway.list', {})) as { gateways: Gateway[] }).gateways;
}

describe('an engine on a practice store', () => {
  it('has a gateway of each protocol, and those that are on are ready', async () => {
    const client = await start();
    const gateways = await gatewaysOf(client);
    expect(gateways.map(({ settings }) => settings.kind).sort()).toEqual(
      [
        'email',
        'infobip',
        'mm7',
        'modem',
        'serwersms',
        'smpp',
        'smsapi',
        'twilio',
        'vonage',
      ].sort(),
    );
    for (const { practice, settings } of gateways) {
      expect(practice).toBe(true);
      expect(settings.name).toMatch(/^Practice /);
    }
    const on = async () =>
      (await gatewaysOf(client))
        .filter(({ enabled }) => enabled)
        .map(({ settings, state }) => `${settings.kind} ${state.kind}`);
    await expect.poll(on, slow).toEqual(['smpp ready', 'mm7 ready', 'email ready']);
  });

  it('sends through each HTTP gateway, and hears what became of it and what is answered', async () => {
    const client = await start();
    const http = (await gatewaysOf(client)).filter(({ settings }) =>
      ['twilio', 'smsapi', 'serwersms', 'infobip', 'vonage'].includes(settings.kind),
    );
    expect(http).toHaveLength(5);
    for (const { gatewayId, settings } of http) {
      await client.send('gateway.save', { gatewayId, settings, secrets: {}, enabled: true });
    }
    const peers = async () => {
      const input = { view: 'unmatched', limit: 50 };
      const { threads } = (await client.send('inbox.list', input)) as { threads: InboxThread[] };
      return threads.map(({ peer }) => peer).sort();
    };
    const expected: string[] = [];
    // Twice, so that what came of the first round has been asked for by the end of the second.
    for (const round of [1, 2]) {
      for (const [index, { gatewayId }] of http.entries()) {
        const sendTo = `+48100${round}0${index}791`;
        const tested = await client.send('gateway.test', { gatewayId, secrets: {}, sendTo });
        const { steps } = tested as {
          steps: { step: string; state: string; code: string | null }[];
        };
        expect(steps.filter(({ state }) => state !== 'ok')).toEqual([]);
        expect(steps.at(-1)).toMatchObject({ step: 'send', state: 'ok' });
        expected.push(sendTo);
      }
      await expect.poll(peers, slow).toEqual([...expected].sort());
    }
    await stop();

    const store = await openStore({
      dataDir: directory,
      keyProvider: { kind: 'keyFile', path: practiceKeyFile(directory) },
    });
    // A test belongs to no message, so its receipt waits for one that never comes. SerwerSMS is asked about our messages alone.
    const told = store.read.all<{ gatewayId: string }>(
      `SELECT DISTINCT gatewayId FROM strayReceipt WHERE receiptJson LIKE '%"delivered"%'`,
    );
    await store.close();
    const wanted = http.filter(({ settings }) => settings.kind !== 'serwersms');
    expect(told.map(({ gatewayId }) => gatewayId).sort()).toEqual(
      wanted.map(({ gatewayId }) => gatewayId as string).sort(),
    );
  });
});
