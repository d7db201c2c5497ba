import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCalendars } from './load-calendars.ts';

const tables = loadCalendars(join(import.meta.dirname, '../../../resources/calendars'));
const tableOf = (id: string) => {
  const table = tables.find((one) => one.id === id);
  if (!table) throw new Error(`no table ${id}`);
  return table;
};
const holidays = (id: string) => new Set(tableOf(id).holidays);
const dayMs = 86_400_000;
const plus = (date: string, days: number) =>
  new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
const weekday = (date: string) => new Date(date).getUTCDay();

/** as printed in almanacs, not computed */
const easterSunday = ['2025-04-20', '2026-04-05', '2027-03-28', '2028-04-16'];
const countries = ['US', 'GB', 'PL', 'RU', 'ZA', 'CN', 'DE', 'ES'];

describe('every table', () => {
  test('covers 2025 to 2028', () => {
    for (const { id, years } of tables) expect(years, id).toEqual([2025, 2026, 2027, 2028]);
    expect(tables.map(({ id }) => id)).toEqual(expect.arrayContaining(countries));
  });
  test('has its dates once, in order, inside its years', () => {
    for (const { id, holidays: dates, workingDays } of tables) {
      expect(dates, id).toEqual([...new Set(dates)].sort());
      const years = new Set([...dates, ...workingDays].map((date) => Number(date.slice(0, 4))));
      for (const year of years) expect(year >= 2025 && year <= 2028, id).toBe(true);
    }
  });
  test('every year of a country has holidays, and no day is both a holiday and a working day', () => {
    for (const id of countries) {
      const { holidays: dates, workingDays } = tableOf(id);
      for (const year of [2025, 2026, 2027, 2028]) {
        const count = dates.filter((date) => date.startsWith(`${year}`)).length;
        expect(count, `${id} ${year}`).toBeGreaterThanOrEqual(8);
      }
      expect(
        dates.filter((date) => workingDays.includes(date)),
        id,
      ).toEqual([]);
    }
  });
  test('New Year and, where kept, Christmas', () => {
    for (const id of countries) {
      for (const year of [2025, 2026, 2027, 2028]) {
        expect(holidays(id).has(`${year}-01-01`), id).toBe(true);
        if (['RU', 'CN'].includes(id)) continue;
        expect(holidays(id).has(`${year}-12-25`), id).toBe(true);
      }
    }
  });
});

describe.each(easterSunday)('days that move with Easter, %s', (easter) => {
  test.each([
    ['PL', [0, 1, 49, 60]],
    ['DE', [-2, 1, 39, 50]],
    ['GB', [-2, 1]],
    ['ZA', [-2, 1]],
    ['ES', [-2]],
    ['DE-BY', [60]],
    ['DE-NW', [60]],
    ['DE-BB', [0, 49]],
    ['ES-MD', [-3]],
    ['ES-M', [-3]],
    ['ES-CT', [1]],
  ])('%s', (id, offsets) => {
    expect(offsets.filter((days) => !holidays(id).has(plus(easter, days)))).toEqual([]);
  });
  test('Barcelona works on Maundy Thursday, Berlin on Corpus Christi', () => {
    expect(holidays('ES-B').has(plus(easter, -3))).toBe(false);
    expect(holidays('DE-BE').has(plus(easter, 60))).toBe(false);
  });
});

test.each([
  // holidays on the weekend and the day that people then get
  ['US', '2026-07-03'],
  ['US', '2027-07-05'],
  ['US', '2027-12-31'],
  ['GB', '2026-12-28'],
  ['GB', '2027-12-27'],
  ['GB', '2027-12-28'],
  ['GB', '2028-01-03'],
  ['GB-SCT', '2025-12-01'],
  ['GB-SCT', '2028-01-04'],
  ['GB-NIR', '2025-07-14'],
  ['ZA', '2025-04-28'],
  ['ZA', '2026-08-10'],
  ['ZA', '2028-09-25'],
  ['RU', '2026-03-09'],
  ['RU', '2026-01-09'],
  ['RU', '2025-05-02'],
  ['RU', '2028-11-06'],
  ['ES', '2026-12-07'],
  // days of one place only
  ['DE-SN', '2025-11-19'],
  ['DE-SN', '2028-11-22'],
  ['DE-BE', '2028-06-17'],
  ['DE-TH', '2027-09-20'],
  ['US', '2025-11-27'],
  ['US', '2028-11-23'],
  ['GB', '2028-08-28'],
])('%s keeps %s', (id, date) => {
  expect(holidays(id).has(date)).toBe(true);
});

test('American holidays on a Monday are Mondays, Thanksgiving the fourth Thursday', () => {
  const mondays = [...holidays('US')].filter((date) => /-(?:09|05)-/.test(date));
  expect(mondays).toHaveLength(8);
  expect(mondays.map(weekday)).toEqual(Array.from({ length: 8 }, () => 1));
  const thanksgiving = [...holidays('US')].filter((date) => /-11-2/.test(date));
  expect(thanksgiving.map(weekday)).toEqual([4, 4, 4, 4]);
});

test('every German state has a table, and every Spanish region and province', () => {
  const parts = (country: string) => tables.filter(({ id }) => id.startsWith(`${country}-`));
  expect(parts('DE')).toHaveLength(16);
  // 19 regions with Ceuta and Melilla, 50 provinces
  expect(parts('ES')).toHaveLength(69);
});

test('the Chinese spring festival, by the calendar of the moon', () => {
  const moon = new Intl.DateTimeFormat('en-u-ca-chinese', {
    month: 'numeric',
    day: 'numeric',
    timeZone: 'Asia/Shanghai',
  });
  const isMoonDay = (date: string, month: string, day: string) => {
    const parts = moon.formatToParts(new Date(`${date}T12:00:00+08:00`));
    const value = (type: string) => parts.find((part) => part.type === type)?.value;
    return value('month') === month && value('day') === day;
  };
  const dates = [...holidays('CN')];
  const newYears = dates.filter((date) => isMoonDay(date, '1', '1'));
  expect(newYears.map((date) => date.slice(0, 4))).toEqual(['2025', '2026', '2027', '2028']);
  for (const date of newYears) {
    for (const days of [-1, 1, 2, 3]) expect(dates).toContain(plus(date, days));
  }
  expect(dates.filter((date) => isMoonDay(date, '5', '5'))).toHaveLength(4);
  expect(dates.filter((date) => isMoonDay(date, '8', '15'))).toHaveLength(4);
});

test('moved working days are days of a weekend', () => {
  const moved = tables.flatMap(({ workingDays }) => workingDays);
  expect(moved.length).toBeGreaterThan(0);
  expect(moved.filter((date) => ![0, 6].includes(weekday(date)))).toEqual([]);
});
