import { useTranslation } from 'react-i18next';
import { formatDate, formatPhone } from '../../app/format/index.ts';
import { Button } from '../../components/index.ts';
import styles from './flag-sheet.module.css';
import form from './form.module.css';
import { aboutHold, useFlags } from './use-flags.ts';
import type { Work } from './work-context.ts';

/** What is set now; each can be lifted. */
export function FlagsInForce({ work }: { work: Work }) {
  const { t, i18n } = useTranslation();
  const { lift, busy } = useFlags(work);
  const { card } = work;
  if (card.holds.length === 0) return null;
  return (
    <section className={styles.inForce} aria-label={t('flag.in-force')}>
      <h3>{t('flag.in-force')}</h3>
      <ul>
        {card.holds.map((hold) => {
          const point = card.contactPoints.find(
            (one) => one.contactPointId === hold.contactPointId,
          );
          return (
            <li key={hold.holdId}>
              <div>
                <strong>{t(`flag.${hold.kind}`, { defaultValue: hold.kind })}</strong>
                <span className={form.hint}>
                  {[
                    t('flag.since', { date: formatDate(hold.since, i18n.language) }),
                    hold.until === null
                      ? null
                      : t('flag.until', { date: formatDate(hold.until, i18n.language) }),
                    hold.medium ? t(`channel.${hold.medium}`) : null,
                    point ? formatPhone(point.value) : null,
                    hold.reason,
                    hold.agentName,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </div>
              <Button disabled={busy} onClick={() => void lift(aboutHold(hold))}>
                {t('flag.lift')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
