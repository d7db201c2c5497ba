import { bitsOf, eventKinds, type RuleException } from '#shared/rule-packs/index.ts';
import { fits, type PreparedEvent } from './events.ts';
import type { Interval } from './intervals.ts';
import type { Question } from './question.ts';

type DebtorInitiated = Extract<RuleException, { type: 'debtorInitiated' }>;

const wroteOrTalked = bitsOf(eventKinds, ['message', 'conversation']);

/**
 * When the debtor's own message or call lifts a rule: from the moment it came, with `withinChannel` only for contacts
 * in that channel, and with `once` until we first did anything after it (in that channel, or in any without
 * `withinChannel`).
 */
export function initiatedIntervals(question: Question, exception: DebtorInitiated): Interval[] {
  const { log, request, channelBit } = question;
  const inChannel = (event: PreparedEvent) =>
    !exception.withinChannel || event.channelBit === channelBit;
  const intervals: Interval[] = [];
  log.events.forEach((event, index) => {
    if (event.out || (event.kindBit & wroteOrTalked) === 0 || !inChannel(event)) return;
    // relief: what somebody else on the same number wrote lifts nothing here
    if (!fits(event.person, request.person) || !fits(event.debt, request.debt)) return;
    const answered = exception.once ? firstAnswer(log.events, index, inChannel) : undefined;
    intervals.push({ start: event.at, end: answered?.at ?? Number.POSITIVE_INFINITY });
  });
  return intervals;
}

/** Our first event at or after the one at `index`; at the same instant it is taken for the answer. */
function firstAnswer(
  events: readonly PreparedEvent[],
  index: number,
  inChannel: (event: PreparedEvent) => boolean,
): PreparedEvent | undefined {
  const since = events[index]?.at ?? Number.NEGATIVE_INFINITY;
  return events.find((event) => event.at >= since && event.out && inChannel(event));
}
