import { z } from 'zod';
import { callerIdId, e164, instant, recordingId, trunkId } from '../domain/index.ts';
import { admins, defineCommands, defineEvents, everyone, leads } from './define.ts';

export const trunkSettings = z.strictObject({
  name: z.string().trim().min(1).max(80),
  /** host name or address of the carrier's proxy */
  host: z.string().trim().min(1).max(253),
  port: z.number().int().min(1).max(65_535),
  authentication: z.enum(['register', 'address']),
  user: z.string().max(128),
  authUser: z.string().max(128),
  /** domain in From and To; empty = host */
  domain: z.string().max(253),
  /** where the shown number goes */
  callerIdHeader: z.enum(['from', 'pAssertedIdentity']),
  /** how numbers are written to the carrier */
  numberFormat: z.enum(['e164', 'e164NoPlus', 'national', 'internationalPrefix']),
  /** ISO country for `national` */
  country: z.string().regex(/^[A-Z]{2}$/),
  /** prefix before every dialed number, e.g. a tech prefix */
  dialPrefix: z.string().regex(/^[0-9*#]{0,12}$/),
  codecs: z.array(z.enum(['pcmu', 'pcma'])).min(1),
  maxConcurrentCalls: z.number().int().min(1).max(500),
  /** local UDP port for SIP; 0 = any */
  localPort: z.number().int().min(0).max(65_535),
  nat: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('stun'), server: z.string().min(1).max(260) }),
    z.strictObject({ kind: z.literal('publicAddress'), address: z.string().min(1).max(64) }),
  ]),
  keepAliveMs: z.number().int().min(0).max(600_000),
});
export type TrunkSettings = z.infer<typeof trunkSettings>;

export const trunkState = z.enum([
  'disabled',
  'connecting',
  'registered',
  'reachable',
  'refused',
  'unreachable',
]);
export type TrunkState = z.infer<typeof trunkState>;

export const callerId = z.object({
  callerIdId,
  trunkId,
  e164: z.string(),
  label: z.string(),
});

export const trunk = z.object({
  trunkId,
  settings: trunkSettings,
  hasPassword: z.boolean(),
  enabled: z.boolean(),
  /** the bundled practice carrier */
  practice: z.boolean(),
  state: trunkState,
  /** SIP status or system error of the last failure, and when it is tried again */
  lastFailure: z
    .object({ at: instant, code: z.string(), message: z.string(), retryAt: instant.nullable() })
    .nullable(),
  callsUp: z.number().int(),
  callerIds: z.array(callerId),
});
export type Trunk = z.infer<typeof trunk>;

export const trunkTestStep = z.object({
  id: z.enum(['resolve', 'reach', 'register', 'options', 'nat', 'media', 'storeKind']),
  ok: z.enum(['yes', 'no', 'skipped']),
  /** code for translated text */
  finding: z.string(),
  details: z.record(z.string(), z.unknown()),
});

export const telephonyCommands = defineCommands({
  'telephony.list-trunks': {
    roles: everyone,
    input: z.strictObject({}),
    output: z.object({ trunks: z.array(trunk) }),
  },
  'telephony.save-trunk': {
    roles: admins,
    changes: true,
    input: z.strictObject({
      trunkId: trunkId.optional(),
      settings: trunkSettings,
      /** absent = keep the one that is stored */
      password: z.string().max(256).optional(),
      enabled: z.boolean().default(true),
      callerIds: z.array(z.strictObject({ e164, label: z.string().max(80) })).max(1000),
    }),
    output: trunk,
    errors: ['telephony.practice-store', 'telephony.real-store'],
  },
  'telephony.remove-trunk': {
    roles: admins,
    changes: true,
    input: z.strictObject({ trunkId }),
    output: z.object({}),
    errors: ['telephony.trunk-in-use'],
  },
  /** Tries what the form says, without saving it, and says what is wrong. */
  'telephony.test-trunk': {
    roles: admins,
    input: z.strictObject({
      trunkId: trunkId.optional(),
      settings: trunkSettings,
      password: z.string().max(256).optional(),
    }),
    output: z.object({ ok: z.boolean(), steps: z.array(trunkTestStep) }),
  },
  /** A two-way audio test to a confirmed number of the firm's own staff. */
  'telephony.call-my-phone': {
    roles: leads,
    changes: true,
    live: true,
    input: z.strictObject({
      trunkId,
      to: e164,
      callerIdId: callerIdId.optional(),
      /** the person states that this is a staff number, not a debtor's */
      staffNumberConfirmed: z.literal(true),
    }),
    output: z.object({
      answered: z.boolean(),
      heardUs: z.enum(['yes', 'no', 'unknown']),
      weHeard: z.boolean(),
      sipStatus: z.number().int().nullable(),
      finding: z.string(),
    }),
    errors: ['telephony.number-is-debtors', 'telephony.practice-number', 'call.no-trunk'],
  },
  /** An address that plays one recording, bound to this person, for a short time. Audited. */
  'media.open': {
    roles: everyone,
    input: z.strictObject({ recordingId }),
    output: z.object({ url: z.string(), expiresAt: instant, durationMs: z.number() }),
    errors: ['media.erased', 'media.not-allowed'],
  },
});

export const telephonyEvents = defineEvents({
  'telephony.trunk-changed': trunk,
});
