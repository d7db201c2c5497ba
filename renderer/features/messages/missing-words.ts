import type { MessageChannel, MessageField, TextProblem } from '#shared/contract/index.ts';

/** Fields that say what rules want to be said. */
const fieldOf: Readonly<Record<string, MessageField>> = {
  optOut: 'optOut',
  creditorName: 'creditor.name',
  businessName: 'firm.name',
  contactNumber: 'firm.phone',
};

/** Fields that would end the refusal of a text, as they are written in it; those that it holds are none. */
export function missingWords(problems: readonly TextProblem[], text: string): string[] {
  const fields = problems.flatMap(({ problem, blocks, element }) => {
    const field = problem === 'missing' && blocks ? fieldOf[element ?? ''] : undefined;
    return field === undefined ? [] : [`{{${field}}}`];
  });
  return [...new Set(fields)].filter((field) => !text.includes(field));
}

/** The text with these words at its end: behind the last ones in an SMS, which is short, else in a line of their own. */
export function withWords(text: string, words: readonly string[], channel: MessageChannel): string {
  const gap = channel === 'sms' ? ' ' : '\n';
  return [text.trimEnd(), words.join(' ')].filter((part) => part !== '').join(gap);
}
