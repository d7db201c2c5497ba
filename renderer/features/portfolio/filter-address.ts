import { type ListFilter, type ListSort, listFilter, listSort } from '#shared/contract/index.ts';

/** Where each condition stands in the address. Short names: links are sent by people to people. */
const names = {
  portfolioIds: 'portfolio',
  text: 'search',
  age: 'age',
  amount: 'amount',
  statuses: 'status',
  lastContact: 'contact',
  promises: 'promise',
  plans: 'plan',
  flagsAnyOf: 'flag',
  flagsNoneOf: 'no-flag',
  languages: 'language',
  jurisdictions: 'law',
  cities: 'city',
  hasPhone: 'phone',
  kind: 'kind',
  importJobIds: 'import',
  writeOffProposed: 'write-off',
  nextActionBefore: 'next',
} as const satisfies Record<keyof Required<ListFilter>, string>;

type Condition = keyof typeof names;
type Query = Readonly<Record<string, string>>;
type Parts = Record<string, string | undefined>;

const listed = [
  'portfolioIds',
  'statuses',
  'promises',
  'plans',
  'flagsAnyOf',
  'flagsNoneOf',
  'languages',
  'jurisdictions',
  'cities',
  'importJobIds',
] as const;
const yesOrNo = ['hasPhone', 'writeOffProposed'] as const;

/** `a:1,b:2` ↔ `{a: '1', b: '2'}`; a value in a list has its commas escaped. */
function writeParts(parts: Parts): string {
  return Object.entries(parts)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([key, value]) => `${key}:${value}`)
    .join(',');
}
function readParts(text: string): Parts {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const at = part.indexOf(':');
      return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    }),
  );
}
const writeList = (values: readonly string[]): string =>
  values.map((value) => encodeURIComponent(value)).join(',');
const readList = (text: string): string[] => text.split(',').filter(Boolean).map(decodePart);

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // typed by hand
  }
}
const number = (text: string | undefined): number | undefined =>
  text === undefined || text === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
const text = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : String(value);

/** A filter as parameters of an address; conditions that are not there are left out. */
export function filterToQuery(filter: ListFilter): Record<string, string> {
  const query: Record<string, string> = {};
  for (const name of listed) {
    const values = filter[name];
    if (values && values.length > 0) query[names[name]] = writeList(values);
  }
  for (const name of yesOrNo) {
    if (filter[name] !== undefined) query[names[name]] = filter[name] ? 'yes' : 'no';
  }
  if (filter.text) query[names.text] = filter.text;
  if (filter.kind) query[names.kind] = filter.kind;
  if (filter.age) {
    query[names.age] = writeParts({
      bands: filter.age.bands?.join('+'),
      from: text(filter.age.fromDays),
      to: text(filter.age.toDays),
    });
  }
  if (filter.amount) {
    query[names.amount] = writeParts({
      from: text(filter.amount.fromMinor),
      to: text(filter.amount.toMinor),
      in: filter.amount.currency,
    });
  }
  if (filter.lastContact) {
    query[names.lastContact] = writeParts({
      never: filter.lastContact.never ? '' : undefined,
      before: text(filter.lastContact.before),
      after: text(filter.lastContact.after),
      by: filter.lastContact.channels?.join('+'),
    });
  }
  if (filter.nextActionBefore !== undefined)
    query[names.nextActionBefore] = String(filter.nextActionBefore);
  return query;
}

function withoutAbsent<Value extends object>(value: Value): Value | undefined {
  const kept = Object.entries(value).filter(([, one]) => one !== undefined);
  return kept.length === 0 ? undefined : (Object.fromEntries(kept) as Value);
}

function readCondition(name: Condition, written: string): unknown {
  if ((listed as readonly string[]).includes(name)) return readList(written);
  if ((yesOrNo as readonly string[]).includes(name)) {
    return written === 'yes' ? true : written === 'no' ? false : null;
  }
  const parts = readParts(written);
  switch (name) {
    case 'age':
      return withoutAbsent({
        bands: parts.bands?.split('+'),
        fromDays: number(parts.from),
        toDays: number(parts.to),
      });
    case 'amount':
      return withoutAbsent({
        fromMinor: number(parts.from),
        toMinor: number(parts.to),
        currency: parts.in,
      });
    case 'lastContact':
      return withoutAbsent({
        never: parts.never === undefined ? undefined : true,
        before: number(parts.before),
        after: number(parts.after),
        channels: parts.by?.split('+'),
      });
    case 'nextActionBefore':
      return number(written) ?? null;
    default:
      return written;
  }
}

/** The filter of an address. What is no condition, typed by hand or from an older version, is left out. */
export function filterFromQuery(query: Query): ListFilter {
  const filter: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(names) as [Condition, string][]) {
    const written = query[parameter];
    if (!written) continue;
    const value = readCondition(name, written);
    if (value === undefined) continue;
    if (listFilter.safeParse({ [name]: value }).success) filter[name] = value;
  }
  return filter as ListFilter;
}

/** `balance`, `age-desc` ↔ the order of a list; null when it is none. */
export function sortFromQuery(written: string): ListSort | null {
  const parsed = listSort.safeParse({
    by: written.replace(/-desc$/, ''),
    descending: written.endsWith('-desc'),
  });
  return parsed.success ? parsed.data : null;
}
export function sortToQuery({ by, descending }: ListSort): string {
  return descending ? `${by}-desc` : by;
}

/** Two filters that ask for the same. */
export function sameFilter(a: ListFilter, b: ListFilter): boolean {
  return JSON.stringify(sorted(filterToQuery(a))) === JSON.stringify(sorted(filterToQuery(b)));
}
const sorted = (query: Query): [string, string][] =>
  Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1));
