import { parseNameAddress, parseVia } from './header-values.ts';
import { cseqOf, header, headers, type SipMessage } from './sip-message.ts';

/** What makes a well-formed message unusable (RFC 3261 §8.1.1, §8.1.3.3, §8.2); null when nothing does. */
export type CheckFailure =
  | 'via'
  | 'several-vias'
  | 'from'
  | 'to'
  | 'call-id'
  | 'cseq'
  | 'cseq-method';

export function checkMessage(message: SipMessage): CheckFailure | null {
  const vias = headers(message, 'Via');
  if (vias.length === 0 || vias.some((via) => parseVia(via) === null)) return 'via';
  // A response with a second Via was meant for somebody behind us: we are no proxy.
  if (message.kind === 'response' && vias.length > 1) return 'several-vias';
  const cseq = cseqOf(message);
  if (!cseq) return 'cseq';
  if (message.kind === 'request' && cseq.method !== message.method) return 'cseq-method';
  if (!/^\S{1,512}$/.test(header(message, 'Call-ID') ?? '')) return 'call-id';
  if (!parseNameAddress(header(message, 'From') ?? '')?.parameters.get('tag')) return 'from';
  if (!parseNameAddress(header(message, 'To') ?? '')) return 'to';
  return null;
}
