/**
 * What the numbers of `+CMS ERROR` and `+CME ERROR` mean, and what follows for the message that they answer.
 *
 * - `bad`: nobody has this number;
 * - `no`: refused, and it would be again;
 * - `later`: certainly not taken, to be tried again;
 * - `unclear`: it may have left.
 */
export type AtErrorClass = 'bad' | 'no' | 'later' | 'unclear';

type Row = readonly [AtErrorClass, string];

/** @see 3GPP TS 27.005 §3.2.5; below 128 TS 24.011 Annex E, from 128 TS 23.040 §9.2.3.22 */
const cms: Readonly<Record<number, Row>> = {
  1: ['bad', 'unassigned number'],
  8: ['no', 'operator determined barring'],
  10: ['no', 'call barred'],
  21: ['no', 'short message transfer rejected'],
  27: ['later', 'destination out of service'],
  28: ['bad', 'unidentified subscriber'],
  29: ['no', 'facility rejected'],
  30: ['bad', 'unknown subscriber'],
  38: ['later', 'network out of order'],
  41: ['later', 'temporary failure'],
  42: ['later', 'congestion'],
  47: ['later', 'resources unavailable'],
  50: ['no', 'requested facility not subscribed'],
  69: ['no', 'requested facility not implemented'],
  81: ['no', 'invalid transfer reference'],
  95: ['no', 'invalid message'],
  96: ['no', 'invalid mandatory information'],
  97: ['no', 'message type not implemented'],
  98: ['later', 'message not compatible with protocol state'],
  99: ['no', 'information element not implemented'],
  111: ['no', 'protocol error'],
  127: ['unclear', 'interworking, unspecified'],
  143: ['no', 'unspecified error of the protocol identifier'],
  144: ['no', 'alphabet not supported'],
  145: ['no', 'message class not supported'],
  159: ['no', 'unspecified error of the coding scheme'],
  160: ['no', 'command cannot be acted upon'],
  175: ['no', 'unspecified command error'],
  176: ['no', 'PDU not supported'],
  192: ['later', 'message centre busy'],
  193: ['no', 'no subscription at the message centre'],
  194: ['later', 'message centre system failure'],
  195: ['bad', 'invalid address'],
  196: ['no', 'destination barred'],
  197: ['unclear', 'rejected as a duplicate'],
  198: ['no', 'validity period format not supported'],
  199: ['no', 'validity period not supported'],
  208: ['later', 'SIM storage full'],
  209: ['no', 'no storage on the SIM'],
  210: ['later', 'error of the phone'],
  211: ['later', 'memory exceeded'],
  212: ['later', 'SIM toolkit busy'],
  213: ['later', 'download error'],
  255: ['unclear', 'unspecified error'],
  300: ['later', 'modem failure'],
  301: ['later', 'SMS service of the modem reserved'],
  302: ['no', 'operation not allowed'],
  303: ['no', 'operation not supported'],
  304: ['no', 'invalid PDU'],
  305: ['no', 'invalid parameter'],
  310: ['later', 'SIM not inserted'],
  311: ['later', 'SIM PIN required'],
  312: ['later', 'PIN of the phone required'],
  313: ['later', 'SIM failure'],
  314: ['later', 'SIM busy'],
  315: ['later', 'SIM wrong'],
  316: ['later', 'SIM PUK required'],
  317: ['later', 'SIM PIN2 required'],
  318: ['later', 'SIM PUK2 required'],
  320: ['later', 'memory failure'],
  321: ['no', 'invalid memory index'],
  322: ['later', 'memory full'],
  330: ['later', 'number of the message centre unknown'],
  331: ['later', 'no network service'],
  332: ['unclear', 'network time-out'],
  340: ['no', 'no acknowledgement expected'],
  500: ['unclear', 'unknown error'],
};

/** @see 3GPP TS 27.007 §9.2 */
const cme: Readonly<Record<number, Row>> = {
  0: ['later', 'modem failure'],
  1: ['later', 'no connection to the modem'],
  3: ['no', 'operation not allowed'],
  4: ['no', 'operation not supported'],
  5: ['later', 'PIN of the phone required'],
  10: ['later', 'SIM not inserted'],
  11: ['later', 'SIM PIN required'],
  12: ['later', 'SIM PUK required'],
  13: ['later', 'SIM failure'],
  14: ['later', 'SIM busy'],
  15: ['later', 'SIM wrong'],
  16: ['no', 'incorrect password'],
  17: ['later', 'SIM PIN2 required'],
  18: ['later', 'SIM PUK2 required'],
  20: ['later', 'memory full'],
  21: ['no', 'invalid index'],
  22: ['no', 'not found'],
  23: ['later', 'memory failure'],
  24: ['no', 'text too long'],
  25: ['no', 'invalid characters in text'],
  26: ['no', 'dial string too long'],
  27: ['no', 'invalid characters in number'],
  30: ['later', 'no network service'],
  31: ['unclear', 'network time-out'],
  32: ['later', 'network not allowed, emergency calls only'],
  40: ['later', 'network personalisation PIN required'],
  48: ['later', 'phone personalisation PIN required'],
  50: ['no', 'incorrect parameters'],
  100: ['unclear', 'unknown error'],
};

export interface AtError {
  class: AtErrorClass;
  /** as the modem said it, with what it means */
  detail: string;
}

/** Of a final result that is no `OK`. A plain `ERROR` says nothing: whatever it answered may have happened. */
export function readAtError(line: string): AtError {
  const match = /^\+(CM[SE]) ERROR:\s*(.*)$/.exec(line);
  if (match === null) return { class: 'unclear', detail: line };
  const [, kind, said = ''] = match;
  const row = /^\d+$/.test(said) ? (kind === 'CMS' ? cms : cme)[Number(said)] : undefined;
  if (row === undefined) return { class: 'unclear', detail: line };
  return { class: row[0], detail: `${line} (${row[1]})` };
}
