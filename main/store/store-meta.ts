import type { Database } from 'better-sqlite3';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';

/** What a store says about itself, inside the encrypted file. */
export interface StoreMeta {
  storeId: string;
  storeKind: StoreKind;
  nodeId: string;
  createdAt: number;
}

export function writeStoreMeta(database: Database, meta: StoreMeta): void {
  const insert = database.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
  for (const [key, value] of Object.entries(meta)) insert.run(key, String(value));
}

/** @throws AppError `store.corrupt` when it is not a store of ours */
export function readStoreMeta(database: Database): StoreMeta {
  const rows = database.prepare('SELECT key, value FROM meta').all() as {
    key: string;
    value: string;
  }[];
  const values = new Map(rows.map((row) => [row.key, row.value]));
  const value = (key: keyof StoreMeta): string => {
    const text = values.get(key);
    if (text === undefined) throw new AppError('store.corrupt', `the store has no ${key}`);
    return text;
  };
  return {
    storeId: value('storeId'),
    storeKind: value('storeKind') as StoreKind,
    nodeId: value('nodeId'),
    createdAt: Number(value('createdAt')),
  };
}
