import type { SettingsOf } from '#shared/contract/gateway-settings.schema.ts';
import { splitSms } from '#shared/util/index.ts';
import type { OutgoingMessage } from '../../types.ts';
import { numberAddress, senderAddress } from './addresses.ts';
import { alphabetFor, encodeText } from './alphabet.ts';
import { concatenationHeader } from './concatenation.ts';
import type { PduFields, PduTlvs } from './wire/index.ts';

/** One submit_sm (SMPP 3.4 §4.4.1). */
export interface Submit {
  fields: PduFields;
  tlvs: PduTlvs;
}

export interface Submits {
  submits: readonly Submit[];
  /** what is charged; with `payload` one submit makes several */
  parts: number;
}

const userDataHeader = 0x40;
const askForReceipt = 1;
/** the total is one octet */
const maxParts = 255;

/**
 * The message as the SMSC is to take it.
 * @param partReference 0–65535; the same for all parts, another one for the next long message to this number
 * @returns null when the text is longer than 255 parts
 */
export function buildSubmits(
  message: OutgoingMessage,
  settings: SettingsOf<'smpp'>,
  partReference: number,
): Submits | null {
  const { text } = message;
  const alphabet = alphabetFor(text, settings.defaultAlphabet);
  const { parts } = splitSms(text, { encoding: alphabet });
  if (parts.length > maxParts) return null;
  const encode = (part: string) => encodeText(part, alphabet, settings.defaultAlphabet);
  const common = commonFields(message, settings);
  const tlvs = { user_message_reference: messageReference(message.messageId) };
  if (parts.length === 1 || settings.longMessages === 'payload') {
    const { dataCoding, octets } = encode(text);
    const submit: Submit =
      parts.length === 1
        ? { fields: { ...common, data_coding: dataCoding, short_message: octets }, tlvs }
        : {
            fields: { ...common, data_coding: dataCoding },
            tlvs: { ...tlvs, message_payload: octets },
          };
    return { submits: [submit], parts: parts.length };
  }
  const submits = parts.map((part, index): Submit => {
    const { dataCoding, octets } = encode(part);
    const position = { reference: partReference, total: parts.length, number: index + 1 };
    const fields = { ...common, data_coding: dataCoding, short_message: octets };
    if (settings.longMessages === 'sar') {
      return {
        fields,
        tlvs: {
          ...tlvs,
          sar_msg_ref_num: partReference,
          sar_total_segments: position.total,
          sar_segment_seqnum: position.number,
        },
      };
    }
    const withHeader = new Uint8Array([...concatenationHeader(position), ...octets]);
    return { fields: { ...fields, esm_class: userDataHeader, short_message: withHeader }, tlvs };
  });
  return { submits, parts: parts.length };
}

function commonFields(message: OutgoingMessage, settings: SettingsOf<'smpp'>): PduFields {
  const source = senderAddress(message.sender ?? settings.senders[0] ?? null);
  const destination = numberAddress(message.to);
  return {
    source_addr_ton: source.ton,
    source_addr_npi: source.npi,
    source_addr: source.address,
    dest_addr_ton: destination.ton,
    dest_addr_npi: destination.npi,
    destination_addr: destination.address,
    registered_delivery: askForReceipt,
    validity_period: relativeTime(message.validityMs ?? settings.validityMinutes * 60_000),
  };
}

/** `YYMMDDhhmmss000R`, counted from now, so that nobody's time zone matters (§7.1.1.2). */
export function relativeTime(durationMs: number): string {
  const seconds = Math.max(1, Math.ceil(durationMs / 1_000));
  const days = Math.min(99, Math.floor(seconds / 86_400));
  const rest = [
    days,
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  return `0000${rest.map((value) => String(value).padStart(2, '0')).join('')}000R`;
}

/**
 * Our id in the 16 bits that user_message_reference has (§5.3.2.17); the same after a restart. Two of the same number among
 * 65536 are told apart by the phone.
 */
export function messageReference(messageId: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < messageId.length; index += 1) {
    value = Math.imul(value ^ messageId.charCodeAt(index), 0x01000193);
  }
  return ((value >>> 16) ^ value) & 0xffff;
}
