import type { CommandOutput, InboxItem, InboxThread } from '#shared/contract/index.ts';
import { anId, dayMs, fixedNow, minuteMs } from './fixture-base.ts';
import { allowedLater, allowedNow } from './message-fixtures.ts';

const hourMs = 60 * minuteMs;

export const aThread = (number: number, overrides: Partial<InboxThread> = {}): InboxThread => ({
  inboxThreadId: anId(1900 + number),
  debtorId: anId(10),
  displayName: 'Anna Kowalczyk-Wójcik',
  peer: '+447700900123',
  channels: ['sms'],
  state: 'open',
  snoozedUntil: null,
  assignedTo: null,
  assignedToName: null,
  lastAt: fixedNow - number * 40 * minuteMs,
  lastDirection: 'in',
  snippet: 'Dzień dobry, zapłacę 400 zł w piątek, resztę po wypłacie. Czy to wystarczy?',
  unread: 1,
  matchedBy: 'number',
  optOut: null,
  ...overrides,
});

/** One of every mark that a line of the list can carry. */
export const threads: readonly InboxThread[] = [
  aThread(0, { channels: ['sms', 'email', 'call'] }),
  aThread(1, {
    debtorId: null,
    displayName: null,
    peer: '+442079460991',
    matchedBy: null,
    unread: 2,
    snippet: 'To Nest Telekom? Dostałem list NT-104-2231, to chyba pomyłka',
  }),
  aThread(2, {
    displayName: 'Stanisław Brzęczyszczykiewicz-Nadwiślański',
    channels: ['email'],
    peer: 's.brzeczyszczykiewicz@przyklad.example',
    snippet: 'Re: Plan spłaty NT-104-1187: W załączeniu podpisana umowa',
    assignedTo: anId(1),
    assignedToName: 'Marta Zielińska',
    matchedBy: 'thread',
  }),
  aThread(3, {
    displayName: 'Ганна Коваленко',
    snippet: 'STOP',
    optOut: { verdict: 'optOut', words: 'STOP' },
  }),
  aThread(4, {
    displayName: '王小明',
    channels: ['mms'],
    snippet: '付款凭证在照片里,请查收',
    unread: 0,
    assignedTo: anId(2),
    assignedToName: 'Piotr Adamczyk',
  }),
  aThread(5, {
    displayName: 'Zofia Lis',
    channels: ['call'],
    snippet: '',
    unread: 0,
    lastDirection: 'in',
  }),
  aThread(6, {
    displayName: 'Jan Nowak',
    snippet: 'Dziękujemy, czekamy na wpłatę do 28 listopada.',
    lastDirection: 'out',
    unread: 0,
  }),
  aThread(8, {
    displayName: 'Maria Wiśniewska',
    channels: ['email'],
    snippet: 'Proszę już do mnie nie pisać w tej sprawie bez adwokata',
    optOut: { verdict: 'unclear', words: 'nie pisać' },
    unread: 0,
    lastAt: fixedNow - 2 * dayMs,
  }),
];

const counts = { open: 12, mine: 1, unassigned: 5, unmatched: 1, snoozed: 3, done: 240 };

export const aThreadList = (
  view: string,
  shown: readonly InboxThread[] = threads,
): CommandOutput<'inbox.list'> => ({
  threads:
    view === 'open'
      ? [...shown]
      : view === 'unmatched'
        ? shown.filter(({ debtorId }) => debtorId === null)
        : view === 'mine'
          ? shown.filter(({ assignedTo }) => assignedTo === anId(1))
          : view === 'unassigned'
            ? shown.filter(({ assignedTo }) => assignedTo === null)
            : view === 'snoozed'
              ? shown.slice(4, 7).map((thread) => ({
                  ...thread,
                  state: 'snoozed' as const,
                  snoozedUntil: fixedNow + 18 * hourMs,
                }))
              : shown.slice(5).map((thread) => ({ ...thread, state: 'done' as const })),
  more: view === 'open',
  counts,
});

const item = (at: number, overrides: Partial<InboxItem>): InboxItem => ({
  interactionId: anId(at % 100_000),
  direction: 'in',
  channel: 'sms',
  at,
  from: '+447700900123',
  agentName: null,
  subject: null,
  text: null,
  html: null,
  attachments: [],
  messageId: null,
  state: null,
  hint: false,
  reason: null,
  automatic: false,
  optOut: null,
  ...overrides,
});

