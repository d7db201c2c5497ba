import { type Disclosure, isSameDebtor, mayDisclose } from '../telephony/call/index.ts';
import type { EngineCore } from './engine-core.ts';
import type { TelephonyParts } from './telephony-parts.ts';

/**
 * What names a debt is given out in the middle of a call with its debtor only when the debtor is on the line.
 * @param about `callId`: the call that the sender says it is part of; absent: the call that the person is in, if any
 */
export function mayDiscloseTo(
  { core, telephony }: { core: EngineCore; telephony: TelephonyParts },
  {
    debtorId,
    personId,
    callId,
  }: { debtorId: string; personId: string; callId?: string | undefined },
): Disclosure {
  const { read } = core.store;
  const named = callId === undefined ? null : mayDisclose(read, { callId, debtorId });
  if (named !== null && !named.ok) return named;
  const view = telephony.calls.ofPerson(personId)?.view;
  if (view === undefined || view.debtorId === null || view.joinedAt === null) return { ok: true };
  if (!isSameDebtor(read, view.debtorId, debtorId)) return { ok: true };
  return mayDisclose(read, { callId: view.callId, debtorId });
}
