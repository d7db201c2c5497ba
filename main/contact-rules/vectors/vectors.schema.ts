import { z } from 'zod';
import {
  contactChannels,
  contactModes,
  eventFlags,
  eventKinds,
  holdKinds,
  numberClasses,
  purposes,
  targets,
  weekdaysFromSunday,
} from '#shared/rule-packs/index.ts';
import { isKnownZone } from '../zones/zone.ts';

const instantPattern =
  /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const isDate = (text: string) => z.iso.date().safeParse(text).success;

/** ISO 8601 with seconds and an offset */
export const instantText = z
  .string()
  .refine(
    (text) => isDate(instantPattern.exec(text)?.[1] ?? ''),
    'not an instant with seconds and an offset',
  );
const zone = z.string().refine(isKnownZone, 'unknown time zone');
const zones = z.array(zone).min(1);
const timeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'not a time of day HH:MM');
const days = z.string().regex(/^P\d+D$/, 'not PnD');
const key = z.string().min(1);
const channel = z.enum(contactChannels);
const calendars = z.record(z.string(), z.array(z.iso.date()));

const hold = z.strictObject({
  kind: z.enum(holdKinds),
  since: instantText,
  until: instantText.optional(),
  maxLength: days.optional(),
  medium: channel.optional(),
  number: key.optional(),
  debt: key.optional(),
});
const personalBlock = z
  .strictObject({
    days: z.array(z.enum(weekdaysFromSunday)).min(1),
    from: timeOfDay,
    to: timeOfDay,
    zone: zone.optional(),
    channels: z.array(channel).optional(),
    number: key.optional(),
  })
  .refine(({ from, to }) => from < to, 'a block never crosses midnight');
const consent = z.strictObject({
  kind: z.literal('directConsent'),
  at: instantText,
  lasts: days.optional(),
  until: instantText.optional(),
  debt: key.optional(),
});
const numberFacts = z.strictObject({
  class: z.enum(numberClasses),
  presumedZones: z.array(zone),
  zoneDoubt: z.boolean().optional(),
});

/** Facts of reference §8.2. */
const facts = z.strictObject({
  residence: z.strictObject({ jurisdiction: z.string().min(1), zones }),
  stated: z.strictObject({ zones, until: instantText.optional() }).optional(),
  numbers: z.record(z.string(), numberFacts).default({}),
  holds: z.array(hold).default([]),
  personalBlocks: z.array(personalBlock).default([]),
  consents: z.array(consent).default([]),
  holidays: calendars.default({}),
  workingDays: calendars.default({}),
  flags: z.array(z.enum(['noWeekdayReach', 'guaranteedAgent', 'callerIdWithheld'])).default([]),
});
export type VectorFacts = z.infer<typeof facts>;

const event = z.strictObject({
  at: instantText,
  kind: z.enum(eventKinds),
  direction: z.enum(['in', 'out']).default('out'),
  channel,
  person: key.optional(),
  debt: key.optional(),
  number: key.optional(),
  mode: z.string().optional(),
  flags: z.array(z.enum(eventFlags)).default([]),
});
export type VectorEvent = z.infer<typeof event>;

const purpose = z.enum(purposes);
const request = z.strictObject({
  at: instantText,
  channel,
  mode: z.enum(contactModes).default('preview'),
  purpose: z.union([purpose, z.array(purpose).min(1)]).default('collection'),
  person: key,
  debt: key,
  number: key.optional(),
  target: z.enum(targets).default('debtor'),
  callerId: z.string().optional(),
  templateId: z.string().optional(),
});
export type VectorRequest = z.infer<typeof request>;

const vector = z
  .strictObject({
    id: key,
    note: z.string().optional(),
    packs: z.array(key).min(1),
    facts,
    history: z.array(event).default([]),
    request,
    /** never read */
    expect: z.unknown().optional(),
  })
  .refine(
    ({ history, request: { at } }) => history.every((one) => Date.parse(one.at) <= Date.parse(at)),
    { path: ['history'], message: 'an event is later than the request' },
  );
export type Vector = z.infer<typeof vector>;

/** One file of test vectors (reference §8.1). */
export const vectorFile = z
  .strictObject({
    format: z.literal(1),
    closeMarginSec: z.number().int().min(0).default(0),
    horizonDays: z.number().int().min(0).max(3660).default(90),
    switchedOn: z.record(z.string(), z.array(key)).default({}),
    vectors: z.array(vector),
  })
  .refine(({ vectors }) => new Set(vectors.map(({ id }) => id)).size === vectors.length, {
    path: ['vectors'],
    message: 'an id is used twice',
  });
export type VectorFile = z.infer<typeof vectorFile>;
