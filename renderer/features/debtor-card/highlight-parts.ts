/** A stretch of text; `hit` when the search found it. */
export interface TextPart {
  text: string;
  hit: boolean;
}

const strokes: Record<string, string> = { ł: 'l', đ: 'd', ø: 'o', ħ: 'h', ı: 'i', ё: 'е' };

/** One letter without case and diacritics; never another length, so that places stay places. */
function foldLetter(letter: string): string {
  const lower = letter.toLowerCase();
  const base = strokes[lower] ?? lower.normalize('NFD').charAt(0);
  return base.length === letter.length ? base : letter;
}

function fold(text: string): string {
  return Array.from({ length: text.length }, (_, at) => foldLetter(text.charAt(at))).join('');
}

/**
 * A text cut where the words of a search stand in it, without regard to case and diacritics: what was found is shown
 * as it was written.
 */
export function highlightParts(text: string, search: string): TextPart[] {
  const words = [
    ...new Set(
      fold(search)
        .split(/[\s"*]+/)
        .filter(Boolean),
    ),
  ];
  if (words.length === 0 || text === '') return [{ text, hit: false }];
  const folded = fold(text);
  const hits = new Uint8Array(text.length);
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
      hits.fill(1, at, at + word.length);
    }
  }
  const parts: TextPart[] = [];
  for (let from = 0; from < text.length; ) {
    let to = from + 1;
    while (to < text.length && hits[to] === hits[from]) to += 1;
    parts.push({ text: text.slice(from, to), hit: hits[from] === 1 });
    from = to;
  }
  return parts;
}
