import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentStatus } from '#shared/contract/index.ts';
import { formatDuration } from '../../app/format/index.ts';
import { useAgent } from '../../app/services.ts';
import { stateTones } from '../../app/shell/state-menu.tsx';
import { useNow } from '../../app/use-now.ts';
import { Phone, StatusDot } from '../../components/index.ts';
import styles from './agent-board.module.css';
import { agentsOf, countStates, stateOrder } from './agent-order.ts';
import { AgentTile, AgentTiles } from './agent-tiles.tsx';
import type { LiveCalls } from './live-calls.ts';

/** Everyone who can take calls: state as word, shape and colour, and for how long. Places do not move. */
export function AgentBoard({ live, campaignId }: { live: LiveCalls; campaignId: string }) {
  const { t } = useTranslation();
  const everyone = useAgent((view) => view.everyone);
  const agents = useMemo(() => agentsOf(everyone, campaignId), [everyone, campaignId]);
  const counts = countStates(agents);
  return (
    <AgentTiles
      counts={stateOrder.map((state) => ({ state, count: counts[state] }))}
      emptyText={t('live.no-agents-text')}
      className={styles.board}
    >
      {agents.map((agent) => (
        <Tile key={agent.personId} agent={agent} live={live} />
      ))}
    </AgentTiles>
  );
}

function Tile({ agent, live }: { agent: AgentStatus; live: LiveCalls }) {
  const { t } = useTranslation();
  const now = useNow();
  const call = agent.callId === null ? undefined : live.byId[agent.callId];
  const silent = agent.line === 'silent' && agent.workState !== 'offline';
  return (
    <AgentTile state={agent.workState} name={agent.displayName}>
      <span className={styles.state} data-state={agent.workState}>
        <StatusDot tone={stateTones[agent.workState]} label={t(`state.${agent.workState}`)} />
      </span>
      <span className={styles.timer}>{formatDuration(now - agent.since)}</span>
      <span className={styles.detail}>
        {silent ? (
          <span className={styles.wrong}>{t('line.silent')}</span>
        ) : call?.number ? (
          <Phone number={call.number} />
        ) : null}
      </span>
    </AgentTile>
  );
}
