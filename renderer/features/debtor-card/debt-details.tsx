import { useTranslation } from 'react-i18next';
import type { Debt } from '#shared/contract/index.ts';
import { formatMoney, formatRate, isoDateFrom } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, DateOnly, Money } from '../../components/index.ts';
import { useWork } from '../work/work-context.ts';
import { AccountToPay } from './account-to-pay.tsx';
import styles from './debt-details.module.css';

/** What stands behind the amounts of one debt: what is still open, how its interest runs, when it lapses, where to pay. */
export function DebtDetails({ debt }: { debt: Debt }) {
  const { t } = useTranslation();
  const work = useWork();
  const { currency } = debt;
  return (
    <div className={styles.details}>
      <dl className={styles.facts}>
        <Fact label={t('debt.open-parts')}>
          {[
            [t('debt.fees'), debt.open.feesMinor] as const,
            [t('debt.interest'), debt.open.interestMinor] as const,
            [t('debt.principal'), debt.open.principalMinor] as const,
          ].map(([label, amountMinor]) => (
            <span key={label} className={styles.part}>
              {label} <Money amounts={{ amountMinor, currency }} />
            </span>
          ))}
        </Fact>
        <InterestTerms debt={debt} />
        <Fact label={t('debt.limitation')}>
          {debt.limitation.on === null ? (
            t('limitation.unknown')
          ) : (
            <>
              <DateOnly date={debt.limitation.on} />{' '}
              {debt.limitation.source === null ? null : (
                <span className={styles.faint}>
                  {t(`limitation.source-${debt.limitation.source}`)}
                </span>
              )}
            </>
          )}
        </Fact>
        {debt.issuedOn ? (
          <Fact label={t('debt.issued')}>
            <DateOnly date={debt.issuedOn} />
          </Fact>
        ) : null}
        {debt.account ? (
          <Fact label={t('debt.account')}>
            <AccountToPay account={debt.account} />
          </Fact>
        ) : null}
      </dl>
      {debt.status === 'open' ? <InterestPeriods debt={debt} /> : null}
      {debt.status === 'open' && work ? (
        <div className={styles.actions}>
          <Button onClick={() => work.open({ kind: 'writeOff', debtId: debt.debtId })}>
            {t('work.write-off')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function InterestTerms({ debt }: { debt: Debt }) {
  const { t, i18n } = useTranslation();
  const { kind, ratePpm, from, accruedMinor, unknown } = debt.interest;
  return (
    <Fact label={t('debt.interest-terms')}>
      {t(`interest-kind.${kind}`)}
      {kind === 'agreed' && ratePpm !== null ? ` ${formatRate(ratePpm, i18n.language)}` : null}
      {from ? (
        <span className={styles.faint}>
          {' '}
          {t('debt.interest-from')} <DateOnly date={from} />
        </span>
      ) : null}
      {accruedMinor === null || kind === 'none' ? null : (
        <span className={styles.line}>
          {t('card.interest-running')}{' '}
          {formatMoney({ amountMinor: accruedMinor, currency: debt.currency }, i18n.language)}
        </span>
      )}
      {unknown === null || kind === 'none' ? null : (
        <span className={styles.wait}>{t(`interest-unknown.${unknown}`)}</span>
      )}
    </Fact>
  );
}

/** How today's interest came about; fetched when the debt is opened. */
function InterestPeriods({ debt }: { debt: Debt }) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const wanted = debt.interest.kind !== 'none';
  const answer = useQueryData(
    'debtor.interest',
    wanted ? { debtId: debt.debtId, onDate: isoDateFrom(clock.now(), 0) } : null,
  );
  const found = answer.value?.debts[0];
  if (!found || found.periods.length === 0) return null;
  return (
    <table className={styles.periods}>
      <caption>{t('debt.interest-periods')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('debt.period')}</th>
          <th scope="col">{t('debt.days')}</th>
          <th scope="col">{t('debt.rate')}</th>
          <th scope="col">{t('debt.of-amount')}</th>
          <th scope="col">{t('debt.interest')}</th>
        </tr>
      </thead>
      <tbody>
        {found.periods.map((period) => (
          <tr key={`${period.from} ${period.principalMinor}`}>
            <th scope="row">
              <DateOnly date={period.from} /> – <DateOnly date={period.to} />
            </th>
            <td>{period.days}</td>
            <td>{formatRate(period.ratePpm, i18n.language)}</td>
            <td>
              {formatMoney(
                { amountMinor: period.principalMinor, currency: debt.currency },
                i18n.language,
              )}
            </td>
            <td>
              {formatMoney(
                { amountMinor: period.interestMinor, currency: debt.currency },
                i18n.language,
              )}
            </td>
          </tr>
        ))}
      </tbody>
      {found.rates?.draft ? (
        <tfoot>
          <tr>
            <td colSpan={5} className={styles.faint}>
              {t('debt.rates-draft', { source: found.rates.source })}
            </td>
          </tr>
        </tfoot>
      ) : null}
    </table>
  );
}
