import type { ImportField, ImportKind, ImportMapping } from '#shared/contract/index.ts';
import { type MappingDoubt, type MappingGap, neededByKind, repeatable } from './mapping-fields.ts';

/** What one column means. A field that only one column can give is taken from the column that had it. */
export function withColumn(
  mapping: ImportMapping,
  index: number,
  field: ImportField,
): ImportMapping {
  const columns = mapping.columns.map((present, at) => {
    if (at === index) return field;
    return present === field && !repeatable.has(field) ? 'ignore' : present;
  });
  return { ...mapping, columns };
}

export function mappingGaps(
  kind: ImportKind,
  { format, columns }: Pick<ImportMapping, 'format' | 'columns'>,
): MappingGap[] {
  // a statement of that format says itself what is what
  if (format === 'mt940') return [];
  return neededByKind[kind].flatMap(([gap, fields]) =>
    fields.some((field) => columns.includes(field)) ? [] : gap,
  );
}

export function mappingDoubts(
  kind: ImportKind,
  mapping: Pick<ImportMapping, 'columns'>,
): MappingDoubt[] {
  if (kind !== 'portfolio') return [];
  const has = (...fields: ImportField[]): boolean =>
    fields.some((field) => mapping.columns.includes(field));
  const doubts: MappingDoubt[] = [];
  if (!has('phone', 'mobilePhone', 'homePhone', 'workPhone')) doubts.push('phone');
  if (!has('debtRef')) doubts.push('debtRef');
  if (!has('debtorRef')) doubts.push('debtorRef');
  return doubts;
}

/**
 * Other bytes, other columns: unless a person has said what the columns mean, the engine guesses them anew. One column
 * that means nothing asks it to.
 */
export function withFormat(
  mapping: ImportMapping,
  change: Partial<Pick<ImportMapping, 'sheet' | 'encoding' | 'delimiter' | 'hasHeader'>>,
  columnsChosen: boolean,
): ImportMapping {
  return { ...mapping, ...change, ...(columnsChosen ? {} : { columns: ['ignore'] }) };
}

/**
 * The mapping to show: what a person chose, with the columns that the engine found where theirs do not fit the file.
 * @param used with which the latest preview was made
 */
export function adoptMapping(chosen: ImportMapping | null, used: ImportMapping): ImportMapping {
  if (chosen === null) return used;
  return chosen.columns.length === used.columns.length
    ? chosen
    : { ...chosen, columns: used.columns };
}

/** Whether a preview was made with what is chosen now, and not with what was chosen before. */
export function isCurrent(chosen: ImportMapping | null, used: ImportMapping): boolean {
  if (chosen === null) return true;
  const { columns, ...format } = chosen;
  const { columns: usedColumns, ...usedFormat } = used;
  const sameFormat = (Object.keys(format) as (keyof typeof format)[]).every(
    (key) => format[key] === usedFormat[key],
  );
  const fitted = columns.length !== usedColumns.length;
  return sameFormat && (fitted || columns.every((field, at) => field === usedColumns[at]));
}

/** The portfolio's name to begin with: the file's name without its ending. */
export function nameFromFile(fileName: string): string {
  return fileName
    .replace(/\.[^.]{1,5}$/, '')
    .replace(/[_]+/g, ' ')
    .trim()
    .slice(0, 120);
}
