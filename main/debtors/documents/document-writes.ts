import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/types.ts';
import {
  addInteractionContent,
  addInteractionEvent,
  insertInteraction,
} from '../history/interaction-writes.ts';
import { LETTERHEAD_SETTING, type LetterheadSetting } from './letterhead-setting.ts';
import { removeTemplate, saveTemplate, seedSamples } from './templates/template-writes.ts';

export interface NewDocument {
  debtorId: string;
  kind: string;
  name: string;
  mediaType: string;
  bytes: number;
  sha256: string;
  fileName: string;
  keyHex: string;
  templateId: string | null;
  templateVersion: number | null;
  language: string | null;
  personId: string | null;
}

export interface MarkSent {
  documentId: string;
  how: 'post' | 'registeredPost' | 'courier' | 'hand';
  sentAt: number | null;
  reference: string | null;
  personId: string | null;
}

/** Clocks of two desks may differ by so much. */
const FUTURE_MS = 5 * 60_000;

/** Writes of documents, for the writer thread. */
export const documentWrites = {
  'document.insert': insertDocument,
  'document.markSent': markSent,
  'document.remove': removeDocument,
  'document.setLetterhead': setLetterhead,
  'document.saveTemplate': saveTemplate,
  'document.removeTemplate': removeTemplate,
  'document.seedSamples': seedSamples,
} satisfies WriteMap;

/** @throws AppError `contract.not-found` */
function insertDocument(
  db: WriteDb,
  context: WriteContext,
  input: NewDocument,
): { documentId: string } {
  const debtor = db.get(
    'SELECT 1 FROM debtor WHERE id = ? AND deletedAt IS NULL AND erasedAt IS NULL',
    input.debtorId,
  );
  if (!debtor) throw new AppError('contract.not-found', 'no such debtor');
  const documentId = context.newId();
  db.insert('document', { id: documentId, ...input, createdAt: context.now });
  return { documentId };
}

interface Row {
  debtorId: string;
  name: string;
  sentAt: number | null;
  fileName: string;
}

/** @throws AppError `contract.not-found`, `document.already-sent`, `document.sent-in-future` */
function markSent(
  db: WriteDb,
  context: WriteContext,
  { documentId, how, sentAt, reference, personId }: MarkSent,
): { debtorId: string; interactionId: string } {
  const { debtorId, name } = requireDraft(db, documentId);
  const at = sentAt ?? context.now;
  if (at > context.now + FUTURE_MS) {
    throw new AppError('document.sent-in-future', 'this instant has not come yet');
  }
  const debtor = db.get<{ synthetic: number }>(
    'SELECT synthetic FROM debtor WHERE id = ?',
    debtorId,
  );
  const interactionId = insertInteraction(db, context, {
    debtorId,
    channel: 'letter',
    direction: 'out',
    at,
    personId,
    synthetic: debtor?.synthetic === 1,
  });
  addInteractionContent(db, context, interactionId, 'body', name);
  const told = { how, documentId, ...(reference === null ? {} : { reference }) };
  addInteractionEvent(db, context, interactionId, 'sent', told, personId);
  // contact rules count letters too
  db.insert('contactEvent', {
    id: context.newId(),
    at,
    kind: 'message',
    direction: 'out',
    channel: 'letter',
    debtorId,
    mode: 'manual',
  });
  db.update('document', documentId, {
    sentAt: at,
    sentBy: personId,
    sentHow: how,
    sentReference: reference,
    interactionId,
  });
  return { debtorId, interactionId };
}

/** Drafts only: the key goes at once, so that the file cannot be read even before it is removed. */
function removeDocument(
  db: WriteDb,
  _context: WriteContext,
  { documentId }: { documentId: string },
): { debtorId: string; fileName: string } {
  const { debtorId, fileName } = requireDraft(db, documentId);
  db.update('document', documentId, { keyHex: null });
  db.remove('document', documentId);
  return { debtorId, fileName };
}

function requireDraft(db: WriteDb, documentId: string): Row {
  const row = db.get<Row>(
    'SELECT debtorId, name, sentAt, fileName FROM document WHERE id = ? AND deletedAt IS NULL AND erasedAt IS NULL',
    documentId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such document');
  if (row.sentAt !== null) {
    throw new AppError('document.already-sent', 'this document has been sent');
  }
  return row;
}

function setLetterhead(db: WriteDb, context: WriteContext, setting: LetterheadSetting): void {
  const columns = { valueJson: JSON.stringify(setting), updatedAt: context.now };
  const known = db.get('SELECT 1 FROM setting WHERE id = ?', LETTERHEAD_SETTING);
  if (known === undefined) db.insert('setting', { id: LETTERHEAD_SETTING, ...columns });
  else db.update('setting', LETTERHEAD_SETTING, columns);
}
