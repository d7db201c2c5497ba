import { useTranslation } from 'react-i18next';
import type { Call } from '#shared/contract/index.ts';
import { formatDuration } from '../../app/format/index.ts';
import { useAgent } from '../../app/services.ts';
import { useNow } from '../../app/use-now.ts';
import { Panel, Phone } from '../../components/index.ts';
import styles from './call-flow.module.css';
import { byStage, type LiveCalls, type Stage, stageSince, stages } from './live-calls.ts';

/** Chips beyond this are only counted: the page must not grow with the number of lines. */
const chipsShown = 6;
const stageKeys: Record<Stage, string> = {
  dialing: 'live.stage-dialing',
  ringing: 'live.stage-ringing',
  waiting: 'live.stage-waiting',
  talking: 'live.stage-talking',
  held: 'live.stage-held',
};

/** Calls on their way from left to right: dialed, ringing, answered, with an agent. */
export function CallFlow({ live, campaignId }: { live: LiveCalls; campaignId: string }) {
  const { t } = useTranslation();
  const columns = byStage(live, campaignId);
  return (
    <Panel title={t('live.flow')} flush>
      <ol className={styles.flow}>
        {stages.map((stage) => (
          <li
            key={stage}
            className={styles.stage}
            data-stage={stage}
            data-empty={columns[stage].length === 0}
          >
            <p className={styles.head}>
              <span className={styles.count} data-figure={`stage-${stage}`}>
                {columns[stage].length}
              </span>
              <span className={styles.name}>{t(stageKeys[stage])}</span>
            </p>
            <ul className={styles.calls}>
              {columns[stage].slice(0, chipsShown).map((call) => (
                <Chip key={call.callId} call={call} />
              ))}
            </ul>
            {columns[stage].length > chipsShown ? (
              <p className={styles.more}>
                {t('live.more-calls', { count: columns[stage].length - chipsShown })}
              </p>
            ) : null}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Chip({ call }: { call: Call }) {
  const { t } = useTranslation();
  const now = useNow();
  const agent = useAgent((view) => (call.personId ? view.everyone[call.personId] : undefined));
  return (
    <li className={styles.call}>
      <span className={styles.number}>
        {call.number ? <Phone number={call.number} /> : t('call.withheld-number')}
      </span>
      <span className={styles.time}>{formatDuration(now - stageSince(call))}</span>
      <span className={styles.agent}>
        {[
          agent?.displayName,
          call.direction === 'in'
            ? t('direction.in')
            : call.mode === 'manual'
              ? t('live.by-hand')
              : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  );
}
