import {
  type DocumentLanguage,
  type MessageBlock,
  type MessageCondition,
  type MessageField,
  type MessageText,
  messageFieldTypes,
} from '#shared/contract/index.ts';
import { findUcs2Character } from '#shared/util/index.ts';

/** A piece of a text: words as they stand, a field, or the name of something that is no field. */
export type Segment = { words: string } | { field: MessageField } | { unknown: string };

export interface CompiledBlock {
  style: MessageBlock['style'];
  segments: readonly Segment[];
  link: 'payment.link' | 'document.link' | null;
  when: MessageCondition | null;
  /** as it was written: what content rules are compared with */
  raw: string;
}

/** A text of one language, cut up once and filled in for many. */
export interface CompiledText {
  language: DocumentLanguage;
  subject: readonly Segment[];
  rawSubject: string;
  blocks: readonly CompiledBlock[];
  /** everything that a value is needed for, conditions too */
  fields: ReadonlySet<MessageField>;
  /** its own words fit the 7-bit alphabet of SMS, so amounts and dates shall too */
  isGsm: boolean;
}

/** `{{debtor.name}}`, with the name as its group. */
const placeholders = /\{\{\s*([^{}]*?)\s*\}\}/g;

export function isMessageField(name: string): name is MessageField {
  return Object.hasOwn(messageFieldTypes, name);
}

export function compileText(language: DocumentLanguage, text: MessageText): CompiledText {
  const subject = segmentsOf(text.subject);
  const blocks = text.blocks.map((block) => ({
    style: block.style,
    segments: segmentsOf(block.text),
    link: block.link ?? null,
    when: block.when ?? null,
    raw: block.text,
  }));
  const fields = new Set<MessageField>(fieldsOf(subject));
  for (const { segments, link, when } of blocks) {
    for (const field of fieldsOf(segments)) fields.add(field);
    if (link !== null) fields.add(link);
    if (when !== null) fields.add(when.field);
  }
  return { language, subject, rawSubject: text.subject, blocks, fields, isGsm: isGsm(blocks) };
}

/** A text that was written by hand is one block of the style `text`. */
export function compileFreeText(
  language: DocumentLanguage,
  subject: string,
  text: string,
): CompiledText {
  return compileText(language, { subject, blocks: [{ style: 'text', text }] });
}

export function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  const addWords = (to: number) => {
    // a brace that opens or closes nothing would look like a field that was forgotten
    const words = text
      .slice(from, to)
      .replaceAll(/\{{2,}/g, '{')
      .replaceAll(/\}{2,}/g, '}');
    if (words !== '') segments.push({ words });
  };
  for (const match of text.matchAll(placeholders)) {
    addWords(match.index);
    const name = match[1] ?? '';
    segments.push(isMessageField(name) ? { field: name } : { unknown: name });
    from = match.index + match[0].length;
  }
  addWords(text.length);
  return segments;
}

export function fieldsOf(segments: readonly Segment[]): MessageField[] {
  return segments.flatMap((segment) => ('field' in segment ? [segment.field] : []));
}

/** Names in double braces that are no fields, and braces that are not closed. */
export function strangeNames(text: string): string[] {
  const unknown = segmentsOf(text).flatMap((one) => ('unknown' in one ? [one.unknown] : []));
  const left = text.replaceAll(placeholders, '');
  return /\{\{|\}\}/.test(left) ? [...unknown, '{{'] : unknown;
}

function isGsm(blocks: readonly CompiledBlock[]): boolean {
  return blocks.every(({ segments }) =>
    segments.every((one) => !('words' in one) || findUcs2Character(one.words) === null),
  );
}
