import fc from 'fast-check';
import { expect, it } from 'vitest';
import { callableOf } from '../lists/index.ts';
import type { NumberQuestion, QuestionOf } from '../types.ts';
import { chooseNumbers } from './choose-number.ts';
import { LookedAhead } from './looked-ahead.ts';
import { HOUR, NOON, numberAt, openScreeningRig, type ScreeningRig } from './screening.fixture.ts';

const DEBTORS = 5;
const MORNING = NOON - 3.5 * HOUR;

interface World {
  rig: ScreeningRig;
  ahead: LookedAhead;
  /** what waits for the thread to be free */
  later: (() => void)[];
}
type Step = (world: World) => void;

const questionOf: QuestionOf = (debtorId, callable) => ({
  debtorId,
  mode: 'progressive',
  callerId: null,
  recordCalls: true,
  ...callable,
});
const run = (rig: ScreeningRig, work: Parameters<ScreeningRig['store']['runNow']>[0]) =>
  void rig.store.runNow(work);

const debtor = fc.nat({ max: DEBTORS - 1 });
/** Whatever the door reads of a debtor, or of others with the same number, changes between two looks. */
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({
      index: debtor,
      kind: fc.constantFrom('cease', 'dispute', 'workplace', 'mediumOptOut'),
      minutes: fc.option(fc.integer({ min: 1, max: 9 })),
    })
    .map(
      ({ index, kind, minutes }): Step =>
        ({ rig }) => {
          const until = minutes === null ? null : rig.clock.now() + minutes * 60_000;
          rig.hold(index, { kind, until });
        },
    ),
  debtor.map(
    (index): Step =>
      ({ rig }) =>
        run(rig, (db, context) => {
          const sql = 'SELECT id FROM hold WHERE debtorId = ? AND liftedAt IS NULL';
          for (const { id } of db.all<{ id: string }>(sql, rig.debtorIds[index]))
            db.update('hold', id, { liftedAt: context.now });
        }),
  ),
  debtor.map(
    (index): Step =>
      ({ rig }) =>
        rig.attempt(index),
  ),
  fc.record({ index: debtor, other: debtor, work: fc.boolean() }).map(
    ({ index, other, work }): Step =>
      ({ rig }) =>
        void rig.addPhone(index, work ? 'work' : 'home', numberAt(other)),
  ),
  fc.record({ index: debtor, status: fc.constantFrom('active', 'retired', 'wrongNumber') }).map(
    ({ index, status }): Step =>
      ({ rig }) =>
        run(rig, (db) => db.update('contactPoint', rig.phone(index).id, { status })),
  ),
  debtor.map(
    (index): Step =>
      ({ rig }) =>
        run(rig, (db, context) => {
          const row = { id: context.newId(), list: 'own', number: numberAt(index), createdAt: 0 };
          db.insert('doNotCall', row);
        }),
  ),
  // as long as an answer is good for, or longer: what a clock alone changes is then asked about again
  fc.integer({ min: 10, max: 300 }).map(
    (seconds): Step =>
      ({ rig }) =>
        rig.clock.advance(seconds * 1_000),
  ),
  fc.array(debtor).map(
    (indexes): Step =>
      ({ rig, ahead }) =>
        ahead.lookAt(
          indexes.map((index) => rig.debtorIds[index] ?? ''),
          questionOf,
        ),
  ),
  fc.constant<Step>(({ later }) => later.shift()?.()),
);

function openWorld(): World {
  const rig = openScreeningRig(DEBTORS, MORNING);
  const later: (() => void)[] = [];
  const { store, rules, clock } = rig;
  const ahead = new LookedAhead({
    read: store.read,
    rules,
    now: () => clock.now(),
    later: (work) => void later.push(work),
  });
  return { rig, ahead, later };
}

it('says of every debtor what the door says at that moment, whatever changed since they were looked at', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const world = openWorld();
      const { rig, ahead } = world;
      try {
        ahead.lookAt(rig.debtorIds, questionOf);
        for (const each of steps) each(world);
        const now = rig.clock.now();
        const { read } = rig.store;
        const callable = callableOf(read, rig.debtorIds);
        expect(ahead.callableOf(rig.debtorIds)).toEqual(callable);
        const questions = rig.debtorIds.map(
          (debtorId, index) => questionOf(debtorId, callable[index] as never) as NumberQuestion,
        );
        expect(ahead.chooseMany(questions, now)).toEqual(
          chooseNumbers(rig.rules, read, questions, now),
        );
      } finally {
        ahead.close();
        await rig.close();
      }
    }),
    { numRuns: 80 },
  );
}, 60_000);

/** All that waits is done. */
function settle({ later }: World): void {
  for (let work = later.shift(); work; work = later.shift()) work();
}

it('what is known is given without asking the rules, for some seconds', async () => {
  const world = openWorld();
  const { rig, ahead } = world;
  ahead.lookAt(rig.debtorIds, questionOf);
  settle(world);
  let asked = 0;
  const { decideMany } = rig.rules;
  rig.rules.decideMany = (...args) => {
    asked += 1;
    return decideMany(...args);
  };
  const [callable] = ahead.callableOf([rig.debtorIds[0] ?? '']);
  const question = questionOf(rig.debtorIds[0] ?? '', callable as never) as NumberQuestion;
  expect(ahead.choose(question, rig.clock.now()).allowed).toBe(true);
  expect(asked).toBe(0);
  // another question than the one that was looked at
  expect(ahead.choose({ ...question, mode: 'predictive' }, rig.clock.now()).allowed).toBe(true);
  expect(asked).toBe(1);
  rig.clock.advance(10_000);
  ahead.choose(question, rig.clock.now());
  expect(asked).toBe(2);
  ahead.close();
  await rig.close();
});

it('another setting of the campaign or of the rules forgets everybody', async () => {
  const world = openWorld();
  const { rig, ahead } = world;
  ahead.lookAt(rig.debtorIds, questionOf);
  settle(world);
  run(rig, (db) => db.update('campaign', rig.campaignId, { settingsJson: '{}' }));
  ahead.callableOf(rig.debtorIds);
  ahead.lookAt(rig.debtorIds, questionOf);
  expect(ahead.waiting).toBe(DEBTORS);
  ahead.close();
  expect(ahead.waiting).toBe(0);
  await rig.close();
});

it('who was looked at a moment ago is not looked at again', async () => {
  const world = openWorld();
  const { rig, ahead } = world;
  ahead.lookAt(rig.debtorIds, questionOf);
  expect(ahead.waiting).toBe(DEBTORS);
  settle(world);
  ahead.lookAt(rig.debtorIds, questionOf);
  expect(ahead.waiting).toBe(0);
  rig.clock.advance(6_000);
  ahead.lookAt(rig.debtorIds, questionOf);
  expect(ahead.waiting).toBe(DEBTORS);
  ahead.close();
  await rig.close();
});
