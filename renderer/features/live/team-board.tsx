import { useTranslation } from 'react-i18next';
import type { CampaignLive } from '#shared/contract/index.ts';
import { formatDuration } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { useNow } from '../../app/use-now.ts';
import { StatusDot, type Tone } from '../../components/index.ts';
import { AgentTile, AgentTiles, type LiveState } from './agent-tiles.tsx';
import { formatChance } from './pacer-sentence.ts';
import styles from './team-board.module.css';

type LiveAgent = CampaignLive['agents'][number];

const tones: Record<LiveState, Tone> = {
  offline: 'neutral',
  notReady: 'neutral',
  ready: 'accent',
  preview: 'wait',
  reserved: 'accent',
  talking: 'talk',
  wrapUp: 'wait',
};
/** From what brings money to what does not. */
const order: readonly LiveState[] = [
  'talking',
  'ready',
  'preview',
  'reserved',
  'wrapUp',
  'notReady',
  'offline',
];

/** The agents of a campaign: what each does, since when, with whom, when they are expected. By name: nobody moves. */
export function TeamBoard({ agents }: { agents: readonly LiveAgent[] }) {
  const { t } = useTranslation();
  const sorted = [...agents].sort(
    (a, b) => a.displayName.localeCompare(b.displayName) || a.personId.localeCompare(b.personId),
  );
  const counts = order
    .map((state) => ({ state, count: agents.filter((one) => one.workState === state).length }))
    .filter(({ count }) => count > 0);
  return (
    <AgentTiles counts={counts} emptyText={t('live.no-agents-here')} className={styles.board}>
      {sorted.map((agent) => (
        <Tile key={agent.personId} agent={agent} />
      ))}
    </AgentTiles>
  );
}

function Tile({ agent }: { agent: LiveAgent }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  return (
    <AgentTile state={agent.workState} name={agent.displayName}>
      <StatusDot tone={tones[agent.workState]} label={t(`state.${agent.workState}`)} />
      <span className={styles.timer}>{formatDuration(now - agent.since)}</span>
      <span className={styles.detail}>
        <Detail agent={agent} now={now} />
      </span>
      <Occupancy value={agent.occupancy} />
      <span className={styles.figures}>
        {t('live.agent-figures', {
          count: agent.conversations,
          idle: formatDuration(agent.idleTimeMs),
        })}
        <span className={styles.share}>
          {agent.occupancy === null ? '–' : formatChance(agent.occupancy, i18n.language)}
        </span>
      </span>
    </AgentTile>
  );
}

/** With whom, or when they are expected back. */
function Detail({ agent, now }: { agent: LiveAgent; now: number }) {
  const { t } = useTranslation();
  if (agent.workState === 'wrapUp') {
    if (agent.readyAt === null) return t('live.ready-unknown');
    return agent.readyAt > now
      ? t('live.ready-in', { duration: formatDuration(agent.readyAt - now + 999) })
      : t('live.ready-due');
  }
  if (agent.debtorId === null || agent.debtorName === null) return null;
  return (
    <a className={styles.debtor} href={toHash(`/debtor/${agent.debtorId}`)}>
      {agent.debtorName}
    </a>
  );
}

function Occupancy({ value }: { value: number | null }) {
  return (
    <svg className={styles.bar} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect className={styles.track} width="100" height="4" />
      <rect className={styles.fill} width={100 * (value ?? 0)} height="4" />
    </svg>
  );
}
