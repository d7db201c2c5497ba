import { describe, expect, test } from 'vitest';
import { createContactRules } from '../contact-rules.ts';
import { createClockGuard } from './clock-guard.ts';
import { aCall, aCap, aDoor, aPack, because, day, hour } from './door.fixture.ts';

/** Open from eight to eight every day, in Warsaw. */
const open: [string, string][] = [['08:00', '20:00']];
const week = { mon: open, tue: open, wed: open, thu: open, fri: open, sat: open, sun: open };
const hours = { id: 'H', kind: 'hours', calendar: 'PL', week };
const packs = [aPack([hours, aCap('C', 3)])];

const warsaw = (text: string) => Date.parse(text);

describe('a clock that somebody moved', () => {
  test.each([
    ['back by two hours', -2 * hour],
    ['ahead by an hour', hour],
    ['ahead by a day', day],
  ])('%s refuses every contact until a person says that it is right', (_what, step) => {
    const door = aDoor({ packs });
    const debtorId = door.addDebtor();
    expect(door.reserve(aCall(debtorId)).allowed).toBe(true);
    door.clock.wall += step;
    door.clock.ticks += 1000;
    expect(because(door.reserve(aCall(debtorId)))).toEqual(['clock']);
    door.pass(hour);
    expect(because(door.reserve(aCall(debtorId)))).toEqual(['clock']);
    expect(because(door.rules.decide(door.store.read, aCall(debtorId), door.clock.now()))).toEqual([
      'clock',
    ]);
    door.rules.confirmClock(door.store.read);
    expect(door.reserve(aCall(debtorId)).allowed).toBe(true);
  });

  test('events ahead of a clock that was set back still count', () => {
    const door = aDoor({ packs });
    const debtorId = door.addDebtor();
    for (let call = 0; call < 3; call++) door.reserve(aCall(debtorId));
    door.clock.wall -= hour;
    door.rules.confirmClock(door.store.read);
    expect(because(door.reserve(aCall(debtorId)))).toEqual(['cap']);
  });
});

describe('a store whose rows are ahead of the clock', () => {
  test('refuses from the first question on, until a person confirms', () => {
    const door = aDoor({ packs });
    const debtorId = door.addDebtor();
    door.store.runNow((db, context) =>
      db.insert('contactEvent', {
        id: context.newId(),
        at: door.clock.now() + day,
        kind: 'rang',
        direction: 'out',
        channel: 'call',
        debtorId,
      }),
    );
    expect(because(door.reserve(aCall(debtorId)))).toEqual(['clock']);
    door.rules.confirmClock(door.store.read);
    expect(door.reserve(aCall(debtorId)).allowed).toBe(true);
  });

  test('a guard of another thread that never asked takes the same word', () => {
    const door = aDoor({ packs });
    const debtorId = door.addDebtor();
    const writer = createContactRules({
      packs,
      storeKind: 'real',
      clockGuard: createClockGuard(door.clock),
    });
    const at = door.clock.now() + day;
    const row = { at, kind: 'rang', direction: 'out', channel: 'call', debtorId };
    door.store.runNow((db, context) => db.insert('contactEvent', { id: context.newId(), ...row }));
    for (const rules of [door.rules, writer]) rules.confirmClock(door.store.read);
    for (const rules of [door.rules, writer]) {
      expect(rules.decide(door.store.read, aCall(debtorId), door.clock.now()).allowed).toBe(true);
    }
  });

  test('what either thread suspects refuses', () => {
    const door = aDoor({ packs });
    expect(because(door.reserve(aCall(door.addDebtor()), 'c', true))).toEqual(['clock']);
  });
});

describe('nights on which the clock changes', () => {
  // Poland: 25 October 2026 has 25 hours, 28 March 2027 has 23
  test.each([
    ['25 hours', '2026-10-24T21:00:00+02:00', '2026-10-25T08:00:00+01:00', 12],
    ['23 hours', '2027-03-27T21:00:00+01:00', '2027-03-28T08:00:00+02:00', 10],
  ])('a night before a day of %s ends at eight by the wall', (_what, from, to, hoursApart) => {
    const door = aDoor({ packs, at: warsaw(from) });
    const debtorId = door.addDebtor();
    const { nextAllowedAt } = door.reserve(aCall(debtorId));
    expect(nextAllowedAt).toBe(warsaw(to));
    expect(nextAllowedAt! - warsaw(from)).toBe(hoursApart * hour);
    door.pass(hoursApart * hour - 1);
    expect(because(door.reserve(aCall(debtorId)))).toEqual(['hours']);
    door.pass(1);
    expect(door.reserve(aCall(debtorId)).allowed).toBe(true);
  });

  test.each(['2026-10-25T12:00:00+01:00', '2027-03-28T12:00:00+02:00'])(
    'calls of the day that begins %s free the next one at its own eight',
    (from) => {
      const door = aDoor({ packs, at: warsaw(from) });
      const debtorId = door.addDebtor();
      for (let call = 0; call < 3; call++) door.reserve(aCall(debtorId));
      expect(door.reserve(aCall(debtorId)).nextAllowedAt).toBe(warsaw(from) + 20 * hour);
    },
  );
});

describe('a machine asleep over midnight', () => {
  const evening = warsaw('2026-11-24T19:00:00+01:00');

  test.each([
    ['stood still', 0],
    ['went on', 14 * hour],
  ])('with a monotonic clock that %s: the caps are those of the new day', (_what, ticks) => {
    const door = aDoor({ packs, at: evening });
    const debtorId = door.addDebtor();
    for (let call = 0; call < 3; call++) door.reserve(aCall(debtorId));
    expect(because(door.reserve(aCall(debtorId)))).toContain('cap');
    door.rules.clockGuard.suspended();
    door.clock.wall += 14 * hour;
    door.clock.ticks += ticks;
    door.rules.clockGuard.resumed();
    expect(door.reserve(aCall(debtorId)).allowed).toBe(true);
  });

  test('a clock set back meanwhile is found out', () => {
    const door = aDoor({ packs, at: evening });
    const debtorId = door.addDebtor();
    door.reserve(aCall(debtorId));
    door.rules.clockGuard.suspended();
    door.clock.wall -= hour;
    door.rules.clockGuard.resumed();
    expect(because(door.reserve(aCall(debtorId)))).toEqual(['clock']);
  });

  test('a guard that was not told of the sleep refuses: better than to dial by a wrong clock', () => {
    const door = aDoor({ packs, at: evening });
    const debtorId = door.addDebtor();
    door.reserve(aCall(debtorId));
    door.clock.wall += 14 * hour;
    expect(because(door.reserve(aCall(debtorId)))).toEqual(['clock']);
  });
});
