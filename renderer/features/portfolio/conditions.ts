import type { ListFilter } from '#shared/contract/index.ts';

/** Conditions that can be put together, in the order in which they are offered. Text has a field of its own. */
export const conditions = [
  'age',
  'amount',
  'statuses',
  'lastContact',
  'promises',
  'plans',
  'nextActionBefore',
  'flagsAnyOf',
  'flagsNoneOf',
  'hasPhone',
  'kind',
  'languages',
  'jurisdictions',
  'cities',
  'writeOffProposed',
  'importJobIds',
] as const satisfies readonly (keyof ListFilter)[];
export type Condition = (typeof conditions)[number];

export function isSet(filter: ListFilter, condition: keyof ListFilter): boolean {
  const value = filter[condition];
  if (value === undefined) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== 'object' || Object.values(value).some((part) => part !== undefined);
}

export function without(filter: ListFilter, condition: keyof ListFilter): ListFilter {
  const { [condition]: _, ...rest } = filter;
  return rest;
}

/** With one condition changed; an empty one is left out, so that a filter says only what it asks for. */
export function withCondition<Name extends keyof ListFilter>(
  filter: ListFilter,
  name: Name,
  value: ListFilter[Name],
): ListFilter {
  const next = { ...filter, [name]: value };
  if (!isSet(next, name)) return without(filter, name);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return next;
  const parts = Object.entries(value).filter(
    ([, part]) => part !== undefined && !(Array.isArray(part) && part.length === 0),
  );
  return parts.length === 0
    ? without(filter, name)
    : { ...filter, [name]: Object.fromEntries(parts) };
}

/** Conditions besides the portfolio, which has its own place on the page. */
export function isPlain(filter: ListFilter): boolean {
  return Object.keys(filter).every((name) => name === 'portfolioIds');
}
