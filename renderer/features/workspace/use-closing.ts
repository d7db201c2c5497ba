import { useEffect, useRef, useState } from 'react';
import type { Call } from '#shared/contract/index.ts';
import { useServices } from '../../app/services.ts';
import { isWorthTelling } from './wrap-up-progress.ts';

/** a form is filled in steps of about so long; more news than this helps nobody */
const tellEveryMs = 1_500;

/**
 * Tells the dialer that a wrap-up is about to end: by itself as the form fills, and by the agent's key. Only a help: a
 * notice that does not get through is dropped.
 * @param progress 0 … 1
 * @returns `say` for the key, `said` once it was pressed
 */
export function useClosing(call: Call, progress: number): { say: () => void; said: boolean } {
  const { client, clock } = useServices();
  const [saidFor, setSaidFor] = useState<string | null>(null);
  const told = useRef(0);
  const latest = useRef(progress);
  latest.current = progress;
  const { callId, campaignId } = call;
  const said = saidFor === callId;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another call begins at nothing
  useEffect(() => {
    told.current = 0;
  }, [callId]);
  useEffect(() => {
    // the agent's own word is better than an estimate
    if (campaignId === null || said || !isWorthTelling(told.current, progress)) return;
    return clock.setTimer(tellEveryMs, () => {
      if (!isWorthTelling(told.current, latest.current)) return;
      told.current = latest.current;
      client.send('agent.closing', { callId, progress: latest.current }).catch(() => {});
    });
  }, [client, clock, callId, campaignId, progress, said]);

  const say = (): void => {
    setSaidFor(callId);
    client.send('agent.closing', { callId }).catch(() => setSaidFor(null));
  };
  return { say, said };
}
