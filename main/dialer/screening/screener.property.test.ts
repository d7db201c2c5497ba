import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  callableOf,
  deferEntry,
  giveEntryBack,
  nextEntry,
  settleEntry,
  takeEntry,
} from '../lists/index.ts';
import { createChooseNumber } from './choose-number.ts';
import { isOpenEntry } from './entry-rows.ts';
import { HOUR, NOON, numberAt, openScreeningRig, type ScreeningRig } from './screening.fixture.ts';

const DEBTORS = 6;
/** all of it within one window of the test's rules: what a clock alone changes is looked for from time to time only */
const MORNING = NOON - 3.5 * HOUR;

type Step = (rig: ScreeningRig) => void | Promise<void>;
const debtor = fc.nat({ max: DEBTORS - 1 });
const entryId = (rig: ScreeningRig, index: number) => String(rig.entry(index).id);
const run = (rig: ScreeningRig, work: Parameters<ScreeningRig['store']['runNow']>[0]) =>
  void rig.store.runNow(work);

/** Changes of any kind that the rules read, of the dialer, of time, and of the thread itself. */
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({
      index: debtor,
      kind: fc.constantFrom('cease', 'dispute', 'workplace', 'mediumOptOut'),
      minutes: fc.option(fc.integer({ min: 1, max: 200 })),
      ofNumber: fc.boolean(),
    })
    .map(
      ({ index, kind, minutes, ofNumber }): Step =>
        (rig) => {
          const until = minutes === null ? null : rig.clock.now() + minutes * 60_000;
          rig.hold(index, {
            kind,
            until,
            ...(ofNumber ? { contactPointId: rig.phone(index).id } : {}),
          });
        },
    ),
  debtor.map(
    (index): Step =>
      (rig) =>
        run(rig, (db, context) => {
          const sql = 'SELECT id FROM hold WHERE debtorId = ? AND liftedAt IS NULL';
          for (const { id } of db.all<{ id: string }>(sql, rig.debtorIds[index]))
            db.update('hold', id, { liftedAt: context.now });
        }),
  ),
  debtor.map(
    (index): Step =>
      (rig) =>
        rig.attempt(index),
  ),
  fc.record({ index: debtor, other: debtor, work: fc.boolean() }).map(
    ({ index, other, work }): Step =>
      (rig) =>
        void rig.addPhone(index, work ? 'work' : 'home', numberAt(other)),
  ),
  fc.record({ index: debtor, status: fc.constantFrom('active', 'retired', 'wrongNumber') }).map(
    ({ index, status }): Step =>
      (rig) =>
        run(rig, (db) => db.update('contactPoint', rig.phone(index).id, { status })),
  ),
  debtor.map(
    (index): Step =>
      (rig) =>
        run(rig, (db, context) => {
          const row = { id: context.newId(), list: 'own', number: numberAt(index), createdAt: 0 };
          db.insert('doNotCall', row);
        }),
  ),
  debtor.map(
    (index): Step =>
      (rig) =>
        run(rig, (db, context) => {
          if (takeEntry(db, context, entryId(rig, index)))
            settleEntry(db, context, entryId(rig, index), 'busy');
        }),
  ),
  debtor.map(
    (index): Step =>
      (rig) =>
        run(rig, (db, context) => void takeEntry(db, context, entryId(rig, index))),
  ),
  debtor.map(
    (index): Step =>
      (rig) =>
        run(rig, (db, context) => giveEntryBack(db, context, entryId(rig, index))),
  ),
  fc.integer({ min: 1, max: 10 }).map(
    (minutes): Step =>
      (rig) =>
        rig.clock.advance(minutes * 60_000),
  ),
  fc.constant<Step>((rig) => rig.settle()),
  fc.constant<Step>((rig) => void rig.screener.work()),
  fc.constant<Step>((rig) => void rig.restart()),
);

it('after whatever changes, each entry says what the door says of the numbers of its debtor', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 18 }), async (steps) => {
      const rig = openScreeningRig(DEBTORS, MORNING);
      try {
        for (const each of steps) await each(rig);
        await rig.settle();
        const choose = createChooseNumber(rig.rules, rig.store.read);
        const now = rig.clock.now();
        let allowed = 0;
        for (let index = 0; index < DEBTORS; index += 1) {
          const entry = rig.entry(index);
          const debtorId = rig.debtorIds[index] ?? '';
          const [callable] = callableOf(rig.store.read, [debtorId]);
          if (!callable || !isOpenEntry(entry as never)) continue;
          const question = {
            debtorId,
            mode: 'progressive',
            callerId: null,
            recordCalls: true,
          } as const;
          const verdict = choose({ ...question, ...callable }, now);
          const blocked = Number(entry.blockedUntil) > now;
          if (verdict.allowed) allowed += 1;
          expect({ index, blocked }).toEqual({ index, blocked: !verdict.allowed });
          if (!verdict.allowed)
            expect([entry.blockedRule, entry.blockedBecause]).toEqual([
              verdict.rule,
              verdict.because,
            ]);
        }
        expect(rig.screener.view(rig.campaignId).allowedNow).toBe(allowed);
      } finally {
        await rig.close();
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

it('a refusal that the dialer met is not asked for in a loop, and is over when its date is', async () => {
  const rig = openScreeningRig(1, NOON);
  await rig.settle();
  const until = NOON + 5 * 60_000;
  run(rig, (db, context) =>
    deferEntry(db, context, entryId(rig, 0), { nextAllowedAt: until, because: 'cap' }),
  );
  await rig.settle();
  const due = () => nextEntry(rig.store.read, rig.campaignId, rig.clock.now(), new Set());
  expect(due()).toBeNull();
  rig.clock.advance(5 * 60_000);
  expect(due()).not.toBeNull();
  await rig.close();
});
