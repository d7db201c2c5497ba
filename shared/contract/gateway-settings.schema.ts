import { z } from 'zod';
import { e164 } from '../domain/index.ts';

/** What a debtor can be sent here; each gateway carries one or more. */
export const messageChannel = z.enum(['sms', 'mms', 'email']);
export type MessageChannel = z.infer<typeof messageChannel>;

const host = z.string().trim().min(1).max(255);
const port = z.number().int().min(1).max(65_535);
/** empty: the provider's own address */
const baseUrl = z.string().trim().max(300).default('');
const account = z.string().trim().max(200).default('');
/** A sender's name ("nadpis") of up to 11 letters and digits, or a number. */
export const senderName = z
  .string()
  .trim()
  .regex(/^(\+[1-9]\d{6,14}|\d{3,8}|[A-Za-z0-9][A-Za-z0-9 ._&-]{0,10})$/, 'not a sender');
/** how often it is asked for receipts and answers; 0: never, they come by webhook */
const pollEveryMs = z.number().int().min(0).max(3_600_000).default(15_000);
/** seconds that a message may wait for a phone that is switched off */
const validityMinutes = z.number().int().min(5).max(10_080).default(1_440);

const common = {
  name: z.string().trim().min(1).max(80),
  /** senders that this gateway may show; the first is the usual one */
  senders: z.array(senderName).max(50).default([]),
  /** messages it is given a second, at most */
  maxPerSecond: z.number().min(0.02).max(5_000).default(10),
  validityMinutes,
};
const tls = z.strictObject({
  /** certificates of this authority are believed instead of the system's, PEM */
  authority: z.string().max(20_000).optional(),
  /** false: any certificate is believed; said on the screen */
  verify: z.boolean().default(true),
});

export const smppSettings = z.strictObject({
  kind: z.literal('smpp'),
  ...common,
  host,
  port: port.default(2775),
  tls: tls.optional(),
  systemId: z.string().max(15),
  systemType: z.string().max(12).default(''),
  bind: z.enum(['transceiver', 'transmitterReceiver']).default('transceiver'),
  /** requests under way at once */
  window: z.number().int().min(1).max(500).default(10),
  enquireEveryMs: z.number().int().min(1_000).max(300_000).default(30_000),
  /** a submit that is not answered in this time is unknown, never failed */
  answerWithinMs: z.number().int().min(1_000).max(300_000).default(30_000),
  longMessages: z.enum(['udh', 'payload', 'sar']).default('udh'),
  /** what data_coding 0 means to this operator */
  defaultAlphabet: z.enum(['gsm7', 'latin1', 'ascii']).default('gsm7'),
  /** some name a message in decimal when they take it and in hexadecimal in its receipt */
  receiptIds: z.enum(['asGiven', 'hexInReceipt', 'decimalInReceipt', 'either']).default('either'),
});

export const twilioSettings = z.strictObject({
  kind: z.literal('twilio'),
  ...common,
  baseUrl,
  accountSid: account,
  messagingServiceSid: account,
  pollEveryMs,
  mms: z.boolean().default(true),
});
export const smsapiSettings = z.strictObject({
  kind: z.literal('smsapi'),
  ...common,
  baseUrl,
  pollEveryMs,
  mms: z.boolean().default(true),
});
export const serwersmsSettings = z.strictObject({
  kind: z.literal('serwersms'),
  ...common,
  baseUrl,
  user: account,
  pollEveryMs,
  mms: z.boolean().default(true),
});
export const infobipSettings = z.strictObject({
  kind: z.literal('infobip'),
  ...common,
  baseUrl,
  pollEveryMs,
  mms: z.boolean().default(true),
});
export const vonageSettings = z.strictObject({
  kind: z.literal('vonage'),
  ...common,
  baseUrl,
  applicationId: account,
  apiKey: account,
  pollEveryMs,
  mms: z.boolean().default(true),
});

