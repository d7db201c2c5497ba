import { useEffect, useRef, useState } from 'react';
import { useServices } from '../../app/services.ts';

/** moves within this time are one change */
const restMs = 400;

/**
 * A value that holds at once when it is changed, but is changed in many small steps: the change is made when the steps
 * have rested a moment. What was chosen stays in sight until the change is through; one that failed goes back by itself.
 * @param change may return a promise that ends when the change is through
 */
export function useRestedChange<Value>(
  value: Value,
  change: (value: Value) => unknown,
): [Value, (value: Value) => void] {
  const { clock } = useServices();
  const [moved, setMoved] = useState<{ to: Value } | null>(null);
  const latest = useRef(change);
  latest.current = change;
  useEffect(() => {
    if (moved === null) return;
    return clock.setTimer(restMs, () => {
      void Promise.resolve(latest.current(moved.to)).finally(() =>
        setMoved((now) => (now === moved ? null : now)),
      );
    });
  }, [clock, moved]);
  return [moved === null ? value : moved.to, (to) => setMoved({ to })];
}
