import type { ContactRequest } from '../../contact-rules/types.ts';
import type { MessageRow } from './outbox-rows.ts';

/**
 * A message in the words of the door. One to many is asked about as what no person starts: an override that a supervisor
 * gave to somebody is not used up by a list.
 */
export function contactRequest(
  message: Pick<
    MessageRow,
    | 'debtorId'
    | 'debtId'
    | 'contactPointId'
    | 'channel'
    | 'toAddress'
    | 'bulkId'
    | 'purpose'
    | 'personId'
  >,
): ContactRequest {
  const { debtorId, debtId, contactPointId, channel, toAddress, bulkId, purpose, personId } =
    message;
  return {
    debtorId: debtorId ?? '',
    ...(debtId === null ? {} : { debtId }),
    ...(contactPointId === null ? {} : { contactPointId }),
    ...(channel === 'email' ? {} : { number: toAddress }),
    channel,
    mode: bulkId === null ? 'manual' : 'predictive',
    purpose,
    target: 'debtor',
    ...(personId === null || bulkId !== null ? {} : { personId }),
  };
}
