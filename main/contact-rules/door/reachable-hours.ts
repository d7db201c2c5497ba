import type { Weekday } from '#shared/rule-packs/index.ts';
import { weekdaysFromSunday } from '#shared/rule-packs/index.ts';
import type { PersonalBlock } from '../engine/index.ts';
import { isWindowOfDay } from './time-of-day.ts';

interface ReachableHours {
  days: string[];
  /** local `HH:MM`, half-open */
  from: string;
  to: string;
}

/**
 * The times outside the hours at which an address may be reached, as blocks on it: saying "only from six to eight" says
 * no to the rest of the day.
 * @param hoursJson of a contact point; what cannot be read opens no time, so that damaged text blocks the whole week
 */
export function blocksOutside(
  hoursJson: string | null,
  number: string | undefined,
): PersonalBlock[] {
  const hours = parseHours(hoursJson);
  if (hours === null) return [];
  const byWindow = new Map<string, Weekday[]>();
  for (const day of weekdaysFromSunday) {
    for (const [from, to] of gapsOf(hours.filter(({ days }) => days.includes(day)))) {
      const key = `${from} ${to}`;
      byWindow.set(key, [...(byWindow.get(key) ?? []), day]);
    }
  }
  return [...byWindow].map(([key, days]) => {
    const [from = '', to = ''] = key.split(' ');
    return { days, from, to, ...(number === undefined ? {} : { number }) };
  });
}

/** What windows of one day leave; times compare as text because all are `HH:MM`. */
function gapsOf(windows: readonly ReachableHours[]): [from: string, to: string][] {
  const gaps: [string, string][] = [];
  let free = '00:00';
  for (const { from, to } of [...windows].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (from > free) gaps.push([free, from]);
    if (to > free) free = to;
  }
  if (free < '24:00') gaps.push([free, '24:00']);
  return gaps;
}

/** @returns null: nothing is said; windows that cannot be read are missing */
function parseHours(json: string | null): ReachableHours[] | null {
  if (json === null) return null;
  try {
    const value: unknown = JSON.parse(json);
    if (!Array.isArray(value)) return [];
    return value.length === 0 ? null : value.filter(isHours);
  } catch {
    return [];
  }
}

function isHours(value: unknown): value is ReachableHours {
  const { days, from, to } = (value ?? {}) as Partial<ReachableHours>;
  return (
    Array.isArray(days) &&
    typeof from === 'string' &&
    typeof to === 'string' &&
    isWindowOfDay(from, to)
  );
}
