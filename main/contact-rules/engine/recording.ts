import type { CompiledRule } from './compiled-rule.ts';
import type { EngineRefusal, Evaluation } from './evaluate.ts';
import type { Question } from './question.ts';

interface RecordingDuties {
  obligations: Evaluation['obligations'];
  /** one law demands a recording and another forbids it: the call cannot be made */
  conflict: Omit<EngineRefusal, 'until'> | null;
}

/**
 * The strictest of both ends' laws; `mandatory` stands beside announcement and consent. Nothing is announced and
 * nobody is asked where there will be no recording.
 */
export function recordingObligations(
  rules: readonly CompiledRule[],
  question: Question,
): RecordingDuties {
  const firstOf = new Map<string, CompiledRule>();
  for (const rule of rules) {
    if (rule.kind !== 'recording') continue;
    for (const { what } of rule.obligations(question)) {
      if (!firstOf.has(what)) firstOf.set(what, rule);
    }
  }
  const find = (mode: string) => firstOf.get(`recording:${mode}`);
  const forbidden = find('forbidden');
  const mandatory = find('mandatory');
  const consent = find('allPartyConsent');
  const announce = find('announce') ?? consent;
  const duty = (rule: CompiledRule | undefined, what: string) =>
    rule ? [{ rule: rule.id, pack: rule.pack, what }] : [];
  if (forbidden) {
    const { id, pack, version } = forbidden;
    const refusal = { rule: id, pack, version, because: 'recordingConflict', overridable: false };
    return {
      obligations: duty(forbidden, 'recordingForbidden'),
      conflict: mandatory ? refusal : null,
    };
  }
  const silent = question.request.recording === false;
  return {
    obligations: [
      ...duty(silent ? undefined : announce, 'announceRecording'),
      ...duty(silent ? undefined : consent, 'askRecordingConsent'),
      ...duty(mandatory, 'recordingMandatory'),
    ],
    conflict: null,
  };
}
