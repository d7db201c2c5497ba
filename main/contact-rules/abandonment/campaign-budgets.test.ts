import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RulePack } from '#shared/rule-packs/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { parsePack } from '../packs/parse-pack.ts';
import { createAbandonmentHandlers } from './abandonment-handlers.ts';
import { readAbandonmentBudgets } from './campaign-budgets.ts';
import { countsStatement } from './read-counts.ts';

const hour = 3_600_000;
const day = 24 * hour;
const started = Date.parse('2026-11-02T09:00:00Z');
const now = started + 40 * day + hour;

const abandonRate = (more: object = {}) => ({
  id: 'A',
  kind: 'abandonRate',
  basis: 'former-guidance',
  source: 'somewhere',
  channels: ['call'],
  severity: 'warn',
  numerator: ['abandoned'],
  denominator: ['passedToAgent', 'abandoned'],
  scope: ['campaign'],
  window: { type: 'rolling', length: 'PT24H' },
  limitPercent: 3,
  throttleAtPercent: 2.5,
  onBreach: 'progressiveOnly',
  answerToAgentMaxMs: 2000,
  minRingMs: 15000,
  recordedMessageWithinMs: 2000,
  ...more,
});
const packWith = (...rules: object[]): RulePack =>
  parsePack({
    id: 'test',
    version: '1',
    title: 'Test',
    jurisdiction: '*',
    actors: ['collector'],
    effectiveFrom: '2020-01-01',
    calendars: [],
    rules,
    sources: [],
    review: { status: 'draft' },
  });

let store: TestStore;
let ids = 0;
beforeEach(() => {
  store = openTestStore();
  store.runNow((db) => {
    for (const id of ['mine', 'other']) {
      db.insert('campaign', {
        id,
        name: id,
        portfolioId: 'p',
        status: 'running',
        settingsJson: JSON.stringify({ mode: 'predictive' }),
        createdAt: started - day,
        startedAt: started,
      });
    }
  });
});
afterEach(() => store.close());

type Outcome =
  | 'joined'
  | 'abandoned'
  | 'abandoning'
  | 'waiting'
  | 'noAnswer'
  | 'lostWaiting'
  | 'machine';

function call(outcome: Outcome, answeredAt: number, campaignId = 'mine'): void {
  const answered = outcome !== 'noAnswer';
  const ended = !['waiting', 'abandoning'].includes(outcome);
  const result = { joined: 'answered', lostWaiting: 'interrupted' }[outcome as string] ?? outcome;
  store.runNow((db) => {
    db.insert('attempt', {
      id: `a${ids++}`,
      callId: `c${ids}`,
      campaignId,
      number: '+48221234567',
      mode: 'predictive',
      trunkId: 't',
      state: outcome === 'abandoning' ? 'abandoning' : ended ? 'ended' : 'answered',
      reservedAt: answeredAt - 20_000,
      answeredAt: answered ? answeredAt : null,
      joinedAt: outcome === 'joined' ? answeredAt + 900 : null,
      endedAt: ended ? answeredAt + 60_000 : null,
      attemptResult: ended ? result : null,
    });
  });
}

const budgets = (pack: RulePack, at = now) =>
  readAbandonmentBudgets(
    store.read,
    { campaignId: 'mine', mode: 'predictive', startedAt: started },
    { packs: [pack], now: at },
  );

