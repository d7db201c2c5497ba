import { useEffect, useState } from 'react';
import type { Obstacle } from './sendable.ts';

/**
 * Sends at once, or as soon as what is being prepared is ready: the second key may come before the picture. What is changed
 * meanwhile is not sent, nor what something else stands in the way of after all.
 * @param shown stands for everything that would be sent
 */
export function useSendWhenReady(
  obstacle: Obstacle | 'veiled' | null,
  shown: string,
  send: () => void,
): { ask: () => void; waiting: boolean } {
  const [wanted, setWanted] = useState<string | null>(null);
  const waiting = wanted !== null && wanted === shown && obstacle === 'preparing';
  useEffect(() => {
    if (wanted === null || waiting) return;
    setWanted(null);
    if (wanted === shown && obstacle === null) send();
  });
  return {
    waiting,
    ask: () => {
      if (obstacle === 'preparing') setWanted(shown);
      else send();
    },
  };
}
