import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dayOfDate } from '../zones/zone.ts';
import { createCalendars } from './calendars.ts';
import { loadCalendars } from './load-calendars.ts';

const tables = loadCalendars(join(import.meta.dirname, '../../../resources/calendars'));
const calendars = createCalendars(tables);
const kind = (calendar: string, place: string, date: string) =>
  calendars.view(calendar, place).kindOf(dayOfDate(date));

describe('the tables we ship', () => {
  test.each([
    ['PL', 'PL', '2026-11-11', 'holiday'],
    ['PL', 'PL', '2026-12-24', 'holiday'],
    ['PL', 'PL', '2026-11-12', 'ordinary'],
    ['GB', 'GB-ENG', '2026-12-28', 'holiday'],
    ['GB', 'GB-SCT', '2026-11-30', 'holiday'],
    ['GB', 'GB-ENG', '2026-11-30', 'ordinary'],
    ['ZA', 'ZA', '2026-12-16', 'holiday'],
    ['RU', 'RU-MOW', '2026-11-04', 'holiday'],
    ['DE', 'DE-BY', '2026-01-06', 'holiday'],
    ['DE', 'DE-BE', '2026-01-06', 'ordinary'],
    ['DE', 'DE-BE', '2026-03-08', 'holiday'],
    ['US', 'US-NY-NYC', '2026-11-26', 'holiday'],
    ['residence', 'DE-SN', '2026-11-18', 'holiday'],
  ])('%s for %s on %s: %s', (calendar, place, date, expected) => {
    expect(kind(calendar, place, date)).toBe(expected);
  });

  test('a holiday of any state counts while the state is not known', () => {
    expect(kind('DE', 'DE', '2026-01-06')).toBe('holiday');
  });

  test('a year or country without a table is unknown', () => {
    expect(kind('PL', 'PL', '2031-05-04')).toBe('unknown');
    expect(kind('residence', 'FR', '2026-05-04')).toBe('unknown');
    expect(kind('DE', 'DE-XX', '2026-05-04')).toBe('unknown');
  });
});

test('the tables of a vector are complete: what they do not name is no holiday', () => {
  const view = createCalendars([], { complete: true }).view('PL', 'PL');
  expect(view.kindOf(dayOfDate('2026-12-25'))).toBe('ordinary');
});

test('a damaged file is refused by name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dialdesk-calendars-'));
  try {
    writeFileSync(join(folder, 'XX.json'), '{"country":"XX"}');
    expect(() => loadCalendars(folder)).toThrow(/XX\.json/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
