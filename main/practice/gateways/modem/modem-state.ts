import type { ModemFault, PracticeModemParts, SubmittedSms } from './modem-types.ts';
import type { SimCard } from './sim-card.ts';

/** What all lines of one modem share. */
export interface ModemState {
  readonly parts: PracticeModemParts;
  readonly card: SimCard;
  /** every command that came */
  readonly commands: string[];
  unlocked: boolean;
  pinTries: number;
  registered: boolean;
  textMode: boolean;
  /** `GSM`, `IRA`, `UCS2` */
  alphabet: string;
  serviceCentre: string;
  /** `+CNMI`: notices of messages, reports: 0 none, 1 at once, 2 stored */
  messageNotices: number;
  reportNotices: number;
  /** `+CMEE` */
  numbersErrors: boolean;
  /** first octet of text mode: 32 asks for a report */
  textFlags: number;
  /** Takes a message, unless something goes wrong. */
  submit(message: Omit<SubmittedSms, 'number' | 'at'>): SubmitAnswer;
  /** the card has a place again */
  freed(): void;
}

export type SubmitAnswer =
  | { kind: 'taken'; reference: number }
  | { kind: 'fault'; fault: Exclude<ModemFault, { kind: 'noPrompt' }> };
