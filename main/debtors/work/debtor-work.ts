import { people } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError, invariant } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Audience, Handlers, Publisher, RequestContext } from '../../contract-server/types.ts';
import type { Store, WriteInput, WriteOutput } from '../../store/index.ts';
import { loadContactPoint } from '../card/card-contact-points.ts';
import type { CardContactPoint, PermissionFor } from '../card/load-card.ts';
import { loadVersions } from '../contact-points/load-versions.ts';
import { readContactValue } from '../contact-points/read-contact-value.ts';
import { loadFacets } from '../history/load-facets.ts';
import { explainInterest } from '../ledger/explain-interest.ts';
import { listRates } from '../ledger/list-rates.ts';
import { listPayments, loadPayment } from '../ledger/load-payments.ts';
import { planAllocation } from '../ledger/plan-allocation.ts';
import { findCandidates } from '../merge/find-candidates.ts';
import { previewMerge } from '../merge/preview-merge.ts';
import { previewPlan } from '../plans/preview-plan.ts';
import { listWriteOffs } from './list-write-offs.ts';
import { listCallbacks, loadCallback } from './load-callbacks.ts';
import { requireDebtor } from './require-debtor.ts';
import { SettleJob } from './settle-job.ts';
import { readFirmRates, readWorkSettings } from './work-settings.ts';
import { workWrites } from './work-writes.ts';

export interface DebtorWorkParts {
  store: Store;
  storeKind: StoreKind;
  clock: Clock;
  /** the door of contact rules: what it says of a number that was added */
  door: PermissionFor;
  publisher: Publisher;
  log(message: string, details: Record<string, unknown>): void;
}

export interface DebtorWork {
  handlers: Handlers;
  /** the look at what has become late; looks at once */
  start(): void;
  stop(): Promise<void>;
}

const EVERYBODY_AT_WORK: Audience = { kind: 'roles', roles: people };

type Writes = typeof workWrites;
/** Writes that say whose card changed. */
type WorkWrite = {
  [Name in keyof Writes]: WriteOutput<Writes, Name> extends { debtorId: string } ? Name : never;
}[keyof Writes] &
  string;

/** Commands of the work on a debtor: `promise.*`, `plan.*`, `payment.*`, `merge.*` and the like. */
export function createDebtorWork(parts: DebtorWorkParts): DebtorWork {
  const { store, clock, publisher } = parts;
  const announce = (debtorId: string) =>
    publisher.publish('debtor.changed', { debtorId }, EVERYBODY_AT_WORK);
  const job = new SettleJob({ store, clock, onChanged: announce, log: parts.log });

  /** Writes with the person who asked, once for a command that is repeated, and announces the card. */
  const work = async <Name extends WorkWrite>(
    name: Name,
    input: Omit<WriteInput<Writes, Name>, 'personId'>,
    { principal, commandId }: RequestContext,
  ): Promise<WriteOutput<Writes, Name>> => {
    const options = commandId === null ? {} : { commandId };
    const withPerson = { ...input, personId: principal.personId } as WriteInput<Writes, Name>;
    const output = await store.write(workWrites, name, withPerson, options);
    announce((output as { debtorId: string }).debtorId);
    return output;
  };

  return {
    handlers: {
      ...agreementHandlers(parts, work),
      ...paymentHandlers(parts, work),
      ...writeOffHandlers(parts, work),
      ...callbackHandlers(parts, work),
      ...contactPointHandlers(parts, work),
      ...factHandlers(work),
      ...mergeHandlers(parts, work, announce),
      ...settingHandlers(parts),
      'debtor.history-facets': ({ debtorId }) =>
        store.read.snapshot(() =>
          loadFacets(store.read, requireDebtor(store.read, debtorId, clock.now()).id),
        ),
      'debtor.interest': (input) => ({
        debts: store.read.snapshot(() => explainInterest(store.read, input)),
      }),
      'debtor.reveal-national-id': async (input, context) => {
        const { debtorId } = await work('debtor.reveal-national-id', input, context);
        const row = store.read.get<{ nationalId: string | null; nationalIdKind: string | null }>(
          'SELECT nationalId, nationalIdKind FROM debtor WHERE id = ?',
          debtorId,
        );
        return { nationalId: row?.nationalId ?? null, nationalIdKind: row?.nationalIdKind ?? null };
      },
    },
    start: () => job.start(),
    stop: () => job.stop(),
  };
}

type Work = <Name extends WorkWrite>(
  name: Name,
  input: Omit<WriteInput<Writes, Name>, 'personId'>,
  context: RequestContext,
) => Promise<WriteOutput<Writes, Name>>;

function agreementHandlers({ store, clock }: DebtorWorkParts, work: Work): Handlers {
  return {
    'promise.make': async ({ debtId = null, ...input }, context) => {
      const { promiseToPayId } = await work('promise.make', { ...input, debtId: debtId }, context);
      return { promiseToPayId };
    },
    'promise.withdraw': async (input, context) => {
      await work('promise.withdraw', input, context);
      return {};
    },
    'plan.preview': (input) =>
      store.read.snapshot(() => previewPlan(store.read, input, clock.now())),
    'plan.create': async (input, context) => {
      const { paymentPlanId } = await work('plan.create', input, context);
      return { paymentPlanId };
    },
    'plan.cancel': async (input, context) => {
      await work('plan.cancel', input, context);
      return {};
    },
  };
}

