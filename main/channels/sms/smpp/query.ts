import type { Receipt } from '../../types.ts';
import { senderAddress } from './addresses.ts';
import { messageStates } from './receipt.ts';
import { type Answer, commandStatus, type RequestOptions } from './wire/index.ts';

/** What is worse for the debtor's knowledge of it stands for the whole. */
const worstFirst = ['failed', 'expired', 'accepted', 'delivered'] as const;

/**
 * Asks for every part by the SMSC's own ids (SMPP 3.4 §4.8).
 * @param sender as the message was sent: some SMSCs compare it
 * @returns null when a part is not known there, or nobody answered
 */
export async function queryParts(
  request: (command: string, options: RequestOptions) => Promise<Answer>,
  { providerIds, sender }: { providerIds: readonly string[]; sender: string | null },
  withinMs: number,
): Promise<Receipt | null> {
  const source = senderAddress(sender);
  const found: { name: string; state: Receipt['state'] }[] = [];
  for (const id of providerIds) {
    const answer = await request('query_sm', {
      withinMs,
      fields: {
        message_id: id,
        source_addr_ton: source.ton,
        source_addr_npi: source.npi,
        source_addr: source.address,
      },
    });
    const known = readState(answer);
    if (known === null) return null;
    found.push(known);
  }
  const worst = worstFirst
    .map((state) => found.find((part) => part.state === state))
    .find((part) => part !== undefined);
  const [providerId] = providerIds;
  if (worst === undefined || providerId === undefined) return null;
  return {
    kind: 'receipt',
    providerId,
    messageId: null,
    state: worst.state,
    hint: false,
    badAddress: false,
    code: worst.name,
    at: null,
  };
}

function readState(answer: Answer): { name: string; state: Receipt['state'] } | null {
  if (answer.kind !== 'answered' || answer.pdu.status !== commandStatus.ok) return null;
  const [name, state] = messageStates[answer.pdu.fields.message_state ?? 0] ?? [null, null];
  return name === null || state === null ? null : { name, state };
}
