import { z } from 'zod';
import type { Knowledge } from './knowledge.ts';
import type { Threshold } from './threshold.ts';
import type { WorkingDay } from './working-day.ts';

const count = z.number().nonnegative();
const counts = z.array(count).max(400);

const stage = z.object({
  risk: counts,
  human: counts,
  other: counts,
  ringing: counts,
  answered: counts,
});
const durations = z.object({ exposureMs: counts, ends: counts });

const learnedState = z.object({
  version: z.literal(1),
  warm: z.boolean(),
  stages: z.array(stage).length(3),
  talk: durations,
  otherTalk: durations,
  wrapUp: durations,
  notices: counts,
  hours: z.object({ seen: counts, expected: counts }),
  leaving: z.object({ left: count, finished: z.number().positive() }),
  threshold: z.object({ silent: count, allowed: count }),
  day: z.object({ lengthsMs: z.array(z.number().positive()).max(31), answersPerHour: count }),
});
/** What a pacer has learnt, as plain data: version 1. */
export type LearnedState = z.infer<typeof learnedState>;

export interface LearningParts {
  knowledge: Knowledge;
  threshold: Threshold;
  day: WorkingDay;
}

/** @returns null when there is nothing or it cannot be trusted: the pacer starts cold then */
export function readLearned(value: unknown): LearnedState | null {
  const parsed = learnedState.safeParse(value);
  return parsed.success ? parsed.data : null;
}

export function writeLearned({ knowledge, threshold, day }: LearningParts, warm: boolean) {
  return {
    version: 1,
    warm,
    stages: knowledge.answers.counts(),
    talk: knowledge.talk.counts(),
    otherTalk: knowledge.otherTalk.counts(),
    wrapUp: knowledge.wrapUp.counts(),
    notices: knowledge.notices.counts(),
    hours: knowledge.hours.counts(),
    leaving: { ...knowledge.leaving },
    threshold: threshold.counts(),
    day: day.lengths(),
  } satisfies LearnedState;
}

export function restoreLearned(state: LearnedState, parts: LearningParts): void {
  const { knowledge, threshold, day } = parts;
  knowledge.answers.restore(state.stages);
  knowledge.talk.restore(state.talk);
  knowledge.otherTalk.restore(state.otherTalk);
  knowledge.wrapUp.restore(state.wrapUp);
  knowledge.notices.restore(state.notices);
  knowledge.hours.restore(state.hours);
  knowledge.leaving = { ...state.leaving };
  threshold.restore(state.threshold);
  day.restore(state.day);
}