function paymentHandlers({ store, clock }: DebtorWorkParts, work: Work): Handlers {
  const payment = (paymentId: string) => {
    const loaded = loadPayment(store.read, paymentId);
    invariant(loaded, 'a payment that was written can be read');
    return loaded;
  };
  return {
    'payment.record': async (input, context) =>
      payment((await work('payment.record', input, context)).paymentId),
    'payment.preview': (input) =>
      store.read.snapshot(() => {
        const { id } = requireDebtor(store.read, input.debtorId, clock.now());
        const { parts, charges, debts, unallocatedMinor } = planAllocation(store.read, {
          ...input,
          debtorId: id,
        });
        const refOf = (debtId: string) =>
          debts.find((debt) => debt.id === debtId)?.externalRef ?? '';
        return {
          allocation: parts.map((part) => ({ ...part, externalRef: refOf(part.debtId) })),
          chargedInterestMinor: charges.reduce((sum, charge) => sum + charge.amountMinor, 0),
          unallocatedMinor,
        };
      }),
    'payment.reverse': async (input, context) => {
      await work('payment.reverse', input, context);
      return payment(input.paymentId);
    },
    'payment.list': (input) => store.read.snapshot(() => listPayments(store.read, input)),
  };
}

function writeOffHandlers({ store }: DebtorWorkParts, work: Work): Handlers {
  return {
    'write-off.propose': async (input, context) => {
      const { writeOffId } = await work('write-off.propose', input, context);
      return { writeOffId };
    },
    'write-off.decide': async (input, context) => {
      await work('write-off.decide', input, context);
      return {};
    },
    'write-off.withdraw': async (input, context) => {
      await work('write-off.withdraw', input, context);
      return {};
    },
    'write-off.list': (input) => store.read.snapshot(() => listWriteOffs(store.read, input)),
  };
}

function callbackHandlers({ store, clock }: DebtorWorkParts, work: Work): Handlers {
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

function contactPointHandlers(parts: DebtorWorkParts, work: Work): Handlers {
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

function factHandlers(work: Work): Handlers {
  return {
    'relation.save': async (input, context) => {
      const { relationId } = await work('relation.save', input, context);
      return { relationId };
    },
    'relation.remove': async (input, context) => {
      await work('relation.remove', input, context);
      return {};
    },
    'consent.record': async (input, context) => {
      const { consentId } = await work('consent.record', input, context);
      return { consentId };
    },
    'consent.withdraw': async (input, context) => {
      await work('consent.withdraw', input, context);
      return {};
    },
    'flag.set': async (input, context) => {
      const { holdId } = await work('flag.set', input, context);
      return { holdId };
    },
    'flag.lift': async (input, context) => {
      await work('flag.lift', input, context);
      return {};
    },
    'debtor.edit': async (input, context) => {
      await work('debtor.edit', input, context);
      return {};
    },
    'debt.edit': async (input, context) => {
      await work('debt.edit', input, context);
      return {};
    },
  };
}

function mergeHandlers(
  { store, clock }: DebtorWorkParts,
  work: Work,
  announce: (debtorId: string) => void,
): Handlers {
  return {
    'merge.find-candidates': (input) => ({
      candidates: store.read.snapshot(() => findCandidates(store.read, input, clock.now())),
    }),
    'merge.preview': (input) => store.read.snapshot(() => previewMerge(store.read, input)),
    'merge.commit': async (input, context) => {
      const merged = await work('merge.commit', input, context);
      announce(input.mergedDebtorId);
      return merged;
    },
    'merge.undo': async (input, { principal, commandId }) => {
      const undone = await store.write(
        workWrites,
        'merge.undo',
        { ...input, personId: principal.personId },
        commandId === null ? {} : { commandId },
      );
      announce(undone.keptDebtorId);
      announce(undone.restoredDebtorId);
      return undone;
    },
  };
}

function settingHandlers({ store }: DebtorWorkParts): Handlers {
  return {
    'interest-rate.list': ({ jurisdiction }) => ({
      tables: listRates(readFirmRates(store.read), jurisdiction),
    }),
    'interest-rate.save': async (input, { principal, commandId }) => {
      const write = { ...input, personId: principal.personId };
      const options = commandId === null ? {} : { commandId };
      await store.write(workWrites, 'interest-rate.save', write, options);
      return {};
    },
    'work.settings': () => readWorkSettings(store.read),
    'work.save-settings': ({ ...changed }, { principal, commandId }) => {
      const given = Object.fromEntries(
        Object.entries(changed).filter(([, value]) => value !== undefined),
      );
      const write = { ...given, personId: principal.personId };
      const options = commandId === null ? {} : { commandId };
      return store.write(workWrites, 'work.save-settings', write, options);
    },
  };
}
