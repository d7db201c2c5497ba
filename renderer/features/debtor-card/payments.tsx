import { Undo2 } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AllocationOrder, DebtorCard, Payment } from '#shared/contract/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { Badge, Button, Confirm, DateOnly, Money } from '../../components/index.ts';
import { FoldButton } from './fold-button.tsx';
import styles from './list.module.css';
import { RowMenu } from './row-menu.tsx';
import { Section } from './section.tsx';
import { WorkButton } from './work-button.tsx';

const shortList = 4;

/** What was paid, and what each payment covered. */
export function Payments({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  if (card.payments.length === 0) return null;
  const shown = all ? card.payments : card.payments.slice(0, shortList);
  return (
    <Section
      title={t('card.payments')}
      count={card.paymentsTotal}
      actions={<WorkButton sheet={{ kind: 'payment' }} label={t('work.payment')} />}
    >
      <ul className={styles.list}>
        {shown.map((payment) => (
          <PaymentRow key={payment.paymentId} payment={payment} />
        ))}
      </ul>
      {card.payments.length > shown.length ? (
        <Button look="quiet" className={styles.more} onClick={() => setAll(true)}>
          {t('card.show-all', { count: card.payments.length })}
        </Button>
      ) : null}
      <OrderText order={card.allocationOrder} />
    </Section>
  );
}

/** In which order money is counted against what is owed. */
function OrderText({ order }: { order: AllocationOrder }) {
  const { t } = useTranslation();
  const parts = order.components.map((component) => t(`debt.${component}`).toLowerCase());
  return (
    <p className={styles.faint}>
      {t('payment.order', {
        components: parts.join(' → '),
        debts: t(`payment.order-${order.debts}`),
      })}
    </p>
  );
}

function PaymentRow({ payment }: { payment: Payment }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  const { run, busy } = useCommand('payment.reverse');
  const id = useId();
  const { currency } = payment;
  const reversed = payment.status === 'reversed';
  const facts = [
    t(`payment-method.${payment.method}`, { defaultValue: payment.method }),
    payment.payer,
    payment.reference,
  ].filter(Boolean);
  return (
    <li>
      <div className={styles.row} data-muted={reversed}>
        <FoldButton
          label={t('payment.allocation')}
          open={open}
          controls={id}
          onToggle={() => setOpen((now) => !now)}
        />
        <span className={styles.amount}>
          <Money amounts={payment} />
        </span>
        <span>
          <DateOnly date={payment.paidOn} />
        </span>
        <span className={styles.soft}>{facts.join(' · ')}</span>
        {reversed ? <Badge tone="stop">{t('payment.reversed')}</Badge> : null}
        {payment.unallocatedMinor > 0 ? (
          <Badge tone="wait">
            {t('payment.unallocated')}{' '}
            <Money amounts={{ amountMinor: payment.unallocatedMinor, currency }} />
          </Badge>
        ) : null}
        <span className={styles.end}>
          <RowMenu
            label={t('payment.actions')}
            items={
              reversed
                ? []
                : [
                    {
                      id: 'reverse',
                      label: t('payment.reverse'),
                      icon: <Undo2 size={14} aria-hidden="true" />,
                      disabled: busy,
                      onSelect: () => setAsked(true),
                    },
                  ]
            }
          />
        </span>
      </div>
      <div id={id} hidden={!open} className={styles.detail}>
        {payment.allocation.length === 0 ? t('payment.nothing-allocated') : null}
        {payment.allocation.map((part) => (
          <span key={`${part.debtId} ${part.component}`}>
            {part.externalRef} · {t(`debt.${part.component}`)}{' '}
            <Money amounts={{ amountMinor: part.amountMinor, currency }} />
          </span>
        ))}
        {payment.agentName ? <span className={styles.faint}>{payment.agentName}</span> : null}
      </div>
      <Confirm
        open={asked}
        destructive
        title={t('payment.reverse-title')}
        text={t('payment.reverse-text')}
        action={t('payment.reverse')}
        onCancel={() => setAsked(false)}
        onConfirm={() => {
          setAsked(false);
          void run({ paymentId: payment.paymentId });
        }}
      />
    </li>
  );
}
