import type { RuleOf } from '#shared/rule-packs/index.ts';
import type { KindBehaviour, RuleObligation } from './compiled-rule.ts';
import { communicationBits, everyEvent, hasMatch } from './events.ts';
import type { Question } from './question.ts';

/**
 * Recording: what to do is settled over all packs, the strictest of both ends. Where law demands one, a call that
 * will not be recorded is refused, without a date: somebody must agree to the recording first.
 */
export function compileRecording(rule: RuleOf<'recording'>): KindBehaviour {
  const obligations: RuleObligation[] = [{ what: `recording:${rule.mode}` }];
  const duty = { obligations };
  if (rule.mode !== 'mandatory') return duty;
  return {
    ...duty,
    firstYes: ({ request }, from) => (request.recording === false ? null : from),
  };
}

/** What must be said or stand in a message; with `when: 'first'` only while nothing has been told. */
export function compileContent(rule: RuleOf<'content'>): KindBehaviour {
  const obligations = contentObligations(rule);
  return rule.when === 'first' ? { obligations, owes: isFirst } : { obligations };
}

function contentObligations(rule: RuleOf<'content'>): RuleObligation[] {
  const details = {
    when: rule.when,
    mustInclude: rule.mustInclude,
    mayInclude: rule.mayInclude ?? [],
    mustNotInclude: rule.mustNotInclude ?? [],
    exclusive: rule.exclusive ?? false,
    language: rule.language ?? null,
  };
  const obligations: RuleObligation[] = [{ what: 'content', details }];
  if (rule.mustInclude.includes('optOut')) obligations.push({ what: 'optOutInMessage' });
  if (rule.mustInclude.includes('callerIdentity')) obligations.push({ what: 'identifyCaller' });
  if (rule.when === 'voicemail' && rule.exclusive)
    obligations.push({ what: 'limitedVoicemailOnly' });
  return obligations;
}

const told = {
  ...everyEvent,
  kindBits: communicationBits,
  outOnly: true,
  byPerson: true,
  byDebt: true,
};

/** Nothing went out to this person about this debt yet. */
function isFirst({ log, request }: Question): boolean {
  return !hasMatch(log, told, request, request.at);
}

/** Parameters of a controller or of a process, not of one contact: handed on as they stand. */
export function compileParameters(
  rule: RuleOf<'abandonRate'> | RuleOf<'retention'> | RuleOf<'payment'>,
): KindBehaviour {
  return { obligations: [{ what: rule.kind, details: { ...rule } }] };
}
