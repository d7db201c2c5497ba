import type { ContactChannel, Rule, RulePack } from '#shared/rule-packs/index.ts';

export const ruleKinds = [
  'cap',
  'cooldown',
  'hours',
  'personalBlock',
  'hold',
  'consent',
  'firstNotice',
  'addressee',
  'content',
  'callerId',
  'recording',
  'abandonRate',
  'retention',
  'payment',
] as const satisfies readonly Rule['kind'][];
export type RuleKind = (typeof ruleKinds)[number];

/** The rules of a kind and of a channel; '' asks for all. In the order of the kinds, then as the pack has them. */
export function filterRules(
  rules: readonly Rule[],
  kind: string,
  channel: string,
): readonly Rule[] {
  return rules
    .filter((rule) => kind === '' || rule.kind === kind)
    .filter((rule) => channel === '' || rule.channels.includes(channel as ContactChannel))
    .toSorted((a, b) => ruleKinds.indexOf(a.kind) - ruleKinds.indexOf(b.kind));
}

/** The letter of the source that a rule names word for word; undefined when its pack lists none such. */
export function confidenceOf(rule: Rule, pack: RulePack): string | undefined {
  const named = pack.sources.find(
    ({ ref, law }) =>
      rule.source === law || rule.source === ref || rule.source.startsWith(`${law},`),
  );
  return named?.confidence;
}
