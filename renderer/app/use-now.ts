import { useSyncExternalStore } from 'react';
import { useServices } from './services.ts';

/**
 * Wall time in whole seconds, for timers on the screen. All of them tick together, from one timer.
 */
export function useNow(): number {
  const { clock } = useServices();
  return useSyncExternalStore(subscribe, () => Math.floor(clock.now() / 1000) * 1000);
}

const listeners = new Set<() => void>();
let interval: ReturnType<typeof setInterval> | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  interval ??= setInterval(() => {
    for (const each of listeners) each();
  }, 250);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || interval === null) return;
    clearInterval(interval);
    interval = null;
  };
}
