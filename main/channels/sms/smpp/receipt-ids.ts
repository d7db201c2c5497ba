import type { SettingsOf } from '#shared/contract/gateway-settings.schema.ts';
import { samePhone } from './addresses.ts';

type Setting = SettingsOf<'smpp'>['receiptIds'];
export type IdStyle = Exclude<Setting, 'either'>;

export interface ReceiptIdsParts {
  setting: Setting;
  /** what was found out before, as it was told to `onLearned` */
  learned: string | null;
  onLearned(style: IdStyle): void;
}

interface Given {
  id: string;
  to: string;
  message: TakenMessage;
}

/** What an id was given to. */
export interface TakenMessage {
  messageId: string;
  /** it is one of several parts, each with an id of its own */
  onePart: boolean;
}

const styles: readonly IdStyle[] = ['asGiven', 'hexInReceipt', 'decimalInReceipt'];
/** Receipts of older ones are read in the style that was learned from the others. */
const remembered = 20_000;

/**
 * What the SMSC called a message when it took it, from what it calls it in the receipt: some write the one in decimal and
 * the other in hexadecimal, with or without zeros in front. With `either` that is found out from a receipt whose number
 * fits one style only, and whose phone is the one that the message went to.
 */
export class ReceiptIds {
  #parts: ReceiptIdsParts;
  #given = new Map<string, Given>();
  #style: IdStyle | null;

  constructor(parts: ReceiptIdsParts) {
    this.#parts = parts;
    const learned = styles.find((style) => style === parts.learned) ?? null;
    this.#style = parts.setting === 'either' ? learned : parts.setting;
  }

  /** @param id as the answer to submit_sm had it */
  remember(id: string, to: string, message: TakenMessage): void {
    if (id === '') return;
    this.#given.set(plain(id), { id, to, message });
    if (this.#given.size <= remembered) return;
    for (const oldest of this.#given.keys()) {
      this.#given.delete(oldest);
      break;
    }
  }

  /** The message that it names; null: none that was taken since we started. */
  messageOf(id: string): TakenMessage | null {
    return this.#given.get(plain(id))?.message ?? null;
  }

  /**
   * @param id as the receipt has it
   * @param from the phone that it tells of; null: it does not say
   * @returns as the answer had it; the receipt's own when nothing better is known
   */
  resolve(id: string, from: string | null): string {
    if (this.#style !== null) {
      const converted = inStyle(id, this.#style);
      return this.#given.get(plain(converted))?.id ?? converted;
    }
    const found = new Map<string, IdStyle[]>();
    for (const style of styles) {
      const given = this.#given.get(plain(inStyle(id, style)));
      if (given === undefined || (from !== null && !samePhone(given.to, from))) continue;
      found.set(given.id, [...(found.get(given.id) ?? []), style]);
    }
    const [only, ...others] = found;
    if (only === undefined || others.length > 0) return id;
    const [given, fitting] = only;
    if (fitting.length === 1 && fitting[0] !== undefined) this.#learn(fitting[0]);
    return given;
  }

  #learn(style: IdStyle): void {
    this.#style = style;
    this.#parts.onLearned(style);
  }
}

function inStyle(id: string, style: IdStyle): string {
  if (style === 'hexInReceipt' && /^[0-9a-f]{1,32}$/i.test(id)) return BigInt(`0x${id}`).toString();
  if (style === 'decimalInReceipt' && /^\d{1,40}$/.test(id)) return BigInt(id).toString(16);
  return id;
}

function plain(id: string): string {
  return id.toLowerCase().replace(/^0+(?=.)/, '');
}
