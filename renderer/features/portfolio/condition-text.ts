import type { TFunction } from 'i18next';
import type { ListFilter } from '#shared/contract/index.ts';
import { formatAmount, formatDate } from '../../app/format/index.ts';
import { languageLabel, regionLabel } from '../../app/format/names.ts';
import type { Condition } from './conditions.ts';

/** The values of one condition, as its chip says them: "30–180 days", "open, disputed". */
export function conditionText(
  filter: ListFilter,
  condition: Condition,
  t: TFunction,
  locale: string,
): string {
  switch (condition) {
    case 'age': {
      const { bands = [], fromDays, toDays } = filter.age ?? {};
      return joined([
        ...bands.map((band) => t(`filter.age-${band}`)),
        range(fromDays, toDays, t, String),
      ]);
    }
    case 'amount': {
      const { fromMinor, toMinor, currency } = filter.amount ?? {};
      const write = (amountMinor: number): string =>
        formatAmount({ amountMinor, currency: currency ?? plainCurrency }, locale);
      const amounts = range(fromMinor, toMinor, t, write);
      return [amounts, currency].filter(Boolean).join(' ');
    }
    case 'lastContact': {
      const { never, before, after, channels = [] } = filter.lastContact ?? {};
      return joined([
        never ? t('filter.never') : '',
        before === undefined ? '' : t('filter.before', { date: formatDate(before, locale) }),
        after === undefined ? '' : t('filter.after', { date: formatDate(after, locale) }),
        ...channels.map((channel) => t(`channel.${channel}`)),
      ]);
    }
    case 'nextActionBefore':
      return t('filter.before', { date: formatDate(filter.nextActionBefore ?? 0, locale) });
    case 'statuses':
      return joined((filter.statuses ?? []).map((one) => t(`filter.status-${one}`)));
    case 'promises':
      return joined((filter.promises ?? []).map((one) => t(`filter.promise-${one}`)));
    case 'plans':
      return joined((filter.plans ?? []).map((one) => t(`filter.plan-${one}`)));
    case 'flagsAnyOf':
    case 'flagsNoneOf':
      return joined((filter[condition] ?? []).map((one) => flagText(one, t)));
    case 'languages':
      return joined((filter.languages ?? []).map((one) => languageLabel(one, locale)));
    case 'jurisdictions':
      return joined((filter.jurisdictions ?? []).map((one) => lawText(one, locale)));
    case 'cities':
      return joined(filter.cities ?? []);
    case 'kind':
      return t(`filter.kind-${filter.kind ?? 'person'}`);
    case 'hasPhone':
    case 'writeOffProposed':
      return t(filter[condition] ? 'filter.yes' : 'filter.no');
    case 'importJobIds':
      return t('filter.imports', { count: filter.importJobIds?.length ?? 0 });
  }
}

/** Amounts of any currency are written with two digits after the sign. */
export const plainCurrency = 'EUR';

export function flagText(flag: string, t: TFunction): string {
  return t(`flag.${flag}`, { defaultValue: flag });
}

/** `PL`, `US-CA`: the country by its name, its part as it is written. */
export function lawText(code: string, locale: string): string {
  const [country = code, part] = code.split('-');
  const name = regionLabel(country, locale);
  return part ? `${name} (${part})` : name;
}

const joined = (parts: readonly string[]): string => parts.filter(Boolean).join(', ');

function range(
  from: number | undefined,
  to: number | undefined,
  t: TFunction,
  write: (value: number) => string,
): string {
  if (from !== undefined && to !== undefined) return `${write(from)}–${write(to)}`;
  if (from !== undefined) return t('filter.from', { value: write(from) });
  return to === undefined ? '' : t('filter.to', { value: write(to) });
}
