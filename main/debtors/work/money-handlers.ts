import { invariant } from '#shared/errors/index.ts';
import type { Handlers } from '../../contract-server/types.ts';
import { listPayments, loadPayment } from '../ledger/load-payments.ts';
import { planAllocation } from '../ledger/plan-allocation.ts';
import { previewPlan } from '../plans/preview-plan.ts';
import { listWriteOffs } from './list-write-offs.ts';
import { requireDebtor } from './require-debtor.ts';
import type { DebtorWorkParts, Work } from './work-context.ts';

export function agreementHandlers({ store, clock }: DebtorWorkParts, work: Work): Handlers {
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

export function paymentHandlers({ store, clock }: DebtorWorkParts, work: Work): Handlers {
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

export function writeOffHandlers({ store }: DebtorWorkParts, work: Work): Handlers {
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
