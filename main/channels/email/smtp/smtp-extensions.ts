/** What a server offered in its answer to EHLO (RFC 5321 §4.1.1.1). */
export interface SmtpExtensions {
  /** RFC 3461 */
  dsn: boolean;
  /** RFC 6531 */
  smtpUtf8: boolean;
  /** RFC 1870, bytes of a whole message; null: it does not say */
  maxBytes: number | null;
  /** SASL mechanisms, upper case (RFC 4954) */
  login: readonly string[];
}

export function readSmtpExtensions(reply: string): SmtpExtensions {
  const lines = reply.split(/\r?\n/).map((line) => line.replace(/^\d{3}[ -]/, '').trim());
  const find = (keyword: string) =>
    lines.slice(1).find((line) => line.toUpperCase().split(/[\s=]/)[0] === keyword);
  const size = Number(find('SIZE')?.split(/\s+/)[1] ?? 0);
  return {
    dsn: find('DSN') !== undefined,
    smtpUtf8: find('SMTPUTF8') !== undefined,
    maxBytes: Number.isSafeInteger(size) && size > 0 ? size : null,
    login: (find('AUTH') ?? '')
      .toUpperCase()
      .split(/[\s=]+/)
      .slice(1),
  };
}
