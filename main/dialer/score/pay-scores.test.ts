import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scoreReport } from '#shared/contract/index.ts';
import { addDebt, addDebtor, addPortfolio } from '../../debtors/debtors.fixture.ts';
import { manualClock } from '../../testing/contract-clock.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { scoreWrites } from './model-rows.ts';
import { PayScoreJob } from './pay-score-job.ts';
import { payScores } from './pay-scores.ts';
import { createScoreHandlers } from './score-handlers.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 12);
const dateAt = (at: number) => new Date(at).toISOString().slice(0, 10);

let store: TestStore;
let job: PayScoreJob;
let changed = 0;
beforeEach(() => {
  store = openTestStore({ writes: scoreWrites });
  changed = 0;
  const clock = manualClock(NOW);
  job = new PayScoreJob({
    store,
    clock,
    pause: () => Promise.resolve(),
    onChanged: () => {
      changed += 1;
    },
    log: (message, details) => {
      throw new Error(`${message} ${JSON.stringify(details)}`);
    },
  });
});
afterEach(() => store.close());

/** Half of them paid once before their call; of those most pay after it, of the others few. */
function fill(count: number): string[] {
  return store.runNow((db, context) => {
    const portfolioId = addPortfolio(db, context);
    return Array.from({ length: count }, (_, index) => {
      const debtorId = addDebtor(db, context, { portfolioId });
      addDebt(db, context, { portfolioId, debtorId, dueOn: '2026-01-01' });
      const callAt = NOW - (200 - Math.floor((index / count) * 160)) * DAY_MS;
      db.insert('interaction', {
        id: context.newId(),
        debtorId,
        channel: 'call',
        direction: 'out',
        at: callAt,
        synthetic: 1,
      });
      const hasPaid = index % 2 === 0;
      const pay = (at: number) =>
        db.insert('payment', {
          id: context.newId(),
          debtorId,
          amountMinor: 500,
          currency: 'PLN',
          paidOn: dateAt(at),
          method: 'transfer',
          source: 'manual',
          status: 'booked',
          createdAt: at,
        });
      if (hasPaid) pay(callAt - 20 * DAY_MS);
      if (hasPaid ? index % 10 !== 0 : index % 7 === 0) pay(callAt + 4 * DAY_MS);
      return debtorId;
    });
  });
}

describe('likelihood to pay', () => {
  it('is not there before anything was learnt, nor from too few payers, and says why', async () => {
    const ids = fill(40);
    expect(payScores(store.read, ids, NOW)).toBeNull();
    await job.train();
    expect(payScores(store.read, ids, NOW)).toBeNull();
    expect(job.refused).toMatchObject({ because: 'tooFewPayers', cases: 40, needed: 60 });
    expect(changed).toBe(1);
  });

  it('is higher for debtors like those who paid, with its reasons, from the same rows as the report', async () => {
    const ids = fill(600);
    await job.train();
    const scores = payScores(store.read, ids.slice(-20), NOW);
    // those who paid before and after their call, against those who never paid
    const of = (pays: (index: number) => boolean) =>
      ids.flatMap((id, index) =>
        index > 580 && pays(index) ? (scores?.get(id)?.score ?? []) : [],
      );
    const payers = of((index) => index % 2 === 0 && index % 10 !== 0);
    const others = of((index) => index % 2 === 1 && index % 7 !== 0);
    expect(Math.min(...payers)).toBeGreaterThan(2 * Math.max(...others));
    const [reason] = scores?.get(ids.at(-2)!)?.reasons ?? [];
    expect(['paidBefore', 'paidLately']).toContain(reason?.feature);
    expect(reason?.adds).toBeGreaterThan(0);
    const handlers = createScoreHandlers(store, job);
    const report = scoreReport.parse(await handlers['score.report']?.({} as never, {} as never));
    expect(report.model).toMatchObject({ cases: 600 });
    expect(report.model?.heldOut.auc).toBeGreaterThan(0.8);
    expect(report.refused).toBeNull();
  });

  it('knows nothing of debtors who are not there', async () => {
    fill(600);
    await job.train();
    expect(payScores(store.read, ['nobody'], NOW)?.size).toBe(0);
  });

  it('stops in the middle without a word', async () => {
    fill(600);
    const training = job.train();
    await job.stop();
    await training;
    expect(store.read.get('SELECT 1 FROM payScoreModel')).toBeUndefined();
    expect(changed).toBe(0);
  });
});
