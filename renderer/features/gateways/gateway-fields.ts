import type { GatewayKind } from '#shared/contract/index.ts';

/** Where a field stands in the form. */
export type FieldPart = 'connection' | 'sending' | 'receiving' | 'advanced';

interface Common {
  /** as in the settings; its label is `gateway-field.<name>`, of one kind alone `gateway-field.<kind>-<name>` */
  name: string;
  part: FieldPart;
  /** needed before anything can be tried or saved */
  required?: true;
}

/** One setting of a gateway as a field of its form. */
export type GatewayField =
  | (Common & { type: 'text'; monospace?: true; placeholder?: string })
  | (Common & {
      type: 'number';
      min: number;
      max: number;
      step?: number;
      /** how many of the stored unit are one of the shown: 1000 shows milliseconds as seconds */
      scale?: number;
      unit?: 'seconds' | 'minutes' | 'kilobytes';
      /** a port is a name, not an amount */
      ungrouped?: true;
    })
  | (Common & { type: 'choice'; options: readonly string[] })
  | (Common & { type: 'switch' })
  | (Common & { type: 'secret'; multiline?: true })
  /** names or numbers, one on a line */
  | (Common & { type: 'senders' })
  | (Common & { type: 'tls'; optional: boolean })
  /** a serial port of this machine, or an address typed by hand */
  | (Common & { type: 'serialPort' });

const senders: GatewayField = { name: 'senders', part: 'sending', type: 'senders' };
const rate = (max: number, step: number): GatewayField => ({
  name: 'maxPerSecond',
  part: 'sending',
  type: 'number',
  min: 0.02,
  max,
  step,
});
const validity: GatewayField = {
  name: 'validityMinutes',
  part: 'sending',
  type: 'number',
  min: 5,
  max: 10_080,
  unit: 'minutes',
};
const poll: GatewayField = {
  name: 'pollEveryMs',
  part: 'receiving',
  type: 'number',
  min: 0,
  max: 3_600,
  scale: 1_000,
  unit: 'seconds',
};
const mms: GatewayField = { name: 'mms', part: 'sending', type: 'switch' };
const baseUrl: GatewayField = {
  name: 'baseUrl',
  part: 'advanced',
  type: 'text',
  monospace: true,
  placeholder: 'https://',
};
const port = (name: string, part: FieldPart = 'connection'): GatewayField => ({
  name,
  part,
  type: 'number',
  min: 1,
  max: 65_535,
  ungrouped: true,
});
const text = (name: string, part: FieldPart, required?: true): GatewayField => ({
  name,
  part,
  type: 'text',
  monospace: true,
  ...(required ? { required } : {}),
});
const secret = (name: string, part: FieldPart = 'connection'): GatewayField => ({
  name,
  part,
  type: 'secret',
});
const security = (name: string, part: FieldPart): GatewayField => ({
  name,
  part,
  type: 'choice',
  options: ['starttls', 'implicit', 'none'],
});

