import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#shared/errors/index.ts';
import {
  assertMapping,
  ImportJob,
  importParserEntry,
  importWrites,
  requestPreview,
} from '../../debtors/index.ts';
import {
  type KeyProvider,
  type OpenStore,
  openStore,
  practiceKeyFile,
  readStoreFile,
  systemClock,
} from '../../store/index.ts';
import type { ImportOrder, ImportResult } from './import-command.ts';

/**
 * Imports into a store that no engine holds, by opening it.
 * @throws AppError `store.*`, `import.*`
 */
export async function importIntoStore(order: ImportOrder): Promise<ImportResult> {
  const store = await openStore({ dataDir: order.dataDir, keyProvider: keyProviderFor(order) });
  try {
    return await runJob(order, store);
  } finally {
    await store.close();
  }
}

async function runJob(order: ImportOrder, store: OpenStore): Promise<ImportResult> {
  const { file, portfolioName, creditorName, rejectsFile } = order;
  const { storeKind } = store.meta;
  const parserEntry = importParserEntry();
  const preview = await requestPreview(parserEntry, {
    path: file,
    mapping: null,
    storeKind,
    thisYear: new Date(systemClock.now()).getUTCFullYear(),
  });
  const mapping = order.chooseMapping(preview.mapping, preview.headers);
  assertMapping(mapping);
  const started = await store.write(importWrites, 'import.start', {
    fileName: basename(file),
    fileSha256: await sha256Of(file),
    mappingJson: JSON.stringify(mapping),
    personId: null,
    portfolioId: null,
    portfolioName,
    creditorName,
    synthetic: storeKind === 'practice',
  });
  const job = new ImportJob(
    { store, storeKind, clock: systemClock, parserEntry },
    { path: file, mapping, creditorName, started, rejects: { path: rejectsFile, keyHex: null } },
  );
  const done = await job.run();
  if (done.state !== 'finished') {
    throw new AppError(done.error ?? 'import.failed', `the import did not finish (${done.state})`);
  }
  const { rows, imported, updated, rejected, hasRejects, seconds } = done;
  return {
    rows,
    imported,
    updated,
    rejected,
    rejectsFile: hasRejects ? rejectsFile : null,
    seconds,
  };
}

/** How this store can be opened from a command line. */
function keyProviderFor({ dataDir, keyFile }: ImportOrder): KeyProvider {
  const storeFile = readStoreFile(dataDir);
  if (!storeFile) {
    throw new AppError(
      'store.not-found',
      `there is no store in ${dataDir}: make one with "dialdesk engine --data ${dataDir}", with --practice for made-up data`,
    );
  }
  if (keyFile !== null) return { kind: 'keyFile', path: keyFile };
  const { protector, storeKind } = storeFile;
  const passphrase = process.env.DIALDESK_PASSPHRASE;
  if (protector.kind === 'passphrase' && passphrase !== undefined) {
    return { kind: 'passphrase', passphrase };
  }
  const practiceKey = practiceKeyFile(dataDir);
  if (protector.kind === 'keyFile' && storeKind === 'practice' && existsSync(practiceKey)) {
    return { kind: 'keyFile', path: practiceKey };
  }
  throw new AppError('store.key-needed', WHAT_TO_DO[protector.kind]);
}

const WHAT_TO_DO = {
  passphrase: 'this store is opened by a passphrase: set DIALDESK_PASSPHRASE',
  keyFile: 'this store is opened by a key file: give --key-file F',
  os: 'the key of this store is kept by the system: start the application, and the import goes through it',
} as const;

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
