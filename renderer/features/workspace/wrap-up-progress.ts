import type { Disposition } from '#shared/contract/index.ts';
import { type Draft, isEmptyDraft } from '../../stores/index.ts';
import type { OutcomeNeed } from './outcome.ts';

/**
 * How much of a wrap-up is done, 0 … 1: something written, an outcome chosen, its form filled. It tells the dialer when
 * to expect the agent; an outcome that needs nothing more is saved at once and never seen here.
 */
export function wrapUpProgress(
  draft: Draft,
  chosen: Disposition | null,
  need: OutcomeNeed | null,
): number {
  const begun = isEmptyDraft(draft) ? 0 : 0.3;
  if (chosen === null) return begun;
  if (need === null) return 0.95;
  const filled = filledShare(draft, chosen, need);
  return Math.min(0.9, 0.5 + 0.4 * filled);
}

/** Of what the form of this outcome asks for, the share that is there. */
function filledShare(draft: Draft, chosen: Disposition, need: OutcomeNeed): number {
  if (chosen.effect === 'promise') {
    if (need === 'promise-date') return 0.5;
    return need === 'note' ? 0.8 : 0;
  }
  if (chosen.effect === 'callback') return need === 'note' ? 0.8 : draft.callbackAt ? 0.4 : 0;
  return 0;
}

/** Whether the dialer should be told again: small steps say nothing. */
export function isWorthTelling(told: number, progress: number): boolean {
  return Math.abs(progress - told) >= 0.1;
}
