/** A long-lived secret as a machine keeps it: in a file of mode 0600 or in `DIALDESK_TOKEN`. */
export interface Token {
  keyId: string;
  /** 32 bytes in hex */
  secretHex: string;
}

/** `keyId:secretHex` */
export function formatToken(token: Token): string {
  return `${token.keyId}:${token.secretHex}`;
}

/** @returns null when the text is no token */
export function parseToken(text: string): Token | null {
  const match = /^([0-9a-f-]{1,64}):([0-9a-f]{64})$/.exec(text.trim());
  return match?.[1] && match[2] ? { keyId: match[1], secretHex: match[2] } : null;
}