const quoted =
  'Dzień dobry,\n\nw załączeniu podpisana umowa. Pierwszą ratę wpłacę 10 grudnia.\n\nPozdrawiam\nAnna\n\nW dniu 18.11.2026 o 10:02, Nest Telekom pisze:\n> Dzień dobry,\n> przesyłamy plan spłaty: 6 rat po 214,08 zł.\n>\n> Nest Telekom';

/** Every kind of line that a conversation can have, oldest first. */
export const items: readonly InboxItem[] = [
  item(fixedNow - 3 * dayMs, {
    direction: 'out',
    channel: 'email',
    from: null,
    agentName: 'Marta Zielińska',
    subject: 'Plan spłaty NT-104-2231',
    text: 'Dzień dobry,\nprzesyłamy plan spłaty: 6 rat po 214,08 zł.\n\nNest Telekom',
    messageId: anId(1700),
    state: 'read',
    hint: true,
    attachments: [
      {
        documentId: anId(1501),
        name: 'Plan spłaty.pdf',
        mediaType: 'application/pdf',
        bytes: 84_120,
      },
    ],
  }),
  item(fixedNow - 2 * dayMs, {
    channel: 'email',
    from: 'anna.kowalczyk@przyklad.example',
    subject: 'Re: Plan spłaty NT-104-2231',
    text: quoted,
    html: '<p>Dzień dobry,</p><p>w załączeniu <b>podpisana umowa</b>.</p><img src="https://tracker.example/p.gif">',
    attachments: [
      { documentId: anId(1502), name: 'umowa.pdf', mediaType: 'application/pdf', bytes: 412_000 },
    ],
  }),
  item(fixedNow - 26 * hourMs, { channel: 'call', text: null }),
  item(fixedNow - 25 * hourMs, {
    direction: 'out',
    from: null,
    agentName: 'Marta Zielińska',
    text: 'Dzień dobry, próbowaliśmy oddzwonić. Kiedy możemy zadzwonić?',
    messageId: anId(1701),
    state: 'failed',
    reason: 'message.missing-fields',
  }),
  item(fixedNow - 24 * hourMs, {
    direction: 'out',
    from: null,
    agentName: 'Marta Zielińska',
    text: 'Dzień dobry, prosimy o kontakt pod numerem +48 22 000 00 00.',
    messageId: anId(1702),
    state: 'delivered',
  }),
  item(fixedNow - 12 * minuteMs, {
    text: 'Dzień dobry, zapłacę 400 zł w piątek, resztę po wypłacie. Czy to wystarczy?',
  }),
];

export const aConversation = (
  thread: InboxThread,
  overrides: Partial<CommandOutput<'inbox.thread'>> = {},
): CommandOutput<'inbox.thread'> => ({
  thread,
  items:
    thread.debtorId === null
      ? [item(thread.lastAt, { from: thread.peer, text: thread.snippet })]
      : thread.optOut
        ? [
            item(thread.lastAt - hourMs, {
              direction: 'out',
              agentName: 'Marta Zielińska',
              text: 'Nest Telekom: prosimy o kontakt. Rezygnacja: odpisz STOP',
              messageId: anId(1703),
              state: 'delivered',
            }),
            item(thread.lastAt, { text: thread.snippet, optOut: thread.optOut }),
          ]
        : [...items],
  more: thread.debtorId !== null && thread.optOut === null,
  replies:
    thread.debtorId === null
      ? []
      : [
          {
            channel: 'sms',
            contactPointId: anId(30),
            value: '+447700900123',
            label: null,
            permission: allowedNow,
          },
          {
            channel: 'email',
            contactPointId: anId(33),
            value: 'anna.kowalczyk@przyklad.example',
            label: null,
            permission: allowedLater,
          },
        ],
  candidates:
    thread.debtorId === null
      ? [
          {
            debtorId: anId(10),
            displayName: 'Anna Kowalczyk-Wójcik',
            externalRef: 'NT-104-2231',
            why: 'reference',
            contactPointId: null,
          },
          {
            debtorId: anId(11),
            displayName: 'Stanisław Brzęczyszczykiewicz',
            externalRef: 'NT-104-1187',
            why: 'number',
            contactPointId: anId(34),
          },
        ]
      : [],
  ...overrides,
});
