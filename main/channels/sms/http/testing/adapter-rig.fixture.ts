import type { GatewayKind, SettingsOf } from '#shared/contract/gateway-settings.schema.ts';
import { gatewaySettings } from '#shared/contract/gateway-settings.schema.ts';
import type { Clock } from '#shared/util/index.ts';
import type {
  AdapterKind,
  AdapterParts,
  GatewayAdapter,
  GatewayEvent,
  Incoming,
  OutgoingMessage,
  Receipt,
} from '../../../types.ts';
import {
  infobipAdapter,
  serwersmsAdapter,
  smsapiAdapter,
  twilioAdapter,
  vonageAdapter,
} from '../index.ts';

export type HttpKind = 'twilio' | 'smsapi' | 'serwersms' | 'infobip' | 'vonage';
export const httpKinds: readonly HttpKind[] = [
  'twilio',
  'smsapi',
  'serwersms',
  'infobip',
  'vonage',
];

const adapters = {
  twilio: twilioAdapter,
  smsapi: smsapiAdapter,
  serwersms: serwersmsAdapter,
  infobip: infobipAdapter,
  vonage: vonageAdapter,
} as const;

const accounts: Record<HttpKind, Record<string, unknown>> = {
  twilio: { accountSid: `AC${'practice'.repeat(4)}` },
  smsapi: {},
  serwersms: {},
  infobip: {},
  vonage: { apiKey: 'practice' },
};
export const secretsOf: Record<HttpKind, Record<string, string>> = {
  twilio: { authToken: 'practice-auth-token' },
  smsapi: { token: 'practice-token' },
  serwersms: { token: 'practice-token' },
  infobip: { apiKey: 'practice-api-key' },
  vonage: { apiSecret: 'practice-secret' },
};

export interface AdapterRig {
  adapter: GatewayAdapter;
  kind: AdapterKind;
  parts: AdapterParts;
  events: GatewayEvent[];
  receipts(): Receipt[];
  incoming(): Incoming[];
  states: string[];
  cursors: Map<string, string>;
  logged: string[];
  /** the store cannot take events until it is true again */
  store: { takes: boolean };
}

export interface RigOptions {
  baseUrl: string;
  clock: Clock;
  settings?: Record<string, unknown>;
  secrets?: Record<string, string>;
  fetch?: typeof globalThis.fetch;
  webhookUrl?: string | null;
  publish?: (media: { name: string; bytes: Uint8Array }) => string | null;
  unfinished?: { providerId: string; at: number }[];
  cursors?: Map<string, string>;
}

/** An adapter of one HTTP provider with an owner that keeps everything in memory. */
export function adapterRig(name: HttpKind, options: RigOptions): AdapterRig {
  const events: GatewayEvent[] = [];
  const states: string[] = [];
  const logged: string[] = [];
  const cursors = options.cursors ?? new Map<string, string>();
  const store = { takes: true };
  const settings = gatewaySettings.parse({
    kind: name,
    name: `Practice ${name}`,
    senders: ['+48100000000'],
    baseUrl: options.baseUrl,
    pollEveryMs: 1_000,
    ...accounts[name],
    ...options.settings,
  }) as SettingsOf<GatewayKind>;
  const parts: AdapterParts = {
    gatewayId: `gateway-${name}`,
    settings,
    secrets: { ...secretsOf[name], ...options.secrets },
    clock: options.clock,
    fetch: options.fetch ?? globalThis.fetch,
    async events(came) {
      if (!store.takes) throw new Error('the store is busy');
      events.push(...came);
    },
    cursors: {
      read: (cursor) => cursors.get(cursor) ?? null,
      async write(cursor, value) {
        if (!store.takes) throw new Error('the store is busy');
        cursors.set(cursor, value);
      },
    },
    webhookUrl: () => options.webhookUrl ?? null,
    publishMedia: (media) => options.publish?.(media) ?? null,
    unfinished: () => options.unfinished ?? [],
    onState: ({ kind, code }) => void states.push(code === null ? kind : `${kind} ${code}`),
    log: (message, details) => void logged.push(`${message} ${JSON.stringify(details ?? {})}`),
  };
  const kind = adapters[name] as unknown as AdapterKind;
  return {
    adapter: kind.create(parts),
    kind,
    parts,
    events,
    receipts: () => events.filter((event) => event.kind === 'receipt'),
    incoming: () => events.filter((event) => event.kind === 'incoming'),
    states,
    cursors,
    logged,
    store,
  };
}

let count = 0;

export function aMessage(overrides: Partial<OutgoingMessage> = {}): OutgoingMessage {
  count += 1;
  return {
    messageId: `0193a5b0-0000-7000-8000-${String(count).padStart(12, '0')}`,
    channel: 'sms',
    to: '+48100000190',
    sender: null,
    text: 'Saldo: 120 zł',
    subject: '',
    html: null,
    media: [],
    validityMs: null,
    inReplyTo: null,
    references: [],
    language: 'pl',
    ...overrides,
  };
}
