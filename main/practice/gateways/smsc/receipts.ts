import type { PduFields, PduTlvs } from '../../../channels/sms/smpp/index.ts';
import type { MessageBehaviour } from '../behaviour.ts';
import type { PracticeSmscParts, SubmittedPart } from './smsc-types.ts';

type Outcome = Exclude<MessageBehaviour['outcome'], 'silent'>;

/** SMPP 3.4 appendix B, §5.2.28 */
const words: Readonly<Record<Outcome, [word: string, state: number]>> = {
  delivered: ['DELIVRD', 2],
  expired: ['EXPIRED', 3],
  failed: ['UNDELIV', 5],
};
const receiptType = 0x04;

/** A receipt for one part, as the ESME gets it. */
export function receiptOf(
  part: SubmittedPart,
  { outcome, failure }: { outcome: Outcome; failure: MessageBehaviour['failure'] },
  { receiptStyle = 'both', receiptIds = 'asGiven' }: PracticeSmscParts,
  doneAt: number,
): { fields: PduFields; tlvs: PduTlvs } {
  const [word, state] = words[outcome];
  const id = idInReceipt(part.id, receiptIds);
  const isUnknown = failure === 'unknownAddress';
  const error = outcome === 'failed' ? (isUnknown ? '001' : '069') : '000';
  const text =
    `id:${id} sub:001 dlvrd:${outcome === 'delivered' ? '001' : '000'} ` +
    `submit date:${shortDate(part.at)} done date:${shortDate(doneAt)} stat:${word} err:${error} ` +
    `text:${(part.text ?? '').replace(/[^ -~]/g, '.').slice(0, 20)}`;
  const tlvs: PduTlvs = {
    receipted_message_id: id,
    message_state: state,
    ...(outcome === 'failed'
      ? { network_error_code: Uint8Array.of(3, 0, isUnknown ? 1 : 0x45) }
      : {}),
    ...(part.userMessageReference === null
      ? {}
      : { user_message_reference: part.userMessageReference }),
  };
  return {
    fields: {
      ...addresses(part),
      esm_class: receiptType,
      short_message: Buffer.from(receiptStyle === 'tlv' ? '' : text, 'latin1'),
    },
    tlvs: receiptStyle === 'text' ? {} : tlvs,
  };
}

/** What query_sm answers. */
export function queryState(outcome: Outcome | null): number {
  return outcome === null ? 1 : words[outcome][1];
}

/** The other way round than the message went (§4.6.1). */
function addresses(part: SubmittedPart): PduFields {
  const isNumber = /^\d+$/.test(part.from);
  return {
    source_addr_ton: 1,
    source_addr_npi: 1,
    source_addr: part.to,
    dest_addr_ton: isNumber ? 1 : 5,
    dest_addr_npi: isNumber ? 1 : 0,
    destination_addr: part.from,
  };
}

function idInReceipt(id: string, style: PracticeSmscParts['receiptIds']): string {
  if (style === 'hexInReceipt') return BigInt(id).toString(16).toUpperCase();
  return style === 'decimalInReceipt' ? BigInt(`0x${id}`).toString() : id;
}

/** `YYMMDDhhmm`, in UTC */
function shortDate(at: number): string {
  return new Date(at).toISOString().replace(/\D/g, '').slice(2, 12);
}
