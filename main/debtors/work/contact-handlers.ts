import { AppError, invariant } from '#shared/errors/index.ts';
import type { Handlers } from '../../contract-server/types.ts';
import { loadContactPoint } from '../card/card-contact-points.ts';
import type { CardContactPoint } from '../card/load-card.ts';
import { loadVersions } from '../contact-points/load-versions.ts';
import { readContactValue } from '../contact-points/read-contact-value.ts';
import { listCallbacks, loadCallback } from './load-callbacks.ts';
import { requireDebtor } from './require-debtor.ts';
import type { DebtorWorkParts, Work } from './work-context.ts';

export function callbackHandlers({ store, clock }: DebtorWorkParts, work: Work): Handlers {
  return {
    'callback.set': async ({ personId, ...input }, context) => {
      const ownerId = personId === undefined ? context.principal.personId : personId;
      const { callbackId } = await work('callback.set', { ...input, ownerId }, context);
      const callback = loadCallback(store.read, callbackId);
      invariant(callback, 'a callback that was written can be read');
      return callback;
    },
    'callback.cancel': async (input, context) => {
      await work('callback.cancel', input, context);
      return {};
    },
    'callback.list': ({ whose, ...input }, { principal }) =>
      store.read.snapshot(() => {
        const personId = whose === 'mine' ? principal.personId : null;
        return listCallbacks(store.read, { ...input, personId }, clock.now());
      }),
  };
}

export function contactPointHandlers(parts: DebtorWorkParts, work: Work): Handlers {
  const { store, storeKind, clock, door } = parts;
  const contactPoint = (contactPointId: string): CardContactPoint => {
    const loaded = loadContactPoint(store.read, contactPointId, door);
    if (!loaded) throw new AppError('contract.not-found', 'no such contact point');
    return loaded;
  };
  const countryOf = (debtorId: string) => {
    const debtor = requireDebtor(store.read, debtorId, clock.now());
    return debtor.country ?? debtor.jurisdiction.slice(0, 2);
  };
  const hoursJson = (hours: object | null) => (hours === null ? null : JSON.stringify(hours));
  return {
    'contact-point.add': async ({ kind, value, hours = null, ...input }, context) => {
      const read = readContactValue(kind, value, countryOf(input.debtorId), storeKind);
      const write = { ...input, ...read, hoursJson: hoursJson(hours) };
      return contactPoint((await work('contact-point.add', write, context)).contactPointId);
    },
    'contact-point.correct': async ({ kind, value, hours, ...input }, context) => {
      const before = contactPoint(input.contactPointId);
      const read =
        kind === undefined && value === undefined
          ? null
          : readContactValue(
              kind ?? before.kind,
              value ?? before.value,
              countryOf(ownerOf(parts, input.contactPointId)),
              storeKind,
            );
      const write = {
        ...input,
        read,
        ...(hours === undefined ? {} : { hoursJson: hoursJson(hours) }),
      };
      return contactPoint((await work('contact-point.correct', write, context)).contactPointId);
    },
    'contact-point.set-status': async (input, context) =>
      contactPoint((await work('contact-point.set-status', input, context)).contactPointId),
    'contact-point.history': ({ contactPointId }) => ({
      versions: loadVersions(store.read, contactPointId),
    }),
  };
}

function ownerOf({ store }: DebtorWorkParts, contactPointId: string): string {
  const row = store.read.get<{ debtorId: string }>(
    'SELECT debtorId FROM contactPoint WHERE id = ?',
    contactPointId,
  );
  return row?.debtorId ?? '';
}
