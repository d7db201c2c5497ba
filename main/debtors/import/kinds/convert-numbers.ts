import type { StoreKind } from '#shared/domain/index.ts';
import { readPhones } from '../read-phones.ts';
import type { RawRecord } from '../record-reader.ts';
import {
  type KindConversion,
  type KindConverter,
  type KindOptions,
  nothingShown,
} from './convert-kinds.ts';
import { KindCells } from './kind-cells.ts';
import type { NumbersRecord } from './kind-records.ts';

/** Rows of do-not-call lists. */
export class NumbersConverter implements KindConverter<NumbersRecord> {
  readonly #cells: KindCells;
  readonly #country: string;
  readonly #storeKind: StoreKind;
  /** as numbers, which take a third of the room: a list may hold a million */
  readonly #seen = new Set<number>();

  constructor({ mapping, storeKind, thisYear }: KindOptions) {
    this.#cells = new KindCells(mapping, thisYear);
    this.#country = mapping.defaultCountry;
    this.#storeKind = storeKind;
  }

  convert(raw: RawRecord): KindConversion<NumbersRecord> {
    const broken = this.#cells.brokenForm(raw);
    if (broken !== null) return { kind: 'rejected', problems: [broken] };
    const cells = this.#cells.all(raw, 'phone');
    if (cells.length === 0) return { kind: 'rejected', problems: ['phone.missing'] };
    const read = cells.map((cell) => readPhones(cell, this.#country, this.#storeKind));
    const problems = [...new Set(read.flatMap((each) => each.problems))];
    const numbers = read.flatMap(({ phones }) => phones.map(({ value }) => value));
    // half a row is not taken: the number that could not be read would be called
    if (problems.length > 0) return { kind: 'rejected', problems };
    const record = numbers.filter((number) => this.#isNew(Number(number.slice(1))));
    const shown = { ...nothingShown, displayName: numbers[0] ?? null, phones: numbers };
    return { kind: 'record', record, shown, warnings: [] };
  }

  #isNew(number: number): boolean {
    if (this.#seen.has(number)) return false;
    this.#seen.add(number);
    return true;
  }
}
