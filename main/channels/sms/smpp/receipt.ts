import type { Receipt } from '../../types.ts';
import type { Pdu } from './wire/index.ts';

/** A delivery receipt as it came, in whichever of its two styles. */
export interface SmppReceipt {
  /** as written there; null when it names none */
  id: string | null;
  /** null: it tells nothing that a message could become (UNKNOWN, ENROUTE of some) */
  state: Receipt['state'] | null;
  badAddress: boolean;
  /** `UNDELIV`, `UNDELIV 011` */
  code: string | null;
}

/** SMPP 3.4 §5.2.12, bits 5–2 of esm_class */
const messageType = 0x3c;
const receiptType = 0x04;
const intermediateType = 0x20;

export type DeliverKind = 'message' | 'receipt' | 'intermediate';

export function deliverKind({ fields, tlvs }: Pdu): DeliverKind {
  const type = (fields.esm_class ?? 0) & messageType;
  if (type === intermediateType) return 'intermediate';
  if (type === receiptType) return 'receipt';
  const namesOne = tlvs.receipted_message_id !== undefined && tlvs.message_state !== undefined;
  return namesOne ? 'receipt' : 'message';
}

/** @param text of the receipt, decoded; the parameters are believed before it */
export function readReceipt({ tlvs }: Pdu, text: string): SmppReceipt {
  const word = /\bstat(?:us)?\s*:\s*([A-Za-z]+)/i.exec(text)?.[1]?.toUpperCase() ?? null;
  const failure = /\berr(?:or)?\s*:\s*(\w+)/i.exec(text)?.[1] ?? null;
  const byText = word === null ? null : stateOfWord(word);
  const stated = tlvs.message_state;
  const byTlv = stated === undefined ? undefined : messageStates[stated];
  const [name, state] = byTlv ?? [word, byText];
  const id = tlvs.receipted_message_id ?? /\bid\s*:\s*(\S+)/i.exec(text)?.[1] ?? null;
  const failed = state === 'failed' || state === 'expired';
  const shownFailure = failed && failure !== null && !/^0+$/.test(failure) ? ` ${failure}` : '';
  return {
    id: id === '' ? null : id,
    state,
    badAddress: state === 'failed' && isUnknownSubscriber(tlvs.network_error_code),
    code: name === null ? null : `${word ?? name}${shownFailure}`,
  };
}

type Known = [name: string, state: Receipt['state'] | null];

/** §5.2.28. ACCEPTED means that somebody read it on behalf of the subscriber. */
export const messageStates: Readonly<Record<number, Known>> = {
  1: ['ENROUTE', 'accepted'],
  2: ['DELIVRD', 'delivered'],
  3: ['EXPIRED', 'expired'],
  4: ['DELETED', 'failed'],
  5: ['UNDELIV', 'failed'],
  6: ['ACCEPTD', 'accepted'],
  7: ['UNKNOWN', null],
  8: ['REJECTD', 'failed'],
};

/** Appendix B, with the spellings of those who do not cut at seven letters. */
function stateOfWord(word: string): Receipt['state'] | null {
  if (word.startsWith('DELIV')) return 'delivered';
  if (word.startsWith('EXPIR')) return 'expired';
  if (/^(UNDEL|DELET|REJECT|FAIL|SKIP)/.test(word)) return 'failed';
  if (/^(ACCEP|ENROU|BUFFER|SCHED|SENT)/.test(word)) return 'accepted';
  return null;
}

/**
 * Type of network 3 is GSM, whose error 1 is that nobody has this number (§5.3.2.31; 3GPP TS 29.002 §17.6.6). The `err` of
 * a text is the provider's own numbering and proves no such thing.
 */
function isUnknownSubscriber(networkError: Uint8Array | undefined): boolean {
  const [network, high, low] = networkError ?? [];
  return network === 3 && high === 0 && low === 1;
}
