import { Users } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentStatus } from '#shared/contract/index.ts';
import { formatDuration } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { useAgent } from '../../app/services.ts';
import { stateTones } from '../../app/shell/state-menu.tsx';
import { useNow } from '../../app/use-now.ts';
import { EmptyState, Panel, Phone, StatusDot } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import styles from './agent-board.module.css';
import { agentsOf, countStates, stateOrder } from './agent-order.ts';
import type { LiveCalls } from './live-calls.ts';

/** Everyone who can take calls: state as word, shape and colour, and for how long. Places do not move. */
export function AgentBoard({ live, campaignId }: { live: LiveCalls; campaignId: string }) {
  const { t } = useTranslation();
  const everyone = useAgent((view) => view.everyone);
  const agents = useMemo(() => agentsOf(everyone, campaignId), [everyone, campaignId]);
  const counts = countStates(agents);
  return (
    <Panel
      title={t('live.agents')}
      actions={
        <ul className={styles.counts}>
          {stateOrder.map((state) => (
            <li key={state} data-figure={`agents-${state}`}>
              {t(`state.${state}`)} <strong>{counts[state]}</strong>
            </li>
          ))}
        </ul>
      }
    >
      {agents.length === 0 ? (
        <EmptyState
          icon={<Users size={24} aria-hidden="true" />}
          title={t('live.no-agents')}
          text={t('live.no-agents-text')}
          action={<LinkButton href={toHash('/people')}>{t('people.title')}</LinkButton>}
        />
      ) : (
        <ul className={styles.board}>
          {agents.map((agent) => (
            <Tile key={agent.personId} agent={agent} live={live} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Tile({ agent, live }: { agent: AgentStatus; live: LiveCalls }) {
  const { t } = useTranslation();
  const now = useNow();
  const call = agent.callId === null ? undefined : live.byId[agent.callId];
  const silent = agent.line === 'silent' && agent.workState !== 'offline';
  return (
    <li className={styles.tile} data-state={agent.workState}>
      <span className={styles.name}>{agent.displayName}</span>
      <span className={styles.state}>
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
    </li>
  );
}
