/** Programs that fetch links to show what is behind them, or to look for viruses: nobody has read anything. */
const previewers =
  /bot\b|crawl|spider|preview|whatsapp|telegram|viber|skypeuri|slack|discord|facebookexternalhit|twitter|linkedin|vkshare|wechat|google-?safety|safebrowsing|bingpreview|barracuda|proofpoint|mimecast|symantec|trendmicro|fortinet|forcepoint|zscaler|sophos|mailgun|curl\/|wget\/|python-requests|go-http-client|okhttp|java\/|headlesschrome/i;

/**
 * Whether a request tells that a person opened the link. Browsers name themselves `Mozilla/…`; what asks ahead (RFC 8941
 * `Sec-Purpose: prefetch`, older `Purpose` and `X-Moz`) has not been looked at. It proves little: mail scanners that act as
 * browsers cannot be told apart.
 */
export function looksLikeReading(
  method: string,
  headers: Readonly<Record<string, string>>,
): boolean {
  if (method !== 'GET') return false;
  const ahead = [headers['sec-purpose'], headers.purpose, headers['x-purpose'], headers['x-moz']];
  if (ahead.some((value) => /prefetch|preview|prerender/i.test(value ?? ''))) return false;
  const agent = headers['user-agent'] ?? '';
  return agent.startsWith('Mozilla/') && !previewers.test(agent);
}
