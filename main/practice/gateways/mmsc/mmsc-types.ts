import type { Clock } from '#shared/util/index.ts';
import type { behaviourOf } from '../behaviour.ts';

export interface PracticeMmscParts {
  /** loopback; default 127.0.0.1 */
  host?: string;
  /** 0: a free one */
  port: number;
  clock: Clock;
  seed: number;
  /** where reports and answers are delivered; null until it is known */
  reportTo: string | null;
  /** how debtors' phones take messages; default: as practice debtors do */
  behaviour?: typeof behaviourOf;
  /** absent: anybody is let in */
  login?: { user: string; password: string };
  /** what goes wrong with a submit; default nothing */
  faultOf?: (submit: SubmittedMms) => MmscFault | null;
  /** a delivery that is not taken is made again after so long; default 5 s */
  againAfterMs?: number;
}

/** What goes wrong with one submit. */
export type MmscFault =
  /** not taken; a StatusCode of MM7 */
  | { kind: 'refuse'; code: number; text?: string }
  /** not taken; an answer without an envelope */
  | { kind: 'http'; status: number }
  /** the connection ends without an answer */
  | { kind: 'drop'; taken: boolean }
  /** taken; the answer is no envelope */
  | { kind: 'rubbish' }
  /** taken; the report comes before the answer */
  | { kind: 'reportFirst' }
  /** taken; everything that follows is delivered twice */
  | { kind: 'reportTwice' };

/** One SubmitReq as it came. */
export interface SubmittedMms {
  id: string;
  transactionId: string;
  vaspId: string;
  to: string;
  sender: string;
  subject: string;
  text: string;
  /** pictures and whatever else is no text and no presentation */
  media: { mediaType: string; bytes: Buffer }[];
  smil: string;
  /** the envelope, to look at what else it says */
  xml: string;
  wantsReport: boolean;
}

export interface PracticeMmsc {
  readonly port: number;
  /** as the settings of a gateway name it */
  readonly url: string;
  /** what was taken */
  submits(): readonly SubmittedMms[];
  /** what our answers to deliveries and reports were, in order: HTTP status and StatusCode */
  answers(): readonly { http: number; code: number | null }[];
  setReportTo(url: string | null): void;
  /** Somebody writes to a number of ours. */
  receive(message: {
    from: string;
    to: string;
    text: string;
    subject?: string;
    media?: readonly { mediaType: string; bytes: Uint8Array }[];
  }): void;
  stop(): Promise<void>;
}
