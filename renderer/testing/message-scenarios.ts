import type { MessageChannel } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { debtorAnswers } from './debtor-answers.ts';
import { aCard } from './debtor-fixtures.ts';
import type { FakeClient } from './fake-client.ts';
import { anId, fixedNow, minuteMs } from './fixture-base.ts';
import { aCall, anAgentStatus } from './fixtures.ts';
import { anInteraction, newestHistory } from './history-fixtures.ts';
import {
  allowedLater,
  aMessage,
  anOffer,
  aPreview,
  optedOut,
  ownSenders,
  recipientsOf,
} from './message-fixtures.ts';

type Scenario = (hands: { client: FakeClient }) => void;

const talking: Scenario = ({ client }) => {
  client.answers['agent.status'] = () =>
    anAgentStatus({
      workState: 'talking',
      next: 'ready',
      callId: anId(100),
      since: fixedNow - 151_000,
    });
  client.answers['call.current'] = () => ({ call: aCall(), card: aCard() });
};

const offering =
  (overrides: (channel: MessageChannel) => Parameters<typeof anOffer>[1]): Scenario =>
  ({ client }) => {
    talking({ client });
    client.answers['message.offer'] = ({ channel }) => anOffer(channel, overrides(channel));
  };

const line = {
  talkTimeMs: null,
  attemptResult: null,
  campaignName: null,
  campaignId: null,
} as const;

/** Every state that a message can be in, on one card. */
const sentMessages: Scenario = ({ client }) => {
  const states = [
    ['sms', 'permitted', null],
    ['sms', 'delivered', null],
    ['email', 'read', null],
    ['sms', 'failed', 'message.bad-address'],
    ['mms', 'expired', null],
    ['sms', 'unknown', 'message.no-answer'],
  ] as const;
  const history = [
    ...states.map(([channel, state], index) =>
      anInteraction(200 + index, {
        ...line,
        channel,
        at: fixedNow - index * minuteMs,
        text: 'Nest Telekom: do zapłaty 1 284,50 zł. Rezygnacja: odpisz STOP',
        subject: channel === 'email' ? 'Plan spłaty NT-104-2231' : null,
        peer: channel === 'email' ? 'anna.kowalczyk@przyklad.example' : '+447700900123',
        delivery: { state, at: fixedNow - index * minuteMs },
      }),
    ),
    anInteraction(210, {
      ...line,
      channel: 'sms',
      direction: 'in',
      agentName: null,
      at: fixedNow - 30_000,
      text: 'Zapłacę w piątek, dziękuję.',
      contactPointId: anId(30),
    }),
    ...newestHistory,
  ].sort((a, b) => b.at - a.at);
  const card = () => aCard({ history, historyTotal: history.length });
  Object.assign(client.answers, debtorAnswers(card, history));
  client.answers['message.list'] = () => ({
    messages: [
      ...states.map(([channel, state, reason], index) =>
        aMessage({
          messageId: anId(1800 + index),
          interactionId: anId(1200 + index),
          channel,
          state,
          reason,
          hint: state === 'read',
          detail: state === 'failed' ? 'ESME_RINVDSTADR' : null,
          queuedAt: fixedNow - index * minuteMs,
        }),
      ),
      aMessage({
        messageId: anId(1820),
        state: 'queued',
        dueAt: fixedNow + 19 * 60 * minuteMs,
        queuedAt: fixedNow - minuteMs,
      }),
    ],
    more: false,
  });
};

