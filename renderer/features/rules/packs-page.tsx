import { Scale } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackRow } from '#shared/contract/index.ts';
import { navigate, toHash } from '../../app/router.ts';
import { type Column, DataTable, DateOnly, EmptyState, Panel } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { Loaded } from './loaded.tsx';
import { PackMarks, PackStatus } from './pack-status.tsx';
import { packTitle } from './pack-title.ts';
import styles from './packs-page.module.css';
import { placeName } from './place-name.ts';
import { RulesPage } from './rules-page.tsx';
import { useRulesQuery } from './use-rules-query.ts';
import { useWords } from './use-words.ts';

/** Every pack that contacts must pass, and plainly which of them no lawyer has approved. */
export function PacksPage() {
  const { t } = useTranslation();
  const data = useRulesQuery('rules.list-packs', {});
  const columns = usePackColumns();
  return (
    <RulesPage section="packs" fill>
      <Loaded data={data} lines={10}>
        {({ packs }) => {
          const drafts = packs.filter(
            (pack) => pack.status === 'draft' && !pack.practice && !pack.fallback,
          ).length;
          return (
            <>
              {drafts > 0 ? (
                <Notice tone="wait" title={t('rule-pages.drafts-title', { count: drafts })}>
                  {t('rule-pages.drafts-text')}
                </Notice>
              ) : null}
              <Panel title={t('rule-pages.packs')} hideTitle flush className={styles.panel}>
                <DataTable
                  id="rule-packs"
                  label={t('rule-pages.packs')}
                  columns={columns}
                  rows={packs}
                  rowId={(pack) => `${pack.packId} ${pack.version}`}
                  onOpen={(pack) => navigate(`/rules/packs/${pack.packId}`)}
                  empty={
                    <EmptyState
                      icon={<Scale size={24} aria-hidden="true" />}
                      title={t('rule-pack.none')}
                      text={t('rule-pack.none-text')}
                    />
                  }
                />
              </Panel>
            </>
          );
        }}
      </Loaded>
    </RulesPage>
  );
}

function usePackColumns(): Column<PackRow>[] {
  const words = useWords();
  return useMemo(() => {
    const { t } = words;
    return [
      {
        id: 'place',
        header: t('rule-pages.place'),
        width: 130,
        value: (pack) => placeName(pack.jurisdiction, words),
        cell: (pack) => placeName(pack.jurisdiction, words),
      },
      {
        id: 'title',
        header: t('rule-pages.pack'),
        width: 390,
        value: (pack) => packTitle(pack, words),
        cell: (pack) => (
          <span className={styles.name}>
            <a className={styles.link} href={toHash(`/rules/packs/${pack.packId}`)} tabIndex={-1}>
              {packTitle(pack, words)}
            </a>
            <PackMarks row={pack} />
          </span>
        ),
      },
      {
        id: 'status',
        header: t('rule-pages.status'),
        width: 210,
        value: (pack) => pack.status,
        cell: (pack) => <PackStatus status={pack.status} />,
      },
      {
        id: 'reviewer',
        header: t('rule-pages.reviewed-by'),
        width: 150,
        value: (pack) => pack.reviewer,
        cell: (pack) =>
          pack.reviewer ? (
            <>
              {pack.reviewer}
              {pack.reviewedOn ? (
                <>
                  {' · '}
                  <DateOnly date={pack.reviewedOn} />
                </>
              ) : null}
            </>
          ) : (
            '–'
          ),
      },
      {
        id: 'rules',
        header: t('rule-pages.rules'),
        width: 70,
        align: 'end',
        value: (pack) => pack.rules,
        cell: (pack) => pack.rules,
      },
      {
        id: 'version',
        header: t('rule-pages.version'),
        width: 100,
        value: (pack) => pack.version,
        cell: (pack) => pack.version,
      },
      {
        id: 'from',
        header: t('rule-pages.in-force-from'),
        width: 120,
        value: (pack) => pack.effectiveFrom,
        cell: (pack) => <DateOnly date={pack.effectiveFrom} />,
      },
    ];
  }, [words]);
}
