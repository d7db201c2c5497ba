import { type ImportKind, type ImportMapping, importMapping } from '#shared/contract/index.ts';
import type { ReadDb } from '../../../store/index.ts';
import { normalHeader } from '../guess-columns.ts';

export interface Template {
  importTemplateId: string;
  name: string;
  kind: ImportKind;
  mapping: ImportMapping;
  headers: string[];
  createdAt: number;
}

interface Row {
  importTemplateId: string;
  name: string;
  kind: ImportKind;
  mappingJson: string;
  headersJson: string;
  createdAt: number;
}

const SELECT = `SELECT id AS importTemplateId, name, kind, mappingJson, headersJson, createdAt FROM importTemplate
  WHERE deletedAt IS NULL AND (? IS NULL OR kind = ?) ORDER BY createdAt DESC, id DESC`;

/** The newest first. One that this version cannot read any more is left out. */
export function loadTemplates(db: ReadDb, kind: ImportKind | null): Template[] {
  return db.all<Row>(SELECT, kind, kind).flatMap(({ mappingJson, headersJson, ...row }) => {
    const mapping = importMapping.safeParse(JSON.parse(mappingJson));
    if (!mapping.success) return [];
    return [{ ...row, mapping: mapping.data, headers: JSON.parse(headersJson) as string[] }];
  });
}

/**
 * Templates that were made for a file with these headers: the same names in the same order, compared without case,
 * diacritics and signs. A file without headers fits none: nothing says that its columns are the same.
 */
export function fittingTemplates(
  templates: readonly Template[],
  headers: readonly string[],
): Template[] {
  const wanted = keyOf(headers);
  if (wanted.replaceAll('|', '') === '') return [];
  return templates.filter((template) => keyOf(template.headers) === wanted);
}

function keyOf(headers: readonly string[]): string {
  return headers.map(normalHeader).join('|');
}