/** Every kind's form, in the order in which the letter of a provider tells it. */
export const gatewayFields: Record<GatewayKind, readonly GatewayField[]> = {
  smpp: [
    text('host', 'connection', true),
    port('port'),
    { name: 'tls', part: 'connection', type: 'tls', optional: true },
    text('systemId', 'connection', true),
    secret('password'),
    text('systemType', 'connection'),
    senders,
    rate(5_000, 1),
    {
      name: 'window',
      part: 'sending',
      type: 'number',
      min: 1,
      max: 500,
    },
    validity,
    {
      name: 'bind',
      part: 'receiving',
      type: 'choice',
      options: ['transceiver', 'transmitterReceiver'],
    },
    {
      name: 'receiptIds',
      part: 'receiving',
      type: 'choice',
      options: ['either', 'asGiven', 'hexInReceipt', 'decimalInReceipt'],
    },
    { name: 'longMessages', part: 'advanced', type: 'choice', options: ['udh', 'payload', 'sar'] },
    {
      name: 'defaultAlphabet',
      part: 'advanced',
      type: 'choice',
      options: ['gsm7', 'latin1', 'ascii'],
    },
    {
      name: 'enquireEveryMs',
      part: 'advanced',
      type: 'number',
      min: 1,
      max: 300,
      scale: 1_000,
      unit: 'seconds',
    },
    {
      name: 'answerWithinMs',
      part: 'advanced',
      type: 'number',
      min: 1,
      max: 300,
      scale: 1_000,
      unit: 'seconds',
    },
  ],
  twilio: [
    text('accountSid', 'connection', true),
    secret('authToken'),
    text('messagingServiceSid', 'connection'),
    senders,
    mms,
    rate(5_000, 1),
    validity,
    poll,
    baseUrl,
  ],
  smsapi: [secret('token'), senders, mms, rate(5_000, 1), validity, poll, baseUrl],
  serwersms: [
    text('user', 'connection'),
    secret('password'),
    secret('token'),
    senders,
    mms,
    rate(5_000, 1),
    validity,
    poll,
    baseUrl,
  ],
  infobip: [
    { ...baseUrl, part: 'connection', required: true },
    secret('apiKey'),
    senders,
    mms,
    rate(5_000, 1),
    validity,
    poll,
  ],
  vonage: [
    text('apiKey', 'connection', true),
    secret('apiSecret'),
    text('applicationId', 'connection'),
    { name: 'privateKey', part: 'connection', type: 'secret', multiline: true },
    senders,
    mms,
    rate(5_000, 1),
    validity,
    poll,
    secret('signatureSecret', 'receiving'),
    baseUrl,
  ],
  modem: [
    { name: 'port', part: 'connection', type: 'serialPort', required: true },
    secret('pin'),
    rate(10, 0.1),
    validity,
    { name: 'mode', part: 'advanced', type: 'choice', options: ['pdu', 'text'] },
    {
      name: 'baudRate',
      part: 'advanced',
      type: 'number',
      min: 1_200,
      max: 921_600,
      ungrouped: true,
    },
    text('serviceCentre', 'advanced'),
    { name: 'storage', part: 'advanced', type: 'choice', options: ['MT', 'SM', 'ME'] },
  ],
  mm7: [
    { ...text('url', 'connection', true), placeholder: 'https://' } as GatewayField,
    text('user', 'connection'),
    secret('password'),
    text('vaspId', 'connection'),
    text('vasId', 'connection'),
    senders,
    {
      name: 'maxBytes',
      part: 'sending',
      type: 'number',
      min: 10,
      max: 5_000,
      scale: 1_000,
      unit: 'kilobytes',
    },
    rate(5_000, 1),
    validity,
    { name: 'listenPort', part: 'receiving', type: 'number', min: 0, max: 65_535, ungrouped: true },
    text('listenHost', 'receiving'),
    text('version', 'advanced'),
    text('namespace', 'advanced'),
  ],
  email: [
    { name: 'fromName', part: 'connection', type: 'text' },
    text('fromAddress', 'connection', true),
    text('smtpHost', 'connection', true),
    port('smtpPort'),
    security('smtpSecurity', 'connection'),
    text('smtpUser', 'connection'),
    secret('smtpPassword'),
    text('imapHost', 'receiving'),
    port('imapPort', 'receiving'),
    security('imapSecurity', 'receiving'),
    text('imapUser', 'receiving'),
    secret('imapPassword', 'receiving'),
    text('mailbox', 'receiving'),
    { name: 'deliveryReceipts', part: 'sending', type: 'switch' },
    { name: 'readReceipts', part: 'sending', type: 'switch' },
    rate(5_000, 1),
    {
      name: 'maxBytes',
      part: 'sending',
      type: 'number',
      min: 100,
      max: 50_000,
      scale: 1_000,
      unit: 'kilobytes',
    },
    validity,
    { name: 'tls', part: 'advanced', type: 'tls', optional: false },
  ],
};

export const fieldParts: readonly FieldPart[] = ['connection', 'sending', 'receiving', 'advanced'];

/** Labels and hints that mean something else with this kind than with the others. */
export const ownLabels: ReadonlySet<string> = new Set([
  'infobip-baseUrl',
  'modem-port',
  'modem-maxPerSecond',
  'email-validityMinutes',
]);

/** The key of a field's words. */
export function fieldKey(kind: GatewayKind, name: string): string {
  return ownLabels.has(`${kind}-${name}`) ? `${kind}-${name}` : name;
}
