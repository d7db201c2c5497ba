import type { ImportKind } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../../store/index.ts';

export interface SavedTemplate {
  name: string;
  kind: ImportKind;
  mappingJson: string;
  headersJson: string;
}

/** Writes of mapping templates, for the writer thread. */
export const templateWrites = {
  'importTemplate.save': save,
  'importTemplate.delete': remove,
} satisfies WriteMap;

const SAME_NAME =
  'SELECT id FROM importTemplate WHERE kind = ? AND name = ? AND deletedAt IS NULL ORDER BY id LIMIT 1';

/** One of the same name and kind is replaced. */
function save(
  db: WriteDb,
  context: WriteContext,
  { name, kind, mappingJson, headersJson }: SavedTemplate,
): { importTemplateId: string } {
  const known = db.get<{ id: string }>(SAME_NAME, kind, name);
  if (known) {
    db.update('importTemplate', known.id, { mappingJson, headersJson, createdAt: context.now });
    return { importTemplateId: known.id };
  }
  const id = context.newId();
  db.insert('importTemplate', {
    id,
    name,
    kind,
    mappingJson,
    headersJson,
    createdAt: context.now,
  });
  return { importTemplateId: id };
}

/** @throws AppError `contract.not-found` */
function remove(
  db: WriteDb,
  _context: WriteContext,
  { importTemplateId }: { importTemplateId: string },
): void {
  const row = db.get(
    'SELECT 1 FROM importTemplate WHERE id = ? AND deletedAt IS NULL',
    importTemplateId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such template');
  db.remove('importTemplate', importTemplateId);
}
