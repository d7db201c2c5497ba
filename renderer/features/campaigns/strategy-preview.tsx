import { ListOrdered } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ListStrategy, StrategyPreview as Preview } from '#shared/contract/index.ts';
import type { PortfolioId } from '#shared/domain/index.ts';
import { toHash } from '../../app/router.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Badge, EmptyState, Money } from '../../components/index.ts';
import { Loaded } from '../rules/loaded.tsx';
import { useLater } from '../rules/use-later.ts';
import styles from './strategy-preview.module.css';
import { askable, propertyText } from './strategy-words.ts';

const settleMs = 500;
const shownRows = 25;

/** The list as the strategy on the page would order it, with nothing saved and nobody called. */
export function StrategyPreview({
  portfolioId,
  strategy,
}: {
  portfolioId: string;
  strategy: ListStrategy;
}) {
  const { t } = useTranslation();
  const later = useLater(strategy, settleMs);
  const data = useQueryData(
    'campaign.preview-strategy',
    portfolioId === ''
      ? null
      : {
          portfolioId: portfolioId as PortfolioId,
          strategy: askable(later),
          limit: shownRows,
        },
  );
  const onItsWay = data.state === 'loading' || later !== strategy;
  return (
    <section className={styles.preview} aria-label={t('strategy.preview')}>
      <div className={styles.head}>
        <h3 className={styles.title}>{t('strategy.preview')}</h3>
        <span className={styles.faint} role="status">
          {portfolioId !== '' && onItsWay && data.value !== null ? t('strategy.reckoning') : ''}
        </span>
      </div>
      {portfolioId === '' ? (
        <EmptyState
          icon={<ListOrdered size={24} aria-hidden="true" />}
          title={t('strategy.no-portfolio')}
          text={t('strategy.no-portfolio-text')}
        />
      ) : (
        <Loaded data={data} lines={10}>
          {(preview) => (
            <div className={styles.content} aria-busy={onItsWay}>
              <Counts preview={preview} />
              <Rows preview={preview} />
            </div>
          )}
        </Loaded>
      )}
    </section>
  );
}

function Counts({ preview }: { preview: Preview }) {
  const { t, i18n } = useTranslation();
  const number = (value: number): string => new Intl.NumberFormat(i18n.language).format(value);
  return (
    <>
      <p className={styles.fitting}>
        <strong>{number(preview.fitting)}</strong>{' '}
        {t('strategy.fitting', { count: preview.fitting, total: preview.total })}
      </p>
      {preview.period ? (
        <p className={styles.faint}>{t('strategy.period-today', { name: preview.period })}</p>
      ) : null}
      {preview.priorities.length === 0 ? null : (
        <ol className={styles.priorities} aria-label={t('strategy.priorities')}>
          {preview.priorities.map((one) => (
            <li key={one.name}>
              <span>{one.name}</span>
              <span className={styles.count}>{number(one.count)}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

function Rows({ preview }: { preview: Preview }) {
  const { t, i18n } = useTranslation();
  const adds = new Intl.NumberFormat(i18n.language, {
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  if (preview.rows.length === 0) {
    return <EmptyState title={t('strategy.nobody')} text={t('strategy.nobody-text')} />;
  }
  return (
    <ol className={styles.rows} aria-label={t('strategy.first-rows')}>
      {preview.rows.map((row, index) => (
        <li key={row.debtorId} className={styles.row}>
          <span className={styles.place}>{index + 1}</span>
          <div className={styles.who}>
            <span className={styles.line}>
              <a className={styles.name} href={toHash(`/debtor/${row.debtorId}`)}>
                {row.displayName}
              </a>
              <span className={styles.amount}>
                {row.balances.length === 0 ? '–' : <Money amounts={row.balances} />}
              </span>
            </span>
            <span className={styles.line}>
              <span className={styles.faint}>
                {[
                  row.priority,
                  row.oldestDaysPastDue === null
                    ? null
                    : t('strategy.days-past-due', { count: row.oldestDaysPastDue }),
                  row.numberKind
                    ? t(`number-kind.${row.numberKind}`, { defaultValue: row.numberKind })
                    : t('strategy.no-number'),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              {row.reasons.length === 0 ? null : (
                <span className={styles.faint}>
                  {t('strategy.score', {
                    score: new Intl.NumberFormat(i18n.language, {
                      maximumFractionDigits: 1,
                    }).format(row.score),
                  })}
                </span>
              )}
            </span>
            {row.reasons.length === 0 ? null : (
              <span className={styles.reasons}>
                {row.reasons.map((reason) => (
                  <Badge key={reason.property}>
                    {propertyText(reason.property, t)} {adds.format(reason.adds)}
                  </Badge>
                ))}
              </span>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
