import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import type { CalendarTable } from './calendars.ts';

const dates = z.array(z.iso.date());
const calendarFile = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/),
  title: z.string(),
  /** where the dates come from and what must be checked */
  source: z.string(),
  review: z.enum(['draft', 'checked']),
  years: z.array(z.number().int()).min(1),
  partsHaveTables: z.boolean().default(false),
  tables: z.record(z.string(), z.strictObject({ holidays: dates, workingDays: dates.default([]) })),
});

/**
 * Reads the holiday tables of a folder, one file for each country with its parts.
 * @throws AppError `contact-rules.bad-calendar`
 */
export function loadCalendars(folder: string): CalendarTable[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => tablesOf(name, readFileSync(join(folder, name), 'utf8')));
}

function tablesOf(name: string, text: string): CalendarTable[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('contact-rules.bad-calendar', `calendar ${name} is not JSON`, { cause });
  }
  const parsed = calendarFile.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`);
    throw new AppError('contact-rules.bad-calendar', `calendar ${name}: ${problems.join('; ')}`);
  }
  const { country, years, partsHaveTables, tables } = parsed.data;
  return Object.entries(tables).map(([id, { holidays, workingDays }]) => ({
    id,
    holidays,
    workingDays,
    years,
    ...(id === country ? { partsHaveTables } : {}),
  }));
}
