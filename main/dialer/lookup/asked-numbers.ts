import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { ListFilter, ListSort } from '#shared/contract/index.ts';
import type { LineStatus } from '#shared/contract/lookup.contract.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { isPracticeNumber } from '../../contact-rules/index.ts';
import { idsFromBytes } from '../../debtors/index.ts';
import type { ReadDb } from '../../store/types.ts';

/** Whose numbers; nothing given: everybody's. */
export interface LookupScope {
  campaignId?: string | undefined;
  portfolioId?: string | undefined;
  filter?: ListFilter | undefined;
  maxAgeDays: number;
}

export interface AskedNumbers {
  /** E.164, each once, in no order that matters */
  toAsk: string[];
  /** numbers that a fresh answer is there for */
  cached: { number: string; status: LineStatus; at: number }[];
}

export interface NumbersPorts {
  read: ReadDb;
  storeKind: StoreKind;
  idsOf(filter: ListFilter, sort: ListSort): Promise<Uint8Array<ArrayBuffer>>;
}

const PAGE = 1_000;
const DAY_MS = 24 * 3_600_000;

/**
 * The active phone numbers of some debtors that a network can be asked about, and which of them have an answer. Reads page by
 * page and lets others in between.
 * @param now epoch ms
 */
export async function askedNumbers(
  ports: NumbersPorts,
  scope: LookupScope,
  now: number,
): Promise<AskedNumbers> {
  const { read } = ports;
  const seen = new Set<string>();
  const found: AskedNumbers = { toAsk: [], cached: [] };
  for await (const debtorIds of pagesOf(ports, scope))
    for (const number of numbersOf(read, debtorIds)) {
      if (seen.has(number) || !canBeAsked(number, ports.storeKind)) continue;
      seen.add(number);
      const cached = freshAnswer(read, number, scope.maxAgeDays * DAY_MS, now);
      if (cached) found.cached.push({ number, ...cached });
      else found.toAsk.push(number);
    }
  return found;
}

async function* pagesOf(ports: NumbersPorts, scope: LookupScope): AsyncGenerator<string[]> {
  const { campaignId, portfolioId, filter } = scope;
  if (campaignId !== undefined) return yield* keyPages(ports.read, campaignSql, campaignId);
  if (portfolioId !== undefined && filter === undefined)
    return yield* keyPages(ports.read, portfolioSql, portfolioId);
  const all = { ...filter, ...(portfolioId === undefined ? {} : { portfolioIds: [portfolioId] }) };
  const bytes = await ports.idsOf(all as ListFilter, { by: 'name', descending: false });
  const ids = idsFromBytes(bytes);
  for (let from = 0; from < ids.length; from += PAGE) {
    yield ids.slice(from, from + PAGE);
    await turn();
  }
}

// The plus keeps to the order of ids: each page begins where the one before ended, and nothing is sorted.
const campaignSql = `SELECT id, debtorId FROM contactListEntry
  WHERE +campaignId = ? AND id > ? AND status IN ('pending','waiting') ORDER BY id LIMIT ${PAGE}`;
const portfolioSql = `SELECT id, id AS debtorId FROM debtor
  WHERE +portfolioId = ? AND id > ? AND deletedAt IS NULL ORDER BY id LIMIT ${PAGE}`;

async function* keyPages(read: ReadDb, sql: string, key: string): AsyncGenerator<string[]> {
  let after = '';
  for (;;) {
    const rows = read.all<{ id: string; debtorId: string }>(sql, key, after);
    yield rows.map(({ debtorId }) => debtorId);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.id;
    await turn();
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

function numbersOf(read: ReadDb, debtorIds: readonly string[]): string[] {
  return read
    .all<{ value: string }>(
      `SELECT c.value FROM json_each(?) AS asked CROSS JOIN contactPoint c ON c.debtorId = asked.value
        WHERE c.deletedAt IS NULL AND c.status = 'active' AND c.kind IN ('mobile','home','work','other')`,
      JSON.stringify(debtorIds),
    )
    .map(({ value }) => value);
}

/** Home registers know mobile numbers; a fixed line would be paid for and not answered. Made-up numbers stay inside. */
function canBeAsked(number: string, storeKind: StoreKind): boolean {
  if (isPracticeNumber(number)) return storeKind === 'practice';
  if (storeKind === 'practice') return false;
  const parsed = parsePhoneNumberFromString(number);
  const type = parsed?.getType();
  return parsed?.isValid() === true && (type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE');
}

/** A phone that was switched off is asked about again the next day, however old others' answers may be. */
function freshAnswer(
  read: ReadDb,
  number: string,
  maxAgeMs: number,
  now: number,
): { status: LineStatus; at: number } | undefined {
  return read.get(
    `SELECT status, at FROM numberLookup
      WHERE number = ? AND at > ? AND status <> 'unknown' AND (status <> 'absent' OR at > ?) ORDER BY at DESC LIMIT 1`,
    number,
    now - maxAgeMs,
    now - DAY_MS,
  );
}
