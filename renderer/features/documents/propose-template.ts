import type { LetterTemplate } from '#shared/contract/index.ts';

/**
 * The letter to begin with: in the debtor's language if there is one, and a demand for payment before others.
 * @returns null when there are no templates at all
 */
export function proposeTemplate(
  templates: readonly LetterTemplate[],
  language: string,
): LetterTemplate | null {
  const wanted = language.toLowerCase().split('-')[0];
  const score = (template: LetterTemplate): number =>
    (template.language === wanted ? 4 : template.language === 'en' ? 2 : 0) +
    (template.kind === 'demandForPayment' ? 1 : 0);
  return [...templates].sort((a, b) => score(b) - score(a))[0] ?? null;
}
