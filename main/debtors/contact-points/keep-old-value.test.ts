import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { practiceNumberAt } from '../../contact-rules/index.ts';
import { WorkRig } from '../work/work.fixture.ts';

let rig: WorkRig;
beforeEach(() => {
  rig = new WorkRig();
  rig.store.runNow((db) => db.update('contactPoint', rig.phoneId, { value: old }));
});
afterEach(() => rig.close());

const old = practiceNumberAt('PL', 0)!;
const right = practiceNumberAt('PL', 1)!;
const correct = () =>
  rig.call('contact-point.correct', { contactPointId: rig.phoneId, value: right });
/** number and status of every row of the debtor that is not deleted, and whether it is the row that was corrected */
const points = () =>
  rig.store.read
    .all<{ id: string; value: string; status: string }>(
      'SELECT id, value, status FROM contactPoint WHERE debtorId = ? AND deletedAt IS NULL ORDER BY value',
      rig.debtorId,
    )
    .map(({ id, value, status }) => [value, status, id === rig.phoneId]);
/** the number that a row of `table` is about */
const about = (table: string) =>
  rig.store.read.get<{ value: string }>(
    `SELECT c.value FROM ${table} t JOIN contactPoint c ON c.id = t.contactPointId`,
  )?.value;
const say = (table: string, row: Record<string, unknown>) =>
  rig.store.runNow((db, context) =>
    db.insert(table, {
      ...{ id: context.newId(), debtorId: rig.debtorId, contactPointId: rig.phoneId },
      ...row,
    }),
  );

const block = { daysJson: '["tue"]', fromTime: '09:00', toTime: '17:00', createdAt: 1 };
const sayings: [table: string, row: Record<string, unknown>][] = [
  ['hold', { kind: 'mediumOptOut', medium: 'call', since: 1 }],
  ['personalBlock', block],
  ['consent', { kind: 'automatedCalls', givenAt: 1, source: 'letter', createdAt: 1 }],
  ['contactOverride', { channel: 'call', rulesJson: '[]', state: 'granted', requestedAt: 1 }],
];

describe('a number that is corrected', () => {
  it('is no more than another value when nothing was said about the old one', async () => {
    await correct();
    expect(points()).toEqual([[right, 'active', true]]);
  });

  it.each(sayings)('leaves a %s with the number it was said about', async (table, row) => {
    say(table, row);
    await correct();
    expect(about(table)).toBe(old);
    expect(points()).toEqual([
      [old, 'retired', false],
      [right, 'active', true],
    ]);
  });

  it('leaves the old one on record as somebody else’s', async () => {
    rig.store.runNow((db) => db.update('contactPoint', rig.phoneId, { status: 'wrongNumber' }));
    await correct();
    expect(points()).toEqual([
      [old, 'wrongNumber', false],
      [right, 'active', true],
    ]);
  });

  it('does not come back as a new one that nothing was said about', async () => {
    say('hold', { kind: 'mediumOptOut', medium: 'call', since: 1 });
    await correct();
    const again = { debtorId: rig.debtorId, kind: 'mobile', value: old };
    await expect(rig.call('contact-point.add', again)).rejects.toMatchObject({
      code: 'contact-point.known',
    });
  });

  it('keeps nothing for what was taken back', async () => {
    say('hold', { kind: 'mediumOptOut', medium: 'call', since: 1, liftedAt: 2 });
    await correct();
    expect(points()).toEqual([[right, 'active', true]]);
  });
});

it('the last word about a number is also that of its row which a merge deleted', async () => {
  const twin = 'twin';
  rig.store.runNow((db) =>
    db.insert('contactPoint', {
      ...{ id: twin, debtorId: rig.debtorId, kind: 'mobile', value: old, timeZonesJson: '[]' },
      ...{ status: 'wrongNumber', hoursJson: '[1]', createdAt: 1, deletedAt: 1 },
    }),
  );
  const contactPointId = rig.phoneId;
  await rig.call('contact-point.set-status', { contactPointId, status: 'active' });
  await rig.call('contact-point.correct', { contactPointId, hours: null });
  expect(
    rig.store.read.get('SELECT status, hoursJson FROM contactPoint WHERE id = ?', twin),
  ).toEqual({ status: 'active', hoursJson: null });
});
