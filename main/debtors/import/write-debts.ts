import type { SqlValue } from '../../store/index.ts';
import { type ImportChanges, keepBefore } from './import-before.ts';
import { DEBT_COLUMNS } from './packed-record.ts';
import { editsOf, importedOf } from './write-debtors.ts';
import type { ChunkDebt, ChunkDebtor, ChunkParts } from './write-records.ts';

const INSERTED = [
  'id',
  'debtorId',
  'portfolioId',
  ...DEBT_COLUMNS,
  'status',
  'importJobId',
  'createdAt',
] as const;

// a debt of a merged debtor is of the one that was kept, but still of its own portfolio
const SELECT_DEBT = `SELECT id, status, importJobId, ${DEBT_COLUMNS.join(', ')} FROM debt
  WHERE externalRef = ? AND portfolioId = ? AND +debtorId = ? AND deletedAt IS NULL LIMIT 1`;
const HEAD = 3;

const SELECT_ENTRIES = `SELECT component, kind = 'correction' AND importJobId IS NOT NULL AS isImported, amountMinor
  FROM debtEntry WHERE debtId = ?`;

const at = (column: (typeof DEBT_COLUMNS)[number]) => DEBT_COLUMNS.indexOf(column);
const PRINCIPAL = at('principalMinor');
const INTEREST = at('interestMinor');
const FEES = at('feesMinor');
const PAID = at('paidMinor');
const BALANCE = at('balanceMinor');
const CURRENCY = at('currency');

/** What a person may have changed by hand. */
const TERMS: ReadonlySet<string> = new Set(['debtKind', 'dueOn', 'accountToPay']);

type Component = 'principal' | 'interest' | 'fees';
interface EntryRow {
  component: Component;
  isImported: number;
  amountMinor: number;
}

/**
 * Debts of a chunk. What was booked since is never written over: when a debt has entries, an amount that the file
 * changed becomes a `correction`, so that balance = opening principal + interest + fees − paid + entries stays true.
 */
export class DebtWriter {
  readonly #parts: ChunkParts;
  readonly #insert: (values: readonly SqlValue[]) => void;

  constructor(parts: ChunkParts) {
    this.#parts = parts;
    this.#insert = parts.db.inserter('debt', INSERTED);
  }

  write(debtor: ChunkDebtor, values: SqlValue[]): 'created' | 'updated' | 'same' {
    const ref = String(values[0]);
    const known = debtor.debts.get(ref) ?? (debtor.isNew ? null : this.#find(debtor.id, ref));
    if (known === null) {
      debtor.debts.set(ref, this.#create(debtor.id, values));
      return 'created';
    }
    debtor.debts.set(ref, known);
    return this.#update(debtor, known, values);
  }

  #find(debtorId: string, ref: string): ChunkDebt | null {
    const { db, job } = this.#parts;
    const row = db.prepare(SELECT_DEBT).raw().get(ref, job.portfolioId, debtorId) as
      | SqlValue[]
      | undefined;
    if (row === undefined) return null;
    const isOfJob = row[2] === job.importJobId;
    return { id: row[0] as string, status: row[1] as string, isOfJob, values: row.slice(HEAD) };
  }

  #create(debtorId: string, values: SqlValue[]): ChunkDebt {
    const { context, job } = this.#parts;
    const id = context.newId();
    const status = statusOf(Number(values[BALANCE]));
    const { portfolioId, importJobId } = job;
    this.#insert([id, debtorId, portfolioId, ...values, status, importJobId, context.now]);
    return { id, status, isOfJob: true, values };
  }

  #update(debtor: ChunkDebtor, debt: ChunkDebt, values: SqlValue[]): 'updated' | 'same' {
    const entries = debtor.isNew ? [] : this.#entries(debt.id);
    const changes: ImportChanges = {};
    for (const [index, column] of DEBT_COLUMNS.entries()) {
      const value = values[index] ?? null;
      const before = debt.values[index] ?? null;
      if (value === before || value === null) continue;
      // money that was booked stands in the entries, and is in one currency
      const isMoney = index >= PRINCIPAL && index <= BALANCE;
      if (entries.length > 0 && (isMoney || index === CURRENCY)) continue;
      if (TERMS.has(column) && editsOf(this.#parts.db, debtor).debtIds.has(debt.id)) continue;
      changes[column] = [before, value];
      debt.values[index] = value;
    }
    const corrected =
      entries.length > 0 && this.#correct(debtor.id, debt, values, entries, changes);
    if (Object.keys(changes).length === 0) return 'same';
    const status = debt.status === 'closed' ? 'closed' : statusOf(Number(debt.values[BALANCE]));
    if (changes.balanceMinor !== undefined && status !== debt.status) {
      changes.status = [debt.status, status];
      debt.status = status;
    }
    const { db, job } = this.#parts;
    if (!debt.isOfJob) {
      // the balance goes back by the counter-entries of the corrections
      const { balanceMinor: _booked, ...others } = changes;
      const kept = corrected ? others : changes;
      if (Object.keys(kept).length > 0) keepBefore(db, job.importJobId, 'debt', debt.id, kept);
    }
    db.update('debt', debt.id, importedOf(changes));
    return 'updated';
  }

  #entries(debtId: string): EntryRow[] {
    return this.#parts.db.all<EntryRow>(SELECT_ENTRIES, debtId);
  }

  /** @returns whether the file's amounts differ from what files said before */
  #correct(
    debtorId: string,
    debt: ChunkDebt,
    values: SqlValue[],
    entries: readonly EntryRow[],
    changes: ImportChanges,
  ): boolean {
    if (values[CURRENCY] !== debt.values[CURRENCY]) return false;
    const given = openingOf(values);
    const told = openingOf(debt.values);
    for (const { isImported, component, amountMinor } of entries) {
      if (isImported) told[component] += amountMinor;
    }
    let total = 0;
    for (const component of ['principal', 'interest', 'fees'] as const) {
      const amountMinor = given[component] - told[component];
      if (amountMinor === 0) continue;
      this.#insertCorrection(debtorId, debt.id, component, amountMinor);
      total += amountMinor;
    }
    if (total !== 0) {
      const before = Number(debt.values[BALANCE]);
      changes.balanceMinor = [before, before + total];
      debt.values[BALANCE] = before + total;
    }
    return total !== 0;
  }

  #insertCorrection(
    debtorId: string,
    debtId: string,
    component: Component,
    amountMinor: number,
  ): void {
    const { db, context, job } = this.#parts;
    const id = context.newId();
    db.insert('debtEntry', {
      id,
      debtId,
      debtorId,
      at: context.now,
      kind: 'correction',
      component,
      amountMinor,
      importJobId: job.importJobId,
    });
    // names the entry for an undo, which books the opposite
    keepBefore(db, job.importJobId, 'debtEntry', id, {});
  }
}

/** What was open when the file was made, by component; what had been paid is taken from the principal. */
function openingOf(values: readonly SqlValue[]): Record<Component, number> {
  return {
    principal: Number(values[PRINCIPAL]) - Number(values[PAID]),
    interest: Number(values[INTEREST]),
    fees: Number(values[FEES]),
  };
}

function statusOf(balanceMinor: number): 'open' | 'paid' {
  return balanceMinor > 0 ? 'open' : 'paid';
}
