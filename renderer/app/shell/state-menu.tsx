import { ChevronDown } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentWorkState } from '#shared/contract/index.ts';
import { Button } from '../../components/button.tsx';
import { Menu, type MenuItem } from '../../components/menu.tsx';
import { StatusDot, type Tone } from '../../components/status-dot.tsx';
import { useCommands } from '../commands.ts';
import { formatDuration } from '../format/index.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useAgent, useLineHere } from '../services.ts';
import { useAgentActions } from '../use-agent-actions.ts';
import { useNow } from '../use-now.ts';
import styles from './status-bar.module.css';

export const stateTones: Record<AgentWorkState, Tone> = {
  offline: 'neutral',
  notReady: 'neutral',
  ready: 'accent',
  reserved: 'accent',
  talking: 'talk',
  wrapUp: 'wait',
};

/** State and its timer; choosing another one. `Y` says yes or no to calls. */
export function StateMenu() {
  const { t } = useTranslation();
  const own = useAgent((view) => view.own);
  const now = useNow();
  const { goReady, goNotReady, leave, busy } = useAgentActions();
  const state: AgentWorkState = own?.workState ?? 'offline';
  const lineHere = useLineHere();
  const wantsCalls =
    lineHere && own?.next === 'ready' && ['ready', 'reserved', 'talking', 'wrapUp'].includes(state);
  const toggle = wantsCalls ? goNotReady : goReady;
  useKeys({ Y: busy ? null : toggle });

  const items = useMemo<MenuItem[]>(
    () => [
      {
        id: 'ready',
        label: t('state.go-ready'),
        chosen: wantsCalls,
        shortcut: wantsCalls ? undefined : 'Y',
        onSelect: goReady,
      },
      {
        id: 'not-ready',
        label: t('state.go-not-ready'),
        chosen: !wantsCalls && state !== 'offline',
        shortcut: wantsCalls ? 'Y' : undefined,
        onSelect: goNotReady,
      },
      { id: 'line', separator: true },
      {
        id: 'leave',
        label: t('state.leave'),
        disabled: state === 'offline' || state === 'talking',
        onSelect: leave,
      },
    ],
    [t, wantsCalls, state, goReady, goNotReady, leave],
  );
  useCommands(
    useMemo(
      () => [
        { id: 'ready', label: t('state.go-ready'), run: goReady },
        { id: 'not-ready', label: t('state.go-not-ready'), run: goNotReady },
      ],
      [t, goReady, goNotReady],
    ),
  );

  return (
    <Menu
      items={items}
      trigger={
        <Button look="quiet" className={styles.stateButton} data-state={state}>
          <span className={styles.stateLabel}>
            <StatusDot tone={stateTones[state]} label={t(`state.${state}`)} />
            {own ? <span className={styles.timer}>{formatDuration(now - own.since)}</span> : null}
            {own && state === 'talking' && own.next === 'notReady' ? (
              <span className={styles.timer}>{t('state.then-not-ready')}</span>
            ) : null}
            <ChevronDown size={14} aria-hidden="true" />
          </span>
        </Button>
      }
    />
  );
}
