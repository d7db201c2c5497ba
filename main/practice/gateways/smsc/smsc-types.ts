import type { Clock } from '#shared/util/index.ts';
import type { behaviourOf } from '../behaviour.ts';

export interface PracticeSmscParts {
  /** loopback; default 127.0.0.1 */
  host?: string;
  /** 0: a free one */
  port: number;
  clock: Clock;
  seed: number;
  /** how debtors' phones take messages; default: as practice debtors do */
  behaviour?: typeof behaviourOf;
  /** absent: any login is let in */
  login?: { systemId: string; password: string };
  /** PEM: then TLS is spoken */
  tls?: { key: string; cert: string };
  /** where a receipt says what became of a message; default both */
  receiptStyle?: 'text' | 'tlv' | 'both';
  /** how ids are written; default as given */
  receiptIds?: 'asGiven' | 'hexInReceipt' | 'decimalInReceipt';
  /** more in a second are refused with ESME_RTHROTTLED; default: no limit */
  maxPerSecond?: number;
  /** what goes wrong with a submit; default nothing */
  faultOf?: (submit: SubmittedPart) => SmscFault | null;
  /** a delivery that is not acknowledged in this time is made again; default 10 s */
  acknowledgeWithinMs?: number;
}

/** What goes wrong with one submit. */
export type SmscFault =
  /** not taken */
  | { kind: 'refuse'; status: number }
  /** not taken, not answered */
  | { kind: 'ignore' }
  /** taken, and never answered */
  | { kind: 'dropAnswer' }
  /** taken, answered later; its receipt does not wait */
  | { kind: 'delayAnswer'; delayMs: number }
  /** the connection ends; taken or not */
  | { kind: 'disconnect'; taken: boolean }
  /** the receipt overtakes the answer */
  | { kind: 'receiptFirst' }
  | { kind: 'receiptTwice' };

/** One submit_sm as it came. */
export interface SubmittedPart {
  /** from 1, over all connections */
  number: number;
  id: string;
  systemId: string;
  from: string;
  /** digits as they came, without `+` */
  to: string;
  /** of this part; null: no text */
  text: string | null;
  dataCoding: number;
  /** of a long message */
  part: { reference: number; number: number; total: number } | null;
  userMessageReference: number | null;
  validityPeriod: string;
  wantsReceipt: boolean;
  /** epoch ms */
  at: number;
}

/** A message put together of its parts. */
export interface SubmittedMessage {
  ids: readonly string[];
  systemId: string;
  from: string;
  to: string;
  text: string;
  parts: number;
  at: number;
}

/** Something that a phone sends to the ESME. */
export interface FromPhone {
  /** E.164 */
  from: string;
  /** a number or short code of the ESME */
  to: string;
  text: string;
  /** how a long one travels; default udh */
  long?: 'udh' | 'sar' | 'payload';
  /** 16 bits wide; default 8 */
  wideReference?: boolean;
  /** default: any that is bound */
  systemId?: string;
}

export interface PracticeSmsc {
  readonly port: number;
  /** logins that are bound now, with their role */
  binds(): readonly { systemId: string; role: string }[];
  /** every submit that was taken, in order */
  parts(): readonly SubmittedPart[];
  /** every message of which all parts are here, in order */
  submitted(): readonly SubmittedMessage[];
  /** Resolves when every part is acknowledged; it is offered again until then. */
  deliver(message: FromPhone): Promise<void>;
  /** deliveries (receipts and messages) that are not acknowledged yet */
  waiting(): number;
  /** true: nothing is answered any more, though connections stay: a peer that died */
  setSilent(silent: boolean): void;
  /** sends unbind to all */
  unbindAll(): Promise<void>;
  /** cuts every connection */
  disconnectAll(): void;
  stop(): Promise<void>;
}
