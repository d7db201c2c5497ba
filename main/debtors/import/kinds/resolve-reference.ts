import type { ImportFinding } from '#shared/contract/index.ts';
import type { ReadDb } from '../../../store/index.ts';
import { keptDebtorId } from '../../work/require-debtor.ts';
import type { RowReference } from './kind-records.ts';

export interface ResolvedReference {
  debtorId: string;
  /** null: the row names the debtor, not one of the debts */
  debtId: string | null;
  /** of the debt */
  currency: string | null;
}

interface Hit {
  debtorId: string;
  debtId: string | null;
  currency: string | null;
}

const DEBTS = `SELECT debtorId, id AS debtId, currency FROM debt
  WHERE externalRef = ? AND (? IS NULL OR portfolioId = ?) AND deletedAt IS NULL LIMIT 10`;
const DEBTORS = `SELECT id AS debtorId, NULL AS debtId, NULL AS currency FROM debtor
  WHERE externalRef = ? AND (? IS NULL OR portfolioId = ?) AND erasedAt IS NULL
    AND (deletedAt IS NULL OR mergedInto IS NOT NULL) LIMIT 10`;

/**
 * Whom a row is about. A reference is compared as it is: what fits nobody, or several people, is said so and not guessed.
 * @param portfolioId null: all portfolios are looked through
 */
export function resolveReference(
  db: ReadDb,
  row: RowReference,
  portfolioId: string | null,
): ResolvedReference | Extract<ImportFinding, `reference.${string}`> {
  const read = (sql: string, reference: string) =>
    reference === '' ? [] : db.all<Hit>(sql, reference, portfolioId, portfolioId);
  const named = [
    ...(row.debtRef === '' ? [] : [read(DEBTS, row.debtRef)]),
    ...(row.debtorRef === '' ? [] : [read(DEBTORS, row.debtorRef)]),
    ...(row.reference === ''
      ? []
      : [[...read(DEBTS, row.reference), ...read(DEBTORS, row.reference)]]),
  ];
  if (named.length === 0) return 'reference.missing';
  if (named.some((hits) => hits.length === 0)) return 'reference.unknown';
  return onlyOne(db, named.flat());
}

function onlyOne(
  db: ReadDb,
  hits: readonly Hit[],
): ResolvedReference | 'reference.unknown' | 'reference.ambiguous' {
  const debtorIds = new Set(hits.map(({ debtorId }) => keptDebtorId(db, debtorId)));
  const debts = new Map(
    hits.filter(({ debtId }) => debtId !== null).map((hit) => [hit.debtId, hit]),
  );
  const [debtorId] = debtorIds;
  if (debtorIds.size > 1) return 'reference.ambiguous';
  if (debtorId == null) return 'reference.unknown';
  const [debt] = debts.values();
  const isOne = debts.size === 1 && debt !== undefined;
  return {
    debtorId,
    debtId: isOne ? debt.debtId : null,
    currency: isOne ? debt.currency : null,
  };
}
