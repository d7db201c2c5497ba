import { z } from 'zod';
import {
  callId,
  campaignId,
  debtorId,
  decisionId,
  instant,
  isoDate,
  ownPackId,
  personId,
  portfolioId,
  retentionRunId,
} from '../domain/index.ts';
import { contentElements, rulePack } from '../rule-packs/index.ts';
import { identityChecks } from './contact.contract.ts';
import { admins, defineCommands, defineEvents, everyone, leads } from './define.ts';
import { contactAnswer, contactChannel, refusal } from './permission.schema.ts';

const done = z.object({});
const place = z.string().regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3}){0,2}$/, 'not a place');

export const packRow = z.object({
  packId: z.string(),
  version: z.string(),
  title: z.string(),
  jurisdiction: z.string(),
  /** a draft until a lawyer has approved it: the screen says so */
  status: z.enum(['draft', 'counsel-approved', 'withdrawn']),
  reviewer: z.string().nullable(),
  reviewedOn: isoDate.nullable(),
  own: z.boolean(),
  practice: z.boolean(),
  fallback: z.boolean(),
  effectiveFrom: isoDate,
  effectiveTo: isoDate.nullable(),
  rules: z.number().int(),
});
export type PackRow = z.infer<typeof packRow>;

export const packProblem = z.object({
  rule: z.string().nullable(),
  field: z.string(),
  problem: z.string(),
});

export const ownPackRow = z.object({
  ownPackId,
  packId: z.string(),
  version: z.number().int(),
  title: z.string(),
  state: z.enum(['draft', 'inForce', 'replaced', 'retired']),
  updatedAt: instant,
  publishedAt: instant.nullable(),
  publishedByName: z.string().nullable(),
  endedAt: instant.nullable(),
  rules: z.number().int(),
  /** decisions that rest on it: it is never edited again */
  used: z.boolean(),
});
export type OwnPackRow = z.infer<typeof ownPackRow>;

export const ownPackContent = z.object({
  row: ownPackRow,
  /** a `rulePack` once it has no problems; until then whatever was typed, always an object */
  pack: z.record(z.string(), z.unknown()),
  problems: z.array(packProblem),
});
export type OwnPackContent = z.infer<typeof ownPackContent>;

export const rulesSettings = z.object({
  /** places that our own agents call from: their packs apply to every contact */
  site: z.array(place).max(20),
  /** what we are; packs for others do not apply. Empty: not known, all apply */
  actors: z.array(z.enum(['creditor', 'collector', 'debtBuyer', 'servicer'])).max(4),
  /** what is asked of a person, in this order, and how many must match, before the debt is named */
  identification: z.object({
    person: z.array(z.enum(identityChecks)).min(1).max(8),
    company: z.array(z.enum(identityChecks)).min(1).max(8),
    needed: z.number().int().min(1).max(4),
  }),
});
export type RulesSettings = z.infer<typeof rulesSettings>;

export const decisionRow = z.object({
  decisionId,
  at: instant,
  debtorId: debtorId.nullable(),
  displayName: z.string().nullable(),
  number: z.string().nullable(),
  channel: z.string(),
  mode: z.string(),
  allowed: z.boolean(),
  blockedBy: z.array(refusal),
  overriddenByName: z.string().nullable(),
  overrideReason: z.string().nullable(),
  packs: z.array(z.object({ id: z.string(), version: z.string() })),
});
export type DecisionRow = z.infer<typeof decisionRow>;

export const contentProblem = z.object({
  rule: z.string(),
  pack: z.string(),
  source: z.string(),
  problem: z.enum(['missing', 'forbidden', 'not-allowed', 'language']),
  /** a `contentElement`; null with `not-allowed`: words that stand for nothing allowed */
  element: z.string().nullable(),
  /** the words of the text that it is about */
  words: z.string().nullable(),
});

/** One budget of silent or abandoned calls; the dialer steers by all of them at once. */
export const abandonmentBudget = z.object({
  rule: z.string(),
  pack: z.string(),
  source: z.string(),
  basis: z.string(),
  windowFrom: instant,
  windowTo: instant,
  numerator: z.number(),
  denominator: z.number(),
  percent: z.number().nullable(),
  limitPercent: z.number(),
  throttleAtPercent: z.number(),
  /** few: too few answers for a percentage, counts decide */
  state: z.enum(['ok', 'few', 'throttle', 'breach']),
  onBreach: z.enum(['progressiveOnly', 'stopCampaign']),
  /** how many more may be abandoned now without going over the limit */
  left: z.number().int(),
  answerToAgentMaxMs: z.number().int(),
  minRingMs: z.number().int(),
  recordedMessageWithinMs: z.number().int(),
});
export type AbandonmentBudget = z.infer<typeof abandonmentBudget>;

