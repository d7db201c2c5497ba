import { invariant } from '#shared/errors/index.ts';
import type { Handlers, Publisher } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import { findDisposition, listDispositions, offeredDispositions } from './disposition-rows.ts';
import { dispositionWrites } from './disposition-writes.ts';

/** Commands of the firm's outcomes: `disposition.*`, and what wrap-up offers. */
export function createDispositionHandlers({
  store,
  publisher,
}: {
  store: Store;
  publisher: Publisher;
}): Handlers {
  const announce = () => publisher.publish('disposition.changed', {}, { kind: 'everyone' });
  return {
    'call.list-dispositions': () => ({ dispositions: offeredDispositions(store.read) }),
    'disposition.list': () => ({ dispositions: listDispositions(store.read) }),
    'disposition.save': async (input, { principal, commandId }) => {
      const { dispositionCodeId } = await store.write(
        dispositionWrites,
        'disposition.save',
        { ...input, personId: principal.personId },
        commandId === null ? {} : { commandId },
      );
      announce();
      const saved = findDisposition(store.read, dispositionCodeId);
      invariant(saved, 'an outcome that was written can be read');
      return saved;
    },
    'disposition.reorder': async ({ order }, { principal, commandId }) => {
      await store.write(
        dispositionWrites,
        'disposition.reorder',
        { order, personId: principal.personId },
        commandId === null ? {} : { commandId },
      );
      announce();
      return { dispositions: listDispositions(store.read) };
    },
  };
}
