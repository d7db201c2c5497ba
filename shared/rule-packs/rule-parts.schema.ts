import { z } from 'zod';
import { isIsoDuration, isWindowDuration } from './duration.ts';
import {
  contactChannels,
  contactModes,
  eventFlags,
  eventKinds,
  numberClasses,
  purposes,
  scopeKeys,
  targets,
} from './words.ts';

/** Parts that several kinds of rule share (reference model §5). */
export const duration = z.string().refine(isIsoDuration, 'not an ISO 8601 duration');
export const windowDuration = z
  .string()
  .refine(isWindowDuration, 'a window is PnD (calendar days) or PTnH (clock time)');
export const packDate = z.iso.date();
export const zoneBasis = z.enum(['allKnown', 'residence', 'numberPresumed', 'fixed']);
export const channels = z.array(z.enum(contactChannels)).min(1);
export const scope = z.array(z.enum(scopeKeys)).min(1);
export const kindsOfEvent = z.array(z.enum(eventKinds)).min(1);
export const flags = z.array(z.enum(eventFlags));
export const eventDirection = z.enum(['out', 'both']);

const timeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'not a time of day HH:MM');
/** half-open `[from, to)`, local time; text compares like time because both are HH:MM */
const openWindow = z
  .tuple([timeOfDay, timeOfDay])
  .refine(([from, to]) => from < to, 'a window ends after it begins; write two across midnight');
const windows = z.array(openWindow);
/** a weekday that is absent is closed; an absent `holiday` means a holiday is like any other day */
export const week = z.strictObject({
  mon: windows.optional(),
  tue: windows.optional(),
  wed: windows.optional(),
  thu: windows.optional(),
  fri: windows.optional(),
  sat: windows.optional(),
  sun: windows.optional(),
  holiday: windows.optional(),
});
export type Week = z.infer<typeof week>;

export const exception = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('directConsent'),
    scope,
    lasts: windowDuration,
    firstDayCounts: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('debtorInitiated'),
    withinChannel: z.boolean().optional(),
    once: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('legalNotice') }),
  z.strictObject({ type: z.literal('courtPermission') }),
  z.strictObject({ type: z.literal('agreement'), field: z.string().min(1) }),
  z.strictObject({ type: z.literal('fact'), name: z.string().min(1) }),
]);
export type RuleException = z.infer<typeof exception>;

export const capWindow = z.discriminatedUnion('type', [
  /** today and the days before it, by local date */
  z.strictObject({ type: z.literal('calendarDays'), days: z.number().int().min(1).max(400) }),
  /** clock time back from now */
  z.strictObject({ type: z.literal('rolling'), length: windowDuration }),
  z.strictObject({
    type: z.literal('calendarUnit'),
    unit: z.enum(['day', 'week', 'month']),
    weekStart: z.enum(['mon', 'sun']).optional(),
  }),
]);
export type CapWindow = z.infer<typeof capWindow>;

/** What every rule carries. */
export const ruleBase = {
  id: z.string().min(1),
  basis: z.enum(['law', 'guidance', 'former-guidance', 'standard', 'code', 'policy']),
  source: z.string().min(1),
  channels,
  purposes: z.array(z.enum(purposes)).min(1).optional(),
  targets: z.array(z.enum(targets)).min(1).optional(),
  numberClasses: z.array(z.enum(numberClasses)).min(1).optional(),
  modes: z.array(z.enum(contactModes)).min(1).optional(),
  severity: z.enum(['deny', 'denyUnlessOverride', 'warn']),
  unless: z.array(exception).optional(),
  /** first day in force, and first day no longer in force */
  from: packDate.optional(),
  to: packDate.optional(),
  /** whose clock; absent: the pack's, else `allKnown`, the strictest */
  zoneBasis: zoneBasis.optional(),
  fixedZone: z.string().optional(),
  note: z.string().optional(),
};
