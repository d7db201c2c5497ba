import type { Channel, Direction } from '#shared/domain/index.ts';
import type { NewBankEntry } from '../../bank/index.ts';

/** What a row says of whom it is about: of a debt, of a debtor, or of either. */
export interface RowReference {
  debtRef: string;
  debtorRef: string;
  reference: string;
}

/** A payment that somebody ascribed to a debt or a debtor; unknown ones become entries of the bank's queue. */
export interface PaymentRecord extends RowReference, NewBankEntry {
  method: string;
}

export type EntryRecord = NewBankEntry;

/** One contact of a former agency. */
export interface HistoryRecord extends RowReference {
  /** `YYYY-MM-DD` */
  on: string;
  /** `HH:MM`; null: the file does not say */
  time: string | null;
  channel: Channel;
  direction: Direction;
  peer: string | null;
  text: string;
}

/** Numbers of one row, E.164; empty: all of them stood further up in the file. */
export type NumbersRecord = string[];

/** Records of the kinds, as they go from the parser to the writer. */
export interface KindRecords {
  payments: PaymentRecord;
  bankStatement: EntryRecord;
  agencyHistory: HistoryRecord;
  doNotCall: NumbersRecord;
}
export type OtherKind = keyof KindRecords;
export type KindRecord = KindRecords[OtherKind];
