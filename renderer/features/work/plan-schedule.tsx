import { useTranslation } from 'react-i18next';
import { formatMoney } from '../../app/format/index.ts';
import { DateOnly } from '../../components/index.ts';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import styles from './plan.module.css';
import type { PlanPreview } from './plan-draft.ts';

/** What the plan would be, as the engine counts it. */
export function PlanSchedule({ preview, currency }: { preview: PlanPreview; currency: string }) {
  const { t, i18n } = useTranslation();
  const money = (amountMinor: number): string =>
    formatMoney({ amountMinor, currency }, i18n.language);
  const wrong = new Set(
    preview.problems.flatMap(({ position }) => (position === null ? [] : [position])),
  );
  return (
    <div className={styles.schedule}>
      <p className={styles.sum}>
        {t('plan.sum', {
          count: preview.instalments.length,
          total: money(preview.totalMinor),
        })}
        <span>{t('plan.owed', { owed: money(preview.owedMinor) })}</span>
      </p>
      <ScrollRegion className={styles.scroller} label={t('plan.schedule')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('plan.number')}</th>
              <th scope="col">{t('plan.due')}</th>
              <th scope="col">{t('plan.amount')}</th>
              <th scope="col">{t('plan.rest')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.instalments.map((one) => (
              <tr key={one.position} data-wrong={wrong.has(one.position)}>
                <td>{one.position + 1}</td>
                <td>
                  <DateOnly date={one.dueOn} />
                </td>
                <td>{money(one.amountMinor)}</td>
                <td>{money(one.restMinor)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  );
}
