import type { DebtorDocument } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';

export type ListedDocument = Unbranded<DebtorDocument>;

const COLUMNS = `d.id AS documentId, d.debtorId, d.kind, d.name, d.mediaType, d.bytes, d.language,
  d.templateId AS letterTemplateId, d.templateVersion, d.createdAt, p.displayName AS createdBy, d.sentAt,
  s.displayName AS sentBy, d.sentHow, d.interactionId, d.erasedAt`;
const FROM = `document d LEFT JOIN person p ON p.id = d.personId LEFT JOIN person s ON s.id = d.sentBy`;

/** The newest first, without pictures and papers of messages: those stand with their messages. */
export function listDocuments(read: ReadDb, debtorId: string): ListedDocument[] {
  return read.all<ListedDocument>(
    `SELECT ${COLUMNS} FROM ${FROM} WHERE d.debtorId = ? AND d.deletedAt IS NULL AND d.kind <> 'messageMedia'
     ORDER BY d.createdAt DESC, d.id DESC`,
    debtorId,
  );
}

/** @throws AppError `contract.not-found` */
export function loadDocument(read: ReadDb, documentId: string): ListedDocument {
  const row = read.get<ListedDocument>(
    `SELECT ${COLUMNS} FROM ${FROM} WHERE d.id = ? AND d.deletedAt IS NULL`,
    documentId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such document');
  return row;
}

export interface StoredFile {
  name: string;
  mediaType: string;
  fileName: string;
  keyHex: string;
}

/** @throws AppError `contract.not-found`, `document.erased` */
export function requireFile(read: ReadDb, documentId: string): StoredFile {
  const row = read.get<Omit<StoredFile, 'keyHex'> & { keyHex: string | null }>(
    'SELECT name, mediaType, fileName, keyHex FROM document WHERE id = ? AND deletedAt IS NULL',
    documentId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such document');
  const { keyHex } = row;
  if (keyHex === null) throw new AppError('document.erased', 'this document was erased');
  return { ...row, keyHex };
}
