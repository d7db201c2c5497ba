import type { SearchKind } from '#shared/contract/index.ts';
import { foldText } from '#shared/util/index.ts';

/** A stretch of a text; `marked` when it is what was typed. */
export interface TextPart {
  text: string;
  marked: boolean;
}

/** Kinds that are compared by their letters and digits alone: "+48 604" is found by "48604" and "604-". */
const numberKinds: ReadonlySet<SearchKind> = new Set(['phone', 'reference', 'nationalId', 'taxId']);

interface Folded {
  text: string;
  /** of each character of `text`, where its letter stands in the original, and where that letter ends */
  places: number[];
  ends: number[];
}

/** The text as it is compared, letter by letter, so that places can be found back. */
function fold(original: string, keep: RegExp | null): Folded {
  const folded: Folded = { text: '', places: [], ends: [] };
  let at = 0;
  for (const letter of original) {
    const plain = /\s/.test(letter) ? ' ' : foldText(letter);
    if (keep === null || keep.test(plain)) {
      folded.text += plain;
      for (let each = 0; each < plain.length; each += 1) {
        folded.places.push(at);
        folded.ends.push(at + letter.length);
      }
    }
    at += letter.length;
  }
  return folded;
}

function markAt(folded: Folded, at: number, count: number, hits: boolean[]): void {
  hits.fill(true, folded.places[at], folded.ends[at + count - 1]);
}

function findAll(folded: Folded, wanted: string, hits: boolean[]): void {
  for (let at = folded.text.indexOf(wanted); at >= 0; at = folded.text.indexOf(wanted, at + 1)) {
    markAt(folded, at, wanted.length, hits);
  }
}

/** Words of a name are marked where they begin a word; only where none does, inside words. */
function markWords(folded: Folded, query: string, hits: boolean[]): void {
  for (const word of foldText(query).split(/[\s,;]+/)) {
    if (word === '') continue;
    let begun = false;
    for (let at = folded.text.indexOf(word); at >= 0; at = folded.text.indexOf(word, at + 1)) {
      if (at > 0 && /[\p{L}\p{N}]/u.test(folded.text.charAt(at - 1))) continue;
      markAt(folded, at, word.length, hits);
      begun = true;
    }
    if (!begun) findAll(folded, word, hits);
  }
}

/**
 * Cuts a text at what was typed, without regard to case, diacritics and, in numbers, to what stands between the digits.
 * Masked characters (`•`, `*`) take part in nothing and are never marked.
 */
export function markedParts(text: string, query: string, kind: SearchKind): TextPart[] {
  const hits = Array.from({ length: text.length }, () => false);
  if (numberKinds.has(kind)) {
    const wanted = fold(query, /[\p{L}\p{N}]/u).text;
    if (wanted !== '') findAll(fold(text, /[\p{L}\p{N}]/u), wanted, hits);
  } else {
    markWords(fold(text, null), query, hits);
  }
  const parts: TextPart[] = [];
  for (let from = 0; from < text.length; ) {
    let to = from + 1;
    while (to < text.length && hits[to] === hits[from]) to += 1;
    parts.push({ text: text.slice(from, to), marked: hits[from] === true });
    from = to;
  }
  return parts;
}
