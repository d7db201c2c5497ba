import type { Clock } from '#shared/util/index.ts';
import type { behaviourOf } from '../behaviour.ts';

export interface PracticeModemParts {
  /** loopback; default 127.0.0.1 */
  host?: string;
  /** 0: a free one */
  port: number;
  clock: Clock;
  seed: number;
  /** how debtors' phones take messages; default: as practice debtors do */
  behaviour?: typeof behaviourOf;
  /** absent: the card asks for none */
  pin?: string;
  /** number of the message centre on the card; '' for none */
  serviceCentre?: string;
  /** places on the card; default 30 */
  capacity?: number;
  /** false: status reports come at once and are not stored, as with many modems */
  storesReports?: boolean;
  /** what goes wrong with a submit; default nothing */
  faultOf?: (submit: SubmittedSms) => ModemFault | null;
}

/** What goes wrong with one submit. */
export type ModemFault =
  /** not taken: `+CMS ERROR` with this number */
  | { kind: 'refuse'; error: number }
  /** no prompt comes */
  | { kind: 'noPrompt' }
  /** taken or not, and nothing is said any more until the line is opened anew */
  | { kind: 'hang'; taken: boolean }
  /** the line ends; taken or not */
  | { kind: 'unplug'; taken: boolean };

/** One SMS-SUBMIT, or one text of text mode, as it came. */
export interface SubmittedSms {
  /** from 1, over all lines */
  number: number;
  to: string;
  text: string;
  part: { reference: number; number: number; total: number } | null;
  wantsReport: boolean;
  /** epoch ms */
  at: number;
}

export interface PracticeModem {
  readonly port: number;
  /** as the settings of a gateway name it */
  readonly address: string;
  /** what was taken, part by part */
  submits(): readonly SubmittedSms[];
  /** every command that came, in order */
  commands(): readonly string[];
  /** Somebody writes to the card's number. */
  receive(message: { from: string; text: string }): void;
  /** messages on the card now */
  stored(): number;
  /** pulled out of its socket: lines end, and no new one is taken until it is plugged in */
  unplug(): void;
  plugIn(): void;
  setRegistered(registered: boolean): void;
  stop(): Promise<void>;
}
