import fc from 'fast-check';

export const dayMs = 86_400_000;

/** Zones with ordinary, half-hour and midnight changes, and the far ends of the day. */
export const sampleZones = [
  'Europe/Warsaw',
  'America/New_York',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'America/Santiago',
  'America/Havana',
  'Asia/Beirut',
  'Pacific/Kiritimati',
];
export const zoneName = fc.constantFrom(...sampleZones);
export const zoneNames = fc.uniqueArray(zoneName, { minLength: 1, maxLength: 2 });

/** Instants near changes of the clock, and one ordinary week. */
const baseInstants = [
  '2026-03-08T04:00:00Z',
  '2026-03-29T00:00:00Z',
  '2026-04-04T12:00:00Z',
  '2026-04-23T20:00:00Z',
  '2026-10-25T00:00:00Z',
  '2026-10-29T20:00:00Z',
  '2026-11-01T03:00:00Z',
  '2026-11-22T10:00:00Z',
].map((text) => Date.parse(text));

/** whole seconds */
export const instant = fc
  .tuple(fc.constantFrom(...baseInstants), fc.integer({ min: -86_400, max: 86_400 }))
  .map(([base, seconds]) => base + seconds * 1000);

const halfHour = (half: number) =>
  `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`;

/** Up to two windows of a day that do not touch, the last one up to midnight. */
export const windows = fc
  .uniqueArray(fc.integer({ min: 0, max: 48 }), { maxLength: 4 })
  .map((halves) => halves.sort((a, b) => a - b).map(halfHour))
  .map(([from, to, again, end]) => {
    const list: [string, string][] = [];
    if (from !== undefined && to !== undefined) list.push([from, to]);
    if (again !== undefined && end !== undefined) list.push([again, end]);
    return list;
  });
export const window = windows
  .filter((list) => list.length > 0)
  .map(([first]) => first as [string, string]);

/** Leaves a key out instead of giving it as undefined. */
export function given<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { [name in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [name in Key]?: Value });
}
