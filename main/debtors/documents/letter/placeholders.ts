import { type LetterBody, type LetterField, letterField } from '#shared/contract/index.ts';

/** `{{debtor.name}}`, with the name as its group. */
export const placeholders = /\{\{\s*([^{}]*?)\s*\}\}/g;

export function isLetterField(name: string): name is LetterField {
  return (letterField.options as readonly string[]).includes(name);
}

export interface TemplateProblem {
  /** position in `parts`; null = the subject */
  part: number | null;
  problem: 'unknown-field' | 'unclosed-field' | 'condition-without-number' | 'condition-on-text';
  text: string;
}

/** What a template would print wrong. An empty list: it can be saved. */
export function checkTemplate(body: LetterBody): TemplateProblem[] {
  const problems = textProblems(body.subject, null);
  for (const [at, part] of body.parts.entries()) {
    if ('text' in part) problems.push(...textProblems(part.text, at));
    const { when } = part;
    if (when === undefined || when.is === 'present' || when.is === 'absent') continue;
    if (when.than === undefined) {
      problems.push({ part: at, problem: 'condition-without-number', text: when.field });
    } else if (!hasNumber(when.field)) {
      problems.push({ part: at, problem: 'condition-on-text', text: when.field });
    }
  }
  return problems;
}

function textProblems(text: string, part: number | null): TemplateProblem[] {
  const unknown = [...text.matchAll(placeholders)]
    .map(([, name = '']) => name)
    .filter((name) => !isLetterField(name))
    .map((name) => ({ part, problem: 'unknown-field' as const, text: name }));
  const left = text.replaceAll(placeholders, '');
  const unclosed = /\{\{|\}\}/.test(left)
    ? [{ part, problem: 'unclosed-field' as const, text: left.slice(0, 80) }]
    : [];
  return [...unknown, ...unclosed];
}

function hasNumber(field: LetterField): boolean {
  return (
    field.startsWith('total.') ||
    field === 'plan.total' ||
    field === 'plan.count' ||
    field === 'payment.amount'
  );
}
