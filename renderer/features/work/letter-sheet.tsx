import { useTranslation } from 'react-i18next';
import { formatIsoDate, formatMoney } from '../../app/format/index.ts';
import { CreateLetterSheet } from '../documents/index.ts';
import type { Work } from './work-context.ts';

/** Writes a letter to the debtor. */
export function LetterSheet({ work }: { work: Work }) {
  const { i18n } = useTranslation();
  const { card } = work;
  return (
    <CreateLetterSheet
      debtorId={card.debtorId}
      language={card.language}
      plans={card.plans
        .filter((plan) => plan.status === 'active')
        .map((plan) => ({
          id: plan.paymentPlanId,
          label: formatMoney(
            { amountMinor: plan.totalMinor, currency: plan.currency },
            i18n.language,
          ),
        }))}
      payments={card.payments
        .filter((payment) => payment.status === 'booked')
        .map((payment) => ({
          id: payment.paymentId,
          label: `${formatMoney(payment, i18n.language)} · ${formatIsoDate(payment.paidOn, i18n.language)}`,
        }))}
    />
  );
}
