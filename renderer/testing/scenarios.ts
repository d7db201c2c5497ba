import { AppError } from '#shared/errors/index.ts';
import { toast } from '../components/toast.tsx';
import { contactScenarios } from './contact-scenarios.ts';
import { debtorScenarios } from './debtor-scenarios.ts';
import type { FakeClient } from './fake-client.ts';
import type { FakePhone } from './fake-phone.ts';
import { aCall, aCard, anAgentStatus, anId, fixedNow } from './fixtures.ts';
import { leadScenarios } from './lead-answers.ts';
import { messageScenarios } from './message-scenarios.ts';
import { templateScenarios } from './template-scenarios.ts';

interface Hands {
  client: FakeClient;
  phone: FakePhone;
}

const talking = anAgentStatus({
  workState: 'talking',
  next: 'ready',
  callId: anId(100),
  since: fixedNow - 151_000,
});

/** The states a person can meet, by name; the screenshots and the accessibility check walk through all of them. */
export const scenarios: Record<string, (hands: Hands) => void> = {
  ...leadScenarios,
  ...debtorScenarios,
  ...contactScenarios,
  ...messageScenarios,
  ...templateScenarios,
  notReady: () => {},
  ready: ({ client }) => {
    client.answers['agent.status'] = () =>
      anAgentStatus({ workState: 'ready', next: 'ready', since: fixedNow - 12_000 });
  },
  dialing: ({ client }) => {
    client.answers['agent.status'] = () => ({ ...talking, since: fixedNow - 4_000 });
    client.answers['call.current'] = () => ({
      call: aCall({
        state: 'ringing',
        mode: 'manual',
        startedAt: fixedNow - 4_000,
        answeredAt: null,
        joinedAt: null,
        recording: 'waiting',
      }),
      card: aCard(),
    });
  },
  talking: ({ client }) => {
    client.answers['agent.status'] = () => talking;
    client.answers['call.current'] = () => ({ call: aCall(), card: aCard() });
  },
  held: ({ client }) => {
    client.answers['agent.status'] = () => ({ ...talking, next: 'notReady' });
    client.answers['call.current'] = () => ({
      call: aCall({ state: 'held', muted: true }),
      card: aCard(),
    });
  },
  unknownCaller: ({ client }) => {
    client.answers['agent.status'] = () => talking;
    client.answers['call.current'] = () => ({
      call: aCall({ direction: 'in', mode: null, debtorId: null, recording: 'off' }),
      card: null,
    });
  },
  wrapUp: ({ client }) => {
    client.answers['agent.status'] = () =>
      anAgentStatus({
        workState: 'wrapUp',
        next: 'ready',
        callId: anId(100),
        since: fixedNow - 8_000,
        autoReadyAt: fixedNow + 22_000,
      });
    client.answers['call.current'] = () => ({
      call: aCall({
        state: 'ended',
        endedAt: fixedNow - 8_000,
        endedBy: 'debtor',
        attemptResult: 'answered',
      }),
      card: aCard(),
    });
    client.answers['app.get-preferences'] = () => ({
      preferences: {
        [`draft.${anId(10)}`]: {
          note: 'Will be paid on the 28th; asks for the balance in writing.',
          promise: null,
          callbackAt: null,
          title: 'Anna Kowalczyk-Wójcik',
        },
      },
    });
  },
  wrapUpAgreed: ({ client, phone }) => {
    scenarios.wrapUp?.({ client, phone });
    client.answers['app.get-preferences'] = () => ({
      preferences: {
        [`draft.${anId(10)}`]: {
          note: '',
          promise: { amount: '400', dueOn: '2026-11-28', debtId: anId(20) },
          callbackAt: '2026-11-23T10:30',
          title: 'Anna Kowalczyk-Wójcik',
        },
      },
    });
  },
  offered: ({ client }) => {
    client.answers['call.current'] = () => ({
      call: aCall({
        state: 'offered',
        direction: 'in',
        mode: null,
        answeredAt: null,
        joinedAt: null,
      }),
      card: aCard(),
    });
  },
  lost: ({ client, phone }) => {
    scenarios.talking?.({ client, phone });
    client.resync();
    setTimeout(() => client.setConnection({ kind: 'lost', since: fixedNow - 7_000 }), 200);
    phone.store.setState({ registration: { kind: 'lost', since: fixedNow - 7_000 } });
  },
  noMicrophone: ({ phone }) => {
    phone.store.setState({ microphone: 'denied', line: { kind: 'none' }, quality: null });
  },
  clockSuspect: ({ client }) => {
    const snapshot = client.answers['app.snapshot'];
    client.answers['app.snapshot'] = async (input) => ({
      ...(await (snapshot?.(input) as ReturnType<NonNullable<typeof snapshot>>)),
      clockSuspect: true,
    });
  },
  empty: ({ client }) => {
    client.answers['call.list-missed'] = () => ({ items: [] });
    client.answers['campaign.list'] = () => ({ campaigns: [] });
  },
  dialRefused: ({ client }) => {
    client.answers['call.place'] = () => {
      throw new AppError('contact-rules.refused', 'not now', {
        details: {
          blockedBy: [{ rule: 'BASE-HOURS', pack: 'base', because: 'hours', until: null }],
          nextAllowedAt: fixedNow + 19 * 3_600_000,
        },
      });
    };
  },
  toast: () => {
    setTimeout(() => {
      toast('failed', 'Trunk refused the call', '503 Service Unavailable');
      toast('done', 'Saved');
    }, 100);
  },
  login: ({ client }) => {
    client.setConnection({ kind: 'refused', since: fixedNow, code: 'access.no-credential' });
  },
  loginUsed: ({ client }) => {
    client.setConnection({ kind: 'refused', since: fixedNow, code: 'access.code-used' });
  },
  outdated: ({ client }) => {
    client.setConnection({ kind: 'refused', since: fixedNow, code: 'contract.version' });
  },
};

export function applyScenario(name: string, hands: Hands): void {
  const scenario = scenarios[name];
  if (!scenario) throw new Error(`no scenario ${name}`);
  scenario(hands);
  if (hands.client.connection.kind === 'connected') hands.client.resync();
}
