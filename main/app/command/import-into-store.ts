import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ImportMapping } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  assertKindInput,
  assertMapping,
  ImportJob,
  importParserEntry,
  importWrites,
  kindRequest,
  loadHome,
  loadTemplates,
  previewWithTemplates,
  requestPreview,
  startKind,
} from '../../debtors/index.ts';
import {
  type KeyProvider,
  type OpenStore,
  openStore,
  practiceKeyFile,
  readStoreFile,
  systemClock,
} from '../../store/index.ts';
import { type ImportOrder, type ImportResult, resultOf, templateIdOf } from './import-order.ts';

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
  const { file, creditorName, rejectsFile } = order;
  const { storeKind } = store.meta;
  const parserEntry = importParserEntry();
  const mapping = await chooseMapping(order, store, parserEntry);
  const rejects = { path: rejectsFile, keyHex: null };
  const base = { path: file, mapping, creditorName, rejects };
  const request = { ...base, ...(await startJob(order, store, mapping)) };
  const job = new ImportJob({ store, storeKind, clock: systemClock, parserEntry }, request);
  const done = await job.run();
  return resultOf(done, done.hasRejects ? rejectsFile : null);
}

async function chooseMapping(
  order: ImportOrder,
  store: OpenStore,
  parserEntry: URL,
): Promise<ImportMapping> {
  const { file, kind } = order;
  const ask = (mapping: ImportMapping | null) =>
    requestPreview(parserEntry, {
      path: file,
      records: kind,
      mapping,
      home: kind === 'portfolio' ? null : loadHome(store.read),
      storeKind: store.meta.storeKind,
      thisYear: new Date(systemClock.now()).getUTCFullYear(),
    });
  const importTemplateId = templateIdOf(order, loadTemplates(store.read, kind));
  const wanted = { kind, mapping: null, importTemplateId };
  const first = await previewWithTemplates(store.read, ask, wanted);
  const form = order.chooseForm(first.mapping);
  const preview = form === null ? first : await ask(form);
  return order.chooseMapping(preview.mapping, preview.headers);
}

/** The head of the job, and how its records are stored. */
async function startJob(order: ImportOrder, store: OpenStore, mapping: ImportMapping) {
  const { file, kind, dryRun, portfolioName, creditorName } = order;
  if (kind !== 'portfolio') {
    const { listName, replaceList } = order;
    const input = { kind, mapping, dryRun, listName, replaceList };
    assertKindInput(input);
    const head = { fileName: basename(file), sha256: await sha256Of(file), personId: null };
    const started = await startKind(store, input, head);
    return { started, ...kindRequest(store, input, started) };
  }
  assertMapping(mapping);
  const target = { portfolioId: null, portfolioName, creditorName };
  if (dryRun) {
    return { dryRun, started: await store.write(importWrites, 'import.startDryRun', target) };
  }
  const started = await store.write(importWrites, 'import.start', {
    ...target,
    fileName: basename(file),
    fileSha256: await sha256Of(file),
    mappingJson: JSON.stringify(mapping),
    personId: null,
    synthetic: store.meta.storeKind === 'practice',
  });
  return { started };
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
