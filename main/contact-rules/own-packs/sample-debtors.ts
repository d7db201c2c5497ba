import type { ReadDb } from '../../store/types.ts';

const ROWS_IN_BATCH = 2_000;

/**
 * Debtors evenly over the store, or over one portfolio, in the order of an index, so that a large store is walked in
 * short reads. Between two of them others go on.
 * @param pause lets the event loop turn
 * @returns ids, at most `wanted`
 */
export async function sampleDebtors(
  db: ReadDb,
  portfolioId: string | null,
  wanted: number,
  pause: () => Promise<void>,
): Promise<string[]> {
  const sample = new EvenSample(wanted);
  let after: Place = { key: '', id: '' };
  for (;;) {
    const rows = portfolioId === null ? ofStore(db, after) : ofPortfolio(db, portfolioId, after);
    for (const { id, isGone } of rows) {
      if (isGone === 0) sample.add(id);
    }
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_IN_BATCH) return sample.taken();
    after = last;
    await pause();
  }
}

interface Place {
  key: string;
  id: string;
}
type Row = Place & { isGone: 0 | 1 };

/** answered from the index of names alone */
function ofStore(db: ReadDb, { key, id }: Place): Row[] {
  return db.all<Row>(
    `SELECT id, searchName AS key, deletedAt IS NOT NULL AS isGone FROM debtor
     WHERE (searchName, id) > (?, ?) ORDER BY searchName, id LIMIT ${ROWS_IN_BATCH}`,
    key,
    id,
  );
}

/** answered from the index of references in a portfolio */
function ofPortfolio(db: ReadDb, portfolioId: string, { key, id }: Place): Row[] {
  return db.all<Row>(
    `SELECT id, externalRef AS key, 0 AS isGone FROM debtor
     WHERE portfolioId = ? AND deletedAt IS NULL AND (externalRef, id) > (?, ?)
     ORDER BY externalRef, id LIMIT ${ROWS_IN_BATCH}`,
    portfolioId,
    key,
    id,
  );
}

/** Every nth of a row whose length is not known before: n doubles whenever too many are kept. */
class EvenSample {
  readonly #wanted: number;
  #kept: string[] = [];
  #stride = 1;
  #seen = 0;

  constructor(wanted: number) {
    this.#wanted = wanted;
  }

  add(id: string): void {
    if (this.#seen % this.#stride === 0) this.#kept.push(id);
    this.#seen += 1;
    if (this.#kept.length < 2 * this.#wanted) return;
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0);
    this.#stride *= 2;
  }

  taken(): string[] {
    const { length } = this.#kept;
    if (length <= this.#wanted) return this.#kept;
    const step = length / this.#wanted;
    return Array.from(
      { length: this.#wanted },
      (_, index) => this.#kept[Math.floor(index * step)] ?? '',
    );
  }
}
