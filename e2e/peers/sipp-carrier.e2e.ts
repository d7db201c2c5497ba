import { afterEach, describe, expect, it } from 'vitest';
import { hasPeer } from '../../main/testing/peers.ts';
import { finishWrapUp, hangUpAndDispose, heardBack, nextConnected } from './support/calls.ts';
import { EngineRun, numberEnding } from './support/engine.ts';
import { SippCarrier } from './support/sipp-carrier.ts';

/** Against a carrier that is not ours: SIPp, on real sockets, with the engine as a process of its own. */

const engines: EngineRun[] = [];
const carriers: SippCarrier[] = [];

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
  for (const carrier of carriers.splice(0)) await carrier.vanish();
});

async function engineWith(endings: readonly string[]): Promise<EngineRun> {
  const numbers = endings.map((ending) => numberEnding(ending));
  const engine = await EngineRun.start({ numbers });
  engines.push(engine);
  return engine;
}

async function sipp(...args: Parameters<typeof SippCarrier.start>): Promise<SippCarrier> {
  const carrier = await SippCarrier.start(...args);
  carriers.push(carrier);
  return carrier;
}

interface AttemptRow {
  number: string;
  attemptResult: string;
  sipStatus: number | null;
  q850Cause: number | null;
  endedBy: string;
  entryStatus: string;
  doneReason: string | null;
  waitMs: number;
}

const ATTEMPTS = `SELECT a.number, a.attemptResult, a.sipStatus, a.q850Cause, a.endedBy, e.status AS entryStatus, e.doneReason,
  e.nextAt - a.endedAt AS waitMs FROM attempt a JOIN contactListEntry e ON e.id = a.entryId ORDER BY a.reservedAt`;

describe.skipIf(!hasPeer('sipp'))('SIPp as the carrier', () => {
  for (const codec of ['PCMU', 'PCMA'] as const)
    it(`five calls one after another over ${codec}: audio both ways, outcomes in the history`, async () => {
      const recordCalls = codec === 'PCMU';
      const engine = await engineWith(['001', '002', '003', '004', '005']);
      const carrier = await sipp(codec);
      const campaignId = await engine.campaign(await engine.trunkTo(carrier.port), { recordCalls });
      const { owner } = engine;
      await owner.goReady();
      await engine.start(campaignId);
      const levels: number[] = [];
      for (let call = 0; call < 5; call += 1) {
        const callId = await nextConnected(owner, call);
        if (recordCalls)
          await owner.until('recorded', () =>
            owner.events.some(
              ({ name, data }) =>
                name === 'call.changed' &&
                data.call.callId === callId &&
                data.call.recording === 'on',
            ),
          );
        levels.push(await heardBack(owner, 440 + call * 110));
        await hangUpAndDispose(owner, callId, 'dispute');
      }
      const { counters } = await campaignWhen(engine, campaignId, 'finished');
      console.log(codec, 'heard back, dBFS:', levels.map((level) => level.toFixed(2)).join(' '));
      for (const level of levels) expect(Math.abs(level + 16)).toBeLessThan(0.5);
      expect(counters).toMatchObject({
        entries: 5,
        done: 5,
        attempts: 5,
        connected: 5,
        abandoned: 0,
      });
      const rows = await engine.read<AttemptRow>(ATTEMPTS);
      expect(rows.map((row) => [row.attemptResult, row.endedBy, row.entryStatus])).toEqual(
        rows.map(() => ['answered', 'agent', 'done']),
      );
      const recordings = await engine.read<{ state: string }>('SELECT state FROM recording');
      expect(recordings.map((row) => row.state)).toEqual(
        recordCalls ? rows.map(() => 'complete') : [],
      );
    });

  it('each refusal has its own verdict, its own wait, and costs the agent nothing', async () => {
    const engine = await engineWith(['486', '480', '404', '603', '503', '500', '408', '777']);
    const carrier = await sipp('PCMA');
    const retry = {
      busyMs: 111_000,
      noAnswerMs: 222_000,
      rejectedMs: 333_000,
      machineMs: null,
      networkFailureMs: 444_000,
      abandonedMs: null,
      maxAttemptsPerDebtor: 5,
    };
    const trunk = await engine.trunkTo(carrier.port);
    const campaignId = await engine.campaign(trunk, { retry, ringTimeoutMs: 5_000 });
    const { owner } = engine;
    await owner.goReady();
    await engine.start(campaignId);
    const callId = await nextConnected(owner, 0);
    await finishWrapUp(owner, callId, 'dispute');
    await owner.until('all tried', async () => (await engine.read(ATTEMPTS)).length === 8);
    const rows = await engine.read<AttemptRow>(ATTEMPTS);
    const wait = (row: AttemptRow) => Math.round(row.waitMs / 1_000);
    const short = Object.fromEntries(
      rows.map((row) => [
        row.number.slice(-3),
        [
          row.attemptResult,
          row.sipStatus,
          row.entryStatus,
          row.entryStatus === 'done' ? row.doneReason : wait(row),
        ],
      ]),
    );
    expect(short).toEqual({
      '486': ['busy', 486, 'waiting', 111],
      '480': ['noAnswer', 480, 'waiting', 222],
      '404': ['invalidNumber', 404, 'done', 'invalidNumber'],
      '603': ['rejected', 603, 'waiting', 333],
      '503': ['networkFailure', 503, 'waiting', 444],
      '500': ['busy', 500, 'waiting', 111],
      '408': ['noAnswer', null, 'waiting', 222],
      '777': ['answered', null, 'done', 'done'],
    });
    expect(rows.at(-1)?.endedBy).toBe('debtor');
    const { workState } = await owner.send('agent.status', {});
    expect(workState).toBe('ready');
  });

  it('a carrier that vanishes is shown as such, the attempt as a network failure, and is used again when it is back', async () => {
    const engine = await engineWith(['001', '002', '003']);
    const carrier = await sipp('PCMU');
    const trunk = await engine.trunkTo(carrier.port);
    const campaignId = await engine.campaign(trunk, { recordCalls: false });
    const { owner } = engine;
    await owner.goReady();
    await engine.start(campaignId);
    const first = await nextConnected(owner, 0);
    await carrier.vanish();
    await hangUpAndDispose(owner, first, 'dispute');
    await engine.trunkIs(trunk.trunkId, 'unreachable', 45_000);
    expect((await engine.trunk(trunk.trunkId)).lastFailure).toMatchObject({
      code: 'sip.no-answer',
    });
    const [, second] = await engine.read<AttemptRow>(ATTEMPTS);
    expect(second).toMatchObject({ attemptResult: 'networkFailure', entryStatus: 'waiting' });
    await owner.until('blocked', async () => {
      const { blockedBy } = await owner.send('campaign.get', { campaignId } as never);
      return blockedBy === 'trunkDown';
    });
    const back = performance.now();
    await sipp('PCMU', carrier.port);
    await engine.trunkIs(trunk.trunkId, 'reachable', 20_000);
    console.log('reachable again after', Math.round(performance.now() - back), 'ms');
    const third = await nextConnected(owner, 1);
    expect(Math.abs((await heardBack(owner, 660)) + 16)).toBeLessThan(0.5);
    await hangUpAndDispose(owner, third, 'dispute');
  });
});

async function campaignWhen(engine: EngineRun, campaignId: string, status: string) {
  const get = () => engine.owner.send('campaign.get', { campaignId } as never);
  await engine.owner.until(`campaign ${status}`, async () => (await get()).status === status);
  return get();
}
