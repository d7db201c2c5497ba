import {
  type DocumentLanguage,
  type LetterBody,
  type LetterKind,
  type LetterPart,
  type LetterTemplate,
  letterBody,
} from '#shared/contract/index.ts';

/** A letter as it is being written. */
export interface LetterDraft {
  name: string;
  kind: LetterKind;
  language: DocumentLanguage;
  body: LetterBody;
}

export type PartKind = LetterPart['kind'];
export const partKinds: readonly PartKind[] = [
  'text',
  'debts',
  'instalments',
  'payments',
  'payTo',
  'signature',
  'space',
  'pageBreak',
];

export function draftOf(template: LetterTemplate): LetterDraft {
  const { name, kind, language, body } = template;
  return { name, kind, language, body };
}

export function newDraft(language: DocumentLanguage): LetterDraft {
  return {
    name: '',
    kind: 'demandForPayment',
    language,
    body: {
      subject: '',
      deadlineDays: 14,
      parts: [newPart('text'), newPart('debts'), newPart('payTo'), newPart('signature')],
    },
  };
}

/** A part with nothing in it yet. */
export function newPart(kind: PartKind): LetterPart {
  switch (kind) {
    case 'text':
      return { kind, style: 'normal', align: 'left', text: '' };
    case 'debts':
      return { kind, columns: ['reference', 'dueOn', 'balance'], withTotal: true };
    case 'signature':
      return { kind, text: '{{agent.name}}' };
    case 'space':
      return { kind, millimetres: 10 };
    default:
      return { kind };
  }
}

export function withPartAt(body: LetterBody, index: number, part: LetterPart): LetterBody {
  return { ...body, parts: body.parts.map((one, at) => (at === index ? part : one)) };
}

export function withoutPart(body: LetterBody, index: number): LetterBody {
  return { ...body, parts: body.parts.filter((_, at) => at !== index) };
}

/** A part changes places with its neighbour; at the ends nothing happens. */
export function withMovedPart(body: LetterBody, index: number, by: -1 | 1): LetterBody {
  const parts = [...body.parts];
  const moved = parts[index];
  const other = parts[index + by];
  if (!moved || !other) return body;
  parts[index] = other;
  parts[index + by] = moved;
  return { ...body, parts };
}

/** Puts a field's placeholder where the cursor stands; returns where it stands afterwards. */
export function insertField(
  text: string,
  field: string,
  from: number,
  to: number,
): { text: string; cursor: number } {
  const written = `{{${field}}}`;
  return { text: text.slice(0, from) + written + text.slice(to), cursor: from + written.length };
}

/** Whether it can be saved: a name, a subject, and parts that are complete. */
export function isReady(draft: LetterDraft): boolean {
  return draft.name.trim() !== '' && letterBody.safeParse(draft.body).success;
}

export function sameDraft(a: LetterDraft, b: LetterDraft): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
