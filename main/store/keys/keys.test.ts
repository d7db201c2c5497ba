import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openConnection } from '../connection/open-connection.ts';
import { createStore } from '../create-store.ts';
import { databaseFile, practiceKeyFile } from '../files/data-directory.ts';
import { changeKeyProtection } from './change-key-protection.ts';
import { type KeyProvider, obtainKey } from './key-provider.ts';
import { createRecoveryCode, normalizeRecoveryCode } from './recovery-code.ts';
import { openSealedKey, sealKey } from './seal-key.ts';
import { readStoreFile, type StoreFile } from './store-file.ts';

/** What a shell does with the system's key store, in miniature: only the right user gets it back. */
const osProvider = (user: number): Extract<KeyProvider, { kind: 'os' }> => {
  const turn = (bytes: Uint8Array) => Uint8Array.from(bytes, (byte) => byte ^ user);
  return {
    kind: 'os',
    wrap: (key) => Promise.resolve(turn(key)),
    unwrap: (wrapped) => Promise.resolve(turn(wrapped)),
  };
};

let root: string;
let dataDir: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dialdesk-keys-'));
  dataDir = join(root, 'data');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const storeFile = (): StoreFile => {
  const file = readStoreFile(dataDir);
  if (!file) throw new Error('no store.json');
  return file;
};
const opens = (key: Uint8Array) => {
  const keyHex = Buffer.from(key).toString('hex');
  openConnection({ file: databaseFile(dataDir), keyHex, role: 'writer' }).close();
};
const mode = (path: string) => statSync(path).mode & 0o777;
const withCode = (code: string) => expect.objectContaining({ code });
const keyFile = () => join(root, 'elsewhere.key');

