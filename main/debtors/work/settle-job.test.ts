import { afterEach, beforeEach, expect, it } from 'vitest';
import { SettleJob } from './settle-job.ts';
import { WorkRig } from './work.fixture.ts';

let rig: WorkRig;
beforeEach(() => {
  rig = new WorkRig();
});
afterEach(() => rig.close());

/** A clock whose timers run when the test says so. */
function aJob() {
  const timers: { delayMs: number; run: () => void }[] = [];
  const changed: string[] = [];
  const clock = {
    now: () => rig.now,
    monotonic: () => 0,
    setTimer(delayMs: number, run: () => void) {
      const timer = { delayMs, run };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
  };
  const log = (message: string, details: object) => {
    throw new Error(`${message} ${JSON.stringify(details)}`);
  };
  const onChanged = (debtorId: string) => void changed.push(debtorId);
  return { job: new SettleJob({ store: rig.store, clock, onChanged, log }), timers, changed };
}

const promise = () =>
  rig.call('promise.make', {
    ...{ debtorId: rig.debtorId, amountMinor: 100, currency: 'PLN', dueOn: rig.date(1) },
  });

it('looks at the start and every hour, and tells whose card changed', async () => {
  await promise();
  const { job, timers, changed } = aJob();
  job.start();
  await expect.poll(() => timers.length).toBe(1);
  expect([changed, timers[0]?.delayMs]).toEqual([[], 3_600_000]);
  rig.now += 5 * 86_400_000;
  timers.shift()?.run();
  await expect.poll(() => timers.length).toBe(1);
  expect(changed).toEqual([rig.debtorId]);
  await job.stop();
  expect(timers).toEqual([]);
});

it('goes on through many debtors in chunks, and a look that was cut off is made good by the next', async () => {
  rig.store.runNow((db, context) => {
    for (let each = 0; each < 120; each += 1) {
      const id = context.newId();
      db.insert('debtor', {
        ...{
          id,
          portfolioId: rig.portfolioId,
          externalRef: id,
          kind: 'person',
          displayName: 'x',
          searchName: 'x',
        },
        ...{ language: 'pl', jurisdiction: 'PL', timeZonesJson: '[]', createdAt: 1 },
      });
      db.insert('promiseToPay', {
        ...{
          id: context.newId(),
          debtorId: id,
          amountMinor: 5,
          currency: 'PLN',
          dueOn: '2026-11-01',
        },
        ...{ status: 'open', createdAt: 1 },
      });
    }
  });
  const { job, changed } = aJob();
  await rig.store.write((await import('./work-writes.ts')).workWrites, 'work.settle-due', {
    after: '',
  });
  await job.run();
  expect(changed).toHaveLength(100);
  await job.run();
  expect(changed).toHaveLength(100);
  const left = "SELECT count(*) AS n FROM promiseToPay WHERE status = 'open'";
  expect(rig.store.read.get(left)).toEqual({ n: 0 });
});
