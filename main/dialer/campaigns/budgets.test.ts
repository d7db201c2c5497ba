import { afterEach, describe, expect, it } from 'vitest';
import type { AbandonmentBudget } from '#shared/contract/index.ts';
import { defaultCampaignSettings } from '#shared/contract/index.ts';
import { type DialerRig, openDialerRig, rest, turnsUntil } from '../../testing/dialer-rig.ts';
import { campaignsOver, setSettings } from '../../testing/dialer-world.ts';
import type { Campaigns } from './campaigns.ts';
import { pacerConfigOf } from './pacer-config.ts';

let rig: DialerRig;
let campaigns: Campaigns;
let budget: AbandonmentBudget;

const spent: Partial<AbandonmentBudget> = {
  numerator: 31,
  denominator: 1_000,
  percent: 3.1,
  state: 'breach',
  left: 0,
};

function open(
  mode: 'power' | 'progressive' | 'predictive',
  more: Partial<AbandonmentBudget>,
): void {
  rig = openDialerRig(12);
  const now = rig.clock.now();
  budget = {
    rule: 'X-1',
    pack: 'x',
    source: '',
    basis: 'law',
    windowFrom: now - 3_600_000,
    windowTo: now + 3_600_000,
    numerator: 0,
    denominator: 1_000,
    percent: 0,
    limitPercent: 3,
    throttleAtPercent: 2.5,
    state: 'ok',
    onBreach: 'progressiveOnly',
    left: 30,
    answerToAgentMaxMs: 1_500,
    minRingMs: 18_000,
    recordedMessageWithinMs: 2_000,
    ...more,
  };
  setSettings(rig, { mode, pacing: { ...defaultCampaignSettings.pacing, linesPerAgent: 3 } });
  campaigns = campaignsOver(rig, 50, { budgetsOf: () => [budget] });
}
afterEach(async () => {
  await campaigns.stop();
  await rig.close();
});

const calls = () => rig.trunks.calls.filter(({ sent }) => sent).length;
const start = async () => {
  rig.ready('anna');
  await campaigns.command(rig.campaignId, 'start');
};

describe('budgets of silent calls', () => {
  it('a fixed ratio dials its lines while the budget lasts, and one for each agent when it is spent', async () => {
    open('power', {});
    await start();
    await turnsUntil('three', () => calls() === 3);
    await campaigns.stop();
    await rig.close();
    open('power', spent);
    await start();
    await turnsUntil('one', () => calls() === 1);
    rig.clock.advance(5_000);
    await rest();
    expect(calls()).toBe(1);
  });

  it.each(['power', 'progressive', 'predictive'] as const)(
    'a rule that stops the campaign stops it: %s',
    async (mode) => {
      open(mode, { ...spent, onBreach: 'stopCampaign' });
      await start();
      await rest();
      expect(calls()).toBe(0);
      expect(campaigns.get(rig.campaignId)).toMatchObject({
        status: 'running',
        blockedBy: 'abandonment',
      });
    },
  );

  it('a fixed ratio without a budget of any rule is held to the limit of the firm', async () => {
    open('power', {});
    await campaigns.stop();
    campaigns = campaignsOver(rig, 50, { budgetsOf: () => [] });
    const { campaignId } = rig;
    rig.store.runNow((db, context) => {
      const at = rig.clock.now() - 1_000;
      db.insert('attempt', {
        id: context.newId(),
        callId: context.newId(),
        campaignId,
        number: '+48100000001',
        mode: 'power',
        trunkId: 'trunk',
        callerId: '+48100999000',
        state: 'ended',
        reservedAt: at - 9_000,
        answeredAt: at,
        joinedAt: null,
        endedAt: at,
      });
    });
    await start();
    await turnsUntil('one', () => calls() === 1);
    rig.clock.advance(5_000);
    await rest();
    expect(calls()).toBe(1);
  });

  it('the pacer begins with what stands in each window, and with the strictest times', () => {
    open('predictive', { numerator: 5, denominator: 400 });
    const settings = {
      ...defaultCampaignSettings,
      pacing: { ...defaultCampaignSettings.pacing, takeBack: true },
    };
    const { campaignId } = rig;
    const now = rig.clock.now();
    rig.store.runNow((db, context) => {
      for (const [minutesAgo, joined] of [
        [10, true],
        [15, false],
        [1_500, true],
      ] as const)
        db.insert('attempt', {
          id: context.newId(),
          callId: context.newId(),
          campaignId,
          number: '+48100000001',
          mode: 'predictive',
          trunkId: 'trunk',
          callerId: '+48100999000',
          state: 'ended',
          reservedAt: now - minutesAgo * 60_000 - 9_000,
          answeredAt: now - minutesAgo * 60_000,
          joinedAt: joined ? now - minutesAgo * 60_000 : null,
          endedAt: now - minutesAgo * 60_000 + 30_000,
        });
    });
    const config = pacerConfigOf({
      read: rig.store.read,
      campaignId,
      settings,
      budgets: [budget],
      now,
    });
    expect(config).toMatchObject({ answerToAgentMaxMs: 1_500, minRingMs: 18_000, goalPercent: 1 });
    const [own, rule] = config.budgets ?? [];
    const sum = (key: 'abandoned' | 'answered') =>
      own?.counts.reduce((total, counts) => total + counts[key], 0);
    // what was answered 25 hours ago has left the window of a day
    expect([sum('abandoned'), sum('answered')]).toEqual([1, 2]);
    expect(rule).toMatchObject({
      rule: 'x/X-1',
      windowMs: null,
      until: budget.windowTo,
      counts: [{ at: budget.windowFrom, abandoned: 5, answered: 400 }],
    });
  });
});
