import { List, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SavedFilter } from '#shared/contract/index.ts';
import { toHash } from '../../app/router.ts';
import { Panel } from '../../components/index.ts';
import { filterToQuery, sortToQuery } from './filter-address.ts';
import styles from './portfolio-list.module.css';

/** Filters that were kept: one's own, then those that are everybody's. */
export function SavedFilters({
  filters,
  chosen,
}: {
  filters: readonly SavedFilter[];
  chosen: string;
}) {
  const { t } = useTranslation();
  const ordered = [...filters].sort(
    (a, b) => Number(b.own) - Number(a.own) || a.name.localeCompare(b.name),
  );
  return (
    <Panel title={t('filter.saved')} flush className={styles.panel}>
      <ul className={styles.list}>
        {ordered.map((saved) => (
          <li key={saved.savedFilterId}>
            <a
              className={styles.short}
              href={toHash('/portfolio', {
                ...filterToQuery(saved.filter),
                list: saved.savedFilterId,
                sort: saved.sort ? sortToQuery(saved.sort) : '',
              })}
              aria-current={chosen === saved.savedFilterId ? 'true' : undefined}
            >
              {saved.shared ? (
                <Users size={14} aria-hidden="true" />
              ) : (
                <List size={14} aria-hidden="true" />
              )}
              <span className={styles.shortName}>{saved.name}</span>
              {saved.shared ? <span className={styles.detail}>{t('filter.shared')}</span> : null}
            </a>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
