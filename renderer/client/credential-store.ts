import { type LoginCode, parseLoginFragment, type Token } from '#shared/contract/index.ts';

/** Where a client keeps what it proves itself with: a tab's memory, or a token file's content. */
export interface CredentialStore {
  read(): Token | null;
  write(credential: Token): void;
  clear(): void;
}

/** The part of `sessionStorage` that is used. */
export interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const KEY = 'dialdesk.credential';

/** Keeps the credential as long as the tab lives. @param storage `sessionStorage` */
export function tabCredentialStore(storage: KeyValueStorage): CredentialStore {
  return {
    read() {
      const [keyId, secretHex] = storage.getItem(KEY)?.split(':') ?? [];
      return keyId && secretHex ? { keyId, secretHex } : null;
    },
    write: ({ keyId, secretHex }) => storage.setItem(KEY, `${keyId}:${secretHex}`),
    clear: () => storage.removeItem(KEY),
  };
}

/** For the command line, which comes with its token, and for tests. */
export function memoryCredentialStore(initial: Token | null = null): CredentialStore {
  let credential = initial;
  return {
    read: () => credential,
    write(given) {
      credential = given;
    },
    clear() {
      credential = null;
    },
  };
}

/**
 * Takes the login code out of a page's address, so that neither history nor a copied link keeps it.
 * @param replace `history.replaceState`, bound: called with the address without its fragment
 */
export function consumeLoginFragment(
  location: { hash: string; pathname: string; search: string },
  replace: (url: string) => void,
): LoginCode | null {
  const login = parseLoginFragment(location.hash);
  if (login) replace(location.pathname + location.search);
  return login;
}
