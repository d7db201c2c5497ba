import iconv from 'iconv-lite';
import type { ImportMapping } from '#shared/contract/index.ts';

export type ImportEncoding = ImportMapping['encoding'];

/** Turns pieces of a file into text; a character may lie across two pieces. */
export interface TextDecoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

/** Strips a byte order mark. Bytes that are no text become U+FFFD. */
export function createTextDecoder(encoding: ImportEncoding): TextDecoder {
  const decoder = iconv.getDecoder(encoding);
  return {
    write: (bytes) => decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
    end: () => decoder.end() ?? '',
  };
}

/**
 * What a file is written in, by its mark, else by its bytes: valid UTF-8 is UTF-8; of the code pages the one whose letters
 * look like words.
 * @param sample the first bytes of the file; the last character may be cut
 */
export function detectEncoding(sample: Uint8Array): ImportEncoding {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return 'utf-8';
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (looksLikeUtf16(sample)) return 'utf-16le';
  if (isUtf8(sample)) return 'utf-8';
  const bytes = Buffer.from(sample);
  const scores = CODE_PAGES.map(([encoding, alphabet]) => ({
    encoding,
    score: plausibility(iconv.decode(bytes, encoding), alphabet),
  }));
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).encoding;
}

/** Spreadsheets save "Unicode text" with a mark, other programs may leave it out: every other byte is then zero. */
function looksLikeUtf16(sample: Uint8Array): boolean {
  const pairs = Math.min(2_000, sample.length >> 1);
  if (pairs < 8) return false;
  let zeros = 0;
  for (let index = 0; index < pairs; index += 1) {
    if (sample[index * 2 + 1] === 0 && sample[index * 2] !== 0) zeros += 1;
  }
  return zeros > pairs * 0.7;
}

function isUtf8(sample: Uint8Array): boolean {
  try {
    new globalThis.TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    // not UTF-8: another code page is looked for
    return false;
  }
}

const POLISH = {
  letters: /[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]/g,
  others: /[^\p{ASCII}ąćęłńóśźżĄĆĘŁŃÓŚŹŻ\s„”–§]/gu,
};
const RUSSIAN = { letters: /[а-яёА-ЯЁ]/g, others: /[^\p{ASCII}а-яёА-ЯЁ\s№«»–]/gu };

/** Of equal ones the first: files without a letter beyond ASCII are read the same in all. */
const CODE_PAGES: readonly (readonly [ImportEncoding, typeof POLISH])[] = [
  ['windows-1250', POLISH],
  ['windows-1251', RUSSIAN],
  ['iso-8859-2', POLISH],
  ['cp852', POLISH],
];

/**
 * How much the letters beyond ASCII look like those of one alphabet. Russian in the Polish code page is a chain of odd
 * capitals; Polish in the Russian one is single Cyrillic letters inside Latin words, which no language has.
 */
function plausibility(text: string, { letters, others }: typeof POLISH): number {
  const own = text.match(letters)?.length ?? 0;
  const foreign = text.match(others)?.length ?? 0;
  const mixedWords = text.match(/[A-Za-z][а-яёА-ЯЁ]|[а-яёА-ЯЁ][A-Za-z]/g)?.length ?? 0;
  return own - 2 * foreign - 2 * mixedWords;
}
