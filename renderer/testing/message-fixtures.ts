import type {
  AttachedMedia,
  CommandOutput,
  Message,
  MessageChannel,
  MessagePreview,
  MessageTemplate,
  Permission,
} from '#shared/contract/index.ts';
import { anId, fixedNow, minuteMs } from './fixture-base.ts';
import sampleInvoice from './sample-invoice.jpg?url';
import sampleLetter from './sample-letter.pdf?url';

const hourMs = 60 * minuteMs;

export const allowedNow: Permission = {
  allowed: true,
  blockedBy: [],
  nextAllowedAt: null,
  overridable: false,
  override: null,
};
export const allowedLater: Permission = {
  allowed: false,
  blockedBy: [{ rule: 'PL-H-01', pack: 'pl', because: 'hours', until: fixedNow + 19 * hourMs }],
  nextAllowedAt: fixedNow + 19 * hourMs,
  overridable: true,
  override: null,
};
export const optedOut: Permission = {
  allowed: false,
  blockedBy: [{ rule: 'PR-H-05', pack: 'safe-base', because: 'hold', until: null }],
  nextAllowedAt: null,
  overridable: false,
  override: null,
};

export const aPicture = (overrides: Partial<AttachedMedia> = {}): AttachedMedia => ({
  documentId: anId(1500),
  name: 'faktura-FV-2026-0817.jpg',
  mediaType: 'image/jpeg',
  bytes: 26_265,
  url: sampleInvoice,
  expiresAt: fixedNow + hourMs,
  width: 480,
  height: 640,
  pages: 2,
  originalBytes: 184_120,
  steps: ['page', 'scaled', 'recompressed'],
  ...overrides,
});

export const aLetter = (overrides: Partial<AttachedMedia> = {}): AttachedMedia => ({
  documentId: anId(1501),
  name: 'Plan spłaty 2026-11-21.pdf',
  mediaType: 'application/pdf',
  bytes: 84_120,
  url: sampleLetter,
  expiresAt: fixedNow + hourMs,
  width: null,
  height: null,
  pages: 1,
  originalBytes: 84_120,
  steps: [],
  ...overrides,
});

const texts: Record<MessageChannel, string> = {
  sms: 'Nest Telekom: do zapłaty 1 284,50 zł (NT-104-2231). Rachunek 61 1090 1014 0000 0712 1981 2874. Zapłać: https://pay.example/p/7Qm2. Rezygnacja: odpisz STOP',
  mms: 'Faktura FV/2026/0817, o której rozmawiamy. Do zapłaty 1 284,50 zł. Nest Telekom. Rezygnacja: odpisz STOP',
  email:
    'Dzień dobry,\n\nzgodnie z rozmową przesyłamy plan spłaty: 6 rat po 214,08 zł, pierwsza 10 grudnia 2026.\n\nRachunek: 61 1090 1014 0000 0712 1981 2874\nZapłać teraz: https://pay.example/p/7Qm2\n\nNest Telekom',
};
const html =
  '<h2 style="margin:0 0 12px;font-size:18px">Plan spłaty</h2><p>Dzień dobry,</p><p>zgodnie z rozmową przesyłamy plan spłaty: <strong>6 rat po 214,08 zł</strong>, pierwsza 10 grudnia 2026.</p><p><a href="https://pay.example/p/7Qm2" style="display:inline-block;padding:10px 18px;border-radius:6px;background:#2b52c8;color:#ffffff;text-decoration:none">Zapłać teraz</a></p><p>Rachunek: 61 1090 1014 0000 0712 1981 2874</p><img src="https://tracker.example/pixel.gif" alt=""><script>alert(1)</script><p style="color:#5d6575;font-size:12px">Nest Telekom · dane zmyślone</p>';

export const recipientsOf = (
  channel: MessageChannel,
  permission: Permission = allowedNow,
): CommandOutput<'message.offer'>['recipients'] =>
  channel === 'email'
    ? [
        {
          contactPointId: anId(33),
          value: 'anna.kowalczyk@przyklad.example',
          label: null,
          permission,
        },
      ]
    : [
        { contactPointId: anId(30), value: '+447700900123', label: null, permission },
        {
          contactPointId: anId(31),
          value: '+442079460144',
          label: 'reception',
          permission: allowedLater,
        },
      ];

const attachmentsOf = (channel: MessageChannel): AttachedMedia[] =>
  channel === 'mms' ? [aPicture()] : channel === 'email' ? [aLetter()] : [];

/** what the gateway may show */
export const ownSenders = ['NestTelekom', '+48220000000'];

