import type { MessageField } from '#shared/contract/index.ts';
import type { FieldValue } from '../facts/field-values.ts';
import type { CompiledBlock, CompiledText, Segment } from './compile-text.ts';
import { holds } from './conditions.ts';

/** The value of a field for one debtor; null: there is none. */
export type ValueOf = (field: MessageField) => FieldValue | null;

/** The blocks that a debtor gets. */
export function blocksFor(text: CompiledText, fieldValue: ValueOf): CompiledBlock[] {
  return text.blocks.filter(({ when }) => when === null || holds(when, fieldValue(when.field)));
}

/** Fields of these blocks that have no value, each once, in the order in which they stand. */
export function missingFields(
  segments: readonly Segment[],
  blocks: readonly CompiledBlock[],
  fieldValue: ValueOf,
): MessageField[] {
  const missing = new Set<MessageField>();
  const look = (field: MessageField) => {
    if (fieldValue(field) === null) missing.add(field);
  };
  for (const segment of segments) if ('field' in segment) look(segment.field);
  for (const block of blocks) {
    for (const segment of block.segments) if ('field' in segment) look(segment.field);
    if (block.link !== null) look(block.link);
  }
  return [...missing];
}

/** One line: subjects, labels. */
export function writeLine(segments: readonly Segment[], fieldValue: ValueOf): string {
  return segments
    .map((segment) => writeSegment(segment, fieldValue))
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/**
 * Blocks as plain text: one under the other in short messages, with a line between in e-mails. A button stands as its
 * label and address. What has no value stands as its name in brackets.
 */
export function writePlain(
  blocks: readonly CompiledBlock[],
  fieldValue: ValueOf,
  between: '\n' | '\n\n',
): string {
  return blocks
    .map((block) => writeBlock(block, fieldValue))
    .filter((text) => text !== '')
    .join(between);
}

function writeBlock({ segments, style, link }: CompiledBlock, fieldValue: ValueOf): string {
  const text = segments
    .map((segment) => writeSegment(segment, fieldValue))
    .join('')
    .trim();
  if (style !== 'button' || link === null) return text;
  const address = writeSegment({ field: link }, fieldValue);
  return text === '' ? address : `${text}: ${address}`;
}

export function writeSegment(segment: Segment, fieldValue: ValueOf): string {
  if ('words' in segment) return segment.words;
  if ('unknown' in segment) return `[${segment.unknown}]`;
  return fieldValue(segment.field)?.text ?? `[${segment.field}]`;
}