export const retentionArtefacts = [
  'recording',
  'message',
  'contactLog',
  'consent',
  'decision',
] as const;
export const retentionPeriod = z.object({
  artefact: z.enum(retentionArtefacts),
  jurisdiction: z.string(),
  /** ISO 8601; what law demands, and where it stands */
  atLeast: z.string().nullable(),
  atLeastSource: z.string().nullable(),
  atMost: z.string().nullable(),
  atMostSource: z.string().nullable(),
  /** false: a draft proposes it; nothing is removed for it until the firm chooses or counsel approves the pack */
  atMostActs: z.boolean(),
  /** what the firm has set; null: as long as is allowed */
  chosen: z.string().nullable(),
  /** what the daily job does: the shortest that law allows; null: nothing is removed */
  effective: z.string().nullable(),
  anchor: z.enum(['event', 'lastCollectionActivity', 'caseClosed', 'purposeEnds']),
});
export const retentionResult = z.object({
  artefact: z.string(),
  jurisdiction: z.string(),
  removed: z.number().int(),
  /** due by its age and kept: a dispute, a legal hold, an open debt */
  keptByHold: z.number().int(),
  bytes: z.number(),
  oldest: instant.nullable(),
});
export const retentionRun = z.object({
  retentionRunId,
  startedAt: instant,
  finishedAt: instant.nullable(),
  state: z.enum(['running', 'finished', 'failed']),
  personName: z.string().nullable(),
  results: z.array(retentionResult),
});

