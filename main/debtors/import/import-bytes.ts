import type { ImportMapping } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import type { Store } from '../../store/index.ts';
import { guessMapping } from './guess-mapping.ts';
import { importWrites } from './import-writes.ts';
import { packRecord } from './packed-record.ts';
import { parseImport } from './parse-import.ts';

export interface ImportBytes {
  store: Store;
  storeKind: StoreKind;
  /** a whole file, small: it is parsed on this thread */
  bytes: Uint8Array;
  fileName: string;
  portfolioName: string;
  creditorName: string;
  thisYear: number;
  /** guessed when absent */
  mapping?: ImportMapping;
}

/** Records in the first transaction; a job that goes on finds out how many are a few milliseconds of work. */
export const IMPORT_BATCH_SIZE = 100;

/** Imports a small file that the program itself has made, without a thread, an upload or a rejects file. */
export async function importBytes(
  options: ImportBytes,
): Promise<{ portfolioId: string; rows: number; rejected: number }> {
  const { store, storeKind, bytes, fileName, portfolioName, creditorName, thisYear } = options;
  const mapping = options.mapping ?? guessMapping(bytes);
  const synthetic = storeKind === 'practice';
  const { importJobId, portfolioId } = await store.write(importWrites, 'import.start', {
    fileName,
    fileSha256: '',
    mappingJson: JSON.stringify(mapping),
    personId: null,
    portfolioId: null,
    portfolioName,
    creditorName,
    synthetic,
  });
  const parsed = await parseImport(
    [bytes],
    { mapping, storeKind, creditorName, thisYear, batchSize: () => IMPORT_BATCH_SIZE },
    {
      onBatch: async ({ records, rows, rejected }) => {
        const recordsJson = JSON.stringify(records.map(packRecord));
        await store.write(importWrites, 'import.chunk', {
          importJobId,
          portfolioId,
          synthetic,
          recordsJson,
          rows,
          rejected,
        });
      },
      onReject: () => {},
    },
  );
  await store.write(importWrites, 'import.end', { importJobId, state: 'finished', error: null });
  return { portfolioId, ...parsed };
}
