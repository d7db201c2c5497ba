import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { isPracticeNumber } from '../../contact-rules/index.ts';

/** What a file of unwanted numbers says. */
export interface ReportFile {
  /** E.164, each once, with what else its line says */
  numbers: Map<string, string | null>;
  /** lines with something on them, without a header */
  lines: number;
  unreadable: number;
}

/** names that such lists give to their column of numbers */
const NUMBER_COLUMNS =
  /^(?:e\.?164|phone|number|phone.?number|caller.?id|telefon|numer|msisdn|номер|телефон|号码|电话)/i;

/** One number a line, or CSV (comma, semicolon or tab) with or without a header; lines that begin with # are comments. */
export function parseReportFile(text: string): ReportFile {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const header = lines[0] === undefined ? [] : cells(lines[0]);
  const named = header.findIndex((cell) => NUMBER_COLUMNS.test(cell));
  const body = named === -1 ? lines : lines.slice(1);
  const file: ReportFile = { numbers: new Map(), lines: body.length, unreadable: 0 };
  for (const line of body) addLine(file, cells(line), named);
  return file;
}

function addLine(file: ReportFile, line: string[], named: number): void {
  const column = named === -1 ? line.findIndex((cell) => readNumber(cell) !== null) : named;
  const number = readNumber(line[column] ?? '');
  if (number === null) {
    file.unreadable += 1;
    return;
  }
  const note = line.filter((cell, index) => index !== column && cell !== '').join('; ');
  file.numbers.set(number, note === '' ? null : note.slice(0, 200));
}

function cells(line: string): string[] {
  const separator = ['\t', ';', ','].find((candidate) => line.includes(candidate));
  const parts = separator === undefined ? [line] : line.split(separator);
  return parts.map((part) =>
    part
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
}

/** Only with its country: a list cannot say whose `22 123 45 67` it means. */
function readNumber(cell: string): string | null {
  const digits = cell.replace(/[\s().-]/g, '').replace(/^00/, '+');
  const international = digits.startsWith('+') ? digits : `+${digits}`;
  if (!/^\+[1-9]\d{7,14}$/.test(international)) return null;
  if (isPracticeNumber(international)) return international;
  const parsed = parsePhoneNumberFromString(international);
  return parsed?.isPossible() ? parsed.number : null;
}
