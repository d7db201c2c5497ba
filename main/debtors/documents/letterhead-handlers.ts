import { readFile } from 'node:fs/promises';
import { AppError } from '#shared/errors/index.ts';
import type { Audit, Handler, Handlers, Uploads } from '../../contract-server/index.ts';
import type { Store } from '../../store/index.ts';
import { documentWrites } from './document-writes.ts';
import { imageSize } from './image-size.ts';
import type { LetterModel } from './letter/letter-model.ts';
import type { LetterMaker } from './letter-client.ts';
import { type LetterheadSetting, type Logo, readLetterhead } from './letterhead-setting.ts';
import { once } from './once.ts';

export interface LetterheadParts {
  store: Store;
  uploads: Pick<Uploads, 'take'>;
  audit: Audit;
  maker: LetterMaker;
}

const LARGEST_LOGO_BYTES = 512 * 1024;
const MOST_LOGO_PIXELS = 16_000_000;

/** Commands on what stands on every letter. */
export function createLetterheadHandlers(parts: LetterheadParts): Handlers {
  return {
    'document.get-letterhead': () => letterheadOutput(readLetterhead(parts.store.read)),
    'document.set-letterhead': setLetterhead(parts),
  };
}

function setLetterhead(parts: LetterheadParts): Handler<'document.set-letterhead'> {
  return async ({ letterhead, logoFileId }, { principal, commandId }) => {
    const { store, audit } = parts;
    const before = readLetterhead(store.read);
    const logo = await logoOf(parts, logoFileId, principal.personId, before.logo);
    const setting: LetterheadSetting = { letterhead, logo };
    await store.write(documentWrites, 'document.setLetterhead', setting, once(commandId));
    audit({ action: 'document.letterhead-set', personId: principal.personId, details: {} });
    return letterheadOutput(readLetterhead(store.read));
  };
}

/** A logo is taken only when a letter with it can be drawn. */
async function logoOf(
  parts: LetterheadParts,
  fileId: string | null | undefined,
  personId: string,
  before: Logo | null,
): Promise<Logo | null> {
  if (fileId === undefined) return before;
  if (fileId === null) return null;
  const file = parts.uploads.take(fileId, personId);
  if (!file) throw new AppError('import.unknown-file', 'this file is gone: choose it again');
  try {
    if (file.sizeBytes > LARGEST_LOGO_BYTES) throw tooLarge();
    const bytes = await readFile(file.path);
    const size = imageSize(bytes);
    if (size === null) throw unreadable();
    if (size.width * size.height > MOST_LOGO_PIXELS) throw tooLarge();
    const logo = { ...size, base64: bytes.toString('base64') };
    await parts.maker.draw(emptyLetter(logo)).catch((error: unknown) => {
      throw unreadable(error);
    });
    return logo;
  } finally {
    await file.dispose();
  }
}

function letterheadOutput({ letterhead, logo }: LetterheadSetting) {
  return { ...letterhead, logo };
}

function emptyLetter(logo: Logo): LetterModel {
  return {
    language: 'en',
    paper: 'A4',
    title: '',
    author: '',
    madeAt: 0,
    head: [''],
    logo,
    recipient: [],
    dateLine: '',
    referenceLine: '',
    subject: '',
    blocks: [],
    footer: [],
    pageLine: '',
  };
}

function tooLarge(): AppError {
  return new AppError('document.logo-too-large', 'the logo is too large');
}

function unreadable(cause?: unknown): AppError {
  return new AppError('document.logo-unreadable', 'the logo is no PNG or JPEG that can be drawn', {
    cause,
  });
}