describe('what is counted', () => {
  test('persons who met an agent and persons who did not, whatever ended their waiting', () => {
    const outcomes: Outcome[] = ['joined', 'joined', 'abandoned', 'abandoning', 'lostWaiting'];
    for (const outcome of [...outcomes, 'waiting', 'noAnswer', 'machine'] as const) {
      call(outcome, now - hour);
    }
    expect(budgets(packWith(abandonRate()))).toMatchObject([{ numerator: 3, denominator: 5 }]);
  });

  test('the last 24 hours by the time of the answer, and only of this campaign', () => {
    call('abandoned', now - day - 1);
    call('joined', now - day);
    call('joined', now);
    call('abandoned', now - hour, 'other');
    expect(budgets(packWith(abandonRate()))).toMatchObject([
      { numerator: 0, denominator: 2, windowFrom: now - day },
    ]);
  });

  test('a budget of the whole call centre counts every campaign', () => {
    call('abandoned', now - hour, 'other');
    call('joined', now - hour);
    const ofAll = abandonRate({ scope: ['callCentre'] });
    expect(budgets(packWith(ofAll))).toMatchObject([{ numerator: 1, denominator: 2 }]);
  });

  test('periods follow one another from the start of the campaign', () => {
    const period = packWith(abandonRate({ window: { type: 'campaignPeriod', length: 'P30D' } }));
    call('abandoned', started + 30 * day - 1);
    call('joined', started + 30 * day);
    expect(budgets(period)).toMatchObject([
      {
        windowFrom: started + 30 * day,
        windowTo: started + 60 * day,
        numerator: 0,
        denominator: 1,
      },
    ]);
    expect(budgets(period, started + 30 * day - 1)).toMatchObject([
      { numerator: 1, denominator: 1, windowFrom: started },
    ]);
  });

  test('an estimate of persons taken for machines comes from the dialer', () => {
    const terms = ['abandoned', 'amdFalsePositiveEstimate'];
    const rule = abandonRate({ numerator: terms, denominator: ['passedToAgent', ...terms] });
    call('joined', now - hour);
    const campaign = { campaignId: 'mine', mode: 'predictive' as const, startedAt: started };
    const [budget] = readAbandonmentBudgets(store.read, campaign, {
      packs: [packWith(rule)],
      now,
      amdFalsePositives: () => 4,
    });
    expect(budget).toMatchObject({ numerator: 4, denominator: 5 });
  });
});

describe('which rules apply', () => {
  test.each<[string, object, number]>([
    ['one for every mode', {}, 1],
    ['one for predictive dialing', { modes: ['predictive'] }, 1],
    ['one for another mode', { modes: ['progressive'] }, 0],
    ['one about marketing', { purposes: ['marketing'] }, 0],
    ['one about messages', { channels: ['sms'] }, 0],
    ['one that has ended', { to: '2026-12-01' }, 0],
    ['one that has not begun', { from: '2027-01-01' }, 0],
  ])('%s', (_what, more, count) => {
    expect(budgets(packWith(abandonRate(more)))).toHaveLength(count);
  });

  test('a budget carries what the dialer needs of its rule', () => {
    expect(budgets(packWith(abandonRate()))[0]).toMatchObject({
      rule: 'A',
      pack: 'test',
      source: 'somewhere',
      basis: 'former-guidance',
      limitPercent: 3,
      throttleAtPercent: 2.5,
      onBreach: 'progressiveOnly',
      answerToAgentMaxMs: 2000,
      minRingMs: 15000,
      recordedMessageWithinMs: 2000,
      state: 'few',
      left: 1,
    });
  });
});

describe('rules.abandonment', () => {
  const handlers = () =>
    createAbandonmentHandlers({
      read: store.read,
      clock: { now: () => now } as never,
      packs: () => [
        packWith(abandonRate({ modes: ['predictive'] })),
        { ...packWith(abandonRate({ id: 'B' })), effectiveTo: '2026-01-01' },
      ],
    });
  const ask = (campaignId: string) =>
    handlers()['rules.abandonment']!({ campaignId: campaignId as never }, {} as never);

  test('answers with the budgets of the campaign, in the mode that it dials', () => {
    call('abandoned', now - hour);
    // the pack of B is no longer in force
    expect(ask('mine')).toMatchObject({ budgets: [{ rule: 'A', numerator: 1, left: 0 }] });
  });

  test('a campaign that does not exist is not found', () => {
    expect(() => ask('gone')).toThrow(expect.objectContaining({ code: 'contract.not-found' }));
  });
});

test.each([
  ['one campaign', 'mine'],
  ['all of them', null],
])('the window of %s is read by its index', (_of, id) => {
  const { sql, values } = countsStatement(id, { from: 1, to: 2 });
  const plan = store.read.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values);
  expect(plan.map(({ detail }) => detail).join('\n')).toMatch(
    /SEARCH attempt USING INDEX attemptCampaign \(campaignId=\? AND reservedAt>\? AND reservedAt<\?\)/,
  );
});
