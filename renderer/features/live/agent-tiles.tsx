import { Users } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignLive } from '#shared/contract/index.ts';
import { toHash } from '../../app/router.ts';
import { classNames, EmptyState, Panel } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import styles from './agent-tiles.module.css';

export type LiveState = CampaignLive['agents'][number]['workState'];

/** A tile for each agent, and above them how many are in which state. */
export function AgentTiles({
  counts,
  emptyText,
  className,
  children,
}: {
  /** in the order in which they are said */
  counts: readonly { state: LiveState; count: number }[];
  /** why there may be no agents, and what to do */
  emptyText: string;
  /** says how wide the tiles are */
  className: string | undefined;
  children: readonly ReactElement[];
}) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t('live.agents')}
      actions={
        <ul className={styles.counts}>
          {counts.map(({ state, count }) => (
            <li key={state} data-figure={`agents-${state}`}>
              {t(`state.${state}`)} <strong>{count}</strong>
            </li>
          ))}
        </ul>
      }
    >
      {children.length === 0 ? (
        <EmptyState
          icon={<Users size={24} aria-hidden="true" />}
          title={t('live.no-agents')}
          text={emptyText}
          action={<LinkButton href={toHash('/people')}>{t('people.title')}</LinkButton>}
        />
      ) : (
        <ul className={classNames(styles.tiles, className)}>{children}</ul>
      )}
    </Panel>
  );
}

/** One agent: the name, the colour of the state on the edge, and what the board says of them. */
export function AgentTile({
  state,
  name,
  children,
}: {
  state: LiveState;
  name: string;
  children: ReactNode;
}) {
  return (
    <li className={styles.tile} data-state={state}>
      <span className={styles.name} title={name}>
        {name}
      </span>
      {children}
    </li>
  );
}
