import { describe, expect, it } from 'vitest';
import { loginFragment, parseLoginFragment, parseToken } from '#shared/contract/index.ts';
import { consumeLoginFragment, tabCredentialStore } from './credential-store.ts';

const login = { keyId: '0190a000-0000-7000-8000-000000000001', code: 'ab'.repeat(32) };

describe('login fragment', () => {
  it('is taken out of the address and cannot be taken twice', () => {
    const location = { hash: loginFragment(login), pathname: '/', search: '?lang=pl' };
    const replaced: string[] = [];
    expect(consumeLoginFragment(location, (url) => replaced.push(url))).toEqual(login);
    expect(replaced).toEqual(['/?lang=pl']);
    expect(consumeLoginFragment({ ...location, hash: '' }, () => replaced.push('x'))).toBeNull();
    expect(replaced.length).toBe(1);
  });

  it.each(['', '#', '#login=', '#login=k.short', `#login=k.${'zz'.repeat(32)}`, '#other=1'])(
    'is no login: %s',
    (hash) => expect(parseLoginFragment(hash)).toBeNull(),
  );
});

describe('credential of a tab', () => {
  it('is kept, read and cleared', () => {
    const map = new Map<string, string>();
    const store = tabCredentialStore({
      getItem: (key) => map.get(key) ?? null,
      setItem: (key, value) => void map.set(key, value),
      removeItem: (key) => void map.delete(key),
    });
    expect(store.read()).toBeNull();
    store.write({ keyId: 'k', secretHex: 'ab' });
    expect(store.read()).toEqual({ keyId: 'k', secretHex: 'ab' });
    store.clear();
    expect(store.read()).toBeNull();
  });
});

describe('token text', () => {
  it('is read with a line end and refused otherwise', () => {
    expect(parseToken(`${login.keyId}:${login.code}\n`)).toEqual({
      keyId: login.keyId,
      secretHex: login.code,
    });
    expect(parseToken('no token')).toBeNull();
  });
});
