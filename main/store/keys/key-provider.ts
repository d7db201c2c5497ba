import { randomBytes } from 'node:crypto';
import { AppError } from '#shared/errors/index.ts';
import { assertNever } from '#shared/util/index.ts';
import { assertKeyFilePlace, readKeyFile, readOrCreateKeyFile } from './key-file.ts';
import { normalizeRecoveryCode } from './recovery-code.ts';
import { openSealedKey, SCRYPT_COST, sealKey } from './seal-key.ts';
import { isKeyOf, type Protector, type StoreFile, sealBinding } from './store-file.ts';

/** How the key is obtained. `os` is the shell's `SecretsPort`, in process or by message port. */
export type KeyProvider =
  | {
      kind: 'os';
      wrap(key: Uint8Array): Promise<Uint8Array>;
      unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
    }
  | { kind: 'passphrase'; passphrase: string }
  | { kind: 'keyFile'; path: string }
  /** only opens: what was lost is then protected anew (`changeKeyProtection`) */
  | { kind: 'recovery'; code: string };

export type ProtectingProvider = Exclude<KeyProvider, { kind: 'recovery' }>;

/** The key for a new store: random, or what the given key file already holds. */
export function newStoreKey(provider: ProtectingProvider): Uint8Array {
  return provider.kind === 'keyFile' ? readOrCreateKeyFile(provider.path) : randomBytes(32);
}

/** Puts the key under a protector, as it will stand in `store.json`. */
export async function protectKey(
  key: Uint8Array,
  provider: ProtectingProvider,
  store: Pick<StoreFile, 'storeId' | 'storeKind'>,
  dataDir: string,
): Promise<Protector> {
  switch (provider.kind) {
    case 'os': {
      const wrapped = await provider.wrap(key);
      return { kind: 'os', wrapped: Buffer.from(wrapped).toString('base64') };
    }
    case 'passphrase': {
      const binding = sealBinding(store);
      const sealed = await sealKey(key, provider.passphrase, binding, SCRYPT_COST.passphrase);
      return { kind: 'passphrase', key: sealed };
    }
    case 'keyFile':
      assertKeyFilePlace(provider.path, dataDir, store.storeKind);
      return { kind: 'keyFile' };
    default:
      return assertNever(provider);
  }
}

/**
 * The key of a store.
 * @throws AppError `store.key-needed` (details `protector`) when another way of protection is in
 * use; `store.wrong-passphrase`, `store.wrong-recovery-code`, `store.wrong-key`,
 * `store.key-file-missing`, `store.key-unwrap-failed`
 */
export async function obtainKey(file: StoreFile, provider: KeyProvider): Promise<Uint8Array> {
  const key = await unprotect(file, provider);
  if (!isKeyOf(file, key)) {
    throw new AppError('store.wrong-key', 'this is the key of another store');
  }
  return key;
}

async function unprotect(file: StoreFile, provider: KeyProvider): Promise<Uint8Array> {
  const binding = sealBinding(file);
  if (provider.kind === 'recovery') {
    const key = await openSealedKey(file.recovery, normalizeRecoveryCode(provider.code), binding);
    return key ?? fail('store.wrong-recovery-code', 'the recovery code does not fit this store');
  }
  const { protector } = file;
  if (provider.kind === 'os' && protector.kind === 'os') {
    return unwrapByShell(provider, Buffer.from(protector.wrapped, 'base64'));
  }
  if (provider.kind === 'passphrase' && protector.kind === 'passphrase') {
    const key = await openSealedKey(protector.key, provider.passphrase, binding);
    return key ?? fail('store.wrong-passphrase', 'the passphrase does not fit this store');
  }
  if (provider.kind === 'keyFile' && protector.kind === 'keyFile') {
    return readKeyFile(provider.path);
  }
  throw new AppError('store.key-needed', `this store is protected by: ${protector.kind}`, {
    details: { protector: protector.kind },
  });
}

async function unwrapByShell(
  provider: Extract<KeyProvider, { kind: 'os' }>,
  wrapped: Uint8Array,
): Promise<Uint8Array> {
  try {
    return await provider.unwrap(wrapped);
  } catch (cause) {
    throw new AppError('store.key-unwrap-failed', 'the system did not give the key back', {
      cause,
    });
  }
}

function fail(code: string, message: string): never {
  throw new AppError(code, message);
}
