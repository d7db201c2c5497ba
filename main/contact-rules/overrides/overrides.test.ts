import { expect, test } from 'vitest';
import { aCall, aCap, aDoor, aPack, because, hour, polish, tuesday } from '../door/door.fixture.ts';
import { nextOverrideState, type OverrideEvent, type OverrideState } from './override-machine.ts';
import type { OverrideTarget } from './override-writes.ts';

const states: OverrideState[] = ['requested', 'granted', 'refused', 'used', 'withdrawn'];
const events: OverrideEvent[] = ['grant', 'refuse', 'withdraw', 'use', 'giveBack'];

test('only these steps are taken', () => {
  const steps = states.flatMap((state) =>
    events.flatMap((event) => {
      try {
        return [`${state} ${event} ${nextOverrideState(state, event)}`];
      } catch (error) {
        expect(error).toMatchObject({ code: 'work.already-ended' });
        return [];
      }
    }),
  );
  expect(steps).toEqual([
    'requested grant granted',
    'requested refuse refused',
    'requested withdraw withdrawn',
    'granted withdraw withdrawn',
    'granted use used',
    'used giveBack granted',
  ]);
});

/** Two calls a day may be overridden, eight in a week may not. */
const softCap = aCap('SOFT', 1, 1, { severity: 'denyUnlessOverride' });
const hardCap = aCap('HARD', 3, 7);

function aRefusedDoor(rules: readonly Record<string, unknown>[] = [softCap, hardCap]) {
  const door = aDoor({ packs: [aPack(rules)] });
  const debtorId = door.addDebtor();
  const call = aCall(debtorId, { mode: 'manual', personId: 'agent' });
  door.reserve(call, 'first');
  const contactPointId = `${debtorId} ${polish}`;
  const target = { debtorId, channel: 'call' as const, contactPointId };
  const reason = 'promised to be at home';
  const write = door.store.runNow;
  const request = (personId = 'agent') =>
    write((db, context) =>
      door.overrides['override.request'](db, context, { ...target, reason, personId }),
    ).overrideId;
  const grant = (
    overrideId: string | null,
    personId = 'lead',
    forMinutes = 60,
    of: OverrideTarget = target,
  ) =>
    write((db, context) =>
      door.overrides['override.grant'](db, context, {
        overrideId,
        target: of,
        reason,
        forMinutes,
        personId,
      }),
    ).overrideId;
  const row = (id: string) =>
    door.store.read.get<Record<string, unknown>>('SELECT * FROM contactOverride WHERE id = ?', id)!;
  const decide = () => door.rules.decide(door.store.read, call, door.clock.now());
  return { ...door, debtorId, call, target, request, grant, row, decide };
}

test('one contact is allowed, once, with the name and the reason of who allowed it', () => {
  const { store, traces, call, debtorId, request, grant, row, decide, reserve } = aRefusedDoor();
  const overrideId = request();
  expect(decide()).toMatchObject({ allowed: false, overridable: true, override: null });
  grant(overrideId);
  const expiresAt = tuesday + hour;
  expect(row(overrideId)).toMatchObject({ state: 'granted', decidedBy: 'lead', expiresAt });
  const before = decide();
  expect(before).toMatchObject({ allowed: true, nextAllowedAt: null });
  expect(before.override).toEqual({ overrideId, expiresAt });
  expect(because(before)).toEqual(['cap']);

  const taken = reserve(call, 'second');
  expect(taken).toMatchObject({ allowed: true, override: { overrideId } });
  expect(
    store.read.get(
      `SELECT allowed, overrideId, overriddenBy, overrideReason FROM contactDecision WHERE id = ?`,
      taken.decisionId,
    ),
  ).toEqual({
    allowed: 1,
    overrideId,
    overriddenBy: 'lead',
    overrideReason: 'promised to be at home',
  });
  expect(row(overrideId)).toMatchObject({ state: 'used', decisionId: taken.decisionId });
  expect(reserve(call, 'third').allowed).toBe(false);
  expect(traces).toEqual([
    `granted ${debtorId} call promised to be at home`,
    `used ${debtorId} call promised to be at home`,
  ]);
  expect(store.read.all('SELECT action, personId FROM auditEntry ORDER BY id')).toEqual([
    { action: 'override.requested', personId: 'agent' },
    { action: 'override.granted', personId: 'lead' },
  ]);
});

test('nobody grants what they asked for, and nothing is granted twice', () => {
  const { request, grant, row } = aRefusedDoor();
  const overrideId = request('lead');
  expect(() => grant(overrideId, 'lead')).toThrow(
    expect.objectContaining({ code: 'contact-rules.own-override' }),
  );
  expect(row(overrideId).state).toBe('requested');
  grant(overrideId, 'other');
  expect(() => grant(overrideId, 'third')).toThrow(
    expect.objectContaining({ code: 'work.already-ended' }),
  );
});

