import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contactChannels, contactModes, targets } from '#shared/rule-packs/index.ts';
import type { ContactRequest } from '../types.ts';
import { aDoor, day, hour, polish, tuesday } from './door.fixture.ts';

const shared = '+48601234569';
const numbers = [polish, '+48601234568', '+12122340000', '+4915123456789', shared];
const instants = fc.integer({ min: tuesday - 60 * day, max: tuesday });

const events = fc.array(
  fc.record({
    at: instants,
    kind: fc.constantFrom('attempt', 'rang', 'conversation', 'message', 'notConnected'),
    direction: fc.constantFrom('in', 'out'),
    channel: fc.constantFrom('call', 'sms', 'email'),
    who: fc.integer({ min: 0, max: 4 }),
    number: fc.option(fc.constantFrom(...numbers)),
  }),
  { maxLength: 40 },
);
const holds = fc.array(
  fc.record({
    who: fc.integer({ min: 0, max: 3 }),
    kind: fc.constantFrom('mediumOptOut', 'dispute', 'cease', 'vulnerable', 'never-heard-of'),
    medium: fc.option(fc.constantFrom('sms', 'call', 'email')),
    since: instants,
    until: fc.option(instants),
    point: fc.option(fc.constantFrom(...numbers)),
  }),
  { maxLength: 5 },
);
const consents = fc.array(
  fc.record({
    who: fc.integer({ min: 0, max: 3 }),
    kind: fc.constantFrom('directConsent', 'electronicMessages', 'otherHours', 'automatedCalls'),
    channel: fc.option(fc.constantFrom('sms', 'email')),
    givenAt: instants,
    point: fc.option(fc.constantFrom(...numbers)),
  }),
  { maxLength: 5 },
);
const requests = fc.array(
  fc.record({
    who: fc.integer({ min: 0, max: 5 }),
    channel: fc.constantFrom(...contactChannels),
    mode: fc.constantFrom(...contactModes),
    target: fc.constantFrom(...targets),
    number: fc.option(fc.constantFrom(...numbers)),
    byPoint: fc.boolean(),
    callerIdWithheld: fc.boolean(),
  }),
  { minLength: 1, maxLength: 25 },
);
const world = fc.record({ events, holds, consents, requests, at: fc.nat(47) });

const residences = [
  { jurisdiction: 'PL', timeZonesJson: '["Europe/Warsaw"]' },
  { jurisdiction: 'US-NY-NYC', timeZonesJson: '["America/New_York"]' },
  { jurisdiction: 'DE-BY', timeZonesJson: '[]' },
  { jurisdiction: '', timeZonesJson: '[]' },
];

test('asking about many gives what asking one by one gives', async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ events, holds, consents, requests, at }) => {
      const door = aDoor();
      // two have the same number, so that it is nobody's alone
      const ids = residences.map((row, index) =>
        door.addDebtor(row, index === 3 ? [polish] : [numbers[index]!, shared]),
      );
      const idOf = (who: number) => ids[who] ?? ['nobody', ''][who - ids.length] ?? '';
      const pointOf = (who: number, number: string | null) =>
        number === null ? null : `${idOf(who)} ${number}`;
      door.store.runNow((db, context) => {
        for (const { who, ...event } of events) {
          db.insert('contactEvent', { id: context.newId(), debtorId: idOf(who), ...event });
        }
        for (const { who, point, ...row } of holds) {
          const contactPointId = pointOf(who, point);
          db.insert('hold', { id: context.newId(), debtorId: idOf(who), contactPointId, ...row });
        }
        for (const { who, point, ...row } of consents) {
          const contactPointId = pointOf(who, point);
          const columns = { source: 'x', createdAt: 0, contactPointId };
          db.insert('consent', { id: context.newId(), debtorId: idOf(who), ...columns, ...row });
        }
      });
      const asked = requests.map(
        ({ who, number, byPoint, ...request }): ContactRequest => ({
          debtorId: idOf(who),
          purpose: 'collection',
          ...request,
          ...(number === null
            ? {}
            : byPoint
              ? { contactPointId: `${idOf(who)} ${number}` }
              : { number }),
        }),
      );
      const now = tuesday + at * hour;
      const { read } = door.store;
      const many = door.rules.decideMany(read, asked, now);
      expect(many).toEqual(asked.map((request) => door.rules.decide(read, request, now)));
      await door.store.close();
    }),
    { numRuns: 25 },
  );
}, 60_000);
