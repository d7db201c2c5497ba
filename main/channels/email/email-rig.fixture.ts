import { emailSettings, type SettingsOf } from '#shared/contract/gateway-settings.schema.ts';
import type { Clock } from '#shared/util/index.ts';
import type { AdapterParts, GatewayEvent, Incoming, OutgoingMessage, Receipt } from '../types.ts';

/** The machine's clock; a timer keeps no process alive. */
export const machineClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

export const aMessageId = '01900000-0000-7000-8000-000000000001';

let counter = 0;

/** Each with an id of its own. */
export function aMessage(overrides: Partial<OutgoingMessage> = {}): OutgoingMessage {
  counter += 1;
  return {
    messageId: `01900000-0000-7000-8000-${String(counter).padStart(12, '0')}`,
    channel: 'email',
    to: 'debtor@example.org',
    sender: null,
    text: 'Good morning, this is about your account.',
    subject: 'Your account',
    html: null,
    media: [],
    validityMs: null,
    inReplyTo: null,
    references: [],
    language: 'en',
    ...overrides,
  };
}

export function aSetting(overrides: Record<string, unknown> = {}): SettingsOf<'email'> {
  return emailSettings.parse({
    kind: 'email',
    name: 'mail',
    fromName: 'Office',
    fromAddress: 'office@example.com',
    smtpHost: '127.0.0.1',
    smtpPort: 25,
    smtpSecurity: 'none',
    smtpUser: 'practice',
    imapSecurity: 'none',
    ...overrides,
  });
}

export interface Watched<Value> {
  readonly seen: readonly Value[];
  add(value: Value): void;
  /** the first one, now or later, that fits; the test's own time limit ends the waiting */
  until(fits: (value: Value) => boolean): Promise<Value>;
}

export function watched<Value>(): Watched<Value> {
  const seen: Value[] = [];
  const listeners = new Set<(value: Value) => void>();
  return {
    seen,
    add(value) {
      seen.push(value);
      for (const listener of [...listeners]) listener(value);
    },
    until: (fits) =>
      new Promise((resolve) => {
        const known = seen.find(fits);
        if (known !== undefined) return resolve(known);
        const listener = (value: Value) => {
          if (!fits(value)) return;
          listeners.delete(listener);
          resolve(value);
        };
        listeners.add(listener);
      }),
  };
}

type State = Parameters<AdapterParts['onState']>[0];

export interface EmailRig {
  parts: AdapterParts<'email'>;
  events: Watched<GatewayEvent>;
  states: Watched<State>;
  cursors: Watched<string>;
  receipt(fits: (receipt: Receipt) => boolean): Promise<Receipt>;
  incoming(fits: (incoming: Incoming) => boolean): Promise<Incoming>;
}

/** What an adapter is given, with everything that it tells kept. */
export function emailRig(
  settings: SettingsOf<'email'>,
  overrides: Partial<AdapterParts<'email'>> = {},
): EmailRig {
  const events = watched<GatewayEvent>();
  const states = watched<State>();
  const cursors = watched<string>();
  const parts: AdapterParts<'email'> = {
    gatewayId: 'gateway-1',
    settings,
    secrets: { smtpPassword: 'practice' },
    clock: machineClock,
    fetch: globalThis.fetch,
    events: (batch) => {
      for (const event of batch) events.add(event);
      return Promise.resolve();
    },
    cursors: {
      read: () => cursors.seen.at(-1) ?? null,
      write: (_, value) => {
        cursors.add(value);
        return Promise.resolve();
      },
    },
    onState: (state) => states.add(state),
    log: () => undefined,
    ...overrides,
  };
  return {
    parts,
    events,
    states,
    cursors,
    receipt: (fits) =>
      events.until((event) => event.kind === 'receipt' && fits(event)) as Promise<Receipt>,
    incoming: (fits) =>
      events.until((event) => event.kind === 'incoming' && fits(event)) as Promise<Incoming>,
  };
}
