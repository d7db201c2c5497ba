import type { ImportFormat } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { Mt940Reader, type StatementEntry } from '../../bank/index.ts';
import type { FileNotice } from '../parser-protocol.ts';
import { type RawRecord, RecordReader } from '../record-reader.ts';
import { createTextDecoder } from '../text-encoding.ts';
import { EntryConverter } from './convert-entry.ts';
import { createConverter, type KindConversion, type KindOptions } from './convert-kinds.ts';
import type { KindRecord, OtherKind } from './kind-records.ts';

export type KindItem =
  | { kind: 'row'; raw: RawRecord; conversion: KindConversion<KindRecord> }
  | { kind: 'notice'; notice: FileNotice };

/** Turns the text of one file into rows of a kind, piece by piece. */
export interface KindReader {
  /** of the columns, for the rejects file; known after the first record */
  readonly headers: readonly string[];
  push(bytes: Uint8Array): KindItem[];
  end(): KindItem[];
}

/** @throws AppError `import.unreadable` for a statement where another kind was to be read */
export function createKindReader(
  kind: OtherKind,
  format: ImportFormat,
  options: KindOptions,
): KindReader {
  if (format !== 'mt940') return new RowReader(kind, options);
  if (kind === 'bankStatement') return new StatementReader(options);
  throw new AppError('import.unreadable', 'this file is a bank statement');
}

class RowReader implements KindReader {
  headers: readonly string[];
  readonly #options: KindOptions;
  readonly #decoder: ReturnType<typeof createTextDecoder>;
  readonly #reader: RecordReader;
  readonly #converter: ReturnType<typeof createConverter>;
  #needsHeader: boolean;

  constructor(kind: OtherKind, options: KindOptions) {
    const { mapping } = options;
    this.#options = options;
    this.#decoder = createTextDecoder(mapping.encoding);
    this.#reader = new RecordReader(mapping.delimiter, mapping.columns.length);
    this.#converter = createConverter(kind, options);
    this.#needsHeader = mapping.hasHeader;
    this.headers = mapping.columns;
  }

  push(bytes: Uint8Array): KindItem[] {
    return this.#take(this.#reader.push(this.#decoder.write(bytes)));
  }

  end(): KindItem[] {
    const last = this.#reader.push(this.#decoder.end());
    return this.#take([...last, ...this.#reader.end()]);
  }

  #take(records: readonly RawRecord[]): KindItem[] {
    let rows = records;
    if (this.#needsHeader && records.length > 0) {
      this.headers = records[0]?.fields ?? this.#options.mapping.columns;
      this.#needsHeader = false;
      rows = records.slice(1);
    }
    return rows.map((raw) => ({ kind: 'row', raw, conversion: this.#converter.convert(raw) }));
  }
}

/** What an entry looks like in the preview and in the rejects file. */
const STATEMENT_HEADERS = ['account', 'booked on', 'amount', 'payer', 'payer’s account', 'title'];

class StatementReader implements KindReader {
  readonly headers = STATEMENT_HEADERS;
  readonly #decoder: ReturnType<typeof createTextDecoder>;
  readonly #reader = new Mt940Reader();
  readonly #converter: EntryConverter;
  /** entries of the statement that is being read: whether its account is shared shows at its end */
  #held: StatementEntry[] = [];

  constructor(options: KindOptions) {
    this.#decoder = createTextDecoder(options.mapping.encoding);
    this.#converter = new EntryConverter(options);
  }

  push(bytes: Uint8Array): KindItem[] {
    return this.#take(this.#reader.push(this.#decoder.write(bytes)));
  }

  end(): KindItem[] {
    const last = this.#reader.push(this.#decoder.end());
    const items = this.#take([...last, ...this.#reader.end()]);
    return [...items, ...this.#release()];
  }

  #take(read: readonly ReturnType<Mt940Reader['push']>[number][]): KindItem[] {
    return read.flatMap((item): KindItem[] => {
      if (item.kind === 'notice') {
        const { finding, line, text } = item;
        return [...this.#release(), { kind: 'notice', notice: { finding, line, text } }];
      }
      if (item.kind === 'unreadable') {
        const raw = rawOf(item.line, [item.text]);
        const conversion = { kind: 'rejected' as const, problems: [item.finding] };
        return [...this.#release(), { kind: 'row', raw, conversion }];
      }
      const isNext = this.#held[0] !== undefined && this.#held[0].account !== item.entry.account;
      const released = isNext ? this.#release() : [];
      this.#held.push(item.entry);
      return released;
    });
  }

  #release(): KindItem[] {
    const held = this.#held;
    this.#held = [];
    const credits = held.filter(({ direction }) => direction === 'credit');
    const payers = new Set(credits.map(({ payerAccount, payer }) => payerAccount ?? payer));
    const rows = held.map(
      (entry): KindItem => ({
        kind: 'row',
        raw: rawOf(entry.line, fieldsOf(entry)),
        conversion: this.#converter.convertStatement(entry, payers.size > 1),
      }),
    );
    return [...rows, ...held.filter(takesBack).map(noticeOf)];
  }
}

/** A credit of before is withdrawn: what was booked for it is wrong now, and only a person can say what that was. */
function takesBack({ isReversal, direction }: StatementEntry): boolean {
  return isReversal && direction === 'debit';
}

function noticeOf(entry: StatementEntry): KindItem {
  const text = fieldsOf(entry).slice(1).filter(Boolean).join(' · ');
  const notice = { finding: 'statement.reversed-credit', line: entry.line, text } as const;
  return { kind: 'notice', notice };
}

function rawOf(line: number, fields: string[]): RawRecord {
  return { line, fields, problem: null, hasLineEnd: true };
}

function fieldsOf(entry: StatementEntry): string[] {
  const { account, bookedOn, amountMinor, currency, direction, payer, payerAccount, title } = entry;
  const sign = direction === 'debit' ? '-' : '';
  return [
    account,
    bookedOn,
    `${sign}${(amountMinor / 100).toFixed(2)} ${currency}`,
    payer ?? '',
    payerAccount ?? '',
    title,
  ];
}