test('nobody grants unasked what they asked for', () => {
  const { store, target, request, grant } = aRefusedDoor();
  const overrideId = request('lead');
  const refused = expect.objectContaining({ code: 'contact-rules.own-override' });
  expect(() => grant(null, 'lead')).toThrow(refused);
  // for all addresses is for that one too
  expect(() => grant(null, 'lead', 60, { ...target, contactPointId: undefined })).toThrow(refused);
  expect(store.read.all('SELECT id, state FROM contactOverride')).toEqual([
    { id: overrideId, state: 'requested' },
  ]);
  grant(null, 'other');
});

test('asking twice is one request', () => {
  const { request } = aRefusedDoor();
  expect(request()).toBe(request());
});

test('what the rules allow, or what admits no override, is not granted', () => {
  const { pass, reserve, call, request, grant } = aRefusedDoor();
  pass(24 * hour);
  expect(() => grant(null)).toThrow(expect.objectContaining({ code: 'contact-rules.not-refused' }));
  reserve(call);
  grant(null);
  reserve(call);
  // three calls: now the hard cap refuses beside the soft one
  expect(() => request()).toThrow(
    expect.objectContaining({
      code: 'contact-rules.not-overridable',
      details: { rules: ['HARD'] },
    }),
  );
});

test('a rule that was not named when it was granted is not lifted', () => {
  const noon = { id: 'NOON', kind: 'hours', calendar: 'PL', severity: 'denyUnlessOverride' };
  const week = { tue: [['09:00', '10:30']] };
  const { pass, decide, grant } = aRefusedDoor([softCap, { ...noon, week }]);
  grant(null);
  expect(decide().allowed).toBe(true);
  pass(0.75 * hour);
  expect(because(decide()).sort()).toEqual(['cap', 'hours']);
  expect(decide()).toMatchObject({ allowed: false, override: null });
});

test('neither a hold of severity deny nor the clock is lifted', () => {
  const cease = { id: 'CEASE', kind: 'hold', holdKind: 'cease' };
  const { store, debtorId, clock, decide, grant } = aRefusedDoor([softCap, cease]);
  grant(null);
  store.runNow((db) => db.insert('hold', { id: 'h', debtorId, kind: 'cease', since: tuesday }));
  expect(decide()).toMatchObject({ allowed: false, overridable: false, override: null });
  store.runNow((db) => db.update('hold', 'h', { liftedAt: tuesday }));
  expect(decide().allowed).toBe(true);
  clock.wall += 5 * hour;
  expect(because(decide())).toEqual(['clock']);
  expect(decide()).toMatchObject({ allowed: false, override: null });
});

test.each([
  ['another channel', { channel: 'sms' as const }],
  ['another number', { number: '+48601234568' }],
  ['a list', { mode: 'predictive' as const }],
])('an override for a call by hand to one number is not used by %s', (_what, change) => {
  const { rules, store, call, grant } = aRefusedDoor([{ ...softCap, channels: ['call', 'sms'] }]);
  grant(null);
  const asked = { ...call, ...change };
  expect(rules.decide(store.read, asked, tuesday)).toMatchObject({
    allowed: false,
    override: null,
  });
});

test('it expires by itself, and is gone when it is withdrawn', () => {
  const { store, overrides, pass, decide, grant } = aRefusedDoor();
  const first = grant(null, 'lead', 30);
  pass(30 * 60_000 - 1);
  expect(decide().allowed).toBe(true);
  pass(1);
  expect(decide().allowed).toBe(false);
  const second = grant(null);
  expect(second).not.toBe(first);
  const withdraw = (personId: string, mayWithdrawAll: boolean) =>
    store.runNow((db, context) =>
      overrides['override.withdraw'](db, context, {
        overrideId: second,
        personId,
        mayWithdrawAll,
      }),
    );
  expect(() => withdraw('agent', false)).toThrow(
    expect.objectContaining({ code: 'access.refused' }),
  );
  withdraw('lead', true);
  expect(decide().allowed).toBe(false);
});

test('a contact that was never started gives its override back', () => {
  const { store, rules, reserve, call, grant, row } = aRefusedDoor();
  const overrideId = grant(null);
  const { reservationId } = reserve(call);
  const release = () => store.runNow((db, context) => rules.release(db, context, reservationId!));
  expect([release(), release()]).toEqual([true, false]);
  expect(row(overrideId)).toMatchObject({ state: 'granted', usedAt: null, decisionId: null });
  expect(reserve(call).allowed).toBe(true);
});
