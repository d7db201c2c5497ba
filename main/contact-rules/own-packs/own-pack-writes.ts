import { AppError } from '#shared/errors/index.ts';
import { insertAuditEntry } from '../../access/writes.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/types.ts';
import { badPack } from '../packs/parse-pack.ts';
import { checkDraft, withIdentity } from './check-draft.ts';
import { bumpFirmRules } from './firm-rules.ts';
import {
  findDraft,
  newestPublished,
  requireDraft,
  rowsInForce,
  type StoredPack,
  typedPack,
} from './own-pack-rows.ts';
import { packSha256 } from './pack-digest.ts';
import { newPackId } from './pack-id.ts';

/** Writes of packs that the firm writes itself. A row is edited only while it is a draft. */
export const ownPackWrites = {
  'rules.start-draft': startDraft,
  'rules.save-draft': saveDraft,
  'rules.discard-draft': discardDraft,
  'rules.publish-draft': publishDraft,
  'rules.retire-pack': retirePack,
} satisfies WriteMap;

interface Author {
  personId: string | null;
}

interface StartDraft extends Author {
  packId: string | null;
  /** of a new pack, or a new title of one that there is */
  title: string | null;
  practice: boolean;
}

/** @throws AppError `contact-rules.draft-exists`, `contact-rules.unknown-pack` */
function startDraft(
  db: WriteDb,
  context: WriteContext,
  { packId, title, practice, personId }: StartDraft,
): { ownPackId: string } {
  if (packId === null) {
    const identity = { packId: newPackId(db, title ?? ''), version: 1, practice };
    const pack = withIdentity(emptyPack(title ?? '', context.now), identity);
    return insertDraft(db, context, identity, pack, personId);
  }
  const before = newestPublished(db, packId);
  const draft = findDraft(db, packId);
  if (draft) {
    throw new AppError('contact-rules.draft-exists', 'there is a draft of this pack', {
      details: { ownPackId: draft.id },
    });
  }
  if (!before) throw new AppError('contact-rules.unknown-pack', 'no such pack of the firm');
  const identity = { packId, version: before.version + 1, practice };
  const copy = { ...typedPack(before), ...(title === null ? {} : { title }) };
  return insertDraft(db, context, identity, withIdentity(copy, identity), personId);
}

/** For everybody and everywhere, from today. */
function emptyPack(title: string, now: number): Record<string, unknown> {
  return {
    title,
    jurisdiction: '*',
    actors: ['creditor', 'collector', 'debtBuyer', 'servicer'],
    effectiveFrom: new Date(now).toISOString().slice(0, 10),
    ...{ calendars: [], rules: [], sources: [] },
  };
}

function insertDraft(
  db: WriteDb,
  context: WriteContext,
  { packId, version }: { packId: string; version: number },
  pack: Record<string, unknown>,
  personId: string | null,
): { ownPackId: string } {
  const ownPackId = context.newId();
  db.insert('ownPack', {
    ...{ id: ownPackId, packId, version, packJson: JSON.stringify(pack), state: 'draft' },
    ...{ createdAt: context.now, createdBy: personId, updatedAt: context.now },
  });
  return { ownPackId };
}

interface SaveDraft {
  ownPackId: string;
  /** an object as JSON, from `draftText` */
  packJson: string;
  practice: boolean;
}

/** @throws AppError `contact-rules.not-a-draft`, `contract.not-found` */
function saveDraft(
  db: WriteDb,
  context: WriteContext,
  { ownPackId, packJson, practice }: SaveDraft,
): Record<string, never> {
  const { packId, version } = requireDraft(db, ownPackId);
  const pack = withIdentity(typedPack({ packJson }), { packId, version, practice });
  const columns = { packJson: JSON.stringify(pack), updatedAt: context.now };
  db.update('ownPack', ownPackId, columns);
  return {};
}

/** @throws AppError `contact-rules.not-a-draft`, `contract.not-found` */
function discardDraft(
  db: WriteDb,
  _context: WriteContext,
  input: { ownPackId: string },
): Record<string, never> {
  requireDraft(db, input.ownPackId);
  db.remove('ownPack', input.ownPackId);
  return {};
}

interface PublishDraft extends Author {
  ownPackId: string;
  practice: boolean;
}

/**
 * The draft becomes the version in force, from the next decision on; the one before is kept for replay.
 * @throws AppError `contact-rules.bad-pack`, `contact-rules.not-a-draft`, `contract.not-found`
 */
function publishDraft(
  db: WriteDb,
  context: WriteContext,
  { ownPackId, practice, personId }: PublishDraft,
): Record<string, never> {
  const draft = requireDraft(db, ownPackId);
  const { packId } = draft;
  const version = Math.max(draft.version, (newestPublished(db, packId)?.version ?? 0) + 1);
  const { pack, problems } = checkDraft(typedPack(draft), { packId, version, practice });
  if (pack === null) throw badPack(problems);
  for (const before of rowsInForce(db, packId)) end(db, context, before, 'replaced', personId);
  db.update('ownPack', ownPackId, {
    ...{ version, packJson: JSON.stringify(pack), state: 'inForce', updatedAt: context.now },
    ...{ publishedAt: context.now, publishedBy: personId },
  });
  bumpFirmRules(db, context);
  insertAuditEntry(db, context, {
    action: 'rules.pack-published',
    personId,
    details: { packId, version, sha256: packSha256(pack), rules: pack.rules.length },
  });
  return {};
}

interface RetirePack extends Author {
  packId: string;
  reason: string;
}

/** @throws AppError `contact-rules.unknown-pack` when none of it is in force */
function retirePack(
  db: WriteDb,
  context: WriteContext,
  { packId, reason, personId }: RetirePack,
): Record<string, never> {
  const rows = rowsInForce(db, packId);
  const [row] = rows;
  if (!row) throw new AppError('contact-rules.unknown-pack', 'no such pack is in force');
  for (const one of rows) end(db, context, one, 'retired', personId);
  bumpFirmRules(db, context);
  const details = { packId, version: row.version, reason };
  insertAuditEntry(db, context, { action: 'rules.pack-retired', personId, details });
  return {};
}

function end(
  db: WriteDb,
  context: WriteContext,
  { id }: StoredPack,
  state: 'replaced' | 'retired',
  personId: string | null,
): void {
  db.update('ownPack', id, { state, endedAt: context.now, endedBy: personId });
}
