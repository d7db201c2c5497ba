import { statSync } from 'node:fs';
import { practiceKeyFile, readStoreFile } from '../../store/index.ts';
import type { Check, Found } from '../run-checks.ts';

const FOR_OTHERS = 0o077;

/** What protects the store's key, and whether it is where it should be. */
export function keysCheck(dataDir: string, keyFile: string | null): Check {
  return {
    id: 'keys',
    look() {
      const store = readStoreFile(dataDir);
      if (store === null) return { ok: 'unknown', finding: 'doctor.store.none' };
      const { kind } = store.protector;
      if (kind === 'os') return { ok: 'yes', finding: 'doctor.keys.system' };
      if (kind === 'passphrase') return { ok: 'yes', finding: 'doctor.keys.passphrase' };
      const file = keyFile ?? (store.storeKind === 'practice' ? practiceKeyFile(dataDir) : null);
      return file === null ? { ok: 'unknown', finding: 'doctor.keys.elsewhere' } : look(file);
    },
  };
}

function look(keyFile: string): Found {
  const found = statSync(keyFile, { throwIfNoEntry: false });
  if (!found) return { ok: 'no', finding: 'doctor.keys.missing' };
  const isOpen = process.platform !== 'win32' && (found.mode & FOR_OTHERS) !== 0;
  return isOpen
    ? { ok: 'no', finding: 'doctor.keys.open-to-others' }
    : { ok: 'yes', finding: 'doctor.keys.file' };
}
