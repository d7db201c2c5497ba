import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { isoDateFrom } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Field, Input, Money } from '../../components/index.ts';
import { type OwedOnDay, oldestBand, owedOnDay, owedToday } from './card-sums.ts';
import styles from './money-strip.module.css';

/** What is owed, how old it is, and what it is with interest to any day. */
export function MoneyStrip({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  const open = card.debts.filter((debt) => debt.status === 'open').length;
  const band = oldestBand(card.debts);
  return (
    <section className={styles.strip} aria-label={t('card.money')}>
      <dl className={styles.figures}>
        <div>
          <dt>
            {t('card.to-pay')}
            {open > 0 ? ` · ${t('card.debt-count', { count: open })}` : null}
          </dt>
          <dd className={styles.total}>
            {card.totals.length > 0 ? <Money amounts={card.totals} /> : t('card.nothing-due')}
          </dd>
        </div>
        {band === null ? null : (
          <div>
            <dt>{t('card.oldest')}</dt>
            <dd>
              <span className={styles.band} data-band={band}>
                {t(`age-band.${band}`)}
              </span>
              {card.oldestDaysPastDue === null ? null : (
                <span className={styles.days}>
                  {t('card.days-past-due', { count: card.oldestDaysPastDue })}
                </span>
              )}
            </dd>
          </div>
        )}
      </dl>
      {open > 0 ? <InterestTo key={card.debtorId} card={card} /> : null}
    </section>
  );
}

/** Interest up to a day that can be chosen; today's is there at once. */
function InterestTo({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  const { clock } = useServices();
  const today = isoDateFrom(clock.now(), 0);
  const [chosen, setChosen] = useState(today);
  const other = chosen !== '' && chosen !== today;
  const answer = useQueryData(
    'debtor.interest',
    other ? { debtorId: card.debtorId, onDate: chosen } : null,
  );
  const owed = other
    ? answer.state === 'ready'
      ? owedOnDay(card, answer.value)
      : null
    : owedToday(card);
  return (
    <div className={styles.interest}>
      <Field label={t('card.interest-to')} className={styles.day}>
        <Input
          type="date"
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          onBlur={() => {
            if (chosen === '') setChosen(today);
          }}
        />
      </Field>
      <div className={styles.answer} role="status">
        {answer.state === 'failed' && other ? (
          <span className={styles.unknown}>{errorText(answer.error, t)}</span>
        ) : (
          (owed ?? owedToday(card)).map((one) => (
            <Owed key={one.currency} owed={one} waiting={owed === null} />
          ))
        )}
      </div>
    </div>
  );
}

function Owed({ owed, waiting }: { owed: OwedOnDay; waiting: boolean }) {
  const { t } = useTranslation();
  const { currency, balanceMinor, runningMinor } = owed;
  if (runningMinor === null) {
    return <span className={styles.unknown}>{t('card.interest-unknown')}</span>;
  }
  return (
    <dl className={styles.owed} data-waiting={waiting}>
      <div>
        <dt>{t('card.interest-running')}</dt>
        <dd>
          <Money amounts={{ amountMinor: runningMinor, currency }} />
        </dd>
      </div>
      <div>
        <dt>{t('card.with-interest')}</dt>
        <dd>
          <Money amounts={{ amountMinor: balanceMinor + runningMinor, currency }} />
        </dd>
      </div>
    </dl>
  );
}
