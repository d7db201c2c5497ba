/** One line: its pieces without the space at the end, and whether the paragraph ends with it. */
export interface Line {
  text: string;
  width: number;
  isLast: boolean;
}

const HAN = '\\p{Script=Han}\\u3000-\\u303f\\uff00-\\uffef';
/** may not begin a line */
const CLOSING = '，。、；：！？）」』】》〉”’%％…·,.;:!?)\\]}';
/** may not end a line */
const OPENING = '（「『【《〈“‘(\\[{';

/**
 * Pieces that stay together: a word with the space after it, a part of a word up to a hyphen or slash, a Chinese
 * character with the punctuation that clings to it.
 */
const PIECES = new RegExp(
  `[${OPENING}]*(?:[${HAN}][${CLOSING}]*|[^ \\t${HAN}]+?(?:[-/](?=[^ \\t\\d])|(?=[${HAN}])|(?=[ \\t]|$)))[ \\t]*|[ \\t]+|.`,
  'gu',
);

/**
 * Breaks a text into lines no wider than `width`; `\n` ends a paragraph. A piece that is too wide alone is broken
 * anywhere. Non-breaking spaces hold.
 * @param measure width of a text in points
 */
export function breakLines(text: string, width: number, measure: (text: string) => number): Line[] {
  return text.split(/\r?\n/).flatMap((paragraph) => breakParagraph(paragraph, width, measure));
}

function breakParagraph(
  paragraph: string,
  width: number,
  measure: (text: string) => number,
): Line[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of paragraph.match(PIECES) ?? []) {
    if (line !== '' && measure((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += line === '' ? piece.replace(/^[ \t]+/, '') : piece;
    while (measure(line.trimEnd()) > width) {
      const fitting = fittingStart(line, width, measure);
      lines.push(line.slice(0, fitting));
      line = line.slice(fitting);
    }
  }
  lines.push(line.trimEnd());
  return lines.map((each, at) => ({
    text: each,
    width: measure(each),
    isLast: at === lines.length - 1,
  }));
}

/** How many UTF-16 units of the beginning fit; at least one letter. */
function fittingStart(text: string, width: number, measure: (text: string) => number): number {
  let fitting = 0;
  for (const letter of text) {
    if (fitting > 0 && measure(text.slice(0, fitting + letter.length)) > width) break;
    fitting += letter.length;
  }
  return fitting === text.length ? Math.max(1, fitting - 1) : fitting;
}

/** Polish typesetting leaves no one-letter word at the end of a line. */
export function holdShortWords(text: string): string {
  return text.replaceAll(/(?<=^|[\s(„])([aiouwzAIOUWZ]) (?=\S)/gm, '$1\u00a0');
}
