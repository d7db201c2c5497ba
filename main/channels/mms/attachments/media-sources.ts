import { readFile } from 'node:fs/promises';
import type { ParsedInput } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Uploads } from '../../../contract-server/index.ts';
import type { Documents } from '../../../debtors/index.ts';
import type { ReadDb } from '../../../store/types.ts';
import { tooLarge } from '../media/index.ts';
import { documentOwner } from './media-rows.ts';

export type MediaSource = ParsedInput<'message.attach'>['from'];
export type PaperSource = Pick<Documents, 'readDocument' | 'drawLetter' | 'assertMayDisclose'>;

/** What a medium is made from. */
export interface MediaMaterial {
  bytes: Uint8Array;
  name: string;
  as: 'asIs' | 'picture';
  page: number;
  /** known already, of letters */
  pages: number | null;
}

/** Larger files are not read into memory. */
const MOST_BYTES = 50_000_000;

/** @throws AppError `import.unknown-file`, `message.media-too-large` */
export async function fromUpload(
  uploads: Pick<Uploads, 'take'>,
  fileId: string,
  name: string,
  personId: string,
): Promise<MediaMaterial> {
  const file = uploads.take(fileId, personId);
  if (!file) throw new AppError('import.unknown-file', 'this file is gone: choose it again');
  try {
    if (file.sizeBytes > MOST_BYTES) throw tooLarge('it is too long');
    return { bytes: await readFile(file.path), name, as: 'asIs', page: 1, pages: null };
  } finally {
    await file.dispose();
  }
}

/** @throws AppError `contract.not-found` (also: another debtor's), `document.erased`, `document.unreadable` */
export async function fromDocument(
  parts: { read: ReadDb; papers: PaperSource },
  wanted: { debtorId: string; documentId: string; as: 'asIs' | 'picture'; page: number },
): Promise<MediaMaterial> {
  if (documentOwner(parts.read, wanted.documentId) !== wanted.debtorId) {
    throw new AppError('contract.not-found', 'no such document of this debtor');
  }
  const { bytes, name } = await parts.papers.readDocument(wanted.documentId);
  return { bytes, name, as: wanted.as, page: wanted.page, pages: null };
}

export interface WantedLetter {
  debtorId: string;
  letterTemplateId: string;
  debtIds?: readonly string[] | undefined;
  paymentPlanId?: string | undefined;
  as: 'pdf' | 'picture';
}

/**
 * A letter with a line to be filled in by hand is not sent: nobody can.
 * @throws AppError `message.missing-fields`, and as `document.create`
 */
export async function fromLetter(
  papers: PaperSource,
  { letterTemplateId, as, ...subject }: WantedLetter,
  agentName: string | null,
): Promise<MediaMaterial> {
  const drawn = await papers.drawLetter(subject, letterTemplateId, agentName);
  // that one is named also where only interest that has run cannot be counted: no line is left open for it
  const missing = drawn.missing.filter((field) => field !== 'total.interest');
  if (missing.length > 0) {
    throw new AppError('message.missing-fields', 'the letter has fields without a value', {
      details: { missing },
    });
  }
  const { bytes, name, pages } = drawn;
  return { bytes, name, as: as === 'pdf' ? 'asIs' : 'picture', page: 1, pages };
}
