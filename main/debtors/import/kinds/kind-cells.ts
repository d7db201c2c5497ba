import type { ImportField, ImportFinding, ImportMapping } from '#shared/contract/index.ts';
import { type AmountProblem, readAmount, readCurrency } from '../read-amount.ts';
import { readDate } from '../read-date.ts';
import { cleanCell, DAMAGED } from '../record-cells.ts';
import type { RawRecord } from '../record-reader.ts';

export interface ReadMoney {
  amountMinor: number;
  currency: string;
  /** true: money that went out */
  isNegative: boolean;
}

/** The cells of a record by what they mean. */
export class KindCells {
  readonly #mapping: ImportMapping;
  readonly #thisYear: number;
  readonly #columns = new Map<ImportField, number[]>();

  constructor(mapping: ImportMapping, thisYear: number) {
    this.#mapping = mapping;
    this.#thisYear = thisYear;
    mapping.columns.forEach((field, index) => {
      this.#columns.set(field, [...(this.#columns.get(field) ?? []), index]);
    });
  }

  has(field: ImportField): boolean {
    return this.#columns.has(field);
  }

  /** What keeps a record out whatever it says: its form is broken, or its text. */
  brokenForm(raw: RawRecord): ImportFinding | null {
    const { columns } = this.#mapping;
    if (raw.problem !== null) return raw.problem;
    if (raw.fields.length < columns.length) {
      return raw.hasLineEnd ? 'record.columns' : 'record.truncated';
    }
    const surplus = raw.fields.slice(columns.length);
    if (surplus.some((field) => field.trim() !== '')) return 'record.columns';
    const isDamaged = raw.fields.some(
      (field, index) => columns[index] !== 'ignore' && DAMAGED.test(field),
    );
    return isDamaged ? 'record.damaged-text' : null;
  }

  one(raw: RawRecord, field: ImportField): string {
    const index = this.#columns.get(field)?.[0];
    return index === undefined ? '' : cleanCell(raw.fields[index]);
  }

  /** Filled cells of every column of a field. */
  all(raw: RawRecord, field: ImportField): string[] {
    const indexes = this.#columns.get(field) ?? [];
    return indexes.map((index) => cleanCell(raw.fields[index])).filter((cell) => cell !== '');
  }

  /** Null when there is none; what is wrong with it goes to `problems`. */
  date(raw: RawRecord, field: ImportField, problem: ImportFinding, problems: ImportFinding[]) {
    const text = this.one(raw, field);
    if (text === '') return null;
    const date = readDate(text, this.#mapping.dateOrder, this.#thisYear);
    if (date === null) problems.push(problem);
    return date;
  }

  /** The currency that the row names, else the mapping's; null when it is none. */
  currency(raw: RawRecord): string | null {
    const named = this.one(raw, 'currency');
    return named === '' ? this.#mapping.defaultCurrency : readCurrency(named);
  }

  /** An amount with its sign; a currency beside the figure must be that of the row. */
  money(text: string, currency: string): ReadMoney | AmountProblem | 'currency.unknown' {
    const { decimalSeparator } = this.#mapping;
    const plain = readAmount(text, decimalSeparator, currency);
    const isNegative = !plain.ok && plain.problem === 'amount.negative';
    const amount = isNegative
      ? readAmount(text.replace(/[-−–()]/g, ''), decimalSeparator, currency)
      : plain;
    if (!amount.ok) return amount.problem;
    if (amount.currency !== null && amount.currency !== currency) return 'currency.unknown';
    return { amountMinor: amount.amountMinor, currency, isNegative };
  }
}

/** Tells equal rows of one file apart by counting them: the second of two is another payment of the same person. */
export class Occurrences {
  readonly #counts = new Map<string, number>();

  /** @returns 1 for the first */
  next(key: string): number {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count;
  }
}
