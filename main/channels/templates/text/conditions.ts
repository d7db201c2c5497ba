import { type MessageCondition, messageFieldTypes } from '#shared/contract/index.ts';
import type { FieldValue } from '../facts/field-values.ts';

/** Whether a block is written for a debtor with this value. */
export function holds(
  { is, than = 0 }: MessageCondition,
  value: Pick<FieldValue, 'number'> | null,
): boolean {
  switch (is) {
    case 'present':
      return value !== null;
    case 'absent':
      return value === null;
    case 'more':
      return value?.number !== undefined && value.number > than;
    case 'less':
      return value?.number !== undefined && value.number < than;
  }
}

/** Only amounts and counts compare, and with a number. */
export function isGoodCondition({ field, is, than }: MessageCondition): boolean {
  if (is === 'present' || is === 'absent') return true;
  const type = messageFieldTypes[field];
  return than !== undefined && (type === 'amount' || type === 'count');
}
