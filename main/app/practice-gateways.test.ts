import { afterEach, describe, expect, it } from 'vitest';
import { gatewayWrites } from '../channels/gateways/index.ts';
import { manualClock } from '../testing/contract-clock.ts';
import { type FakeChild, fakeSpawn } from '../testing/fake-spawn.ts';
import { openTestStore, type TestStore } from '../testing/open-test-store.ts';
import { type PracticeGatewaysProcess, startPracticeGateways } from './practice-gateways.ts';

const SMPP = '00000000-0000-7000-8000-00000000a001';
const TWILIO = '00000000-0000-7000-8000-00000000a004';
let store: TestStore | null = null;
let running: PracticeGatewaysProcess | null = null;
afterEach(async () => {
  await running?.stop();
  store?.close();
  store = null;
});

function readyWith(port: number) {
  const smpp = { kind: 'smpp', name: 'Practice SMSC', senders: ['Practice'], systemId: 'practice' };
  const twilio = { kind: 'twilio', name: 'Practice Twilio', senders: [] };
  const base = `http://127.0.0.1:${port}/twilio`;
  const gateway = (gatewayId: string, settings: object, address: object, enabled: boolean) => ({
    gatewayId,
    settings: { ...settings, ...address },
    address,
    secrets: { password: 'practice' },
    enabled,
  });
  return {
    type: 'ready',
    pid: 1,
    gateways: [
      gateway(SMPP, smpp, { host: '127.0.0.1', port }, true),
      gateway(TWILIO, twilio, { baseUrl: base }, false),
    ],
  };
}

async function start(port = 4001) {
  const clock = manualClock();
  const opened = store ?? openTestStore({ writes: gatewayWrites, clock });
  store = opened;
  const logged: string[] = [];
  const { spawn, children, latest } = fakeSpawn();
  const starting = startPracticeGateways({
    spawn,
    store: opened,
    clock,
    log: (message) => void logged.push(message),
  });
  latest().says(readyWith(port));
  running = await starting;
  return { clock, opened, logged, children, latest, process: running };
}

interface Row {
  kind: string;
  settingsJson: string;
  enabled: number;
  practice: number;
  deletedAt: number | null;
}
const rowOf = (gatewayId: string) => {
  const row = store?.read.get<Row>('SELECT * FROM gateway WHERE id = ?', gatewayId);
  return row === undefined ? null : { ...row, settings: JSON.parse(row.settingsJson) };
};

describe('practice gateways', () => {
  it('have rows that say what they are, and which of them are on', async () => {
    await start();
    expect(rowOf(SMPP)).toMatchObject({ kind: 'message.smpp', enabled: 1, practice: 1 });
    expect(rowOf(SMPP)?.settings).toMatchObject({ name: 'Practice SMSC', port: 4001, window: 10 });
    expect(rowOf(TWILIO)).toMatchObject({ kind: 'message.twilio', enabled: 0, practice: 1 });
  });

  it('get new ports at the next start and keep what a person has set', async () => {
    const first = await start();
    const settings = { ...rowOf(SMPP)?.settings, name: 'My SMSC', maxPerSecond: 3 };
    await first.opened.write(gatewayWrites, 'gateway.save-row', {
      gatewayId: SMPP,
      settings,
      secrets: {},
      enabled: false,
      practice: true,
    });
    await first.process.stop();
    await start(4002);
    expect(rowOf(SMPP)?.settings).toMatchObject({ name: 'My SMSC', maxPerSecond: 3, port: 4002 });
    expect(rowOf(SMPP)?.enabled).toBe(0);
    expect(rowOf(TWILIO)?.settings.baseUrl).toBe('http://127.0.0.1:4002/twilio');
  });

  it('that were removed stay away', async () => {
    const first = await start();
    first.opened.runNow((db) => db.remove('gateway', TWILIO));
    await first.process.stop();
    await start(4003);
    expect(rowOf(TWILIO)?.deletedAt).not.toBeNull();
    expect(rowOf(TWILIO)?.settings.baseUrl).toBe('http://127.0.0.1:4001/twilio');
    expect(rowOf(SMPP)?.settings.port).toBe(4003);
  });

  it('whose process ends are started again, and it is told that they moved', async () => {
    const { clock, children, latest, logged, process } = await start();
    const moved: string[][] = [];
    process.onMoved((ids) => void moved.push([...ids]));
    latest().exits(1);
    expect(logged).toEqual(['practice gateways ended']);
    clock.advance(1_000);
    expect(children).toHaveLength(2);
    latest().says(readyWith(4010));
    await expect.poll(() => moved).toEqual([[SMPP, TWILIO]]);
    expect(rowOf(SMPP)?.settings.port).toBe(4010);
  });

  it('that end again and again are started ever less often', async () => {
    const { clock, children, latest } = await start();
    const waits: number[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      (latest() as FakeChild).exits(1);
      const before = children.length;
      let waited = 0;
      while (children.length === before) {
        clock.advance(500);
        waited += 500;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('that cannot start do not stop the engine', async () => {
    const clock = manualClock();
    store = openTestStore({ writes: gatewayWrites, clock });
    const logged: string[] = [];
    const { spawn, latest } = fakeSpawn();
    const log = (message: string) => void logged.push(message);
    const starting = startPracticeGateways({ spawn, store, clock, log });
    latest().says({ type: 'failed', code: 'x', message: 'no port' });
    running = await starting;
    expect(logged).toContain('practice gateways did not start');
    expect(rowOf(SMPP)).toBeNull();
  });

  it('are not started again once the engine stops', async () => {
    const { clock, children, process } = await start();
    await process.stop();
    clock.advance(120_000);
    expect(children).toHaveLength(1);
  });
});
