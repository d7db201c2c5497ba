import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comeToRest, connectedCalls, hangUpAndDispose } from './peers/support/calls.ts';
import { EngineRun, numberEnding } from './peers/support/engine.ts';
import type { NodeAgent } from './support/node-agent.ts';
import { OwnCarrier } from './support/own-carrier.ts';

/** Three softphones, a carrier in a process of its own, and a campaign that dials ahead. */

const AGENTS = 3;
const DEBTORS = 120;
const LINES = 8;
const WORK_MS = 45_000;
const TALK_MS = 2_500;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const answers = { kind: 'tone', hz: 700, afterMs: { fromMs: 800, toMs: 3_000 } };
const scenario = {
  name: 'predictive',
  numbers: [
    {
      match: { prefix: '+48' },
      outcomes: [
        { weight: 45, behaviour: answers },
        { weight: 15, behaviour: { kind: 'busy' } },
        { weight: 40, behaviour: { kind: 'ringOut', afterMs: 5_000 } },
      ],
    },
  ],
};

describe('a predictive campaign with three agents', () => {
  let engine: EngineRun;
  let carrier: OwnCarrier;
  let campaignId: string;
  const agents: NodeAgent[] = [];

  beforeAll(async () => {
    const numbers = Array.from({ length: DEBTORS }, (_, index) =>
      numberEnding(String(index).padStart(3, '0')),
    );
    engine = await EngineRun.start({ numbers });
    carrier = await OwnCarrier.start(scenario);
    const trunk = await engine.trunkTo(carrier.port, { maxConcurrentCalls: LINES });
    campaignId = await engine.campaign(trunk, {
      mode: 'predictive',
      recordCalls: false,
      ringTimeoutMs: 8_000,
    });
    for (let index = 0; index < AGENTS; index += 1) {
      const { agent } = await engine.addAgent(`Agent ${index + 1}`);
      agents.push(agent);
      await agent.goReady();
    }
  });
  afterAll(async () => {
    await engine?.stop();
    await carrier?.stop();
  });

  it('keeps them talking within its lines, shows itself live, and stops at once', async () => {
    await startAfresh();
    const over = performance.now() + WORK_MS;
    await Promise.all(agents.map((agent) => work(agent, over)));
    const live = await engine.owner.send('campaign.live', { campaignId } as never);
    await engine.owner.send('campaign.stop', { campaignId } as never);
    const stoppedAt = Date.now();
    await wait(1_500);
    // it dialed on while it was asked for `live`: what is counted, is counted after the stop
    const { today } = await engine.owner.send('campaign.live', { campaignId } as never);

    const attempts = await engine.read<{
      reservedAt: number;
      debtorId: string;
      joinedAt: number | null;
    }>('SELECT reservedAt, debtorId, joinedAt FROM attempt');
    expect(attempts.every(({ reservedAt }) => reservedAt <= stoppedAt)).toBe(true);
    expect(attempts.length).toBeGreaterThan(20);
    expect(attempts.filter(({ joinedAt }) => joinedAt !== null).length).toBeGreaterThan(10);
    expect(mostAtOnce(await carrier.calls())).toBeLessThanOrEqual(LINES);

    expect(live).toMatchObject({ mode: 'predictive', goalPercent: 1 });
    expect(live.agents).toHaveLength(AGENTS);
    expect(live.today.calls).toBeGreaterThan(20);
    expect(today.calls).toBe(attempts.length);
    expect(live.today.connected).toBeGreaterThan(10);
    expect(live.today.occupancy).toBeGreaterThan(0.2);
    expect(live.series.length).toBeGreaterThan(0);
    expect(live.pacer?.rule).toMatch(/predictive|learning|budget-spent/);
  });

  it('kept every decision, and the same pacer decides the same again', async () => {
    const to = Date.now() + 1;
    const input = { campaignId, from: to - 86_400_000, to, silentGoalPercent: 3 };
    const replayed = await engine.owner.send('campaign.replay', input as never);
    expect(replayed.decisions).toBeGreaterThan(60);
    expect(replayed.different).toBe(0);
    expect(replayed.recorded.dials).toBeGreaterThan(20);
    expect(replayed.other).toMatchObject({ mode: 'predictive', silentGoalPercent: 3 });
    const { decisions } = await engine.owner.send('campaign.decisions', { campaignId } as never);
    expect(decisions.length).toBeGreaterThan(5);
    expect(decisions.every(({ dial, cancel }) => dial > 0 || cancel.length > 0)).toBe(true);
    const forecast = await engine.owner.send('campaign.forecast', {
      campaignId,
      agents: AGENTS,
      goalsPercent: [0, 3],
    } as never);
    const [strict, free] = forecast.forecasts;
    expect(free?.talkMinutesPerHour).toBeGreaterThan(strict?.talkMinutesPerHour ?? 0);
  });

  /** A first try may have left calls, and agents in them. */
  async function startAfresh(): Promise<void> {
    await engine.owner.send('campaign.stop', { campaignId } as never).catch(() => {});
    for (const agent of agents) {
      await comeToRest(agent);
      await agent.goReady();
    }
    await engine.start(campaignId);
  }

  async function work(agent: NodeAgent, until: number): Promise<void> {
    // a second try finds the calls of the first one among the events
    for (let call = connectedCalls(agent).length; performance.now() < until; ) {
      const callId = connectedCalls(agent)[call];
      if (callId === undefined) {
        await wait(50);
        continue;
      }
      call += 1;
      await wait(TALK_MS);
      await hangUpAndDispose(agent, callId, 'dispute');
    }
  }
});

/** Calls that the carrier had at the same time, at most. */
function mostAtOnce(calls: readonly { invitedAt: number; endedAt: number | null }[]): number {
  const changes = calls.flatMap(({ invitedAt, endedAt }) => [
    { at: invitedAt, by: 1 },
    ...(endedAt === null ? [] : [{ at: endedAt, by: -1 }]),
  ]);
  changes.sort((one, other) => one.at - other.at || one.by - other.by);
  let now = 0;
  return changes.reduce((most, { by }) => {
    now += by;
    return Math.max(most, now);
  }, 0);
}
