import type { InboxThread, Message, MessageBulk, MessageState } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { FakeClient } from './fake-client.ts';
import { anId, fixedNow, minuteMs } from './fixture-base.ts';
import { badTest, messageGateways, messageSettingsInUse } from './gateway-fixtures.ts';
import { aConversation, aThread, aThreadList, threads } from './inbox-fixtures.ts';
import { aMessage, aTemplate } from './message-fixtures.ts';
import sampleLetter from './sample-letter.pdf?url';

const refuse = (): never => {
  throw new AppError('store.full', 'the disk is full');
};
const threadOf = (inboxThreadId: string): InboxThread =>
  threads.find((one) => one.inboxThreadId === inboxThreadId) ?? aThread(0);

const fates: readonly [MessageState, string | null][] = [
  ['queued', null],
  ['queued', 'contact-rules.refused'],
  ['permitted', null],
  ['unknown', 'gateway.no-answer'],
  ['failed', 'message.missing-fields'],
  ['expired', null],
  ['delivered', null],
  ['read', null],
];
const outbox: readonly Message[] = fates.map(([state, reason], index) =>
  aMessage({
    messageId: anId(1800 + index),
    channel: index % 3 === 2 ? 'email' : 'sms',
    state,
    reason,
    hint: state === 'read',
    queuedAt: fixedNow - index * 7 * minuteMs,
    dueAt: fixedNow + (state === 'queued' ? 90 : -7 * index) * minuteMs,
  }),
);

const aBulk = (number: number, overrides: Partial<MessageBulk> = {}): MessageBulk => ({
  messageBulkId: anId(1850 + number),
  name: 'Przypomnienie przed terminem · Nest Telekom 2026-10',
  channel: 'sms',
  templateId: anId(1700),
  templateName: 'Kwota i rachunek',
  state: 'running',
  total: 18_412,
  counts: {
    queued: 9_120,
    permitted: 12,
    sent: 1_204,
    delivered: 6_910,
    unknown: 3,
    failed: 41,
  },
  skipped: {
    'message.no-recipient': 710,
    'message.missing-fields': 12,
    'contact-rules.refused': 400,
  },
  dueAt: fixedNow - 20 * minuteMs,
  perMinute: 600,
  error: null,
  createdAt: fixedNow - 21 * minuteMs,
  createdBy: 'Piotr Adamczyk',
  finishedAt: null,
  ...overrides,
});
const bulks: readonly MessageBulk[] = [
  aBulk(0),
  aBulk(1, {
    state: 'collecting',
    total: null,
    counts: { queued: 800 },
    skipped: {},
    createdAt: fixedNow - minuteMs,
    name: 'Wezwanie e-mail · Energia 90+',
    channel: 'email',
    templateName: 'Wezwanie do zapłaty',
  }),
  aBulk(2, {
    state: 'paused',
    total: 400,
    counts: { queued: 180, delivered: 210 },
    skipped: { 'message.no-recipient': 10 },
    createdAt: fixedNow - 26 * 60 * minuteMs,
    name: 'Link do płatności · raty listopad',
  }),
  aBulk(3, {
    state: 'finished',
    total: 1_200,
    counts: { delivered: 1_022, read: 88, failed: 20, expired: 7 },
    skipped: { 'message.no-recipient': 63 },
    createdAt: fixedNow - 3 * 24 * 60 * minuteMs,
    name: 'Faktura jako obraz',
    channel: 'mms',
  }),
];

