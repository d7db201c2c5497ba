import { z } from 'zod';
import { gatewayId, instant } from '../domain/index.ts';
import { admins, defineCommands, defineEvents, everyone, leads } from './define.ts';
import { gatewaySettings, messageChannel } from './gateway-settings.schema.ts';

/** How the connection to a gateway is now. */
export const gatewayState = z.object({
  /** `limited`: it asked us to wait; `failing`: the last tries were refused or not answered */
  kind: z.enum(['off', 'connecting', 'ready', 'limited', 'failing']),
  since: instant,
  /** a code of `gateway.*`, for a translated text; null when nothing is wrong */
  code: z.string().nullable(),
  /** what the other end said, in its own words */
  detail: z.string().nullable(),
});
export type GatewayState = z.infer<typeof gatewayState>;

export const gateway = z.object({
  gatewayId,
  settings: gatewaySettings,
  enabled: z.boolean(),
  practice: z.boolean(),
  channels: z.array(messageChannel),
  /** names of the secrets that are stored */
  secretsSet: z.array(z.string()),
  state: gatewayState,
  /** messages that wait for it, and that nobody knows the fate of */
  queued: z.number().int(),
  unknown: z.number().int(),
  /** where the provider reports to, when the engine has a public address; null: it is polled or connected */
  webhookUrl: z.string().nullable(),
});
export type Gateway = z.infer<typeof gateway>;

/** One thing that a test of a gateway tried, in order; what comes after a failure is `skipped`. */
export const gatewayTestStep = z.object({
  /** for a translated text: `resolve`, `connect`, `tls`, `login`, `balance`, `sender`, `receive`, `send`, `receipt`, … */
  step: z.string(),
  state: z.enum(['ok', 'warning', 'failed', 'skipped']),
  tookMs: z.number().int(),
  /** a code of `gateway.*`, which says what to do; null when all is well */
  code: z.string().nullable(),
  /** what the other end said; never a secret */
  detail: z.string().nullable(),
});
export type GatewayTestStep = z.infer<typeof gatewayTestStep>;

export const messageSettings = z.strictObject({
  /** which gateway carries a channel; absent: the first that is on */
  defaultGateways: z.partialRecord(messageChannel, gatewayId).default({}),
  /**
   * Where a debtor pays: `https://pay.example/{debtReference}?amount={amountMinor}&currency={currency}`. Empty: no link
   * is offered. Fields: debtReference, debtorReference, amountMinor, amount, currency.
   */
  payLinkPattern: z.string().trim().max(500).default(''),
  /** the engine's address on the internet, behind a proxy of the firm; empty: it has none */
  publicBaseUrl: z.string().trim().max(300).default(''),
  documentLinkDays: z.number().int().min(1).max(365).default(30),
  /** how one says no to more messages; the field `optOut` */
  optOutText: z
    .strictObject({
      en: z.string().max(300),
      pl: z.string().max(300),
      ru: z.string().max(300),
      zh: z.string().max(300),
    })
    .partial()
    .default({}),
  /** who may write without a template */
  freeText: z.enum(['everyone', 'leads', 'nobody']).default('everyone'),
});
export type MessageSettings = z.infer<typeof messageSettings>;

export const gatewayCommands = defineCommands({
  'gateway.list': {
    roles: leads,
    input: z.strictObject({}),
    output: z.object({ gateways: z.array(gateway) }),
  },
  'gateway.save': {
    roles: admins,
    changes: true,
    input: z.strictObject({
      gatewayId: gatewayId.optional(),
      settings: gatewaySettings,
      /** those that are absent stay as they are; '' removes one */
      secrets: z.record(z.string().max(40), z.string().max(10_000)).default({}),
      enabled: z.boolean().default(true),
    }),
    output: gateway,
    errors: [
      'gateway.practice-only',
      'gateway.bad-address',
      'gateway.kind-fixed',
      'gateway.secret-needed',
    ],
  },
  /** What waits for it goes to another gateway of the channel, or fails with a reason. */
  'gateway.remove': {
    roles: admins,
    changes: true,
    input: z.strictObject({ gatewayId }),
    output: z.object({}),
    errors: ['gateway.in-use'],
  },
  /**
   * Tries what is stored, or what is being entered (secrets that are not given are taken from the stored one). Sends
   * nothing unless `sendTo` is given: then one test message, which passes no debtor's rules and so may go only to a number
   * or address that belongs to no debtor.
   */
  'gateway.test': {
    roles: admins,
    input: z.strictObject({
      gatewayId: gatewayId.optional(),
      settings: gatewaySettings.optional(),
      secrets: z.record(z.string().max(40), z.string().max(10_000)).default({}),
      sendTo: z.string().trim().max(254).optional(),
    }),
    output: z.object({ steps: z.array(gatewayTestStep) }),
    errors: [
      'gateway.practice-only',
      'gateway.bad-address',
      'gateway.secret-needed',
      'gateway.test-to-debtor',
    ],
  },
  /** Serial ports of this machine, for a modem. */
  'gateway.list-ports': {
    roles: admins,
    input: z.strictObject({}),
    output: z.object({
      ports: z.array(z.object({ path: z.string(), label: z.string().nullable() })),
    }),
  },
  'message.get-settings': { roles: everyone, input: z.strictObject({}), output: messageSettings },
  'message.set-settings': {
    roles: admins,
    changes: true,
    input: messageSettings,
    output: messageSettings,
    errors: ['gateway.bad-address', 'message.bad-pay-link'],
  },
});

export const gatewayEvents = defineEvents({
  /** at most twice a second for each gateway */
  'gateway.changed': z.object({ gatewayId }),
});
