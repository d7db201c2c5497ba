import { useTranslation } from 'react-i18next';
import type { Call, CallParty, CommandOutput } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { useCall, useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { partyOf, reduceCall } from '../../stores/index.ts';
import type { IdentityCheck } from './identity-keys.ts';

export interface PartyActions {
  party: CallParty;
  identify: (checks: readonly IdentityCheck[]) => void;
  thirdPerson: (about?: { relation?: string; refusesContact?: boolean }) => void;
  startOver: () => void;
  reveal: (reason: string) => Promise<boolean>;
  busy: boolean;
}

/**
 * Says who is on the line. What the agent says holds on the screen at once; the engine's word replaces it, and a refusal
 * brings back what was.
 */
export function useParty(call: Call): PartyActions {
  const { t } = useTranslation();
  const { stores, clock } = useServices();
  const party = useCall((view) => partyOf(view) ?? call.party);
  const identify = useCommand('call.identify');
  const third = useCommand('call.third-person');
  const reset = useCommand('call.reset-party');
  const reveal = useCommand('call.reveal-debt');
  const { callId } = call;

  const say = async (
    hoped: Partial<CallParty>,
    answer: Promise<CommandOutput<'call.identify'> | null>,
  ): Promise<boolean> => {
    const next: CallParty = { ...nobody, at: clock.now(), ...hoped };
    stores.call.setState((view) => reduceCall(view, { type: 'partyHoped', callId, party: next }));
    const said = await answer;
    stores.call.setState((view) =>
      reduceCall(view, { type: 'partyAnswered', callId, party: said }),
    );
    return said !== null;
  };
  return {
    party,
    busy: identify.busy || third.busy || reset.busy || reveal.busy,
    identify: (checks) => {
      announce(t('party.announced-identified'));
      void say(
        { state: 'identified', checks: [...checks] },
        identify.run({ callId, checks: [...checks] }),
      );
    },
    thirdPerson: (about = {}) => {
      const relation = (about.relation ?? party.relation ?? '').trim();
      if (party.state !== 'thirdPerson') announce(t('party.announced-third'));
      void say(
        { state: 'thirdPerson', relation: relation || null },
        third.run({
          callId,
          ...(relation ? { relation } : {}),
          ...(about.refusesContact === undefined ? {} : { refusesContact: about.refusesContact }),
        }),
      );
    },
    startOver: () => {
      announce(t('party.announced-unknown'));
      void say({}, reset.run({ callId }));
    },
    // not hoped for: a reason is something that the engine accepts first
    reveal: async (reason) => {
      const said = await reveal.run({ callId, reason });
      if (said === null) return false;
      stores.call.setState((view) =>
        reduceCall(view, { type: 'partyAnswered', callId, party: said }),
      );
      return true;
    },
  };
}

const nobody: CallParty = {
  state: 'unknown',
  checks: [],
  relation: null,
  at: null,
  revealed: false,
};
