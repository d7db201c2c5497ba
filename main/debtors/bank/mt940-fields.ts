import { minorDigits } from '../import/read-amount.ts';

/** `:60F:` and `:62F:`: mark, date, currency, amount. */
export interface StatementBalance {
  currency: string;
  /** below zero: a debit balance */
  amountMinor: number;
}

/** `:61:` */
export interface EntryLine {
  /** `credit`: money came in; `debit`: it went out */
  direction: 'credit' | 'debit';
  /** the bank takes back an entry of before: RC takes back a credit, RD a debit */
  isReversal: boolean;
  /** `YYYY-MM-DD`, the day of the booking; of the value where no other is given */
  bookedOn: string;
  amountMinor: number;
  /** as its owner gave it; '' for NONREF */
  reference: string;
  bankReference: string;
}

/** @returns null when it is none */
export function readBalance(text: string): StatementBalance | null {
  const match = /^([CD])(\d{6})([A-Z]{3})([\d,]+)$/.exec(text.trim());
  if (!match) return null;
  const [, mark, , currency = '', figure = ''] = match;
  const amount = readFigure(figure, currency);
  if (amount === null) return null;
  return { currency, amountMinor: mark === 'D' ? -amount : amount };
}

/**
 * `YYMMDD[MMDD]` mark `[funds code]` amount `[type]` reference `[//bank's reference]`.
 * @returns null when it is none
 */
export function readEntryLine(text: string, currency: string): EntryLine | null {
  const match =
    /^(\d{6})(\d{4})?(R?[CD])([A-Z])?(\d{1,15},?\d{0,3})(?:([A-Z][A-Z0-9]{3})(.*))?$/.exec(
      text.trim(),
    );
  if (!match) return null;
  const [, valueDate = '', entryDate, mark = '', , figure = '', , rest = ''] = match;
  const amountMinor = readFigure(figure, currency);
  const valueOn = dateOf(valueDate);
  if (amountMinor === null || valueOn === null) return null;
  const bookedOn = entryDate === undefined ? valueOn : nearestDate(entryDate, valueOn);
  if (bookedOn === null) return null;
  const [reference = '', bankReference = ''] = rest.split('//', 2);
  const isCredit = mark === 'C' || mark === 'RD';
  return {
    direction: isCredit ? 'credit' : 'debit',
    isReversal: mark.startsWith('R'),
    bookedOn,
    amountMinor,
    reference: withoutNone(reference),
    bankReference: withoutNone(bankReference),
  };
}

function withoutNone(reference: string): string {
  const trimmed = reference.trim();
  return /^(?:NONREF|NOTPROVIDED)?$/i.test(trimmed) ? '' : trimmed;
}

/** `1234,5` in minor units; SWIFT amounts have a comma and no signs between thousands. */
function readFigure(figure: string, currency: string): number | null {
  const match = /^(\d{1,13})(?:,(\d*))?$/.exec(figure);
  if (!match) return null;
  const [, whole = '', fraction = ''] = match;
  const digits = minorDigits(currency);
  if (fraction.slice(digits).replace(/0/g, '') !== '') return null;
  const amount = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return Number.isSafeInteger(amount) ? amount : null;
}

/** `YYMMDD`; years of a statement are of this century. */
function dateOf(text: string): string | null {
  return calendar(2000 + Number(text.slice(0, 2)), text.slice(2, 4), text.slice(4, 6));
}

/** A day without its year: the year in which it is nearest to the value date (a booking on 2 January for 31 December). */
function nearestDate(monthDay: string, valueOn: string): string | null {
  const year = Number(valueOn.slice(0, 4));
  const value = Date.parse(valueOn);
  const candidates = [year - 1, year, year + 1].flatMap((each) => {
    const date = calendar(each, monthDay.slice(0, 2), monthDay.slice(2, 4));
    return date === null ? [] : [date];
  });
  const distance = (date: string) => Math.abs(Date.parse(date) - value);
  return candidates.sort((left, right) => distance(left) - distance(right))[0] ?? null;
}

function calendar(year: number, month: string, day: string): string | null {
  const date = `${year}-${month}-${day}`;
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date ? null : date;
}
