/** Marks that open a quotation, with the one that closes it. */
const pairs: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  '„': '”',
  '«': '»',
  '「': '」',
  '『': '』',
};

/** Lines with which programs for mail head what they quote. */
const quoteHead =
  /^(?:-{2,}\s*(?:original message|wiadomość oryginalna|исходное сообщение|原始邮件)|on .{0,200} wrote:$|w dniu .{0,200} napisał|от кого:|发件人[:：])/i;

/**
 * What the person wrote, without what they quote: lines with `>`, everything below the head of a quoted mail, and words
 * between quotation marks (unless the whole text is quoted). The length stays, so that places in the text stay right.
 */
export function withoutQuotes(text: string): string {
  // a reply that is a quote mark and one word quotes nobody
  const unquoted = /^\s*>\s*\S+\s*$/.test(text) ? text.replace('>', ' ') : withoutQuotedMail(text);
  const trimmed = unquoted.trim();
  const close = pairs[trimmed[0] ?? ''];
  if (close !== undefined && trimmed.indexOf(close, 1) === trimmed.length - 1) return unquoted;
  return withoutQuotedWords(unquoted);
}

function withoutQuotedMail(text: string): string {
  let inQuote = false;
  return text
    .split('\n')
    .map((line) => {
      if (quoteHead.test(line.trim())) inQuote = true;
      return inQuote || line.trimStart().startsWith('>') ? ' '.repeat(line.length) : line;
    })
    .join('\n');
}

/** One word in marks with the sentence going on after it is stressed, not quoted: please "stop" calling. */
function isStressed(quoted: string, after: string): boolean {
  return /^\p{L}{1,15}$/u.test(quoted) && /^ \p{L}/u.test(after);
}

function withoutQuotedWords(text: string): string {
  let result = '';
  for (let at = 0; at < text.length; ) {
    const close = pairs[text[at] ?? ''];
    const end = close === undefined ? -1 : text.indexOf(close, at + 1);
    const quoted = text.slice(at + 1, Math.max(end, at + 1));
    if (end >= 0 && isStressed(quoted, text.slice(end + 1, end + 4))) {
      result += ` ${quoted} `;
      at = end + 1;
    } else if (end < 0) {
      result += text[at];
      at++;
    } else {
      // a stop takes the place of the marks: what stands around a quotation is not one clause
      result += `.${' '.repeat(end - at - 1)}.`;
      at = end + 1;
    }
  }
  return result;
}
