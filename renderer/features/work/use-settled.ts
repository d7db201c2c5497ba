import { useEffect, useState } from 'react';
import { useServices } from '../../app/services.ts';

const delayMs = 150;

/** A value once it has stood still for a moment: what is asked of the engine while somebody types. */
export function useSettled<Value>(value: Value): Value {
  const { clock } = useServices();
  const key = JSON.stringify(value);
  const [settled, setSettled] = useState({ key, value });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `value`
  useEffect(() => {
    if (key === settled.key) return;
    return clock.setTimer(delayMs, () => setSettled({ key, value }));
  }, [clock, key, settled.key]);
  return settled.value;
}
