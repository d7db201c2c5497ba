import type { Evaluation } from '../engine/index.ts';
import type { Decision, Obligation } from '../types.ts';

const shownObligations: readonly Obligation['what'][] = [
  'announceRecording',
  'recordingMandatory',
  'recordingForbidden',
  'askRecordingConsent',
  'showNumber',
  'optOutInMessage',
  'identifyCaller',
  'limitedVoicemailOnly',
];

/** What callers of the door see of an evaluation. */
export function toDecision(evaluation: Evaluation, decisionId: string): Decision {
  const { allowed, blockedBy, nextAllowedAt, obligations } = evaluation;
  return {
    decisionId,
    allowed,
    blockedBy: blockedBy.map(({ rule, pack, version, because, until }) => ({
      rule,
      pack,
      version,
      because,
      until,
    })),
    nextAllowedAt: allowed ? null : nextAllowedAt,
    obligations: obligations.flatMap(({ rule, what }) => {
      const shown = shownObligations.find((known) => known === what);
      return shown ? [{ rule, what: shown }] : [];
    }),
    overridable: !allowed && blockedBy.every(({ overridable }) => overridable),
  };
}
