import type { AttemptResult } from '#shared/domain/index.ts';
import type { SipFinal } from '../../telephony/sip/types.ts';

/** ITU-T Q.850 cause values that say more than the SIP status that carries them. */
const BY_CAUSE: Record<number, AttemptResult> = {
  1: 'invalidNumber', // unallocated number
  17: 'busy',
  18: 'noAnswer', // no user responding
  19: 'noAnswer', // no answer from user
  20: 'noAnswer', // subscriber absent
  21: 'rejected',
  22: 'invalidNumber', // number changed
  28: 'invalidNumber', // invalid number format
  34: 'networkFailure', // no circuit available
  38: 'networkFailure',
  41: 'networkFailure',
  42: 'networkFailure',
};

/** The network's verdict in our words, from a final response to an INVITE (RFC 3261 §21, RFC 3326, RFC 3398 §8.2). */
export function resultOf(final: SipFinal): AttemptResult {
  if (final.q850Cause !== null) {
    const byCause = BY_CAUSE[final.q850Cause];
    if (byCause !== undefined) return byCause;
  }
  switch (final.status) {
    case 486:
    case 600:
      return 'busy';
    case 408:
    case 480:
    case 487:
      return 'noAnswer';
    case 404:
    case 410:
    case 414:
    case 416:
    case 484:
    case 485:
    case 604:
      return 'invalidNumber';
    case 401:
    case 403:
    case 407:
    case 603:
    case 607:
    case 608:
      return 'rejected';
    default:
      return 'networkFailure';
  }
}
