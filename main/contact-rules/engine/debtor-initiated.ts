import { bitsOf, eventKinds, type RuleException } from '#shared/rule-packs/index.ts';
import { type EventLog, fits, type PreparedEvent } from './events.ts';
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
  for (let index = 0; index < log.length; index++) {
    const event = log.eventAt(index);
    if (event.out || (event.kindBit & wroteOrTalked) === 0 || !inChannel(event)) continue;
    // relief: what somebody else on the same number wrote lifts nothing here
    if (!fits(event.person, request.person) || !fits(event.debt, request.debt)) continue;
    const end = exception.once ? firstAnswerAt(log, event.at, inChannel) : Infinity;
    intervals.push({ start: event.at, end });
  }
  return intervals;
}

/** When we first did anything from `since` on; at the same instant it is taken for the answer. */
function firstAnswerAt(
  log: EventLog,
  since: number,
  inChannel: (event: PreparedEvent) => boolean,
): number {
  for (let index = log.firstAtOrAfter(since); index < log.length; index++) {
    const event = log.eventAt(index);
    if (event.out && inChannel(event)) return event.at;
  }
  return Infinity;
}
