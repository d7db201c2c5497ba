import { createHash } from 'node:crypto';
import type { ListStrategy } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/types.ts';

const NO_FILTER = 'all';

/** The filter of a strategy in some characters; a revision of ranking begins with it and a dot. */
export function filterDigest({ filter }: ListStrategy): string {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  if (given.length === 0) return NO_FILTER;
  const text = JSON.stringify(Object.fromEntries(given));
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/**
 * Whether everybody on a list was looked at with the filter that its campaign has now. Until then it is not known who is
 * left out; without a filter nobody is.
 */
export function isFiltered(read: ReadDb, campaignId: string, strategy: ListStrategy): boolean {
  const filter = filterDigest(strategy);
  if (filter === NO_FILTER) return true;
  const sql =
    'SELECT revision FROM campaignRanking WHERE campaignId = ? AND finishedAt IS NOT NULL';
  const mark = read.get<{ revision: string }>(sql, campaignId);
  return mark?.revision.startsWith(`${filter}.`) === true;
}
