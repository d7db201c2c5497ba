import type { TFunction } from 'i18next';
import type { Happened } from '#shared/contract/index.ts';
import { formatDateTime, formatIsoDate, formatMoney, formatPhone } from '../../app/format/index.ts';

/** The facts of a change, in the order in which people say them: how much, how often, by when, who. */
export function happenedText(happened: Happened, t: TFunction, locale: string): string {
  const { amountMinor, currency, count, on, at, name, kind, what } = happened;
  return [
    amountMinor !== undefined && currency ? formatMoney({ amountMinor, currency }, locale) : null,
    count === undefined || !what.startsWith('plan.') ? null : t('plan.instalment-count', { count }),
    on ? formatIsoDate(on, locale) : null,
    at === undefined ? null : formatDateTime(at, locale),
    name ? formatPhone(name) : null,
    kind ? kindText(what, kind, t) : null,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** A word of a closed list: which list depends on what happened; words that nobody knows are shown as they are. */
function kindText(what: Happened['what'], kind: string, t: TFunction): string {
  const options = { defaultValue: kind };
  if (what.startsWith('flag.')) return t(`flag.${kind}`, options);
  if (what.startsWith('relation.')) return t(`relation.${kind}`, options);
  if (what.startsWith('consent.')) return t(`consent.${kind}`, options);
  if (what.startsWith('payment.')) return t(`payment-method.${kind}`, options);
  if (what === 'contact-point.status-set') return t(`contact-point.status-${kind}`, options);
  if (what.startsWith('contact-point.')) return t(`contact-point.${kind}`, options);
  return kind;
}
