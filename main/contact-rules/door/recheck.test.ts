import { expect, test } from 'vitest';
import { aCall, aCap, aDoor, aPack, because, hour, polish, tuesday } from './door.fixture.ts';

const optOut = { id: 'OUT', kind: 'hold', holdKind: 'mediumOptOut', channels: ['sms'] };
const texts = (limit: number) => aCap('SMS', limit, 1, { channels: ['sms'] });

function aQueue(rules: readonly Record<string, unknown>[]) {
  const door = aDoor({ packs: [aPack(rules)] });
  const debtorId = door.addDebtor();
  const message = aCall(debtorId, { channel: 'sms', mode: 'manual' });
  const recheck = (reservationId: string | null) =>
    door.rules.recheck(door.store.read, reservationId!, door.clock.now());
  const optOutNow = () =>
    door.store.runNow((db, context) =>
      db.insert('hold', {
        id: context.newId(),
        debtorId,
        kind: 'mediumOptOut',
        medium: 'sms',
        since: context.now,
      }),
    );
  return { ...door, debtorId, message, recheck, optOutNow };
}

test('a message queued before an opt-out is refused when it is handed over', () => {
  const { rules, store, pass, message, reserve, recheck, optOutNow } = aQueue([optOut]);
  const { reservationId, decisionId } = reserve(message);
  expect(recheck(reservationId)).toMatchObject({ allowed: true, decisionId });
  pass(hour);
  optOutNow();
  expect(because(recheck(reservationId))).toEqual(['hold']);
  expect(store.runNow((db, context) => rules.release(db, context, reservationId!))).toBe(true);
  expect(() => recheck(reservationId)).toThrow(
    expect.objectContaining({ code: 'contact-rules.no-reservation' }),
  );
});

test('a reservation does not refuse itself, but others do', () => {
  const { store, message, debtorId, reserve, recheck } = aQueue([texts(2)]);
  const queued = [reserve(message), reserve(message)];
  expect(queued.map(({ reservationId }) => recheck(reservationId).allowed)).toEqual([true, true]);
  expect(reserve(message).allowed).toBe(false);
  // what came in from elsewhere meanwhile, such as an import of the former agency's contacts
  store.runNow((db, context) =>
    db.insert('contactEvent', {
      id: context.newId(),
      at: tuesday,
      kind: 'message',
      direction: 'out',
      channel: 'sms',
      debtorId,
      number: polish,
    }),
  );
  expect(because(recheck(queued[0]!.reservationId))).toEqual(['cap']);
});

test('the hours at the moment of sending count, and asking stores nothing', () => {
  const week = { tue: [['09:00', '11:00']] };
  const hours = { id: 'H', kind: 'hours', calendar: 'PL', channels: ['sms'], week };
  const { store, pass, message, reserve, recheck } = aQueue([hours]);
  const { reservationId } = reserve(message);
  pass(hour);
  expect(because(recheck(reservationId))).toEqual(['hours']);
  expect(store.read.all('SELECT id FROM contactDecision')).toHaveLength(1);
  expect(store.read.all('SELECT id FROM contactEvent')).toHaveLength(1);
});

test('an override that was used lifts what it lifted until it expires', () => {
  const soft = { ...texts(1), severity: 'denyUnlessOverride' };
  const { store, overrides, pass, debtorId, message, reserve, recheck, optOutNow } = aQueue([
    soft,
    optOut,
  ]);
  reserve(message);
  store.runNow((db, context) =>
    overrides['override.grant'](db, context, {
      overrideId: null,
      target: { debtorId, channel: 'sms', contactPointId: `${debtorId} ${polish}` },
      reason: 'asked for the amount by text',
      forMinutes: 60,
      personId: 'lead',
    }),
  );
  const { reservationId } = reserve(message);
  expect(recheck(reservationId)).toMatchObject({ allowed: true });
  pass(hour);
  expect(because(recheck(reservationId))).toEqual(['cap']);
  optOutNow();
  expect(because(recheck(reservationId)).sort()).toEqual(['cap', 'hold']);
});

test('what is none cannot be asked about', () => {
  const { recheck } = aQueue([optOut]);
  expect(() => recheck('nothing')).toThrow(
    expect.objectContaining({ code: 'contact-rules.no-reservation' }),
  );
});
