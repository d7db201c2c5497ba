import type { TFunction } from 'i18next';

/** A rule of the pacer as people call it; one that this version does not know by its own name. */
export function ruleName(rule: string, t: TFunction): string {
  return rule === '' ? '–' : t(`pacing.rules.${rule}`, { defaultValue: rule });
}
