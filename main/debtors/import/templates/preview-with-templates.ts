import type { ImportKind, ImportMapping, ImportPreview } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../../contract-server/types.ts';
import type { ReadDb } from '../../../store/index.ts';
import { fittingTemplates, loadTemplates } from './load-templates.ts';

/** What a person said of how a file is to be read. */
export interface WantedPreview {
  kind: ImportKind;
  /** comes before any template */
  mapping: ImportMapping | null;
  importTemplateId?: string | undefined;
}

/**
 * A preview by the mapping that was given, else by the template that was named, else by the newest one whose headers are
 * those of the file; without any of these as it is guessed.
 * @param ask reads the file in the parser's thread; null: guessed
 * @throws AppError `contract.not-found`: no such template
 */
export async function previewWithTemplates(
  db: ReadDb,
  ask: (mapping: ImportMapping | null) => Promise<ImportPreview>,
  { kind, mapping, importTemplateId }: WantedPreview,
): Promise<Unbranded<ImportPreview>> {
  const known = loadTemplates(db, kind);
  const named = known.find((template) => template.importTemplateId === importTemplateId);
  if (importTemplateId !== undefined && !named) {
    throw new AppError('contract.not-found', 'no such template');
  }
  const first = await ask(mapping ?? named?.mapping ?? null);
  // headers that say nothing to us were taken for data
  const headers = first.mapping.hasHeader ? first.headers : (first.rawRows[0] ?? []);
  const fitting = fittingTemplates(known, headers);
  const [newest] = fitting;
  const templates = fitting.map(({ importTemplateId: id, name }) => ({
    importTemplateId: id,
    name,
  }));
  const isGuessed = mapping === null && named === undefined;
  const preview = isGuessed && newest ? await ask(keptSheet(newest.mapping, first)) : first;
  return { ...preview, templates };
}

/** A template is for files of one make, whose sheets may be called otherwise each month. */
function keptSheet(mapping: ImportMapping, { sheets }: ImportPreview): ImportMapping {
  const { sheet, ...rest } = mapping;
  return sheet !== undefined && sheets?.includes(sheet) ? mapping : rest;
}
