/** A Message-ID (RFC 5322 §3.6.4), with its angle brackets, without white space. */
const messageIdPattern = /<[^<>\s]{1,900}>/g;
const ours = /^<?([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})@[^<>@\s]+>?$/i;

/** The Message-ID of a message of ours: receipts and replies lead back by it. */
export function headerIdOf(messageId: string, senderDomain: string): string {
  return `<${messageId}@${senderDomain}>`;
}

/**
 * Our message that a Message-ID names, whatever the domain: the sender's may have changed since.
 * @returns null when it is not one of ours
 */
export function ourMessageId(headerId: string): string | null {
  return ours.exec(headerId.trim())?.[1]?.toLowerCase() ?? null;
}

/** Message-IDs in a header such as References, in order, each once. */
export function readHeaderIds(text: string, most = 100): string[] {
  const found = new Set(text.match(messageIdPattern) ?? []);
  // the newest ones say what is answered
  return [...found].slice(-most);
}
