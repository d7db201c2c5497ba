import type { CommandInput } from '#shared/contract/index.ts';
import { type SeededRandom, seededRandom } from '../../main/debtors/sample/seeded-random.ts';
import { type Database, openBenchStore } from './bench-store.ts';

export interface DrawnQuery {
  query: string;
  /** the debtor it was drawn from */
  debtorId: string;
}

export interface DrawnSearch {
  name: string;
  /** what it drew is so particular that its debtor must be among the hits */
  mustFind: boolean;
  queries: DrawnQuery[];
}

type Kinds = CommandInput<'search.find'>['kinds'];

export type { Kinds };

interface Drawn {
  id: string;
  externalRef: string;
  displayName: string;
  kind: string;
  language: string;
  nationalId: string | null;
  phone: string | null;
  email: string | null;
  debtRef: string | null;
}

const FOLD = /\p{M}/gu;

/** Queries as people type them, drawn from what is stored; the same for the same store and seed. */
export async function drawSearches(
  dataDir: string,
  count: number,
  seed: number,
): Promise<DrawnSearch[]> {
  const random = seededRandom(seed);
  const database = await openBenchStore(dataDir, 'reader');
  const debtors = drawDebtors(database, random, count * 12);
  database.close();
  const of = (
    name: string,
    make: (debtor: Drawn) => string | null,
    mustFind = false,
  ): DrawnSearch => {
    const queries: DrawnQuery[] = [];
    for (const debtor of debtors) {
      if (queries.length >= count) break;
      const query = make(debtor);
      if (query !== null && query !== '') queries.push({ query, debtorId: debtor.id });
    }
    return { name, mustFind, queries };
  };
  return [
    of('part of a phone number', ({ phone }) => partOfPhone(phone, random)),
    of('phone number with its first digits, which half of all share', ({ phone }) =>
      phone === null ? null : phone.slice(1, random.between(5, 9)),
    ),
    of('whole phone number, as written', ({ phone }) => written(phone)),
    of('name', (debtor) => personName(debtor, 'pl', random)),
    of('name without diacritics', (debtor) => unaccented(personName(debtor, 'pl', random))),
    of('name in Cyrillic', (debtor) => personName(debtor, 'ru', random)),
    of('case number', ({ debtRef }) => debtRef, true),
    of(
      'beginning of a case number',
      ({ debtRef }) => debtRef?.slice(0, random.between(4, 10)) ?? null,
    ),
    of('customer number', ({ externalRef }) => externalRef, true),
    of('national id', ({ nationalId }) => nationalId, true),
    of('e-mail', ({ email }) => email, true),
    of('beginning of an e-mail', ({ email }) => email?.slice(0, random.between(4, 9)) ?? null),
  ];
}

/** Any debtors, each as likely as any other. */
export function drawDebtorIds(database: Database, random: SeededRandom, count: number): string[] {
  const ids = database
    .prepare('SELECT id FROM debtor WHERE deletedAt IS NULL ORDER BY id')
    .pluck()
    .all() as string[];
  return Array.from({ length: count }, () => random.pick(ids));
}

function drawDebtors(database: Database, random: SeededRandom, count: number): Drawn[] {
  const select = database.prepare(
    `SELECT d.id, d.externalRef, d.displayName, d.kind, d.language, d.nationalId,
       (SELECT value FROM contactPoint WHERE debtorId = d.id AND kind = 'mobile' LIMIT 1) AS phone,
       (SELECT value FROM contactPoint WHERE debtorId = d.id AND kind = 'email' LIMIT 1) AS email,
       (SELECT externalRef FROM debt WHERE debtorId = d.id LIMIT 1) AS debtRef
     FROM debtor d WHERE d.id = ?`,
  );
  return drawDebtorIds(database, random, count).map((id) => select.get(id) as Drawn);
}

/**
 * Four to seven digits from anywhere in the subscriber's part. The beginning is left out: practice numbers, unlike real
 * ones, all have the same.
 */
function partOfPhone(phone: string | null, random: SeededRandom): string | null {
  if (phone === null) return null;
  const digits = phone.slice(-7);
  const length = random.between(4, 7);
  const from = random.between(0, digits.length - length);
  return digits.slice(from, from + length);
}

/** `+48 100 200 300` */
function written(phone: string | null): string | null {
  if (phone === null) return null;
  return `${phone.slice(0, 3)} ${phone.slice(3).replace(/(\d{3})(?=\d{2})/g, '$1 ')}`;
}

/** The family name, with or without a part of the given one, in either order. */
function personName(debtor: Drawn, language: string, random: SeededRandom): string | null {
  if (debtor.kind !== 'person' || debtor.language !== language) return null;
  const parts = debtor.displayName.split(' ');
  const [given = '', family = ''] =
    language === 'ru' ? [parts[1] ?? '', parts[0] ?? ''] : [parts[0] ?? '', parts.at(-1) ?? ''];
  const roll = random.next();
  if (roll < 0.3) return family;
  if (roll < 0.5) return family.slice(0, 4);
  if (roll < 0.8) return `${family} ${given.slice(0, random.between(1, 3))}`;
  return `${given} ${family}`;
}

/** Null when there was nothing to take away. */
function unaccented(name: string | null): string | null {
  if (name === null) return null;
  const plain = name.normalize('NFD').replace(FOLD, '').replace(/ł/g, 'l').replace(/Ł/g, 'L');
  return plain === name ? null : plain.toLowerCase();
}
