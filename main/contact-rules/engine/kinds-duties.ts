import type { RuleOf } from '#shared/rule-packs/index.ts';
import type { KindBehaviour, RuleObligation } from './compiled-rule.ts';

/** Recording: what to do is settled over all packs, the strictest of both ends. */
export function compileRecording(rule: RuleOf<'recording'>): KindBehaviour {
  return { obligations: [{ what: `recording:${rule.mode}` }] };
}

/** What must be said or stand in a message. */
export function compileContent(rule: RuleOf<'content'>): KindBehaviour {
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
  return { obligations };
}

/** A notice that must have gone out before or soon after: reported, checked by the caller's data. */
export function compileFirstNotice(rule: RuleOf<'firstNotice'>): KindBehaviour {
  const { mustHaveSent, within, blocksUntilSent } = rule;
  return {
    obligations: [
      { what: 'firstNotice', details: { mustHaveSent, within: within ?? null, blocksUntilSent } },
    ],
  };
}

/** Parameters of a controller or of a process, not of one contact: handed on as they stand. */
export function compileParameters(
  rule: RuleOf<'abandonRate'> | RuleOf<'retention'> | RuleOf<'payment'>,
): KindBehaviour {
  return { obligations: [{ what: rule.kind, details: { ...rule } }] };
}