describe('the key of a store', () => {
  it.each<[string, () => Exclude<KeyProvider, { kind: 'recovery' }>]>([
    ['the system', () => osProvider(7)],
    ['a passphrase', () => ({ kind: 'passphrase', passphrase: 'zażółć gęślą jaźń' })],
    ['a key file', () => ({ kind: 'keyFile', path: keyFile() })],
  ])('is protected by %s, and by the recovery code besides', async (_what, provider) => {
    const keyProvider = provider();
    const { recoveryCode } = await createStore({ dataDir, storeKind: 'real', keyProvider });
    const key = await obtainKey(storeFile(), keyProvider);
    opens(key);
    const recovered = await obtainKey(storeFile(), {
      kind: 'recovery',
      code: recoveryCode.toLowerCase().replaceAll('-', ' '),
    });
    expect(Buffer.from(recovered).equals(key)).toBe(true);
    const text = readFileSync(join(dataDir, 'store.json'), 'utf8');
    expect(text).not.toContain(Buffer.from(key).toString('hex'));
    expect(text).not.toContain(Buffer.from(key).toString('base64'));
    expect(text).not.toContain(recoveryCode);
  });

  it('refuses a wrong passphrase, code, user, file and way', async () => {
    const file = async (keyProvider: Exclude<KeyProvider, { kind: 'recovery' }>) => {
      rmSync(dataDir, { recursive: true, force: true });
      await createStore({ dataDir, storeKind: 'real', keyProvider });
      return storeFile();
    };
    const secret = await file({ kind: 'passphrase', passphrase: 'right' });
    await expect(obtainKey(secret, { kind: 'passphrase', passphrase: 'wrong' })).rejects.toEqual(
      withCode('store.wrong-passphrase'),
    );
    await expect(
      obtainKey(secret, { kind: 'recovery', code: createRecoveryCode() }),
    ).rejects.toEqual(withCode('store.wrong-recovery-code'));
    await expect(obtainKey(secret, { kind: 'keyFile', path: keyFile() })).rejects.toMatchObject({
      code: 'store.key-needed',
      details: { protector: 'passphrase' },
    });
    const system = await file(osProvider(7));
    await expect(obtainKey(system, osProvider(8))).rejects.toEqual(withCode('store.wrong-key'));
    const refusing = { ...osProvider(7), unwrap: () => Promise.reject(new Error('locked')) };
    await expect(obtainKey(system, refusing)).rejects.toEqual(withCode('store.key-unwrap-failed'));
    const inFile = await file({ kind: 'keyFile', path: keyFile() });
    const other = join(root, 'other.key');
    await expect(obtainKey(inFile, { kind: 'keyFile', path: other })).rejects.toEqual(
      withCode('store.key-file-missing'),
    );
    writeFileSync(other, 'not a key');
    await expect(obtainKey(inFile, { kind: 'keyFile', path: other })).rejects.toEqual(
      withCode('store.key-file-invalid'),
    );
    writeFileSync(other, 'cd'.repeat(32));
    await expect(obtainKey(inFile, { kind: 'keyFile', path: other })).rejects.toEqual(
      withCode('store.wrong-key'),
    );
  });

  it('can be protected anew after a recovery; what was before opens nothing', async () => {
    const old = { kind: 'passphrase', passphrase: 'forgotten' } as const;
    const { recoveryCode } = await createStore({ dataDir, storeKind: 'real', keyProvider: old });
    const recovery = { kind: 'recovery', code: recoveryCode } as const;
    const next = { kind: 'keyFile', path: keyFile() } as const;
    const renewed = await changeKeyProtection(dataDir, recovery, next);
    opens(await obtainKey(storeFile(), next));
    opens(await obtainKey(storeFile(), { kind: 'recovery', code: renewed.recoveryCode }));
    await expect(obtainKey(storeFile(), old)).rejects.toEqual(withCode('store.key-needed'));
    await expect(obtainKey(storeFile(), recovery)).rejects.toEqual(
      withCode('store.wrong-recovery-code'),
    );
  });

  it('is bound to the kind of its store', async () => {
    const keyProvider = { kind: 'passphrase', passphrase: 'right' } as const;
    await createStore({ dataDir, storeKind: 'practice', keyProvider });
    await expect(obtainKey({ ...storeFile(), storeKind: 'real' }, keyProvider)).rejects.toEqual(
      withCode('store.wrong-passphrase'),
    );
  });

  it('lies beside a practice store at most', async () => {
    const keyProvider = { kind: 'keyFile', path: practiceKeyFile(dataDir) } as const;
    await expect(createStore({ dataDir, storeKind: 'real', keyProvider })).rejects.toEqual(
      withCode('store.key-file-inside'),
    );
    expect(readStoreFile(dataDir)).toBeNull();
    await createStore({ dataDir, storeKind: 'practice', keyProvider });
    opens(await obtainKey(storeFile(), keyProvider));
  });

  it.skipIf(process.platform === 'win32')('and all files are for their owner only', async () => {
    const keyProvider = { kind: 'keyFile', path: practiceKeyFile(dataDir) } as const;
    await createStore({ dataDir, storeKind: 'practice', keyProvider });
    expect(mode(dataDir)).toBe(0o700);
    for (const name of ['store.json', 'store.db', 'store.key', 'engine.lock']) {
      expect(mode(join(dataDir, name)), name).toBe(0o600);
    }
  });

  it('is not asked for in a damaged store.json', async () => {
    await createStore({ dataDir, storeKind: 'practice', keyProvider: osProvider(7) });
    writeFileSync(join(dataDir, 'store.json'), '{"format":1');
    expect(() => readStoreFile(dataDir)).toThrow(withCode('store.corrupt'));
  });
});

describe('sealing', () => {
  it('is undone by a changed byte or another binding', async () => {
    const key = Buffer.alloc(32, 5);
    const sealed = await sealKey(key, 'secret', 'store A', 2 ** 10);
    expect(await openSealedKey(sealed, 'secret', 'store A')).toEqual(key);
    expect(await openSealedKey(sealed, 'secret', 'store B')).toBeNull();
    const bytes = Buffer.from(sealed.sealed, 'base64');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    const altered = { ...sealed, sealed: bytes.toString('base64') };
    expect(await openSealedKey(altered, 'secret', 'store A')).toBeNull();
  });

  it('refuses a file that would fill the memory', async () => {
    const sealed = await sealKey(Buffer.alloc(32), 'secret', 'store', 2 ** 10);
    for (const change of [{ cost: 2 ** 30 }, { cost: 1000 }, { blockSize: 4096 }]) {
      const hostile = { ...sealed, kdf: { ...sealed.kdf, ...change } };
      expect(await openSealedKey(hostile, 'secret', 'store')).toBeNull();
    }
  });
});

describe('recovery codes', () => {
  it('are read over the telephone without harm', () => {
    const code = createRecoveryCode();
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(normalizeRecoveryCode('oIl 0-1')).toBe('01101');
    expect(createRecoveryCode()).not.toBe(code);
  });
});