/** What becomes of a message that is sent: on its way, delivered, answered. */
const live: Scenario = ({ client }) => {
  talking({ client });
  client.answers['message.send'] = ({ channel }) => {
    const sent = aMessage({ channel, interactionId: anId(1300) });
    const row = anInteraction(300, {
      ...line,
      channel,
      at: fixedNow,
      text: sent.text,
      delivery: { state: 'permitted', at: fixedNow },
    });
    const answer = anInteraction(301, {
      ...line,
      channel,
      direction: 'in',
      agentName: null,
      at: fixedNow + 1,
      text: 'Zapłacę w piątek, dziękuję.',
      contactPointId: anId(30),
    });
    client.emit('debtor.interaction-added', { debtorId: anId(10), interaction: row });
    setTimeout(() => client.emit('message.changed', { ...sent, state: 'delivered' }), 50);
    setTimeout(() => {
      client.emit('debtor.interaction-added', { debtorId: anId(10), interaction: answer });
      client.emit('inbox.message-received', {
        inboxThreadId: anId(1900),
        debtorId: anId(10),
        interactionId: anId(1301),
        channel,
        at: fixedNow + 1,
        displayName: 'Anna Kowalczyk-Wójcik',
        snippet: 'Zapłacę w piątek, dziękuję.',
      });
    }, 400);
    return sent;
  };
};

/** The words are there at once, the picture takes its time. */
const filesLater: Scenario = ({ client }) => {
  talking({ client });
  client.answers['message.offer'] = ({ channel }) =>
    anOffer(channel, {
      preview: aPreview(channel, { attachments: [], filesPending: true }),
    });
  const whole = client.answers['message.preview'];
  client.answers['message.preview'] = async (input) => {
    if (!input.filesLater) await new Promise((resolve) => setTimeout(resolve, 600));
    const preview = (await whole?.(input)) ?? aPreview(input.channel);
    return input.filesLater ? { ...preview, attachments: [], filesPending: true } : preview;
  };
};

/** Writing to the debtor while the call goes on, and what becomes of it. */
export const messageScenarios: Record<string, Scenario> = {
  message: talking,
  messageRefused: offering((channel) => ({ recipients: recipientsOf(channel, allowedLater) })),
  messageOptedOut: offering((channel) => ({
    recipients: recipientsOf(channel, optedOut).slice(0, 1),
  })),
  messageProblems: offering((channel) => ({
    preview: aPreview(channel, {
      missing: ['payment.link', 'account.toPay'],
      problems: [
        {
          language: 'pl',
          rule: 'PL-C-08',
          pack: 'pl',
          source: 'PKE art. 398',
          problem: 'missing',
          element: 'optOut',
          words: null,
          blocks: true,
        },
        {
          language: 'pl',
          rule: 'PL-C-11',
          pack: 'pl',
          source: 'Zasady dobrych praktyk KPF, pkt 20',
          problem: 'forbidden',
          element: 'threat',
          words: 'komornik',
          blocks: false,
        },
      ],
    }),
  })),
  messageUnidentified: ({ client }) => {
    offering((channel) => ({ preview: aPreview(channel, { needsIdentification: true }) }))({
      client,
    });
    client.answers['call.current'] = () => ({
      call: aCall({
        state: 'ended',
        endedAt: fixedNow - 8_000,
        endedBy: 'debtor',
        attemptResult: 'answered',
        party: { state: 'unknown', checks: [], relation: null, at: null, revealed: false },
      }),
      card: aCard(),
    });
  },
  messageVeiled: ({ client }) => {
    talking({ client });
    client.answers['call.current'] = () => ({
      call: aCall({
        party: { state: 'unknown', checks: [], relation: null, at: null, revealed: false },
      }),
      card: aCard(),
    });
  },
  messageSenders: offering((channel) => ({ preview: aPreview(channel, { senders: ownSenders }) })),
  messageNoGateway: offering(() => ({ unavailable: 'message.no-gateway', preview: null })),
  messageNobody: offering(() => ({ recipients: [], preview: null })),
  messageFailing: ({ client }) => {
    talking({ client });
    client.answers['message.offer'] = () => {
      throw new AppError('contract.timeout', 'no answer');
    };
  },
  messagesSent: sentMessages,
  messageFilesLater: filesLater,
  messageLive: live,
};
