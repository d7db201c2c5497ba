import type { Evaluation } from '../engine/index.ts';
import type { ContactRequest } from '../types.ts';
import type { OverrideRow } from './fact-rows.ts';
import type { LoadedFacts } from './load-facts.ts';
import { parseRules } from './override-rules.ts';

/** An override that was granted. */
export type GrantedRow = Pick<
  OverrideRow,
  'id' | 'expiresAt' | 'decidedBy' | 'reason' | 'rulesJson'
>;

/** Only what a person starts uses an override up: it was given to somebody, not to a list. */
const byHand = new Set(['manual', 'preview']);

/**
 * The override that lifts all that refuses a contact: granted for its debtor, channel and address, and naming every
 * refusing rule. One rule that it does not name, or one that admits no override, and it lifts nothing.
 * @param used one that this contact has used up already; `undefined`: look among those that were granted
 */
export function overrideFor(
  request: ContactRequest,
  { evaluation, loaded }: { evaluation: Evaluation; loaded: LoadedFacts | null },
  used: GrantedRow | null | undefined,
): GrantedRow | null {
  if (evaluation.allowed || loaded === null || !byHand.has(request.mode)) return null;
  if (used !== undefined) return used !== null && liftsAll(used, evaluation) ? used : null;
  const fitting = loaded.overrides.find(
    (row) =>
      row.channel === request.channel &&
      (row.contactPointId === null || row.contactPointId === loaded.contactPointId) &&
      liftsAll(row, evaluation),
  );
  return fitting ?? null;
}

function liftsAll(override: GrantedRow, { blockedBy }: Evaluation): boolean {
  const named = new Set(parseRules(override.rulesJson).map(keyOf));
  return blockedBy.every((refusal) => refusal.overridable && named.has(keyOf(refusal)));
}

function keyOf({ pack, rule }: { pack: string; rule: string }): string {
  return `${pack} ${rule}`;
}