export const ruleCommands = defineCommands({
  /** Packs that this store may use: those that ship, and the firm's own in force. */
  'rules.list-packs': {
    roles: everyone,
    input: z.strictObject({}),
    output: z.object({ packs: z.array(packRow) }),
  },
  /** A pack as data, with its sources; an old version when it was used by a decision. */
  'rules.get-pack': {
    roles: everyone,
    input: z.strictObject({ packId: z.string().max(80), version: z.string().max(40).optional() }),
    output: z.object({ pack: rulePack, row: packRow }),
    errors: ['contact-rules.unknown-pack'],
  },

  /** All versions of the firm's own packs, the newest first. */
  'rules.list-own-packs': {
    roles: leads,
    input: z.strictObject({}),
    output: z.object({ packs: z.array(ownPackRow) }),
  },
  'rules.get-own-pack': {
    roles: leads,
    input: z.strictObject({ ownPackId }),
    output: ownPackContent,
  },
  /**
   * A draft: new, or the next version of one in force (or of one that was retired). There is at most one draft of a pack.
   */
  'rules.start-draft': {
    roles: admins,
    changes: true,
    input: z.strictObject({
      /** absent: a new pack with `title` */
      packId: z.string().max(80).optional(),
      title: z.string().trim().min(1).max(200).optional(),
    }),
    output: ownPackContent,
    errors: ['contact-rules.draft-exists', 'contact-rules.unknown-pack'],
  },
  /**
   * Keeps what is typed, also while it is not yet right; `problems` says what is not. What is the firm's not to choose
   * (id, version, `own`, `practice`, `review`) is set anew. At most a million bytes of JSON.
   */
  'rules.save-draft': {
    roles: admins,
    changes: true,
    input: z.strictObject({ ownPackId, pack: z.unknown() }),
    output: z.object({ row: ownPackRow, problems: z.array(packProblem) }),
    errors: ['contact-rules.not-a-draft', 'contact-rules.draft-too-large'],
  },
  'rules.discard-draft': {
    roles: admins,
    changes: true,
    input: z.strictObject({ ownPackId }),
    output: done,
    errors: ['contact-rules.not-a-draft'],
  },
  /** What a draft would change, on debtors of this store: nothing is stored. */
  'rules.preview-draft': {
    roles: admins,
    input: z.strictObject({
      ownPackId,
      portfolioId: portfolioId.optional(),
      channel: contactChannel.default('call'),
      sample: z.number().int().min(1).max(2_000).default(500),
    }),
    output: z.object({
      sampled: z.number().int(),
      allowedBefore: z.number().int(),
      allowedAfter: z.number().int(),
      byRule: z.array(z.object({ rule: z.string(), refused: z.number().int() })),
    }),
    errors: ['contact-rules.bad-pack'],
  },
  /** In force from now on; the version before is replaced and stays for replay. */
  'rules.publish-draft': {
    roles: admins,
    changes: true,
    input: z.strictObject({ ownPackId }),
    output: ownPackRow,
    errors: ['contact-rules.not-a-draft', 'contact-rules.bad-pack'],
  },
  'rules.retire-pack': {
    roles: admins,
    changes: true,
    input: z.strictObject({
      packId: z.string().max(80),
      reason: z.string().trim().min(3).max(500),
    }),
    output: done,
    errors: ['contact-rules.unknown-pack'],
  },
  /** A lawyer has read this version: from now on it stands for its place, and the safe base pack no longer applies there. */
  'rules.record-review': {
    roles: admins,
    changes: true,
    input: z.strictObject({
      packId: z.string().max(80),
      version: z.string().max(40),
      reviewer: z.string().trim().min(2).max(200),
      reviewedOn: isoDate,
      note: z.string().trim().max(2_000).optional(),
    }),
    output: packRow,
    /** `not-reviewable`: the firm's own packs and the safe base stand for no place, whoever read them */
    errors: ['contact.date-ahead', 'contact-rules.unknown-pack', 'contact-rules.not-reviewable'],
  },
  'rules.revoke-review': {
    roles: admins,
    changes: true,
    input: z.strictObject({ packId: z.string().max(80), version: z.string().max(40) }),
    output: packRow,
    errors: ['contact-rules.unknown-pack'],
  },

  'rules.get-settings': {
    roles: everyone,
    input: z.strictObject({}),
    output: rulesSettings,
  },
  'rules.set-settings': {
    roles: admins,
    changes: true,
    input: z.strictObject({
      site: z.array(place).max(20).optional(),
      actors: rulesSettings.shape.actors.optional(),
      identification: rulesSettings.shape.identification.optional(),
    }),
    output: rulesSettings,
    errors: ['contact-rules.bad-settings'],
  },

  /** Kept decisions, newest first. */
  'rules.list-decisions': {
    roles: leads,
    input: z.strictObject({
      debtorId: debtorId.optional(),
      callId: callId.optional(),
      allowed: z.boolean().optional(),
      overridden: z.boolean().optional(),
      before: decisionId.optional(),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ decisions: z.array(decisionRow), more: z.boolean() }),
  },
  /** Answers an old question again from its old facts with its old packs, and says whether the answer is the same. */
  'rules.replay-decision': {
    roles: leads,
    input: z.strictObject({ decisionId }),
    output: z.object({
      decision: decisionRow,
      /** null: the facts are gone (erased, or from before they were kept) */
      same: z.boolean().nullable(),
      answer: contactAnswer.nullable(),
      personName: z.string().nullable(),
    }),
  },

  /** Whether a text may be sent or said, by the content rules of the packs. */
  'rules.check-content': {
    roles: everyone,
    input: z.strictObject({
      text: z.string().max(20_000),
      language: z.string().min(2).max(12),
      channel: contactChannel,
      when: z
        .enum(['first', 'every', 'voicemail', 'abandonMessage', 'callStart', 'botStart'])
        .default('every'),
      /** whose packs; absent: those of `jurisdictions` */
      debtorId: debtorId.optional(),
      jurisdictions: z.array(place).max(20).optional(),
    }),
    output: z.object({
      ok: z.boolean(),
      problems: z.array(contentProblem),
      found: z.array(z.object({ element: z.enum(contentElements), words: z.string() })),
    }),
  },
  /** What Dialdesk would do with this reply of a debtor. */
  'rules.read-reply': {
    roles: everyone,
    input: z.strictObject({ text: z.string().max(5_000), channel: contactChannel.default('sms') }),
    output: z.object({
      /** unclear: the channel is held until a person has read it */
      verdict: z.enum(['optOut', 'unclear', 'none']),
      scope: z.enum(['address', 'medium', 'all']).nullable(),
      /** with `medium`: which are meant, often another than the one it came by; with `address`: that one */
      media: z.array(contactChannel),
      words: z.string().nullable(),
      language: z.string().nullable(),
    }),
  },

  /** Abandonment of a campaign against every budget of its packs. */
  'rules.abandonment': {
    roles: leads,
    input: z.strictObject({ campaignId }),
    output: z.object({ budgets: z.array(abandonmentBudget) }),
  },

  'rules.get-retention': {
    roles: leads,
    input: z.strictObject({}),
    output: z.object({ periods: z.array(retentionPeriod) }),
  },
  /** A period shorter than law allows is refused with what law says. */
  'rules.set-retention': {
    roles: admins,
    changes: true,
    input: z.strictObject({
      artefact: z.enum(retentionArtefacts),
      jurisdiction: z.union([place, z.literal('*')]),
      /** ISO 8601, such as `P3Y`; null: as long as is allowed */
      chosen: z.string().max(20).nullable(),
    }),
    output: z.object({ periods: z.array(retentionPeriod) }),
    errors: ['retention.too-short', 'retention.bad-period'],
  },
  /** What the job would remove now. */
  'rules.preview-retention': {
    roles: leads,
    input: z.strictObject({}),
    output: z.object({
      results: z.array(retentionResult),
      /** false: there was too much to look at; it is at least this */
      complete: z.boolean(),
    }),
  },
  /** The daily job, now. Removes for good; the report stays. */
  'rules.run-retention': {
    roles: admins,
    changes: true,
    input: z.strictObject({}),
    output: retentionRun,
    errors: ['retention.running'],
  },
  'rules.list-retention-runs': {
    roles: leads,
    input: z.strictObject({ limit: z.number().int().min(1).max(200).default(30) }),
    output: z.object({ runs: z.array(retentionRun) }),
  },
});

export const ruleEvents = defineEvents({
  /** packs, reviews or settings changed: what was allowed may not be, and the reverse */
  'rules.changed': z.object({ personId: personId.nullable() }),
});
