import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultCampaignSettings } from '#shared/contract/index.ts';
import type { Campaigns } from '../../main/dialer/campaigns/index.ts';
import { createPacer } from '../../main/dialer/pacing/index.ts';
import { linesOf, replay, segmentsOf, summarize } from '../../main/dialer/pacing-log/index.ts';
import { type DialerRig, openDialerRig } from '../../main/testing/dialer-rig.ts';
import {
  campaignsOver,
  playWorld,
  seeded,
  setSettings,
  type World,
} from '../../main/testing/dialer-world.ts';
import { minutesPerHour } from './day-result.ts';
import { constant, draw, logNormal } from './distribution.ts';
import type { Scenario } from './scenario.ts';
import { simulateDays } from './simulate.ts';

const HOUR_MS = 3_600_000;
const AGENTS = 20;
const LINES = 60;
const SIMULATED_DAYS = 12;

/** The same world twice: as the simulator takes it, and below as the far ends of the product's own dialer. */
const scenario: Scenario = {
  name: 'whole system',
  agents: AGENTS,
  dayMs: HOUR_MS,
  ringTimeoutMs: 60_000,
  maxConcurrentCalls: LINES,
  tickMs: 500,
  outcomes: [
    { kind: 'human', share: 0.25, after: logNormal(12_000, 0.5) },
    { kind: 'failed', share: 0.1, after: constant(2_000) },
    { kind: 'unanswered', share: 0.65, after: constant(25_000) },
  ],
  talk: logNormal(90_000, 1),
  wrapUp: logNormal(30_000, 0.5),
  hold: constant(2_000),
  notice: { kind: 'none' },
};

const config = {
  mode: 'predictive' as const,
  abandonmentLimitPercent: 3,
  goalPercent: defaultCampaignSettings.pacing.silentGoalPercent,
  maxConcurrentCalls: LINES,
  ringTimeoutMs: 60_000,
  answerToAgentMaxMs: 2_000,
};

describe('20 agents and 60 lines for an hour, on a clock that runs ahead', () => {
  let rig: DialerRig;
  let campaigns: Campaigns;
  let world: World;

  beforeAll(async () => {
    const random = seeded(11);
    rig = openDialerRig(3_000);
    setSettings(rig, { mode: 'predictive', ringTimeoutMs: 60_000 });
    campaigns = campaignsOver(rig, LINES);
    world = playWorld(rig, campaigns, {
      agents: AGENTS,
      lines: LINES,
      outcome() {
        const drawn = random();
        if (drawn < 0.25) return { kind: 'human', afterMs: draw(logNormal(12_000, 0.5), random) };
        if (drawn < 0.35) return { kind: 'failed', afterMs: 2_000 };
        return { kind: 'unanswered', afterMs: 25_000 };
      },
      talkMs: () => draw(scenario.talk, random),
      wrapUpMs: () => draw(scenario.wrapUp, random),
      stepMs: 200,
    });
    await campaigns.command(rig.campaignId, 'start');
    await world.play(HOUR_MS);
    await campaigns.command(rig.campaignId, 'stop');
    await campaigns.stop();
  }, 300_000);
  afterAll(() => rig.close());

  it('gives the minutes and the silent calls of the simulator within its error', () => {
    const days = simulateDays({ scenario, seed: 3, days: SIMULATED_DAYS }, () =>
      createPacer(config),
    );
    const each = days.map((day) => minutesPerHour([day]));
    const mean = each.reduce((sum, minutes) => sum + minutes, 0) / each.length;
    const spread = Math.sqrt(
      each.reduce((sum, minutes) => sum + (minutes - mean) ** 2, 0) / (each.length - 1),
    );
    const own = ownMinutes();
    console.log(
      `whole system ${own.busy.toFixed(2)} min/h, simulator ${mean.toFixed(2)} ± ${spread.toFixed(2)}; ` +
        `silent ${world.seen.silent} of ${world.seen.answered}`,
    );
    // one day against the mean of twelve: three standard deviations of a single day
    expect(Math.abs(own.busy - mean)).toBeLessThan(3 * spread + 0.5);
    expect(world.seen.silent).toBeLessThan(0.03 * world.seen.answered);
  });

  it('keeps to its lines, and its record gives the same decisions again', () => {
    expect(world.seen.mostLines).toBeLessThanOrEqual(LINES);
    expect(world.seen.twoLines).toEqual([]);
    for (const { segmentId, configJson } of segmentsOf(
      rig.store.read,
      rig.campaignId,
      0,
      rig.clock.now() + 1,
    )) {
      const replayed = replay(configJson, linesOf(rig.store.read, segmentId));
      expect(replayed.decisions).toBeGreaterThan(7_000);
      expect(replayed.different).toBe(0);
    }
  });

  function ownMinutes(): { busy: number } {
    const [segment] = segmentsOf(rig.store.read, rig.campaignId, 0, rig.clock.now() + 1);
    if (!segment) throw new Error('nothing was recorded');
    const from = segment.startedAt;
    const day = summarize(linesOf(rig.store.read, segment.segmentId), from, from + HOUR_MS);
    return { busy: (day.talkMs + day.wrapUpMs) / 60_000 / AGENTS };
  }
});
