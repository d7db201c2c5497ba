import {
  CalendarClock,
  CheckCheck,
  Ellipsis,
  Flag,
  FlagOff,
  MailCheck,
  Megaphone,
  StickyNote,
  X,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton, Menu } from '../../components/index.ts';
import { type BulkKind, bulkKinds } from './bulk-action.ts';
import styles from './marks-bar.module.css';

const icons: Record<BulkKind, ReactNode> = {
  addToCampaign: <Megaphone size={14} aria-hidden="true" />,
  setHold: <Flag size={14} aria-hidden="true" />,
  liftHold: <FlagOff size={14} aria-hidden="true" />,
  callback: <CalendarClock size={14} aria-hidden="true" />,
  note: <StickyNote size={14} aria-hidden="true" />,
  recordNotice: <MailCheck size={14} aria-hidden="true" />,
};

/** The others stand in a menu: the table must not move when the first row is marked. */
const shownActions = 2;

/** What can be done with the marked debtors; in the place of the filter's tools while some are marked. */
export function MarksBar({
  count,
  total,
  all,
  onAll,
  onNone,
  onAction,
}: {
  count: number;
  total: number;
  /** all that the filter finds are marked */
  all: boolean;
  onAll: () => void;
  onNone: () => void;
  onAction: (kind: BulkKind) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('bulk.tools')}>
      <IconButton
        label={t('bulk.unmark')}
        icon={<X size={14} aria-hidden="true" />}
        onClick={onNone}
      />
      <span role="status" className={styles.count}>
        {t('bulk.marked', { count })}
      </span>
      {all || count >= total ? null : (
        <Button look="quiet" icon={<CheckCheck size={14} aria-hidden="true" />} onClick={onAll}>
          {t('bulk.mark-all', { count: total })}
        </Button>
      )}
      <span className={styles.actions}>
        {bulkKinds.slice(0, shownActions).map((kind) => (
          <Button key={kind} icon={icons[kind]} onClick={() => onAction(kind)}>
            {t(`bulk.${kind}`)}
          </Button>
        ))}
        <Menu
          align="end"
          trigger={
            <IconButton label={t('bulk.more')} icon={<Ellipsis size={14} aria-hidden="true" />} />
          }
          items={bulkKinds.slice(shownActions).map((kind) => ({
            id: kind,
            label: t(`bulk.${kind}`),
            icon: icons[kind],
            onSelect: () => onAction(kind),
          }))}
        />
      </span>
    </div>
  );
}
