import { leads, people } from '#shared/contract/index.ts';
import { AppError, invariant } from '#shared/errors/index.ts';
import type { Handler, Handlers, Publisher } from '../../contract-server/types.ts';
import type { Store } from '../../store/index.ts';
import { bankWrites } from './bank-writes.ts';
import { countOpen, type Entry, listEntries, loadEntry, loadQueue } from './load-entries.ts';

export interface BankParts {
  store: Store;
  publisher: Publisher;
}

/** Commands `bank.*`. */
export function createBank(parts: BankParts): Handlers {
  const { read } = parts.store;
  return {
    'bank.queue': (input) => read.snapshot(() => loadQueue(read, input)),
    'bank.list': (input) => read.snapshot(() => listEntries(read, input)),
    'bank.match': matchOne(parts),
    'bank.ignore': async ({ bankEntryId }, { principal, commandId }) => {
      const input = { bankEntryId, personId: principal.personId };
      await parts.store.write(bankWrites, 'bank.ignore', input, onceBy(commandId));
      return changed(parts, bankEntryId, []);
    },
    'bank.unmatch': async ({ bankEntryId }, { principal, commandId }) => {
      const input = { bankEntryId, personId: principal.personId };
      const done = await parts.store.write(bankWrites, 'bank.unmatch', input, onceBy(commandId));
      return changed(parts, bankEntryId, done.debtorIds);
    },
  };
}

function matchOne(parts: BankParts): Handler<'bank.match'> {
  return async ({ bankEntryId, debtorId, debtId, split }, { principal, commandId }) => {
    const entry = loadEntry(parts.store.read, bankEntryId);
    if (!entry) throw new AppError('contract.not-found', 'no such entry');
    const whole = { debtorId, debtId: debtId ?? null, amountMinor: entry.amountMinor };
    const input = { bankEntryId, personId: principal.personId, parts: split ?? [whole] };
    const done = await parts.store.write(bankWrites, 'bank.match', input, onceBy(commandId));
    return changed(parts, bankEntryId, done.debtorIds);
  };
}

const onceBy = (commandId: string | null) => (commandId === null ? {} : { commandId });

function changed(parts: BankParts, bankEntryId: string, debtorIds: readonly string[]): Entry {
  announceQueue(parts);
  const audience = { kind: 'roles', roles: people } as const;
  for (const debtorId of debtorIds) {
    parts.publisher.publish('debtor.changed', { debtorId }, audience);
  }
  const entry = loadEntry(parts.store.read, bankEntryId);
  invariant(entry, 'an entry that was written can be read');
  return entry;
}

/** Tells the leads how long the queue is. */
export function announceQueue({ store, publisher }: Pick<BankParts, 'store' | 'publisher'>): void {
  publisher.publish(
    'bank.changed',
    { open: countOpen(store.read) },
    { kind: 'roles', roles: leads },
  );
}
