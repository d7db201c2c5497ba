import type { Receipt } from '../../../types.ts';

/**
 * What a status report says became of a message.
 *
 * ```
 * 00 … 1F  done          20 … 3F  the centre still tries
 * 40 … 5F  given up      60 … 7F  the centre tries no more, although it could
 * ```
 *
 * @see 3GPP TS 23.040 §9.2.3.15
 */
export function deliveryState(status: number): Pick<Receipt, 'state' | 'hint' | 'badAddress'> {
  // 01: passed on, and whether it arrived cannot be said
  if (status === 0x01) return { state: 'accepted', hint: true, badAddress: false };
  if (status < 0x20) return { state: 'delivered', hint: false, badAddress: false };
  if (status < 0x40) return { state: 'accepted', hint: false, badAddress: false };
  if (status === 0x46 || status === 0x66)
    return { state: 'expired', hint: false, badAddress: false };
  return { state: 'failed', hint: false, badAddress: status === 0x43 };
}

const MEANINGS: Readonly<Record<number, string>> = {
  0: 'received',
  1: 'forwarded, delivery not confirmed',
  2: 'replaced',
  32: 'congestion, still trying',
  33: 'phone busy, still trying',
  34: 'no response from the phone, still trying',
  35: 'service rejected, still trying',
  37: 'error in the phone, still trying',
  64: 'remote procedure error',
  65: 'incompatible destination',
  66: 'connection rejected by the phone',
  67: 'not obtainable',
  68: 'quality of service not available',
  69: 'no interworking available',
  70: 'validity period expired',
  71: 'deleted by the sender',
  72: 'deleted by the message centre',
  73: 'message does not exist',
  96: 'congestion, given up',
  97: 'phone busy, given up',
  98: 'no response from the phone, given up',
  99: 'service rejected, given up',
  101: 'error in the phone, given up',
};

/** For people; the number in hexadecimal where the standard has no words. */
export function deliveryWords(status: number): string {
  return MEANINGS[status] ?? `status ${status.toString(16).padStart(2, '0')}`;
}
