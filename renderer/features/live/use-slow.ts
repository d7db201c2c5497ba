import { useEffect, useRef, useState } from 'react';
import { useServices } from '../../app/services.ts';

/**
 * A value that others reckon with for long: it follows at most once in `everyMs`, so that each coming and going of the
 * moment does not start everything anew.
 */
export function useSlow<Value>(value: Value, everyMs: number): Value {
  const { clock } = useServices();
  const [slow, setSlow] = useState(value);
  const latest = useRef(value);
  latest.current = value;
  const differs = value !== slow;
  useEffect(() => {
    if (!differs) return;
    return clock.setTimer(everyMs, () => setSlow(latest.current));
  }, [clock, differs, everyMs]);
  return slow;
}
