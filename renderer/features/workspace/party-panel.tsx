import type { Call } from '#shared/contract/index.ts';
import { OtherPerson } from './other-person.tsx';
import { Questions } from './questions.tsx';
import { useParty } from './use-party.ts';

/** Over what is hidden: how to find out who is on the line, or what may be said to somebody else. */
export function PartyPanel({ call }: { call: Call }) {
  const actions = useParty(call);
  return actions.party.state === 'thirdPerson' ? (
    <OtherPerson call={call} actions={actions} />
  ) : (
    // another call is asked anew
    <Questions key={call.callId} call={call} actions={actions} />
  );
}
