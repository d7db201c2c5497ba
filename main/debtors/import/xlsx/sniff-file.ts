import { open } from 'node:fs/promises';
import type { ImportFormat } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';

const SNIFFED_BYTES = 64 * 1024;
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
/** Compound File Binary: workbooks of 1997–2003, and a container of encrypted new ones */
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * What kind of file it is, by its first bytes; names lie.
 * @throws AppError `import.old-spreadsheet`, `import.encrypted`
 */
export async function sniffFormat(path: string): Promise<ImportFormat> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
    return formatOf(buffer.subarray(0, bytesRead), () => holdsEncryptedPackage(path));
  } finally {
    await file.close();
  }
}

async function formatOf(start: Buffer, isEncrypted: () => Promise<boolean>): Promise<ImportFormat> {
  if (start.subarray(0, 4).equals(ZIP)) return 'xlsx';
  if (start.subarray(0, 8).equals(COMPOUND)) {
    if (await isEncrypted()) {
      throw new AppError('import.encrypted', 'the file is protected by a password');
    }
    throw new AppError(
      'import.old-spreadsheet',
      'a workbook of the old XLS format: save it as XLSX or CSV',
    );
  }
  return looksLikeMt940(start.toString('latin1')) ? 'mt940' : 'csv';
}

/** The names of a container's streams are somewhere in it, in UTF-16. */
async function holdsEncryptedPackage(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    let rest = Buffer.alloc(0);
    const stream = file.createReadStream({ autoClose: false });
    for await (const piece of stream) {
      const joined = Buffer.concat([rest, piece as Buffer]);
      if (joined.includes(ENCRYPTED_PACKAGE)) return true;
      rest = joined.subarray(-ENCRYPTED_PACKAGE.length);
    }
    return false;
  } finally {
    await file.close();
  }
}

/** A SWIFT header block or the first field of a statement, with an account or balance field soon after. */
function looksLikeMt940(text: string): boolean {
  const begins = /^\s*(?:\ufeff|ï»¿)?\s*(?:\{1:|:20:|:25:|-?\s*\r?\n?:20:)/.test(text);
  return begins && /(?:^|[\r\n])\s*:(?:25|60[FM]):/m.test(text);
}
