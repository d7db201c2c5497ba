import { accessSync, constants, statSync } from 'node:fs';
import { readStoreFile } from '../../store/index.ts';
import type { Check } from '../run-checks.ts';
import { codeOf } from '../run-checks.ts';

const FOR_OTHERS = 0o077;

/** There, ours to write to, and closed to other people of this machine. */
export function dataDirectoryCheck(dataDir: string): Check {
  return {
    id: 'data-directory',
    look() {
      try {
        accessSync(dataDir, constants.W_OK);
      } catch (error) {
        const missing = codeOf(error) === 'ENOENT';
        return { ok: 'no', finding: missing ? 'doctor.data.missing' : 'doctor.data.read-only' };
      }
      const isOpen = process.platform !== 'win32' && (statSync(dataDir).mode & FOR_OTHERS) !== 0;
      return isOpen
        ? { ok: 'no', finding: 'doctor.data.open-to-others' }
        : { ok: 'yes', finding: 'doctor.data.private' };
    },
  };
}

/** The store, as far as it can be told without its key. */
export function storeCheck(dataDir: string, isOpen: () => boolean): Check {
  return {
    id: 'store',
    look() {
      const file = readStoreFile(dataDir);
      if (file === null) return { ok: 'unknown', finding: 'doctor.store.none' };
      const { storeKind } = file;
      return isOpen()
        ? { ok: 'yes', finding: 'doctor.store.open', details: { storeKind } }
        : { ok: 'yes', finding: 'doctor.store.closed', details: { storeKind } };
    },
  };
}
