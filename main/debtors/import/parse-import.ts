import type { ImportFinding } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type ConversionOptions, type ImportedRecord, RecordConverter } from './convert-record.ts';
import { type RawRecord, RecordReader } from './record-reader.ts';
import { createTextDecoder } from './text-encoding.ts';

export interface ParsedBatch {
  records: ImportedRecord[];
  /** data records read so far, and how many of them were rejected */
  rows: number;
  rejected: number;
}

export interface ParseSink {
  /** reading waits for it: this is how a slow store slows a fast file */
  onBatch(batch: ParsedBatch): Promise<void>;
  onReject(raw: RawRecord, problems: readonly ImportFinding[], headers: readonly string[]): void;
}

export interface ParseOptions extends ConversionOptions {
  /** records in the next batch; asked for each */
  batchSize: () => number;
}

/**
 * Reads a whole file of debts: every data record ends in a batch or with `onReject`, never in neither.
 * @returns how many data records there were, and how many of them were rejected
 * @throws AppError `import.empty-file`
 */
export async function parseImport(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ParseOptions,
  sink: ParseSink,
): Promise<{ rows: number; rejected: number }> {
  const parser = new ImportParser(options, sink);
  for await (const bytes of source) await parser.write(bytes);
  return parser.end();
}

class ImportParser {
  readonly #options: ParseOptions;
  readonly #sink: ParseSink;
  readonly #decoder: ReturnType<typeof createTextDecoder>;
  readonly #reader: RecordReader;
  readonly #converter: RecordConverter;
  #headers: string[] | null;
  #batch: ImportedRecord[] = [];
  #rows = 0;
  #rejected = 0;

  constructor(options: ParseOptions, sink: ParseSink) {
    const { mapping } = options;
    this.#options = options;
    this.#sink = sink;
    this.#decoder = createTextDecoder(mapping.encoding);
    this.#reader = new RecordReader(mapping.delimiter, mapping.columns.length);
    this.#converter = new RecordConverter(options);
    this.#headers = mapping.hasHeader ? null : mapping.columns.map((field) => field);
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#take(this.#reader.push(this.#decoder.write(bytes)));
  }

  async end(): Promise<{ rows: number; rejected: number }> {
    await this.#take(this.#reader.push(this.#decoder.end()));
    await this.#take(this.#reader.end());
    if (this.#rows === 0 && (this.#headers === null || !this.#options.mapping.hasHeader)) {
      throw new AppError('import.empty-file', 'there is nothing in this file');
    }
    await this.#flush();
    return { rows: this.#rows, rejected: this.#rejected };
  }

  async #take(records: readonly RawRecord[]): Promise<void> {
    for (const raw of records) {
      if (this.#headers === null) {
        this.#headers = raw.fields;
        continue;
      }
      this.#rows += 1;
      this.#convert(raw, this.#headers);
      if (this.#batch.length >= this.#options.batchSize()) await this.#flush();
    }
  }

  #convert(raw: RawRecord, headers: readonly string[]): void {
    const { record, problems } = this.#converter.convert(raw);
    if (record !== null) this.#batch.push(record);
    else {
      this.#rejected += 1;
      this.#sink.onReject(raw, problems, headers);
    }
  }

  /** The last batch may be empty: it carries the final counts. */
  async #flush(): Promise<void> {
    const records = this.#batch;
    this.#batch = [];
    await this.#sink.onBatch({ records, rows: this.#rows, rejected: this.#rejected });
  }
}
