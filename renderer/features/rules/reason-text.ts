import type { ContactAnswer, ContactOverride } from '#shared/contract/index.ts';
import type { Words } from './rule-words.ts';

type Refusal = ContactOverride['blockedBy'][number];

/** What a refusal says, in the reader's language; the door's own refusals have no rule beside them. */
export function reasonText({ because }: Pick<Refusal, 'because'>, { t }: Words): string {
  return t(`rules.because.${because}`, { defaultValue: t('rules.because.other') });
}

/** One or several refusals in a line: "Too many contacts already (US-F-01)". */
export function reasonLine(blockedBy: readonly Refusal[], words: Words): string {
  return blockedBy
    .map((refusal) =>
      refusal.rule === refusal.because
        ? reasonText(refusal, words)
        : words.t('rules.reason-with-rule', {
            reason: reasonText(refusal, words),
            rule: refusal.rule,
          }),
    )
    .join('; ');
}

/** When all refusals would have ended by themselves; null: not before a fact changes. */
export function allowedAnywayAt(blockedBy: readonly Refusal[]): number | null {
  const ends = blockedBy.map((refusal) => refusal.until);
  if (ends.length === 0 || ends.some((until) => until === null)) return null;
  return Math.max(...ends.map((until) => until ?? 0));
}

/** "3 of 2 counted" for limits; '' for other rules. */
export function countText(refusal: ContactAnswer['blockedBy'][number], { t }: Words): string {
  if (refusal.counted === null || refusal.limit === null) return '';
  return t('rule-pages.counted-of', { counted: refusal.counted, limit: refusal.limit });
}

/** Channel of a decision or an override, as one contact of it. */
export function channelWord(channel: string, words: Words): string {
  return words.t(`channel.${channel}`, { defaultValue: channel });
}
