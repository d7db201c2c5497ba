import { z } from 'zod';
import { duration } from './duration.ts';
import { talkMembers, toneSpec } from './talk.schema.ts';

const finalStatus = z.number().int().min(400).max(699);

/** How the call progresses before it is answered or refused. */
const progress = {
  /** until 180 (or 183) is sent; later than `afterMs` = never */
  ringAfterMs: duration.default(40),
  /** `earlyMedia`: 183 with SDP and a ringback tone by RTP; `none`: not even 180 */
  ringing: z.enum(['ringing', 'earlyMedia', 'none']).default('ringing'),
  /** from the INVITE until the answer or the final response */
  afterMs: duration,
};
/** Sends its RTP only this long after the answer: late media. */
const mediaDelayMs = duration.default(0);

const answer = z.strictObject({
  kind: z.literal('answer'),
  ...progress,
  mediaDelayMs,
  ...talkMembers,
});

const voicemail = z.strictObject({
  kind: z.literal('voicemail'),
  ...progress,
  mediaDelayMs,
  greeting: z.string().min(1),
  beep: toneSpec.default({ hz: 1000, levelDbfs: -15, ms: 400 }),
  /** how long it records before it hangs up */
  recordMs: duration.default(30_000),
});

const tone = z.strictObject({
  kind: z.literal('tone'),
  ...progress,
  mediaDelayMs,
  hz: z.number().min(20).max(3900),
  levelDbfs: z.number().min(-90).max(0).default(-20),
  hangUpAfterMs: duration.optional(),
});

const echo = z.strictObject({
  kind: z.literal('echo'),
  ...progress,
  mediaDelayMs,
  hangUpAfterMs: duration.optional(),
});

const ringOut = z.strictObject({
  kind: z.literal('ringOut'),
  ringAfterMs: progress.ringAfterMs,
  ringing: progress.ringing,
  /** the network's own limit; then 480 */
  afterMs: duration.default(120_000),
});

const busy = z.strictObject({
  kind: z.literal('busy'),
  afterMs: duration.default(300),
  /** plays the busy tone as early media this long before the 486 */
  busyToneMs: duration.default(0),
});

const declined = z.strictObject({ kind: z.literal('declined'), ...progress });

const wrongNumber = z.strictObject({
  kind: z.literal('wrongNumber'),
  afterMs: duration.default(300),
  status: z.union([z.literal(404), z.literal(484), z.literal(410), z.literal(604)]).default(404),
  /** plays the three special information tones as early media before the status */
  informationTones: z.boolean().default(false),
  /** prompt after the tones */
  intercept: z.string().min(1).optional(),
});

const networkFailure = z.strictObject({
  kind: z.literal('networkFailure'),
  afterMs: duration.default(200),
  status: z.number().int().min(500).max(599).default(503),
});

const reject = z.strictObject({
  kind: z.literal('reject'),
  ...progress,
  status: finalStatus,
  reasonPhrase: z.string().max(80).optional(),
});

/** Does not answer the INVITE at all, not even with 100: the caller's timer B must end it. */
const noResponse = z.strictObject({ kind: z.literal('noResponse') });

export const behaviour = z.discriminatedUnion('kind', [
  answer,
  voicemail,
  tone,
  echo,
  ringOut,
  busy,
  declined,
  wrongNumber,
  networkFailure,
  reject,
  noResponse,
]);
export type Behaviour = z.infer<typeof behaviour>;
export type AnsweringBehaviour = Extract<
  Behaviour,
  { kind: 'answer' | 'voicemail' | 'tone' | 'echo' }
>;
export type RefusingBehaviour = Exclude<Behaviour, AnsweringBehaviour | { kind: 'noResponse' }>;
