import type { SafeStorage } from 'electron';
import { AppError } from '#shared/errors/index.ts';
import type { SecretsPort } from '../ports.ts';

/**
 * The system's key store (DPAPI, Keychain, the desktop's key ring). On a Linux without a key ring Electron would only obscure the
 * secret with a password that everybody knows: that is refused.
 */
export function createKeyStore(
  safeStorage: SafeStorage,
  platform: NodeJS.Platform = process.platform,
): SecretsPort {
  async function available(): Promise<boolean> {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
    if (platform !== 'linux') return true;
    const backend = safeStorage.getSelectedStorageBackend();
    return backend !== 'basic_text' && backend !== 'unknown';
  }

  async function requireKeyStore(): Promise<void> {
    if (await available()) return;
    throw new AppError('shell.no-key-store', 'this system offers no key store');
  }

  return {
    available,
    async wrap(secret) {
      await requireKeyStore();
      return safeStorage.encryptStringAsync(Buffer.from(secret).toString('base64'));
    },
    async unwrap(wrapped) {
      await requireKeyStore();
      const { result } = await safeStorage.decryptStringAsync(Buffer.from(wrapped));
      return Buffer.from(result, 'base64');
    },
  };
}
