import { useTranslation } from 'react-i18next';
import type { InboxView } from '#shared/contract/index.ts';
import { toHash } from '../../app/router.ts';
import { LinkTabs } from '../../components/link-tabs.tsx';

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
    <LinkTabs
      label={t('inbox.views')}
      current={current}
      onAgain={onChoose}
      tabs={inboxViews.map((view) => {
        const count = counts?.[view] ?? 0;
        return {
          id: view,
          label: t(`inbox.view-${view}`),
          href: toHash('/inbox', { view: view === 'open' ? '' : view }),
          count: count > 0 && view !== 'done' ? format.format(count) : undefined,
          tone: view === 'unmatched' ? 'wait' : undefined,
        };
      })}
    />
  );
}
