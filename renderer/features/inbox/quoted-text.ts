export interface ReplyText {
  /** what was written now */
  own: string;
  /** what it answers, as it was sent along; '' when nothing was */
  quoted: string;
}

/** Lines with which mail programs begin what they send along. */
const separators = [
  /^-{2,}\s*(original message|ursprüngliche nachricht|wiadomość oryginalna|исходное сообщение|原始邮件)\s*-{2,}$/i,
  /^_{20,}$/,
  /^-{10,}$/,
];
/** "On 12 Nov … wrote:", "W dniu … pisze:", "12 ноя … пишет:", "… 写道:" */
const introduction =
  /^(on\s.+\swrote|w dniu\s.+\s(pisze|napisał|napisała|napisał\(a\))|.+\s(пишет|написал|написала)|.+写道)\s*[:：]$/i;

/**
 * Parts what somebody wrote from the message that it answers. Only a quotation that reaches to the end is parted: words
 * between quoted lines stay with what they are about.
 */
export function splitQuoted(text: string): ReplyText {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const start = quotedFrom(lines);
  if (start === null) return { own: text.trim(), quoted: '' };
  const own = lines.slice(0, start).join('\n').trim();
  // a message that is nothing but a quotation is shown as it is
  if (own === '') return { own: text.trim(), quoted: '' };
  return { own, quoted: lines.slice(start).join('\n').trim() };
}

function quotedFrom(lines: readonly string[]): number | null {
  const lastStart = startOfLastQuotation(lines);
  for (const [index, line] of lines.entries()) {
    const bare = line.trim();
    if (separators.some((pattern) => pattern.test(bare))) return index;
    if (index + 1 >= lastStart && introduction.test(bare)) return index;
    if (bare.startsWith('>') && index >= lastStart) return index;
  }
  return null;
}

/** The first line behind which every line is quoted or empty; all of them when none is. Looked for once: a hostile text has many. */
function startOfLastQuotation(lines: readonly string[]): number {
  const plain = lines.findLastIndex(
    (line) => line.trim() !== '' && !line.trimStart().startsWith('>'),
  );
  const hasQuotation = lines.slice(plain + 1).some((line) => line.trim() !== '');
  return hasQuotation ? plain + 1 : Number.POSITIVE_INFINITY;
}
