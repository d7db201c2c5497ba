import type { ListFilter, ListSort } from '#shared/contract/index.ts';
import { idsFromBytes } from '../../debtors/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { BulkScope } from './bulk-rows.ts';

export interface ScopePorts {
  read: ReadDb;
  /** the debtors of a filter, 16 bytes each */
  idsOf(filter: ListFilter, sort: ListSort): Promise<Uint8Array<ArrayBuffer>>;
}

const PAGE = 1_000;
const BY_NAME: ListSort = { by: 'name', descending: false };

/** All debtors of a scope, each once, in the order of their ids. Lets others in between. */
export async function debtorsOf(ports: ScopePorts, scope: BulkScope): Promise<string[]> {
  const { campaignId, portfolioId, filter } = scope;
  let ids: Set<string> | null = null;
  if (campaignId !== undefined) ids = await idsByKey(ports.read, campaignSql, campaignId);
  if (portfolioId !== undefined)
    ids = both(ids, await idsByKey(ports.read, portfolioSql, portfolioId));
  if (filter !== undefined || ids === null) {
    const bytes = await ports.idsOf(filter ?? ({} as ListFilter), BY_NAME);
    ids = both(ids, new Set(idsFromBytes(bytes)));
  }
  return [...ids].sort();
}

function both(one: Set<string> | null, other: Set<string>): Set<string> {
  return one === null ? other : new Set([...one].filter((id) => other.has(id)));
}

// The plus keeps to the order of ids: each page begins where the one before ended, and nothing is sorted.
const campaignSql = `SELECT id, debtorId FROM contactListEntry WHERE +campaignId = ? AND id > ?
  ORDER BY id LIMIT ${PAGE}`;
const portfolioSql = `SELECT id, id AS debtorId FROM debtor
  WHERE +portfolioId = ? AND id > ? AND deletedAt IS NULL ORDER BY id LIMIT ${PAGE}`;

async function idsByKey(read: ReadDb, sql: string, key: string): Promise<Set<string>> {
  const ids = new Set<string>();
  let after = '';
  for (;;) {
    const rows = read.all<{ id: string; debtorId: string }>(sql, key, after);
    for (const { debtorId } of rows) ids.add(debtorId);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return ids;
    after = last.id;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
