import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ContactRequest } from '../types.ts';
import { aDoor, aPack, because, polish, tuesday } from './door.fixture.ts';

const shared = '+48601234569';
const numbers = [polish, '+48601234568', shared];
const capped = (kind: Record<string, unknown>) => ({
  basis: 'policy',
  source: 'made up [policy]',
  channels: ['call', 'sms', 'email'],
  severity: 'denyUnlessOverride',
  purposes: ['collection', 'marketing', 'service', 'legalNotice'],
  counts: ['attempt', 'message'],
  direction: 'out',
  countChannels: ['call', 'sms', 'email'],
  excludeFlags: [],
  window: { type: 'calendarDays', days: 7 },
  ...kind,
});
const pack = aPack([
  { id: 'T-1', kind: 'cap', ...capped({ scope: ['person'], limit: 2 }) },
  { id: 'T-2', kind: 'cap', ...capped({ scope: ['number'], limit: 1 }) },
]);

const requests = fc.array(
  fc.record({
    who: fc.integer({ min: 0, max: 3 }),
    channel: fc.constantFrom('call', 'sms', 'email'),
    mode: fc.constantFrom('manual', 'predictive'),
    place: fc.integer({ min: 0, max: 2 }),
  }),
  { minLength: 1, maxLength: 14 },
);
const overrides = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 2 });

/** One door with the same debtors; two of them share a number. */
function aWorld(overridden: readonly number[]) {
  const door = aDoor({ packs: [pack], at: tuesday });
  const ids = numbers.map((number, index) =>
    door.addDebtor({}, index === 2 ? [number] : [number, shared]),
  );
  door.store.runNow((db, context) => {
    for (const who of overridden) {
      db.insert('contactOverride', {
        id: context.newId(),
        debtorId: ids[who],
        channel: 'sms',
        rulesJson: JSON.stringify([
          { pack: pack.id, rule: 'T-1' },
          { pack: pack.id, rule: 'T-2' },
        ]),
        state: 'granted',
        requestedAt: tuesday,
        expiresAt: tuesday + 3_600_000,
      });
    }
  });
  return { door, ids };
}

test('taking many contacts at once gives what one after another gives, caps and overrides included', async () => {
  let later = 0;
  await fc.assert(
    fc.asyncProperty(requests, overrides, async (asked, overridden) => {
      const one = aWorld(overridden);
      const many = aWorld(overridden);
      const requestsOf = (ids: readonly string[]) =>
        asked.map(({ who, channel, mode, place }): ContactRequest => {
          const number = numbers[place] ?? polish;
          return {
            debtorId: ids[who] ?? 'nobody',
            purpose: 'collection',
            target: 'debtor',
            channel: channel as 'sms',
            mode: mode as 'manual',
            ...(channel === 'email' ? {} : { number }),
          };
        });
      const oneByOne = requestsOf(one.ids).map((request) => one.door.reserve(request));
      const together = many.door.store.runNow((db, context) =>
        many.door.rules.reserveMany(db, context, requestsOf(many.ids)),
      );
      const shown = ({ allowed, nextAllowedAt, reservationId, override, ...rest }: Reserved) => ({
        allowed,
        nextAllowedAt,
        reserved: reservationId !== null,
        overridden: override !== null,
        because: because(rest),
      });
      expect(together.map(shown)).toEqual(oneByOne.map(shown));
      expect(rowsOf(many.door)).toEqual(rowsOf(one.door));
      later += together.filter(
        ({ allowed, blockedBy }) => !allowed && blockedBy.some(({ because: why }) => why === 'cap'),
      ).length;
      await one.door.store.close();
      await many.door.store.close();
    }),
    { numRuns: 40 },
  );
  // contacts of this very list were refused by those before them
  expect(later).toBeGreaterThan(0);
}, 60_000);

type Reserved = ReturnType<ReturnType<typeof aDoor>['reserve']>;

/** What stays of it, without ids. */
function rowsOf({ store }: ReturnType<typeof aDoor>) {
  return [
    store.read.all(
      'SELECT debtorId, number, channel, kind, reservation FROM contactEvent ORDER BY id',
    ),
    store.read.all(
      'SELECT debtorId, channel, allowed, number, factsHash FROM contactDecision ORDER BY id',
    ),
    store.read.all('SELECT state, channel FROM contactOverride ORDER BY id'),
  ];
}
