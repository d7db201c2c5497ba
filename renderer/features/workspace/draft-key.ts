import type { Call } from '#shared/contract/index.ts';

/** What is typed belongs to the debtor; without one, to the call. */
export function draftKeyOf(call: Pick<Call, 'callId' | 'debtorId'>): string {
  return call.debtorId ?? `call-${call.callId}`;
}
