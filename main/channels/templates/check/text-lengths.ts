import type { DocumentLanguage, TextProblem } from '#shared/contract/index.ts';
import { countSms } from '#shared/util/index.ts';
import type { Unbranded } from '../../../contract-server/types.ts';
import type { MessageChannel } from '../../types.ts';

/** More parts than networks are sure to put together. */
const MOST_SMS_PARTS = 10;
/** Longer texts of MMS are cut by some networks. */
const LONGEST_MMS = 5_000;
/** What passes every network. */
const LONGEST_MMS_SUBJECT = 40;

type Problem = Unbranded<TextProblem>;

/** A problem of the text itself, of no rule. */
export function ownProblem(
  language: DocumentLanguage,
  problem: Problem['problem'],
  more: Partial<Pick<Problem, 'element' | 'words' | 'blocks'>> = {},
): Problem {
  const nothing = { rule: null, pack: null, source: null, element: null, words: null };
  return { language, problem, blocks: true, ...nothing, ...more };
}

/** What stands in the way of a text as it would be sent: it is empty, or longer than the channel takes. */
export function lengthProblems(
  channel: MessageChannel,
  language: DocumentLanguage,
  { subject, text }: { subject: string; text: string },
): Problem[] {
  if (text.trim() === '') return [ownProblem(language, 'empty')];
  switch (channel) {
    case 'sms':
      return countSms(text).parts > MOST_SMS_PARTS ? [ownProblem(language, 'too-long')] : [];
    case 'mms': {
      const tooLong = text.length > LONGEST_MMS ? [ownProblem(language, 'too-long')] : [];
      if (subject.length <= LONGEST_MMS_SUBJECT) return tooLong;
      return [...tooLong, ownProblem(language, 'too-long', { element: 'subject', blocks: false })];
    }
    case 'email':
      if (subject.trim() !== '') return [];
      return [ownProblem(language, 'empty', { element: 'subject' })];
  }
}
