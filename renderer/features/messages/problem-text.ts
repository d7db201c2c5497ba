import type { TFunction } from 'i18next';
import { messageField, type TextProblem } from '#shared/contract/index.ts';

/** What is wrong with a text, in a sentence: which element is missing or forbidden, which field nobody knows. */
export function problemText({ problem, element, words }: TextProblem, t: TFunction): string {
  if (element === 'subject')
    return t(problem === 'empty' ? 'text-problem.no-subject' : 'text-problem.subject');
  return t(`text-problem.${problem}`, {
    element: element === null ? '' : elementName(element, t),
    words: words ?? '',
  });
}

function elementName(element: string, t: TFunction): string {
  if (messageField.safeParse(element).success) return t(`message-field.${element}`);
  return t(`say.element-${element}`, { defaultValue: element });
}
