import { useTranslation } from 'react-i18next';
import type { InboxView } from '#shared/contract/index.ts';
import { toHash } from '../../app/router.ts';
import styles from './view-tabs.module.css';

export const inboxViews: readonly InboxView[] = [
  'open',
  'mine',
  'unassigned',
  'unmatched',
  'snoozed',
  'done',
];

/** The views of the inbox with how much is in each. What is done is not counted at: nobody has to look at it. */
export function ViewTabs({
  current,
  counts,
  onChoose,
}: {
  current: InboxView;
  /** null: not known yet */
  counts: Partial<Record<InboxView, number>> | null;
  onChoose: (view: InboxView) => void;
}) {
  const { t, i18n } = useTranslation();
  const format = new Intl.NumberFormat(i18n.language);
  return (
    <nav aria-label={t('inbox.views')}>
      <ul className={styles.views}>
        {inboxViews.map((view) => {
          const count = counts?.[view] ?? 0;
          return (
            <li key={view}>
              <a
                className={styles.view}
                href={toHash('/inbox', { view: view === 'open' ? '' : view })}
                aria-current={view === current ? 'page' : undefined}
                onClick={(event) => {
                  if (view !== current) return;
                  event.preventDefault();
                  onChoose(view);
                }}
              >
                {t(`inbox.view-${view}`)}
                {count > 0 && view !== 'done' ? (
                  <span className={styles.count} data-view={view}>
                    {format.format(count)}
                  </span>
                ) : null}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
