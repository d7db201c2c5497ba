import { Flag } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { formatDate } from '../../app/format/index.ts';
import { Badge, Tooltip } from '../../components/index.ts';
import { useWork } from '../work/work-context.ts';
import styles from './heading.module.css';

/** who must not be contacted at all */
const stops: ReadonlySet<string> = new Set(['cease', 'deceased', 'bankrupt', 'insolvency']);

/** What is special about this debtor, each as a word. A press leads to what can be done about it. */
export function Flags({ card }: { card: DebtorCard }) {
  const { t, i18n } = useTranslation();
  const work = useWork();
  const named = new Set(card.holds.map((hold) => hold.kind));
  const others = card.flags.filter((flag) => !named.has(flag));
  return (
    <>
      {card.holds.map((hold) => (
        <Tooltip
          key={hold.holdId}
          text={[
            t('flag.since', { date: formatDate(hold.since, i18n.language) }),
            hold.until === null
              ? null
              : t('flag.until', { date: formatDate(hold.until, i18n.language) }),
            hold.reason,
            hold.agentName,
          ]
            .filter(Boolean)
            .join(' · ')}
        >
          <button
            type="button"
            className={styles.flag}
            data-stop={stops.has(hold.kind)}
            onClick={() => work?.open({ kind: 'flag' })}
          >
            <Flag size={12} aria-hidden="true" />
            {t(`flag.${hold.kind}`, { defaultValue: hold.kind })}
          </button>
        </Tooltip>
      ))}
      {others.map((flag) => (
        <Badge key={flag} tone="wait">
          <Flag size={12} aria-hidden="true" />
          {t(`flag.${flag}`, { defaultValue: flag })}
        </Badge>
      ))}
    </>
  );
}
