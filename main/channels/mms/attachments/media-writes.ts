import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../../store/types.ts';

export interface NewMedia {
  debtorId: string;
  name: string;
  mediaType: string;
  bytes: number;
  sha256: string;
  fileName: string;
  keyHex: string;
  language: string | null;
  personId: string | null;
  /** pixels, pages, steps */
  mediaJson: string;
}

/** Drafts that one call removes, so that nothing else waits long. */
const MOST_AT_ONCE = 200;

/** Writes of pictures and papers of messages, for the writer thread. */
export const messageMediaWrites = {
  'messageMedia.insert': insertMedia,
  'messageMedia.removeStale': removeStale,
} satisfies WriteMap;

/** @throws AppError `contract.not-found` */
function insertMedia(db: WriteDb, context: WriteContext, input: NewMedia): { documentId: string } {
  const debtor = db.get(
    'SELECT 1 FROM debtor WHERE id = ? AND deletedAt IS NULL AND erasedAt IS NULL',
    input.debtorId,
  );
  if (!debtor) throw new AppError('contract.not-found', 'no such debtor');
  const documentId = context.newId();
  db.insert('document', {
    id: documentId,
    kind: 'messageMedia',
    ...input,
    createdAt: context.now,
  });
  return { documentId };
}

/**
 * Drafts that no message took. The key goes with the row, so that a file which could not be removed cannot be read.
 * @returns names of their files; as many as `atMost` when there may be more
 */
function removeStale(
  db: WriteDb,
  _context: WriteContext,
  { before }: { before: number },
): { fileNames: string[]; more: boolean } {
  const rows = db.all<{ id: string; fileName: string }>(
    `SELECT d.id, d.fileName FROM document d
     WHERE d.kind = 'messageMedia' AND d.createdAt < ? AND d.sentAt IS NULL AND d.deletedAt IS NULL
       AND NOT EXISTS (SELECT 1 FROM messageAttachment a WHERE a.documentId = d.id)
     LIMIT ?`,
    before,
    MOST_AT_ONCE,
  );
  for (const { id } of rows) {
    db.update('document', id, { keyHex: null });
    db.remove('document', id);
  }
  return { fileNames: rows.map(({ fileName }) => fileName), more: rows.length === MOST_AT_ONCE };
}