export const aPreview = (
  channel: MessageChannel,
  overrides: Partial<MessagePreview> = {},
): MessagePreview => ({
  language: 'pl',
  subject: channel === 'sms' ? null : channel === 'mms' ? 'Faktura' : 'Plan spłaty NT-104-2231',
  text: texts[channel],
  html: channel === 'email' ? html : null,
  to: recipientsOf(channel)[0] ?? null,
  gatewayId: anId(1600),
  gatewayName: channel === 'email' ? 'Practice mail' : 'Practice SMSC',
  sender: channel === 'email' ? 'Nest Telekom <kontakt@nest.example>' : 'NestTelekom',
  missing: [],
  problems: [],
  obligations: [
    { rule: 'PL-C-07', pack: 'pl', what: 'include', element: 'creditorName' },
    { rule: 'PL-C-08', pack: 'pl', what: 'include', element: 'optOut' },
  ],
  discloses: true,
  needsIdentification: false,
  attachments: attachmentsOf(channel),
  filesPending: false,
  bytes: channel === 'sms' ? 180 : 110_385,
  maxBytes: channel === 'sms' ? null : channel === 'mms' ? 300_000 : 10_000_000,
  ...overrides,
});

const names: Record<MessageChannel, readonly string[]> = {
  sms: [
    'Kwota i rachunek',
    'Link do płatności',
    'Przypomnienie o obiecanej wpłacie z terminem i kwotą',
    'Prosimy o kontakt',
  ],
  mms: ['Faktura jako obraz', 'Potwierdzenie planu spłaty'],
  email: ['Plan spłaty', 'Wezwanie do zapłaty', 'Odpowiedź na reklamację'],
};

export const anOffer = (
  channel: MessageChannel,
  overrides: Partial<CommandOutput<'message.offer'>> = {},
): CommandOutput<'message.offer'> => ({
  recipients: recipientsOf(channel),
  templates: names[channel].map((name, index) => ({
    templateId: anId(1700 + index),
    name,
    language: index === 2 ? 'en' : 'pl',
    discloses: name !== 'Prosimy o kontakt',
    sample: index === 1,
  })),
  freeText: true,
  preview: aPreview(channel),
  unavailable: null,
  ...overrides,
});

export const aMessage = (overrides: Partial<Message> = {}): Message => ({
  messageId: anId(1800),
  channel: 'sms',
  debtorId: anId(10),
  displayName: 'Anna Kowalczyk-Wójcik',
  contactPointId: anId(30),
  to: '+447700900123',
  sender: 'NestTelekom',
  state: 'permitted',
  reason: null,
  detail: null,
  hint: false,
  subject: null,
  text: texts.sms,
  attachments: [],
  parts: 2,
  templateId: anId(1700),
  templateName: 'Kwota i rachunek',
  gatewayId: anId(1600),
  gatewayName: 'Practice SMSC',
  messageBulkId: null,
  callId: anId(100),
  interactionId: null,
  personId: anId(1),
  agentName: 'Marta Zielińska',
  queuedAt: fixedNow,
  dueAt: fixedNow,
  expiresAt: null,
  sentAt: null,
  deliveredAt: null,
  readAt: null,
  finishedAt: null,
  ...overrides,
});

export const aTemplate = (overrides: Partial<MessageTemplate> = {}): MessageTemplate => ({
  templateId: anId(1700),
  channel: 'sms',
  name: 'Kwota i rachunek',
  state: 'published',
  version: 3,
  sample: false,
  position: 0,
  body: {
    purpose: 'collection',
    defaultLanguage: 'pl',
    texts: {
      pl: {
        subject: '',
        blocks: [
          {
            style: 'text',
            text: '{{creditor.name}}: do zapłaty {{total.balance}} ({{debt.reference}}). Rachunek {{account.toPay}}.',
          },
          {
            style: 'text',
            text: 'Zapłać: {{payment.link}}',
            when: { field: 'payment.link', is: 'present' },
          },
          { style: 'text', text: 'Rezygnacja: {{optOut}}' },
        ],
      },
      en: {
        subject: '',
        blocks: [
          {
            style: 'text',
            text: '{{creditor.name}}: please pay {{total.balance}} ({{debt.reference}}) to {{account.toPay}}.',
          },
        ],
      },
    },
    attachments: [],
    sender: null,
    debtKinds: [],
    places: ['PL'],
    first: false,
  },
  discloses: true,
  updatedAt: fixedNow - 50 * hourMs,
  updatedBy: 'Marta Zielińska',
  ...overrides,
});
