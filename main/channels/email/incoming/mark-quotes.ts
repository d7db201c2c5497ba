const separator =
  /^\s*-{2,}\s*(?:original message|wiadomość oryginalna|oryginalna wiadomość|исходное сообщение|пересылаемое сообщение|原始邮件|forwarded message)\s*-*\s*$/i;
const from = /^[\s>*]*(?:from|od|nadawca|от|от кого|von|发件人)\s*[:：]/i;
const sent =
  /^[\s>*]*(?:sent|date|wysłano|data|отправлено|дата|gesendet|发送时间|日期|时间)\s*[:：]/i;
/** No program writes a longer separator; a line full of spaces would be searched through for each of them. */
const LONGEST_SEPARATOR = 200;
/** Between the first line of a quoted head and its date stand at most a few others. */
const HEAD_LINES = 4;

/**
 * Puts `>` before what programs quote without any mark: everything below "Original Message", or below a head that they
 * copy (From, Sent, To, Subject). Otherwise our own "answer STOP" would be read as the debtor's words.
 */
export function markQuotes(text: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line, at) => isSeparator(line) || isCopiedHead(lines, at));
  if (start < 0) return text;
  return lines
    .map((line, at) => (at < start || line.startsWith('>') ? line : `> ${line}`.trimEnd()))
    .join('\n');
}

function isSeparator(line: string): boolean {
  return line.length <= LONGEST_SEPARATOR && separator.test(line);
}

function isCopiedHead(lines: readonly string[], at: number): boolean {
  if (!from.test(lines[at] ?? '')) return false;
  return lines.slice(at + 1, at + 1 + HEAD_LINES).some((line) => sent.test(line));
}
