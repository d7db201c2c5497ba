import type { TFunction } from 'i18next';
import { AppError } from '#shared/errors/index.ts';
import { formatDateTime } from './format/index.ts';

/** What went wrong, in the reader's language. The one place where codes become text. */
export function errorText(error: unknown, t: TFunction): string {
  const code = error instanceof AppError ? error.code : 'internal';
  return t(`errors.${code}`, { defaultValue: t('errors.internal') });
}

interface Blocked {
  rule: string;
  pack: string;
  because: string;
  until: number | null;
}

/** Why a contact is not allowed now, with the rule and the time, in one line. */
export function refusalText(
  blockedBy: readonly Blocked[],
  nextAllowedAt: number | null,
  t: TFunction,
  locale: string,
): string {
  const reasons = blockedBy.map(({ because, rule }) => {
    const reason = t(`rules.because.${because}`, { defaultValue: t('rules.because.other') });
    // the door's own refusals come from no rule of a pack
    return rule === because ? reason : t('rules.reason-with-rule', { reason, rule });
  });
  const reason = reasons.join('; ') || t('rules.because.other');
  if (nextAllowedAt === null) return reason;
  return t('rules.until', { reason, time: formatDateTime(nextAllowedAt, locale) });
}

/** The door's refusal that `call.place` carries in its details, if this error is one. */
export function refusalOf(
  error: unknown,
): { blockedBy: Blocked[]; nextAllowedAt: number | null } | null {
  if (!(error instanceof AppError) || error.code !== 'contact-rules.refused') return null;
  const { blockedBy, nextAllowedAt } = error.details as Partial<{
    blockedBy: Blocked[];
    nextAllowedAt: number;
  }>;
  return {
    blockedBy: Array.isArray(blockedBy) ? blockedBy : [],
    nextAllowedAt: typeof nextAllowedAt === 'number' ? nextAllowedAt : null,
  };
}
