import type { Evaluation } from '../engine/index.ts';
import type { Decision, Obligation } from '../types.ts';

/** What callers of the door see of an evaluation. */
export function toDecision(evaluation: Evaluation, decisionId: string): Decision {
  const { allowed, blockedBy, warnings, nextAllowedAt, obligations } = evaluation;
  return {
    decisionId,
    allowed,
    blockedBy: [...blockedBy],
    warnings: [...warnings],
    nextAllowedAt: allowed ? null : nextAllowedAt,
    obligations: obligations.flatMap(toObligations),
    overridable: !allowed && blockedBy.every(({ overridable }) => overridable),
    override: null,
  };
}

const shown = new Set<string>([
  'announceRecording',
  'askRecordingConsent',
  'recordingMandatory',
  'recordingForbidden',
  'showNumber',
  'limitedVoicemailOnly',
]);

function toObligations({
  rule,
  pack,
  what,
  details,
}: Evaluation['obligations'][number]): Obligation[] {
  if (shown.has(what)) return [{ rule, pack, what: what as Obligation['what'], element: null }];
  if (what !== 'content' || details === undefined) return [];
  const { when, mustInclude } = details as { when: string; mustInclude: readonly string[] };
  if (when === 'callStart') {
    return mustInclude.map((element) => ({ rule, pack, what: 'say' as const, element }));
  }
  if (when !== 'every' && when !== 'first') return [];
  return mustInclude.map((element) => ({ rule, pack, what: 'include' as const, element }));
}
