import type { Clock } from '#shared/util/index.ts';
import type { ContactRequest, ContactRules } from '../contact-rules/index.ts';
import type { ReadDb } from '../store/index.ts';

/** What a contact that is under way uses up itself: it cannot be refused for having been made. */
const COUNTS_ITSELF = new Set(['cap', 'cooldown']);

/**
 * Whether the door would still say yes to a contact that it gave and that counts already. What refused then and was lifted
 * by an override is lifted still. Fails closed: a reservation that cannot be read is not allowed.
 */
export function stillAllowed(
  parts: { rules: ContactRules; read: ReadDb; clock: Clock },
  reservationId: string,
): boolean {
  const { rules, read, clock } = parts;
  const row = read.get<{ requestJson: string; resultJson: string }>(
    `SELECT d.requestJson, d.resultJson FROM contactEvent e JOIN contactDecision d ON d.id = e.decisionId
      WHERE e.id = ?`,
    reservationId,
  );
  if (row === undefined) return false;
  const request = JSON.parse(row.requestJson) as ContactRequest;
  const { blockedBy = [] } = JSON.parse(row.resultJson) as { blockedBy?: { rule: string }[] };
  const lifted = new Set(blockedBy.map(({ rule }) => rule));
  return rules
    .decide(read, request, clock.now())
    .blockedBy.every(({ rule, because }) => COUNTS_ITSELF.has(because) || lifted.has(rule));
}
