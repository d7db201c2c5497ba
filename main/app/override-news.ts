import { announceOverride } from '../contact-rules/index.ts';
import type { Publisher } from '../contract-server/index.ts';
import type { OpenStore } from '../store/index.ts';
import type { TelephonyParts } from './telephony-parts.ts';

/** Tells of overrides that a call used up, or gave back because it never left. */
export function announceUsedOverrides(
  publisher: Publisher,
  store: OpenStore,
  { calls }: TelephonyParts,
): void {
  /** calls whose first event was seen */
  const seen = new Set<string>();
  calls.on(({ type, call }) => {
    const { callId, direction } = call.view;
    if (direction !== 'out' || (seen.has(callId) && type !== 'ended')) return;
    if (type === 'ended') seen.delete(callId);
    else seen.add(callId);
    const row = store.read.get<{ id: string }>(OF_CALL, callId);
    if (row) announceOverride({ store, publisher }, row.id);
  });
}

const OF_CALL = `SELECT o.id FROM contactEvent e
  JOIN contactDecision d ON d.id = e.decisionId
  JOIN contactOverride o ON o.id = d.overrideId
  WHERE e.callId = ? AND e.reservation IS NOT NULL`;
