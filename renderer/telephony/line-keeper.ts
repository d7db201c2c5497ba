import type { AgentStatus } from '#shared/contract/index.ts';

/** What the agent last asked for at this window, and how the line stands to it. */
export interface LineWish {
  wantsReady: boolean;
  /** the line was lost against the agent's wish and has not come back yet */
  restoring: boolean;
  /** attempts to restore since the line was last up */
  attempts: number;
}

export const noWish: LineWish = { wantsReady: false, restoring: false, attempts: 0 };

/**
 * What the agent's status says about the wish. A status while the line is down is news of a loss, not of a wish: an
 * engine that restarted calls everyone offline.
 */
export function withStatus(wish: LineWish, status: AgentStatus): LineWish {
  const down = status.line === 'down';
  if (down) return wish.wantsReady ? { ...wish, restoring: true } : wish;
  const isReady = status.workState === 'ready' || status.next === 'ready';
  if (isReady && status.line === 'up') return { wantsReady: true, restoring: false, attempts: 0 };
  // after a loss the engine says "not ready" until it is asked; that is not what the agent wants
  if (wish.restoring) return wish;
  return status.workState === 'offline' ? wish : { ...wish, wantsReady: isReady };
}

/** Whether `agent.ready` has to be sent (again), without anyone having clicked. */
export function needsRestore(
  wish: LineWish,
  status: AgentStatus | null,
  registered: boolean,
): boolean {
  if (!wish.wantsReady || !wish.restoring || !registered || status === null) return false;
  return (
    status.line === 'down' || status.workState === 'notReady' || status.workState === 'offline'
  );
}

/**
 * Quick first, then patient: 0.1, 0.5, 1, 2, 4, then 5 s. Not at once: the news that another window has taken the line
 * comes right behind the news that it is down.
 */
export function restoreDelayMs(attempts: number): number {
  return attempts === 0 ? 100 : Math.min(5_000, 250 * 2 ** attempts);
}
