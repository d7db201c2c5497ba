import { highlightParts } from './highlight-parts.ts';

/** A text with what the search found in it marked. */
export function Highlighted({ text, search }: { text: string; search: string }) {
  if (search === '') return text;
  return highlightParts(text, search).map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts are told apart by their place only
    part.hit ? <mark key={index}>{part.text}</mark> : part.text,
  );
}
