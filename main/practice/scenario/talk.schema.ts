import { z } from 'zod';
import { duration } from './duration.ts';

const levelDbfs = z.number().min(-90).max(0);
const frequencyHz = z.number().min(20).max(3900);

/** One or more sines that sound together; `levelDbfs` is the RMS of each against full scale. */
export const toneSpec = z.strictObject({
  hz: z.union([frequencyHz, z.array(frequencyHz).min(1).max(4)]),
  levelDbfs: levelDbfs.default(-20),
  /** absent = until the call ends */
  ms: duration.optional(),
  /** on, off, on, off … in ms; absent = without a break */
  cadenceMs: z.array(z.number().int().min(20).max(10_000)).min(2).max(8).optional(),
});
export type ToneSpec = z.infer<typeof toneSpec>;

const sayStep = z.strictObject({
  /** prompt name, or several of which one is drawn */
  say: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
});
const pauseStep = z.strictObject({ pauseMs: duration });
const listenStep = z.strictObject({
  /** waits until the other end has spoken and then been quiet for `quietMs`, at most `maxMs` */
  listen: z.strictObject({
    quietMs: z.number().min(20).default(700),
    maxMs: duration.default(8000),
    levelDbfs: levelDbfs.default(-40),
  }),
});
const toneStep = z.strictObject({ tone: toneSpec });
const pressStep = z.strictObject({
  /** sent as RFC 4733 telephone-events */
  press: z.string().regex(/^[0-9A-D*#]+$/),
  toneMs: z.number().int().min(40).max(5000).default(100),
  gapMs: z.number().int().min(40).max(5000).default(100),
});
const echoStep = z.strictObject({ echoMs: duration });
const holdStep = z.strictObject({ holdMs: duration });
const hangUpStep = z.strictObject({ hangUp: z.literal(true) });

const steps = {
  say: sayStep,
  pauseMs: pauseStep,
  listen: listenStep,
  tone: toneStep,
  press: pressStep,
  echoMs: echoStep,
  holdMs: holdStep,
  hangUp: hangUpStep,
} as const;

/** Picks the schema by the step's own word, so that an error names the wrong member and not a whole union. */
export const step = z.unknown().transform((value, context): Step => {
  const words = Object.keys(steps) as (keyof typeof steps)[];
  const isObject = typeof value === 'object' && value !== null;
  const word = isObject ? words.find((candidate) => candidate in value) : undefined;
  if (word === undefined) {
    context.addIssue({ code: 'custom', message: `a step needs one of: ${words.join(', ')}` });
    return z.NEVER;
  }
  const parsed = steps[word].safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    context.addIssue({ code: 'custom', message: issue.message, path: issue.path });
  }
  return z.NEVER;
});
export type Step =
  | z.infer<typeof sayStep>
  | z.infer<typeof pauseStep>
  | z.infer<typeof listenStep>
  | z.infer<typeof toneStep>
  | z.infer<typeof pressStep>
  | z.infer<typeof echoStep>
  | z.infer<typeof holdStep>
  | z.infer<typeof hangUpStep>;

/** What a debtor does while the call is up. */
export const talkMembers = {
  steps: z.array(step).default([]),
  whenDone: z.enum(['stay', 'hangUp', 'repeat']).default('stay'),
  /** the end of the debtor's patience, counted from the answer, whatever the steps say */
  hangUpAfterMs: duration.optional(),
};
export const talk = z.strictObject(talkMembers);
export type Talk = z.infer<typeof talk>;
