import type { DocumentLanguage, LetterBody, LetterKind } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb } from '../../../store/types.ts';
import { sampleLetters } from './sample-letters.ts';

export interface SaveTemplate {
  letterTemplateId: string | null;
  /** the version that was changed; null for a new template */
  version: number | null;
  name: string;
  kind: LetterKind;
  language: DocumentLanguage;
  body: LetterBody;
  personId: string | null;
}

/**
 * A new template, or a new version of one.
 * @throws AppError `contract.not-found`, `document.template-changed`: somebody saved a version in between
 */
export function saveTemplate(
  db: WriteDb,
  context: WriteContext,
  input: SaveTemplate,
): { letterTemplateId: string } {
  const { letterTemplateId: known, version: changed, body, ...columns } = input;
  const id = known ?? context.newId();
  const current = known === null ? 0 : currentVersion(db, known);
  if (known !== null && changed !== null && changed !== current) {
    throw new AppError('document.template-changed', 'somebody has changed this template', {
      details: { version: current },
    });
  }
  const row = {
    ...columns,
    bodyJson: JSON.stringify(body),
    version: current + 1,
    sample: false,
    updatedAt: context.now,
  };
  if (known === null) db.insert('letterTemplate', { id, ...row });
  else db.update('letterTemplate', id, row);
  addVersion(db, context, id, { ...row, personId: input.personId });
  return { letterTemplateId: id };
}

export function removeTemplate(
  db: WriteDb,
  _context: WriteContext,
  { letterTemplateId }: { letterTemplateId: string },
): void {
  currentVersion(db, letterTemplateId);
  db.remove('letterTemplate', letterTemplateId);
}

/** The samples of this version of the program. Those that the firm changed or removed stay as they are. */
export function seedSamples(db: WriteDb, context: WriteContext, _input: null): void {
  for (const { letterTemplateId: id, body, ...columns } of sampleLetters) {
    const bodyJson = JSON.stringify(body);
    const known = db.get<{
      sample: number;
      version: number;
      bodyJson: string;
      deletedAt: number | null;
    }>('SELECT sample, version, bodyJson, deletedAt FROM letterTemplate WHERE id = ?', id);
    const isOwn = known !== undefined && (known.sample === 0 || known.deletedAt !== null);
    if (isOwn || known?.bodyJson === bodyJson) continue;
    const version = (known?.version ?? 0) + 1;
    const row = { ...columns, bodyJson, version, sample: true, updatedAt: context.now };
    if (known === undefined) db.insert('letterTemplate', { id, ...row });
    else db.update('letterTemplate', id, row);
    addVersion(db, context, id, { ...row, personId: null });
  }
}

function currentVersion(db: WriteDb, letterTemplateId: string): number {
  const row = db.get<{ version: number }>(
    'SELECT version FROM letterTemplate WHERE id = ? AND deletedAt IS NULL',
    letterTemplateId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such template');
  return row.version;
}

function addVersion(
  db: WriteDb,
  context: WriteContext,
  letterTemplateId: string,
  row: { version: number; name: string; bodyJson: string; personId: string | null },
): void {
  const { version, name, bodyJson, personId } = row;
  db.insert('letterTemplateVersion', {
    id: context.newId(),
    letterTemplateId,
    version,
    name,
    bodyJson,
    at: context.now,
    personId,
  });
}
