import { CircleSlash } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard, PaymentPlan } from '#shared/contract/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { Confirm, DateOnly, Money, StatusDot, type Tone } from '../../components/index.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { FoldButton } from './fold-button.tsx';
import styles from './list.module.css';
import plans from './plans.module.css';
import { RowMenu } from './row-menu.tsx';
import { Section } from './section.tsx';

const tones: Record<PaymentPlan['status'], Tone> = {
  active: 'wait',
  kept: 'talk',
  broken: 'stop',
  cancelled: 'neutral',
};
const instalmentTones: Record<PaymentPlan['instalments'][number]['status'], Tone> = {
  open: 'neutral',
  paid: 'talk',
  late: 'stop',
  cancelled: 'neutral',
};

/** Agreed instalments and how far they are paid. */
export function Plans({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  if (card.plans.length === 0) return null;
  return (
    <Section title={t('card.plans')} count={card.plans.length}>
      <ul className={styles.list}>
        {card.plans.map((plan) => (
          <PlanRow key={plan.paymentPlanId} plan={plan} />
        ))}
      </ul>
    </Section>
  );
}

function PlanRow({ plan }: { plan: PaymentPlan }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(plan.status === 'active' && plan.instalments.length <= 6);
  const [asked, setAsked] = useState(false);
  const { run, busy } = useCommand('plan.cancel');
  const id = useId();
  const { currency } = plan;
  const paidCount = plan.instalments.filter((one) => one.status === 'paid').length;
  return (
    <li>
      <div className={styles.row}>
        <FoldButton
          label={t('plan.instalments')}
          open={open}
          controls={id}
          onToggle={() => setOpen((now) => !now)}
        />
        <StatusDot tone={tones[plan.status]} label={t(`plan.status-${plan.status}`)} />
        <span className={styles.amount}>
          <Money amounts={{ amountMinor: plan.totalMinor, currency }} />
        </span>
        <span className={styles.soft}>
          {t('plan.paid-of', { paid: paidCount, count: plan.instalments.length })}
        </span>
        <span className={plans.bar}>
          <ProgressBar
            label={t('plan.progress')}
            value={Math.min(plan.paidMinor, plan.totalMinor)}
            max={plan.totalMinor}
          />
        </span>
        <span className={styles.faint}>
          <Money amounts={{ amountMinor: plan.paidMinor, currency }} />
        </span>
        <span className={styles.end}>
          <RowMenu
            label={t('plan.actions')}
            items={
              plan.status === 'active'
                ? [
                    {
                      id: 'cancel',
                      label: t('plan.cancel'),
                      icon: <CircleSlash size={14} aria-hidden="true" />,
                      disabled: busy,
                      onSelect: () => setAsked(true),
                    },
                  ]
                : []
            }
          />
        </span>
      </div>
      <div id={id} hidden={!open}>
        {open ? <Instalments plan={plan} /> : null}
      </div>
      <Confirm
        open={asked}
        destructive
        title={t('plan.cancel-title')}
        text={t('plan.cancel-text')}
        action={t('plan.cancel')}
        onCancel={() => setAsked(false)}
        onConfirm={() => {
          setAsked(false);
          void run({ paymentPlanId: plan.paymentPlanId });
        }}
      />
    </li>
  );
}

function Instalments({ plan }: { plan: PaymentPlan }) {
  const { t } = useTranslation();
  const { currency } = plan;
  return (
    <table className={plans.table}>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('plan.number')}</th>
          <th scope="col">{t('plan.due')}</th>
          <th scope="col">{t('plan.amount')}</th>
          <th scope="col">{t('plan.state')}</th>
        </tr>
      </thead>
      <tbody>
        {plan.instalments.map((one) => (
          <tr key={one.instalmentId}>
            <td className={plans.position}>{one.position + 1}.</td>
            <td>
              <DateOnly date={one.dueOn} />
            </td>
            <td className={plans.amount}>
              <Money amounts={{ amountMinor: one.amountMinor, currency }} />
            </td>
            <td>
              <StatusDot
                tone={instalmentTones[one.status]}
                label={t(`plan.instalment-${one.status}`)}
              />
              {one.paidMinor > 0 && one.paidMinor < one.amountMinor ? (
                <span className={styles.faint}>
                  {' '}
                  {t('promise.paid-in-part')}{' '}
                  <Money amounts={{ amountMinor: one.paidMinor, currency }} />
                </span>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
