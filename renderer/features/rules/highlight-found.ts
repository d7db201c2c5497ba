export interface Found {
  element: string;
  words: string;
}

export interface TextPart {
  text: string;
  /** what was recognised here; null: plain text */
  element: string | null;
}

/**
 * Cuts a text at the words that were recognised in it. Of words that lie over each other the first, and of those that
 * begin together the longest, is marked; joined again, the parts are the text.
 */
export function highlightFound(text: string, found: readonly Found[]): TextPart[] {
  const places = found
    .flatMap(({ element, words }) => {
      const at = words === '' ? -1 : text.toLowerCase().indexOf(words.toLowerCase());
      return at < 0 ? [] : [{ element, at, end: at + words.length }];
    })
    .toSorted((a, b) => a.at - b.at || b.end - a.end);
  const parts: TextPart[] = [];
  let done = 0;
  for (const { element, at, end } of places) {
    if (at < done) continue;
    if (at > done) parts.push({ text: text.slice(done, at), element: null });
    parts.push({ text: text.slice(at, end), element });
    done = end;
  }
  if (done < text.length) parts.push({ text: text.slice(done), element: null });
  return parts;
}