export const modemSettings = z.strictObject({
  kind: z.literal('modem'),
  ...common,
  maxPerSecond: z.number().min(0.02).max(10).default(0.2),
  /** `COM3`, `/dev/ttyUSB0`, or `tcp://host:port` of a serial port on the network */
  port: z.string().trim().min(1).max(200),
  baudRate: z.number().int().min(1_200).max(921_600).default(115_200),
  mode: z.enum(['pdu', 'text']).default('pdu'),
  /** number of the message centre; empty: the one on the card */
  serviceCentre: z.union([e164, z.literal('')]).default(''),
  storage: z.enum(['SM', 'ME', 'MT']).default('MT'),
});

export const mm7Settings = z.strictObject({
  kind: z.literal('mm7'),
  ...common,
  url: z.string().trim().min(1).max(300),
  user: account,
  vaspId: account,
  vasId: account,
  version: z.string().max(20).default('6.8.0'),
  namespace: z
    .string()
    .max(200)
    .default('http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4'),
  /** where the MMSC delivers receipts and answers to us; 0: nowhere */
  listenPort: z.number().int().min(0).max(65_535).default(0),
  listenHost: z.string().max(255).default('127.0.0.1'),
  maxBytes: z.number().int().min(10_000).max(5_000_000).default(300_000),
});

export const emailSettings = z.strictObject({
  kind: z.literal('email'),
  ...common,
  senders: z.array(z.never()).max(0).default([]),
  /** `Name <address>` is made of these */
  fromName: z.string().trim().max(120).default(''),
  fromAddress: z.email().max(254),
  smtpHost: host,
  smtpPort: port.default(587),
  /** `implicit`: TLS from the first byte; `starttls`: refused where it is not offered; `none`: loopback only */
  smtpSecurity: z.enum(['implicit', 'starttls', 'none']).default('starttls'),
  smtpUser: account,
  imapHost: z.string().trim().max(255).default(''),
  imapPort: port.default(993),
  imapSecurity: z.enum(['implicit', 'starttls', 'none']).default('implicit'),
  imapUser: account,
  mailbox: z.string().max(200).default('INBOX'),
  tls: tls.optional(),
  /** ask for DSN (RFC 3461) where the server offers it, and for MDN (RFC 8098) */
  deliveryReceipts: z.boolean().default(true),
  readReceipts: z.boolean().default(false),
  maxBytes: z.number().int().min(100_000).max(50_000_000).default(10_000_000),
});

/** Of MMS by a provider's API: bytes of all media together. Polish limits are not published; 300 kB passes everywhere. */
export const defaultMmsBytes = 300_000;

export const gatewaySettings = z.discriminatedUnion('kind', [
  smppSettings,
  twilioSettings,
  smsapiSettings,
  serwersmsSettings,
  infobipSettings,
  vonageSettings,
  modemSettings,
  mm7Settings,
  emailSettings,
]);
export type GatewaySettings = z.infer<typeof gatewaySettings>;
export type GatewayKind = GatewaySettings['kind'];
export type SettingsOf<Kind extends GatewayKind> = Extract<GatewaySettings, { kind: Kind }>;

/** What each kind keeps secret; never sent to a client. */
export const gatewaySecrets = {
  smpp: ['password'],
  twilio: ['authToken'],
  smsapi: ['token'],
  serwersms: ['password', 'token'],
  infobip: ['apiKey'],
  vonage: ['apiSecret', 'privateKey', 'signatureSecret'],
  modem: ['pin'],
  mm7: ['password'],
  email: ['smtpPassword', 'imapPassword'],
} as const satisfies Record<GatewayKind, readonly string[]>;

/** What each kind can carry; `mms: false` in its settings takes that away. */
export const gatewayChannels = {
  smpp: ['sms'],
  twilio: ['sms', 'mms'],
  smsapi: ['sms', 'mms'],
  serwersms: ['sms', 'mms'],
  infobip: ['sms', 'mms'],
  vonage: ['sms', 'mms'],
  modem: ['sms'],
  mm7: ['mms'],
  email: ['email'],
} as const satisfies Record<GatewayKind, readonly MessageChannel[]>;
