import {
  Check,
  CheckCheck,
  CircleAlert,
  CircleHelp,
  CircleSlash,
  Clock,
  Eye,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MessageState } from '#shared/contract/index.ts';
import { formatDateTime } from '../../app/format/index.ts';
import styles from './delivery-mark.module.css';

const icons: Record<MessageState, LucideIcon> = {
  queued: Clock,
  permitted: LoaderCircle,
  sent: Check,
  delivered: CheckCheck,
  read: Eye,
  failed: CircleAlert,
  expired: Hourglass,
  unknown: CircleHelp,
  cancelled: CircleSlash,
};

/** How far a message came, as a shape and a word; what only a hint says is said as one: "probably read". */
export function DeliveryMark({
  state,
  hint = false,
  at = null,
}: {
  state: MessageState;
  hint?: boolean;
  /** when it came so far */
  at?: number | null;
}) {
  const { t, i18n } = useTranslation();
  const Icon = icons[state];
  const hinted = hint && (state === 'read' || state === 'delivered' || state === 'failed');
  return (
    <span
      className={styles.mark}
      data-state={state}
      data-hint={hinted || undefined}
      data-delivery={state}
      title={at === null ? undefined : formatDateTime(at, i18n.language)}
    >
      <Icon size={12} aria-hidden="true" />
      {t(hinted ? `delivery.${state}-hint` : `delivery.${state}`)}
    </span>
  );
}
