/** The translation key of a finding: `trunk.wrong-password` → what it is, and what to do about it. */
export function findingKey(finding: string, part: 'what' | 'todo'): string {
  return `finding.${finding}.${part}`;
}

/** Facts behind a finding, short enough for one line: an address, a status, a time. */
export function detailsText(details: Readonly<Record<string, unknown>>): string {
  const { localAddress, host, port, status, reasonPhrase, roundTripMs, code } = details;
  const parts: string[] = [];
  if (typeof localAddress === 'string') parts.push(localAddress);
  if (typeof host === 'string') parts.push(typeof port === 'number' ? `${host}:${port}` : host);
  if (typeof status === 'number' && status > 0) {
    parts.push(
      typeof reasonPhrase === 'string' ? `SIP ${status} ${reasonPhrase}` : `SIP ${status}`,
    );
  }
  if (typeof roundTripMs === 'number') parts.push(`${roundTripMs} ms`);
  if (typeof code === 'string') parts.push(code);
  return parts.join(' · ');
}
