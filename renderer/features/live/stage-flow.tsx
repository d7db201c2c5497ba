import { useTranslation } from 'react-i18next';
import type { CampaignLive } from '#shared/contract/index.ts';
import { Panel } from '../../components/index.ts';
import styles from './stage-flow.module.css';

type Stages = CampaignLive['stages'];

/** The way of a call: what is on its way, who waits, who talks; and beside it those who met nobody. */
export function StageFlow({ stages, today }: { stages: Stages; today: CampaignLive['today'] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('live.flow')} hideTitle flush>
      <ol className={styles.flow}>
        <Stage id="dialing" count={stages.dialing} label={t('live.stage-dialing')} />
        <Stage id="ringing" count={stages.ringing} label={t('live.stage-ringing')} />
        <Stage id="waiting" count={stages.waiting} label={t('live.stage-waiting')} />
        <Stage id="connected" count={stages.connected} label={t('live.stage-with-agent')} />
        <Stage
          id="abandoning"
          count={stages.abandoning}
          label={t('live.stage-abandoning')}
          note={t('live.stage-abandoned', { count: today.abandoned })}
        />
      </ol>
    </Panel>
  );
}

function Stage({
  id,
  count,
  label,
  note,
}: {
  id: keyof Stages;
  count: number;
  label: string;
  note?: string;
}) {
  return (
    <li className={styles.stage} data-stage={id} data-empty={count === 0}>
      <span className={styles.count} data-figure={`live-${id}`}>
        {count}
      </span>
      <span className={styles.name}>{label}</span>
      {note ? <span className={styles.note}>{note}</span> : null}
      <svg className={styles.arrow} viewBox="0 0 12 40" aria-hidden="true">
        <path d="M1 1l10 19L1 39" />
      </svg>
    </li>
  );
}
