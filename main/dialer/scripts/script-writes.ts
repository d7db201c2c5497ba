import { AppError } from '#shared/errors/index.ts';
import { insertAuditEntry } from '../../access/writes.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/types.ts';
import { findScript, type ScriptBody } from './script-rows.ts';

export interface SaveScript {
  scriptId?: string | undefined;
  name: string;
  language: string;
  debtKind: string | null;
  sections: ScriptBody['sections'];
  personId: string | null;
}

export const scriptWrites = {
  'script.save': saveScript,
  'script.remove': removeScript,
} satisfies WriteMap;

/** What the firm has written itself is a sample no more. @throws AppError `contract.not-found` */
function saveScript(
  db: WriteDb,
  context: WriteContext,
  { scriptId, personId, sections, name, language, debtKind }: SaveScript,
): { scriptId: string } {
  const body: ScriptBody = { sample: false, sections };
  const kind = debtKind === null || debtKind.trim() === '' ? null : debtKind.trim();
  const columns = { name, language, debtKind: kind, bodyJson: JSON.stringify(body) };
  if (scriptId !== undefined && !findScript(db, scriptId))
    throw new AppError('contract.not-found', 'no such script');
  const id = scriptId ?? context.newId();
  if (scriptId === undefined) db.insert('script', { id, ...columns });
  else db.update('script', id, columns);
  const details = { scriptId: id, name, language };
  insertAuditEntry(db, context, { action: 'script.saved', personId, details });
  return { scriptId: id };
}

/** @throws AppError `script.in-use` while a campaign reads it, `contract.not-found` */
function removeScript(
  db: WriteDb,
  context: WriteContext,
  { scriptId, personId }: { scriptId: string; personId: string | null },
): void {
  const script = findScript(db, scriptId);
  if (!script) throw new AppError('contract.not-found', 'no such script');
  if (script.campaigns > 0)
    throw new AppError('script.in-use', 'a campaign uses this script', {
      details: { campaigns: script.campaigns },
    });
  db.remove('script', scriptId);
  const details = { scriptId, name: script.name };
  insertAuditEntry(db, context, { action: 'script.removed', personId, details });
}
