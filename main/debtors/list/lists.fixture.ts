import type { WriteContext, WriteDb } from '../../store/index.ts';
import type { TestStore } from '../../testing/open-test-store.ts';
import { DebtorIndex } from './debtor-index.ts';

/** An index of a test's store, built and in order. */
export function builtIndex(store: TestStore, now: () => number = () => 0): DebtorIndex {
  // time stands still while something is done, so that no budget ends it
  const clock = { now, monotonic: now };
  const index = new DebtorIndex({ read: store.read, clock });
  settle(index);
  return index;
}

/** Lets the index do all that it would do in the background. */
export function settle(index: DebtorIndex): void {
  while (index.work());
}

export function addHold(
  db: WriteDb,
  context: WriteContext,
  debtorId: string,
  kind: string,
  columns: { since?: number; until?: number | null } = {},
): string {
  const id = context.newId();
  db.insert('hold', { id, debtorId, kind, since: 0, until: null, ...columns });
  return id;
}

export function addPromise(
  db: WriteDb,
  context: WriteContext,
  debtorId: string,
  status: string,
  columns: { dueOn?: string; createdAt?: number } = {},
): string {
  const id = context.newId();
  db.insert('promiseToPay', {
    id,
    debtorId,
    amountMinor: 100,
    currency: 'PLN',
    dueOn: '2026-12-01',
    status,
    createdAt: context.now,
    ...columns,
  });
  return id;
}
