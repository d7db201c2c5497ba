import type { ImportFinding, ImportMapping, ImportPreview } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { assertNever } from '#shared/util/index.ts';
import type { RawRecord } from '../record-reader.ts';
import { EntryConverter } from './convert-entry.ts';
import { HistoryConverter } from './convert-history.ts';
import { NumbersConverter } from './convert-numbers.ts';
import { PaymentConverter } from './convert-payment.ts';
import type { KindRecord, OtherKind } from './kind-records.ts';

/** What a row became. */
export type KindConversion<Record> =
  | { kind: 'record'; record: Record; shown: ShownRecord; warnings: ImportFinding[] }
  | { kind: 'rejected'; problems: ImportFinding[] }
  /** well formed, and not to be stored: money that went out */
  | { kind: 'ignored'; shown: ShownRecord };

/** A record in the preview. */
export type ShownRecord = Pick<
  ImportPreview['records'][number],
  'displayName' | 'debtRef' | 'balance' | 'dueOn' | 'phones' | 'summary'
>;

/** Turns rows of one file into records. Pure but for what it counts, and never throws. */
export interface KindConverter<Record> {
  convert(raw: RawRecord): KindConversion<Record>;
}

export interface KindOptions {
  mapping: ImportMapping;
  storeKind: StoreKind;
  thisYear: number;
}

export function createConverter(kind: OtherKind, options: KindOptions): KindConverter<KindRecord> {
  switch (kind) {
    case 'payments':
      return new PaymentConverter(options);
    case 'bankStatement':
      return new EntryConverter(options);
    case 'agencyHistory':
      return new HistoryConverter(options);
    case 'doNotCall':
      return new NumbersConverter(options);
    default:
      return assertNever(kind, 'kind of import');
  }
}

export const nothingShown: ShownRecord = {
  displayName: null,
  debtRef: null,
  balance: null,
  dueOn: null,
  phones: [],
  summary: null,
};
