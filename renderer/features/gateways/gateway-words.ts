import type { TFunction } from 'i18next';

/** What a code of a gateway says, in the reader's language; a code that nobody knows is shown as it is. */
export function codeText(code: string, t: TFunction): string {
  return t(`errors.${code}`, { defaultValue: code });
}

/** What a step of a test tried. Steps that this window does not know yet keep their own name. */
export function stepText(step: string, t: TFunction): string {
  return t(`gateway-step.${step}`, { defaultValue: step });
}
