import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { addDebtor, addPortfolio } from '../debtors.fixture.ts';
import { applyBulk } from './apply-bulk.ts';

const now = Date.UTC(2026, 10, 24, 9);
let store: TestStore;
let debtorIds: string[];
beforeEach(() => {
  const clock = { now: () => now, monotonic: () => 0, setTimer: () => () => {} };
  store = openTestStore({ clock });
  debtorIds = store.runNow((db, context) => {
    const portfolioId = addPortfolio(db, context);
    const zones = [['Europe/Warsaw'], ['America/New_York'], []];
    return zones.map((timeZones) => addDebtor(db, context, { portfolioId, timeZones }));
  });
});
afterEach(() => store.close());

const record = (sentOn: string, notice = 'validationNotice' as const) =>
  store.runNow((db, context) => {
    const action = { kind: 'recordNotice', notice, sentOn, source: 'the creditor' } as const;
    return applyBulk(db, context, action, debtorIds, null);
  });
const sent = () =>
  store.read
    .all<{ debtorId: string; sentAt: number }>('SELECT debtorId, sentAt FROM noticeSent')
    .sort((one, other) => debtorIds.indexOf(one.debtorId) - debtorIds.indexOf(other.debtorId))
    .map(({ sentAt }) => new Date(sentAt).toISOString());

it('a notice is recorded for each debtor at the beginning of the day where they live', () => {
  expect(record('2026-11-20')).toBe(3);
  expect(sent()).toEqual([
    '2026-11-19T23:00:00.000Z',
    '2026-11-20T05:00:00.000Z',
    '2026-11-20T00:00:00.000Z',
  ]);
  const told = 'SELECT count(*) AS n FROM interactionEvent WHERE dataJson LIKE ?';
  expect(store.read.get(told, '%notice.recorded%')).toEqual({ n: 3 });
});

it('those for whom it is recorded already are passed over; another day is another notice', () => {
  record('2026-11-20');
  expect(record('2026-11-20')).toBe(0);
  expect(record('2026-11-19')).toBe(3);
  store.runNow((db) => db.remove('debtor', debtorIds[0] ?? ''));
  expect(record('2026-11-18')).toBe(2);
});
