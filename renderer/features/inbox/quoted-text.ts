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
  for (const [index, line] of lines.entries()) {
    const bare = line.trim();
    if (separators.some((pattern) => pattern.test(bare))) return index;
    if (introduction.test(bare) && restIsQuoted(lines, index + 1)) return index;
    if (bare.startsWith('>') && restIsQuoted(lines, index)) return index;
  }
  return null;
}

function restIsQuoted(lines: readonly string[], from: number): boolean {
  const rest = lines.slice(from).filter((line) => line.trim() !== '');
  return rest.length > 0 && rest.every((line) => line.trimStart().startsWith('>'));
}
