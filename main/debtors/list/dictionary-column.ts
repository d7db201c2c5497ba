type Codes = Uint8Array | Uint16Array | Uint32Array;

/**
 * One value of few for each row, as the number of the value in a list: a byte a row until there are more than 256, then
 * two, then four. Code 0 is null.
 */
export class DictionaryColumn {
  readonly values: (string | null)[] = [null];
  readonly #known = new Map<string, number>();
  #codes: Codes;

  constructor(capacity: number) {
    this.#codes = new Uint8Array(capacity);
  }

  get codes(): Codes {
    return this.#codes;
  }

  get bytes(): number {
    return this.#codes.byteLength;
  }

  set(row: number, value: string | null): void {
    this.#codes[row] = value === null ? 0 : (this.#known.get(value) ?? this.#add(value));
  }

  at(row: number): string | null {
    return this.values[this.#codes[row] ?? 0] ?? null;
  }

  /** undefined: no row ever had it */
  codeOf(value: string): number | undefined {
    return this.#known.get(value);
  }

  resize(capacity: number): void {
    const Kind = this.#codes.constructor as Uint8ArrayConstructor;
    this.#codes = copied(this.#codes, new Kind(capacity));
  }

  /** For each code, whether its value passes; made once for a query, then looked up for each row. */
  table(test: (value: string | null) => boolean): Uint8Array {
    return Uint8Array.from(this.values, (value) => Number(test(value)));
  }

  #add(value: string): number {
    const code = this.values.length;
    this.values.push(value);
    this.#known.set(value, code);
    if (code === 256) this.#codes = copied(this.#codes, new Uint16Array(this.#codes.length));
    if (code === 65_536) this.#codes = copied(this.#codes, new Uint32Array(this.#codes.length));
    return code;
  }
}

function copied<To extends Codes>(from: Codes, to: To): To {
  to.set(from.subarray(0, to.length));
  return to;
}
