import { AppError } from '#shared/errors/index.ts';
import type { ReadDb } from '../../../store/types.ts';
import type { MediaStep } from '../media/index.ts';

/** What is known of a medium besides its bytes. */
export interface MediaFacts {
  width: number | null;
  height: number | null;
  pages: number | null;
  originalBytes: number;
  steps: MediaStep[];
}

export interface MediaRow extends MediaFacts {
  documentId: string;
  debtorId: string;
  name: string;
  mediaType: string;
  bytes: number;
  fileName: string;
  keyHex: string;
}

type Row = Omit<MediaRow, keyof MediaFacts | 'keyHex'> & {
  keyHex: string | null;
  mediaJson: string | null;
};

/** @throws AppError `message.attachment-gone`: never made, removed, erased, or no medium of a message */
export function requireMedia(read: ReadDb, documentId: string): MediaRow {
  const row = read.get<Row>(
    `SELECT id AS documentId, debtorId, name, mediaType, bytes, fileName, keyHex, mediaJson
     FROM document WHERE id = ? AND kind = 'messageMedia' AND deletedAt IS NULL AND erasedAt IS NULL`,
    documentId,
  );
  if (!row || row.keyHex === null) throw attachmentGone();
  const { mediaJson, keyHex, ...rest } = row;
  return { ...rest, keyHex, ...factsOf(mediaJson, rest.bytes) };
}

function factsOf(mediaJson: string | null, bytes: number): MediaFacts {
  const none: MediaFacts = {
    width: null,
    height: null,
    pages: null,
    originalBytes: bytes,
    steps: [],
  };
  return mediaJson === null ? none : { ...none, ...(JSON.parse(mediaJson) as MediaFacts) };
}

/** The newest paper of this kind that the debtor has; never a medium of a message. */
export function newestDocument(read: ReadDb, debtorId: string, kind: string): string | null {
  const row = read.get<{ id: string }>(
    `SELECT id FROM document WHERE debtorId = ? AND kind = ? AND kind <> 'messageMedia' AND keyHex IS NOT NULL
       AND deletedAt IS NULL AND erasedAt IS NULL
     ORDER BY createdAt DESC, id DESC LIMIT 1`,
    debtorId,
    kind,
  );
  return row?.id ?? null;
}

export function documentOwner(read: ReadDb, documentId: string): string | null {
  const row = read.get<{ debtorId: string }>(
    'SELECT debtorId FROM document WHERE id = ? AND deletedAt IS NULL',
    documentId,
  );
  return row?.debtorId ?? null;
}

export function attachmentGone(cause?: unknown): AppError {
  return new AppError('message.attachment-gone', 'this attachment is gone: attach it again', {
    cause,
  });
}
