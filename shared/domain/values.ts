import { z } from 'zod';

/** epoch milliseconds */
export const instant = z.number().int();
/** calendar date that exists, `YYYY-MM-DD` */
export const isoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'not a date')
  .refine(isCalendarDate, 'not a date');

function isCalendarDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
/** ITU-T E.164 number with its plus sign */
export const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, 'not an E.164 number');
/** ISO 4217 */
export const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'not a currency');
/** integer minor units (grosz, cent, kopeck; yen for currencies without a minor unit) */
export const amountMinor = z.number().int();
export const money = z.strictObject({ amountMinor, currency: currencyCode });
export type Money = z.infer<typeof money>;
/** IANA zone name */
export const timeZone = z.string().min(1).max(64);

export const role = z.enum(['agent', 'lead', 'admin', 'machine']);
export type Role = z.infer<typeof role>;

/** Fixed when a store is created; practice and real work never share one. */
export const storeKind = z.enum(['practice', 'real']);
export type StoreKind = z.infer<typeof storeKind>;

export const channel = z.enum([
  'call',
  'voiceMessage',
  'sms',
  'mms',
  'email',
  'chat',
  'letter',
  'visit',
  'ivr',
  'note',
  'payment',
  'status',
]);
export type Channel = z.infer<typeof channel>;
export const direction = z.enum(['in', 'out']);
export type Direction = z.infer<typeof direction>;

export const contactPointKind = z.enum(['mobile', 'home', 'work', 'other', 'email', 'messenger']);
export type ContactPointKind = z.infer<typeof contactPointKind>;
export const contactPointStatus = z.enum(['active', 'wrongNumber', 'dead', 'retired']);
export type ContactPointStatus = z.infer<typeof contactPointStatus>;

/** The network's verdict on one attempt to call (not the agent's: that is the disposition). */
export const attemptResult = z.enum([
  'answered',
  'abandoned',
  'busy',
  'noAnswer',
  'rejected',
  'invalidNumber',
  'networkFailure',
  'machine',
  'cancelled',
  'interrupted',
]);
export type AttemptResult = z.infer<typeof attemptResult>;

export const dialingMode = z.enum(['manual', 'preview', 'progressive', 'predictive']);
export type DialingMode = z.infer<typeof dialingMode>;
