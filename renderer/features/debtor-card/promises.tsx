import { CircleSlash } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, DateOnly, Money, StatusDot, type Tone } from '../../components/index.ts';
import styles from './list.module.css';
import { RowMenu } from './row-menu.tsx';
import { Section } from './section.tsx';
import { WorkButton } from './work-button.tsx';

type Promised = DebtorCard['promises'][number];

const tones: Record<Promised['status'], Tone> = {
  open: 'wait',
  kept: 'talk',
  broken: 'stop',
  withdrawn: 'neutral',
};
const shortList = 4;

export function Promises({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const { promises } = card;
  if (promises.length === 0) return null;
  const shown = all ? promises : promises.slice(0, shortList);
  return (
    <Section
      title={t('card.promises')}
      count={promises.length}
      actions={<WorkButton sheet={{ kind: 'promise' }} label={t('outcome.promise')} />}
    >
      <ul className={styles.list}>
        {shown.map((promise) => (
          <PromiseRow key={promise.promiseToPayId} promise={promise} card={card} />
        ))}
      </ul>
      {promises.length > shown.length ? (
        <Button look="quiet" className={styles.more} onClick={() => setAll(true)}>
          {t('card.show-all', { count: promises.length })}
        </Button>
      ) : null}
    </Section>
  );
}

function PromiseRow({ promise, card }: { promise: Promised; card: DebtorCard }) {
  const { t } = useTranslation();
  const { run, busy } = useCommand('promise.withdraw');
  const debt = card.debts.find((one) => one.debtId === promise.debtId);
  const inPart = promise.paidMinor > 0 && promise.paidMinor < promise.amountMinor;
  return (
    <li className={styles.row}>
      <StatusDot tone={tones[promise.status]} label={t(`promise.status-${promise.status}`)} />
      <span className={styles.amount}>
        <Money amounts={promise} />
      </span>
      <span>
        {t('promise.by')} <DateOnly date={promise.dueOn} />
      </span>
      {inPart ? (
        <span className={styles.soft}>
          {t('promise.paid-in-part')}{' '}
          <Money amounts={{ amountMinor: promise.paidMinor, currency: promise.currency }} />
        </span>
      ) : null}
      <span className={styles.faint}>
        {[debt?.externalRef, promise.agentName].filter(Boolean).join(' · ')}
      </span>
      <span className={styles.end}>
        <RowMenu
          label={t('promise.actions')}
          items={
            promise.status === 'open'
              ? [
                  {
                    id: 'withdraw',
                    label: t('promise.withdraw'),
                    icon: <CircleSlash size={14} aria-hidden="true" />,
                    disabled: busy,
                    onSelect: () => void run({ promiseToPayId: promise.promiseToPayId }),
                  },
                ]
              : []
          }
        />
      </span>
    </li>
  );
}
