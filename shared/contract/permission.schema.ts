import { z } from 'zod';
import { channel, instant, overrideId, timeZone } from '../domain/index.ts';
import { contactChannels } from '../rule-packs/index.ts';

/** One rule that says no, as the door tells it. */
export const refusal = z.object({
  /** id of the rule in its pack; of the door itself: the same word as `because` */
  rule: z.string(),
  pack: z.string(),
  /** kind of rule, or a word of the door: `clock`, `no-pack`, `zone-unknown`, `doNotCallList`, … */
  because: z.string(),
  /** first instant at which this rule alone says yes; null: not before a fact changes */
  until: instant.nullable(),
});

/** Whether a contact may be made now, from the door of contact rules. */
export const permission = z.object({
  allowed: z.boolean(),
  /** the latest date first; no date before all */
  blockedBy: z.array(refusal),
  /** null when allowed now, or when no date is in sight until a fact changes */
  nextAllowedAt: instant.nullable(),
  /** every refusing rule admits an override by a supervisor */
  overridable: z.boolean(),
  /** a supervisor has allowed the next contact although rules refuse it; it is used once */
  override: z.object({ overrideId, expiresAt: instant }).nullable(),
});
export type Permission = z.infer<typeof permission>;

/** What a contact owes, in the order in which it is to be done. */
export const obligation = z.object({
  rule: z.string(),
  pack: z.string(),
  /**
   * `say` (a `contentElement` to be said at the start of a call), `include` (in a message), `avoid`, `announceRecording`,
   * `askRecordingConsent`, `recordingMandatory`, `recordingForbidden`, `showNumber`, `limitedVoicemailOnly`,
   * `limitedTopics`, `firstNotice`
   */
  what: z.string(),
  /** of `say`, `include`, `avoid`: a `contentElement`; of `limitedTopics`: a topic; of `firstNotice`: a kind of notice */
  element: z.string().nullable(),
});
export type ShownObligation = z.infer<typeof obligation>;

/** Where a time zone of the debtor comes from; the first that exists is the best. */
export const zoneEvidence = z.object({
  timeZone,
  evidence: z.enum(['stated', 'residence', 'address', 'landline', 'mobile', 'fixed']),
  /** the number, the place; null when there is nothing to name */
  of: z.string().nullable(),
});

/** A pack as it took part in an answer. */
export const packInAnswer = z.object({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  status: z.enum(['draft', 'counsel-approved', 'withdrawn']),
  own: z.boolean(),
});

export const contactChannel = z.enum(contactChannels);

/** A whole answer of the door, for people who want to know why. */
export const contactAnswer = permission.extend({
  channel,
  at: instant,
  blockedBy: z.array(
    refusal.extend({
      version: z.string(),
      packTitle: z.string(),
      /** section of the law, code or policy that the rule states */
      source: z.string(),
      basis: z.string(),
      overridable: z.boolean(),
      /** of caps: how many counted, and how many may be */
      counted: z.number().int().nullable(),
      limit: z.number().int().nullable(),
    }),
  ),
  /** rules of severity `warn` that would say no */
  warnings: z.array(refusal),
  obligations: z.array(obligation),
  zones: z.array(zoneEvidence),
  packs: z.array(packInAnswer),
  /** nothing is known of contacts before this instant; half of each cap is taken as used before it */
  historyFrom: instant.nullable(),
});
export type ContactAnswer = z.infer<typeof contactAnswer>;
