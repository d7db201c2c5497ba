import { useEffect, useState } from 'react';
import { useServices } from '../../app/services.ts';

/** A value that follows another once it has not changed for a while: what is typed is not asked letter by letter. */
export function useLater<Value>(value: Value, delayMs: number): Value {
  const { clock } = useServices();
  const [later, setLater] = useState(value);
  useEffect(() => clock.setTimer(delayMs, () => setLater(value)), [clock, value, delayMs]);
  return later;
}