/** Answers for the pages beside the call: inbox, gateways, outbox. */
export function deskAnswers(): FakeClient['answers'] {
  return {
    'inbox.list': ({ view = 'open' }) => aThreadList(view),
    'inbox.thread': ({ inboxThreadId }) => aConversation(threadOf(inboxThreadId)),
    'inbox.mark-read': ({ inboxThreadId, read = true }) => ({
      ...threadOf(inboxThreadId),
      unread: read ? 0 : 1,
    }),
    'inbox.assign': ({ inboxThreadId, personId }) => ({
      ...threadOf(inboxThreadId),
      assignedTo: personId as never,
    }),
    'inbox.snooze': ({ inboxThreadId, until }) => ({
      ...threadOf(inboxThreadId),
      state: 'snoozed',
      snoozedUntil: until,
    }),
    'inbox.done': ({ inboxThreadId }) => ({ ...threadOf(inboxThreadId), state: 'done' }),
    'inbox.reopen': ({ inboxThreadId }) => threadOf(inboxThreadId),
    'inbox.match': () => threadOf(anId(1900)),
    'inbox.unmatch': ({ inboxThreadId }) => threadOf(inboxThreadId),
    'document.open': () => ({
      url: sampleLetter,
      expiresAt: fixedNow + 60 * minuteMs,
      name: 'umowa.pdf',
      mediaType: 'application/pdf',
    }),
    'gateway.list': () => ({ gateways: [...messageGateways] }),
    'gateway.save': ({ settings }) => ({ ...messageGateways[0], settings }) as never,
    'gateway.remove': () => ({}),
    'gateway.test': () => ({ steps: badTest }),
    'gateway.list-ports': () => ({
      ports: [
        { path: '/dev/ttyUSB0', label: 'HUAWEI Mobile' },
        { path: '/dev/ttyUSB2', label: null },
      ],
    }),
    'message.get-settings': () => messageSettingsInUse,
    'message.set-settings': (settings) => ({ ...messageSettingsInUse, ...settings }) as never,
    'message.try-pay-link': () => ({
      url: 'https://pay.nest.example/FV%2F2026%2F0817?amount=1284.50&currency=PLN',
    }),
    'message.list-many': () => ({ bulks: [...bulks] }),
    'message.estimate-many': () => ({
      debtors: 18_412,
      allowedNow: 16_100,
      allowedLater: 1_402,
      noAddress: 710,
      missingFields: 12,
      refused: 188,
      parts: 34_800,
      seconds: 1_760,
      sampled: true,
    }),
    'message.send-many': () => aBulk(9, { counts: {}, total: null, state: 'collecting' }),
    'message.pause-many': ({ paused }) => aBulk(0, { state: paused ? 'paused' : 'running' }),
    'message.cancel-many': () => aBulk(0, { state: 'cancelled' }),
  };
}

/** The outbox lists everything; the agent's card lists its own. */
const outboxAnswers: FakeClient['answers'] = {
  'message.list': ({ states, waiting }) => ({
    messages: outbox.filter(
      ({ state }) =>
        (!waiting || state === 'queued' || state === 'permitted') &&
        (!states || states.includes(state)),
    ),
    more: false,
  }),
  'message.cancel': () => aMessage({ state: 'cancelled' }),
  'message.query': () => aMessage({ state: 'delivered' }),
  'message.send-again': () => aMessage({ state: 'permitted' }),
  'template.list': () => ({ templates: [aTemplate({ state: 'published', version: 2 })] }),
};

type Scenario = (hands: { client: FakeClient }) => void;

/** A day at the desk, an empty firm, a failing disk, answers that do not come. */
export const deskScenarios = (
  leadWith: (change: (answers: FakeClient['answers']) => void) => Scenario,
): Record<string, Scenario> => ({
  desk: leadWith((answers) => Object.assign(answers, deskAnswers(), outboxAnswers)),
  deskAgent: ({ client }) => {
    Object.assign(client.answers, deskAnswers());
  },
  deskEmpty: leadWith((answers) =>
    Object.assign(answers, deskAnswers(), outboxAnswers, {
      'inbox.list': () => ({ threads: [], more: false, counts: {} }),
      'gateway.list': () => ({ gateways: [] }),
      'gateway.list-ports': () => ({ ports: [] }),
      'message.list': () => ({ messages: [], more: false }),
      'message.list-many': () => ({ bulks: [] }),
      'template.list': () => ({ templates: [] }),
      'message.get-settings': () => ({
        ...messageSettingsInUse,
        defaultGateways: {},
        payLinkPattern: '',
        publicBaseUrl: '',
        optOutText: {},
      }),
    }),
  ),
  deskFailing: leadWith((answers) => {
    for (const name of [...Object.keys(deskAnswers()), 'message.list', 'template.list']) {
      answers[name as 'inbox.list'] = refuse;
    }
  }),
  deskLoading: leadWith((answers) => {
    for (const name of [...Object.keys(deskAnswers()), 'message.list', 'template.list']) {
      answers[name as 'inbox.list'] = () => new Promise(() => {});
    }
  }),
});
