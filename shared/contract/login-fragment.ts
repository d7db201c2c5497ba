/** A single-use login code as a shell or an invitation hands it to a page. */
export interface LoginCode {
  keyId: string;
  /** 32 bytes in hex */
  code: string;
}

/** The fragment, `#login=KEYID.CODE`, which a browser keeps to itself: no server and no log sees it. */
export function loginFragment(login: LoginCode): string {
  return `#login=${login.keyId}.${login.code}`;
}

/** @returns null when the fragment carries no code */
export function parseLoginFragment(fragment: string): LoginCode | null {
  const match = /^#?login=([0-9a-f-]{1,64})\.([0-9a-f]{64})$/.exec(fragment);
  return match?.[1] && match[2] ? { keyId: match[1], code: match[2] } : null;
}
