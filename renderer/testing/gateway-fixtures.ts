import {
  type Gateway,
  type GatewayTestStep,
  gatewayChannels,
  gatewaySettings,
  type MessageSettings,
} from '#shared/contract/index.ts';
import { anId, fixedNow, minuteMs } from './fixture-base.ts';

const hourMs = 60 * minuteMs;

const aGateway = (
  number: number,
  settings: Record<string, unknown>,
  overrides: Partial<Gateway> = {},
): Gateway => {
  const parsed = gatewaySettings.parse(settings);
  return {
    gatewayId: anId(1600 + number),
    settings: parsed,
    enabled: true,
    practice: false,
    channels: [...gatewayChannels[parsed.kind]],
    secretsSet: ['password', 'token', 'smtpPassword'],
    state: { kind: 'ready', since: fixedNow - 3 * hourMs, code: null, detail: null },
    queued: 0,
    unknown: 0,
    webhookUrl: null,
    ...overrides,
  };
};

/** One in each state. */
export const messageGateways: readonly Gateway[] = [
  aGateway(
    0,
    {
      kind: 'smpp',
      name: 'Operator SMPP',
      host: 'smsc.example',
      systemId: 'nest',
      tls: { verify: true },
      senders: ['NestTelekom', '+48220000000'],
      maxPerSecond: 200,
    },
    { queued: 1_204 },
  ),
  aGateway(
    1,
    { kind: 'smsapi', name: 'SMSAPI', senders: ['NestTelekom'] },
    {
      state: {
        kind: 'limited',
        since: fixedNow - 2 * minuteMs,
        code: 'gateway.throttled',
        detail: '429 Too Many Requests',
      },
      queued: 88,
      unknown: 3,
      webhookUrl: 'https://poczta.nest.example/hook/4b1c9e0f7a2d',
    },
  ),
  aGateway(
    2,
    {
      kind: 'email',
      name: 'Kancelaria',
      fromAddress: 'kontakt@nest.example',
      fromName: 'Nest Telekom',
      smtpHost: 'smtp.nest.example',
      imapHost: 'imap.nest.example',
      smtpUser: 'kontakt@nest.example',
    },
    {
      state: {
        kind: 'failing',
        since: fixedNow - 44 * minuteMs,
        code: 'gateway.login-refused',
        detail: '535 5.7.8 Error: authentication failed',
      },
      queued: 12,
    },
  ),
  aGateway(
    3,
    { kind: 'modem', name: 'Modem w biurze', port: '/dev/ttyUSB0' },
    {
      enabled: false,
      state: { kind: 'off', since: fixedNow - 9 * 24 * hourMs, code: null, detail: null },
    },
  ),
  aGateway(
    4,
    { kind: 'twilio', name: 'Practice provider', accountSid: 'AC00000000' },
    {
      practice: true,
      state: { kind: 'connecting', since: fixedNow - 4_000, code: null, detail: null },
    },
  ),
];

export const messageSettingsInUse: MessageSettings = {
  defaultGateways: { sms: anId(1600) },
  payLinkPattern: 'https://pay.nest.example/{debtReference}?amount={amount}&currency={currency}',
  publicBaseUrl: 'https://poczta.nest.example',
  documentLinkDays: 30,
  optOutText: { pl: 'Rezygnacja: odpisz STOP', en: 'To stop: reply STOP' },
  freeText: 'everyone',
};

export const badTest: GatewayTestStep[] = [
  { step: 'resolve', state: 'ok', tookMs: 12, code: null, detail: '192.0.2.25' },
  { step: 'connect', state: 'ok', tookMs: 38, code: null, detail: null },
  {
    step: 'tls',
    state: 'warning',
    tookMs: 61,
    code: 'gateway.bad-certificate',
    detail: 'expires 2026-11-29',
  },
  {
    step: 'login',
    state: 'failed',
    tookMs: 140,
    code: 'gateway.login-refused',
    detail: '535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6',
  },
  { step: 'receive', state: 'skipped', tookMs: 0, code: null, detail: null },
];
