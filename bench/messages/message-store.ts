import { practiceNumberAt } from '../../main/contact-rules/index.ts';
import { createBenchStore, openBenchStore } from '../debtors/bench-store.ts';

export const bulkPortfolio = '01900000-0000-7000-8000-0000000000b1';
export const handPortfolio = '01900000-0000-7000-8000-0000000000b2';

/** What stands in the text of a debtor's message, and in no other. */
export function referenceOf(index: number): string {
  return `R${String(index).padStart(6, '0')}`;
}
export function debtorIdOf(index: number): string {
  return `01900000-0000-7000-8000-${(0x100000000 + index).toString(16).padStart(12, '0')}`;
}

/**
 * A practice store with so many debtors for a message to many, and behind them those that an agent writes to: each with one
 * mobile number that nobody can have, one open debt, and a language. Written past the writer, as no engine runs.
 */
export async function makeMessageStore(
  dataDir: string,
  { bulk, byHand }: { bulk: number; byHand: number },
): Promise<void> {
  await createBenchStore(dataDir);
  const database = await openBenchStore(dataDir, 'writer');
  const insert = (table: string, row: Record<string, unknown>) =>
    database
      .prepare(
        `INSERT INTO ${table} (${Object.keys(row).join(', ')})
         VALUES (${Object.keys(row).map(() => '?')})`,
      )
      .run(...Object.values(row));
  const createdAt = Date.now() - 90 * 86_400_000;
  try {
    database.exec('BEGIN');
    for (const [id, name] of [
      [bulkPortfolio, 'Bench: to many'],
      [handPortfolio, 'Bench: by hand'],
    ]) {
      const priorContact = 'none';
      insert('portfolio', { id, name, creditorName: 'Made Up', createdAt, priorContact });
    }
    for (let index = 0; index < bulk + byHand; index += 1) {
      const portfolioId = index < bulk ? bulkPortfolio : handPortfolio;
      addDebtor(insert, index, portfolioId, createdAt);
    }
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}

function addDebtor(
  insert: (table: string, row: Record<string, unknown>) => void,
  index: number,
  portfolioId: string,
  createdAt: number,
): void {
  const id = debtorIdOf(index);
  const timeZonesJson = '["Europe/Warsaw"]';
  const displayName = `Dłużnik ${index}`;
  insert('debtor', {
    id,
    portfolioId,
    externalRef: referenceOf(index),
    kind: 'person',
    displayName,
    searchName: displayName.toLowerCase(),
    language: 'pl',
    jurisdiction: 'PL',
    synthetic: 1,
    timeZonesJson,
    createdAt,
  });
  const childId = (kind: number) => id.replace('-8000-', `-800${kind}-`);
  insert('contactPoint', {
    id: childId(1),
    debtorId: id,
    kind: 'mobile',
    value: practiceNumberAt('PL', index),
    status: 'active',
    timeZonesJson,
    rank: 0,
    createdAt,
  });
  const balanceMinor = 10_000 + index * 7;
  insert('debt', {
    id: childId(2),
    debtorId: id,
    portfolioId,
    externalRef: `A-${index}`,
    creditorName: 'Made Up',
    debtKind: 'loan',
    currency: 'PLN',
    principalMinor: balanceMinor,
    balanceMinor,
    status: 'open',
    createdAt,
  });
}
