import { z } from 'zod';
import { behaviour } from './behaviour.schema.ts';
import { duration } from './duration.ts';
import { talk } from './talk.schema.ts';

const percent = z.number().min(0).max(100);
/** digits, a leading `+` allowed */
const numberText = z.string().regex(/^\+?[0-9]{1,20}$/, 'digits with an optional +');

const regexText = z.string().refine(isRegex, { message: 'not a regular expression' });

function isRegex(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

/** Compared with the number's digits: `+`, `00` and separators make no difference. */
export const numberPattern = z.union([
  z.strictObject({ exact: numberText }),
  z.strictObject({ prefix: numberText }),
  z.strictObject({ regex: regexText }),
  z.strictObject({ from: numberText, to: numberText }),
]);
export type NumberPattern = z.infer<typeof numberPattern>;

/** The name of one of `behaviours`, or a behaviour in place. */
const behaviourReference = z.union([z.string().min(1), behaviour]);

export const numberRule = z
  .strictObject({
    match: z.union([numberPattern, z.array(numberPattern).min(1)]),
    /** one is drawn by weight for each call */
    outcomes: z
      .array(z.strictObject({ weight: z.number().positive(), behaviour: behaviourReference }))
      .min(1)
      .optional(),
    /** the first call gets the first, the second the second, and so on; the last repeats */
    inTurn: z.array(behaviourReference).min(1).optional(),
    /** replaces the scenario's seed for these numbers */
    seed: z.number().int().optional(),
  })
  .refine((rule) => (rule.outcomes === undefined) !== (rule.inTurn === undefined), {
    message: 'a rule needs either outcomes or inTurn',
  });
export type NumberRule = z.infer<typeof numberRule>;

/** What the network does to packets of one kind, in both directions. */
export const impairment = z.strictObject({
  lossPercent: percent.default(0),
  duplicatePercent: percent.default(0),
  delayMs: duration.default(0),
});
export type Impairment = z.infer<typeof impairment>;

export const carrierAccess = z.discriminatedUnion('kind', [
  /** the caller is known by its address; without `allow` everyone is */
  z.strictObject({ kind: z.literal('address'), allow: z.array(z.string()).optional() }),
  z.strictObject({
    kind: z.literal('register'),
    user: z.string().min(1),
    password: z.string(),
    realm: z.string().min(1).default('practice.invalid'),
    /** 407 to an INVITE without credentials; else the address of a registered user is enough */
    challengeInvites: z.boolean().default(true),
    /** the longest lifetime that it grants */
    maxExpiresSec: z.number().int().min(1).max(86_400).default(600),
  }),
  /** refuses every REGISTER and INVITE: a trunk whose contract has ended */
  z.strictObject({
    kind: z.literal('refuse'),
    status: z.number().int().min(400).max(699).default(403),
  }),
]);
export type CarrierAccess = z.infer<typeof carrierAccess>;

export const callIn = z.strictObject({
  from: numberText,
  to: numberText,
  afterMs: duration,
  everyMs: duration.optional(),
  times: z.number().int().min(1).default(1),
  /** rings at most this long, then CANCEL */
  patienceMs: duration.default(30_000),
  talk: talk.prefault({}),
});
export type CallIn = z.infer<typeof callIn>;

export const scenario = z.strictObject({
  name: z.string().min(1).max(80),
  description: z.string().optional(),
  seed: z.number().int().default(1),
  carrier: z
    .strictObject({
      access: carrierAccess.prefault({ kind: 'address' }),
      /** in order of preference */
      codecs: z
        .array(z.enum(['pcma', 'pcmu']))
        .min(1)
        .default(['pcma', 'pcmu']),
      telephoneEvent: z.boolean().default(true),
      maxConcurrentCalls: z.number().int().min(1).max(2000).default(500),
      sip: impairment.prefault({}),
      rtp: impairment.prefault({}),
      malformed: z
        .strictObject({
          /** damaged SIP packets sent to every known peer */
          sipPerMinute: z.number().min(0).max(6000).default(0),
          /** damaged RTP packets sent beside this share of good ones */
          rtpPercent: percent.default(0),
        })
        .prefault({}),
      /** no RTP for this long: the far end has vanished, and the debtor waits for its BYE */
      vanishedAfterMs: z.number().min(100).max(600_000).default(5000),
    })
    .prefault({}),
  behaviours: z.record(z.string(), behaviour).default({}),
  numbers: z.array(numberRule).default([]),
  /** for numbers that no rule matches */
  otherwise: behaviourReference.default({
    kind: 'wrongNumber',
    afterMs: 300,
    status: 404,
    informationTones: false,
  }),
  callIn: z.array(callIn).default([]),
});
export type Scenario = z.infer<typeof scenario>;
