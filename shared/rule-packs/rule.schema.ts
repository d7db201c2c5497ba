import { z } from 'zod';
import {
  capWindow,
  channels,
  duration,
  eventDirection,
  flags,
  kindsOfEvent,
  ruleBase,
  scope,
  week,
  windowDuration,
} from './rule-parts.schema.ts';
import { contentElements, holdKinds, noticeKinds, topics } from './words.ts';

export const capRule = z.strictObject({
  ...ruleBase,
  kind: z.literal('cap'),
  counts: kindsOfEvent,
  direction: eventDirection,
  countChannels: channels,
  excludeFlags: flags,
  scope,
  limit: z.number().int().min(0),
  window: capWindow,
});
export const cooldownRule = z.strictObject({
  ...ruleBase,
  kind: z.literal('cooldown'),
  after: kindsOfEvent,
  direction: eventDirection,
  /** channels of the events that start the wait; absent: the rule's channels */
  countChannels: channels.optional(),
  scope,
  length: windowDuration,
  firstDayCounts: z.boolean(),
});
export const hoursRule = z.strictObject({
  ...ruleBase,
  kind: z.literal('hours'),
  week,
  /** days named here replace those of `week` while the fact is known */
  weekWhen: z.strictObject({ fact: z.string().min(1), week }).optional(),
  /** a table of holidays, or `residence`: that of the debtor's country */
  calendar: z.string().min(1),
  /** a window closes this much earlier, so that a call is not answered after it */
  closeMarginSec: z.number().int().min(0).max(3600).optional(),
});
export const personalBlockRule = z.strictObject({ ...ruleBase, kind: z.literal('personalBlock') });
export const holdRule = z.strictObject({
  ...ruleBase,
  kind: z.literal('hold'),
  holdKind: z.enum(holdKinds),
  startAfter: duration.optional(),
  /** proposed when the hold is entered; the hold's own length decides */
  maxLength: duration.optional(),
  honourWithin: duration.optional(),
});
export const consentRule = z.strictObject({
  ...ruleBase,
  kind: z.literal('consent'),
  consentKind: z.enum([
    'express',
    'written',
    'perMedium',
    'thirdPersonBoth',
    'massCall',
    'marketing',
  ]),
  scope,
  proof: z.boolean(),
  validFor: windowDuration.optional(),
  askLimit: capRule.optional(),
});
export const firstNoticeRule = z.strictObject({
  ...ruleBase,
  kind: z.literal('firstNotice'),
  mustHaveSent: z.enum(noticeKinds),
  within: duration.optional(),
  blocksUntilSent: z.boolean(),
});
export const addresseeRule = z.strictObject({
  ...ruleBase,
  kind: z.literal('addressee'),
  /** 0: such a person is not contacted at all */
  maxContacts: z.number().int().min(0).optional(),
  allowedTopics: z.array(z.enum(topics)),
});
const percent = z.number().min(0).max(100);
export const abandonRateRule = z.strictObject({
  ...ruleBase,
  kind: z.literal('abandonRate'),
  numerator: z.array(z.enum(['abandoned', 'amdFalsePositiveEstimate'])).min(1),
  denominator: z
    .array(z.enum(['humanAnswered', 'passedToAgent', 'abandoned', 'amdFalsePositiveEstimate']))
    .min(1),
  scope,
  /** back from now by the clock, or one period after another from the start of the campaign; a day is 24 hours */
  window: z.strictObject({
    type: z.enum(['rolling', 'campaignPeriod']),
    length: windowDuration,
  }),
  limitPercent: percent,
  throttleAtPercent: percent,
  onBreach: z.enum(['progressiveOnly', 'stopCampaign']),
  answerToAgentMaxMs: z.number().int().min(0),
  minRingMs: z.number().int().min(0),
  recordedMessageWithinMs: z.number().int().min(0),
  message: z.string().optional(),
});
export const contentRule = z.strictObject({
  ...ruleBase,
  kind: z.literal('content'),
  when: z.enum(['first', 'every', 'voicemail', 'abandonMessage', 'callStart', 'botStart']),
  mustInclude: z.array(z.enum(contentElements)),
  mayInclude: z.array(z.enum(contentElements)).optional(),
  /** nothing but what `mustInclude` and `mayInclude` name */
  exclusive: z.boolean().optional(),
  mustNotInclude: z.array(z.enum(contentElements)).optional(),
  language: z.string().optional(),
});
export const callerIdRule = z.strictObject({
  ...ruleBase,
  kind: z.literal('callerId'),
  withheldAllowed: z.boolean(),
  must: z.array(
    z.enum(['dialable', 'answeredInbound', 'rightToUse', 'registeredToOperator', 'labelled']),
  ),
  forbiddenRanges: z.array(z.string()),
  localPresence: z.enum(['forbid', 'warn', 'allow']),
  minAttestation: z.enum(['A', 'B', 'C']).optional(),
  originCountry: z.array(z.string()).optional(),
});
export const recordingRule = z.strictObject({
  ...ruleBase,
  kind: z.literal('recording'),
  mode: z.enum(['mandatory', 'onePartyOk', 'announce', 'allPartyConsent', 'forbidden']),
  preBufferAllowed: z.boolean(),
  combine: z.literal('strictestOfBothEnds'),
});
export const retentionRule = z.strictObject({
  ...ruleBase,
  kind: z.literal('retention'),
  artefact: z.enum([
    'recording',
    'message',
    'contactLog',
    'consent',
    'decision',
    'screen',
    'cardData',
  ]),
  min: duration.optional(),
  max: duration.optional(),
  anchor: z.enum(['event', 'lastCollectionActivity', 'caseClosed', 'purposeEnds']),
});
export const paymentRule = z.strictObject({
  ...ruleBase,
  kind: z.literal('payment'),
  agentHearsDigits: z.literal(false),
  agentSeesDigits: z.literal(false),
  recorder: z.enum(['silenceSpan', 'pause']),
});

/** The fourteen kinds (reference model §5). */
export const rule = z.discriminatedUnion('kind', [
  capRule,
  cooldownRule,
  hoursRule,
  personalBlockRule,
  holdRule,
  consentRule,
  firstNoticeRule,
  addresseeRule,
  abandonRateRule,
  contentRule,
  callerIdRule,
  recordingRule,
  retentionRule,
  paymentRule,
]);
export type Rule = z.infer<typeof rule>;
export type RuleOf<Kind extends Rule['kind']> = Extract<Rule, { kind: Kind }>;
