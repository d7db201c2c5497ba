import { modemSettings } from '#shared/contract/gateway-settings.schema.ts';
import type { Clock } from '#shared/util/index.ts';
import type { AdapterParts, GatewayEvent, OutgoingMessage, Receipt } from '../../types.ts';

/** Real time, whose waits are so many times shorter. */
export function quickClock(factor: number): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    setTimer(delayMs, callback) {
      const timer = setTimeout(callback, Math.ceil(delayMs / factor));
      return () => clearTimeout(timer);
    },
  };
}

export interface World {
  parts: AdapterParts<'modem'>;
  events: GatewayEvent[];
  states: { kind: string; code: string | null }[];
  cursors: Map<string, string>;
  /** the store takes nothing while it is true */
  storeIsDown: boolean;
}

export function aWorld(
  port: string,
  options: {
    settings?: object;
    pin?: string;
    clock?: Clock;
    cursors?: Map<string, string>;
  } = {},
): World {
  const cursors = options.cursors ?? new Map<string, string>();
  const world: World = {
    events: [],
    states: [],
    cursors,
    storeIsDown: false,
    parts: {
      gatewayId: 'g',
      settings: modemSettings.parse({ kind: 'modem', name: 'M', port, ...options.settings }),
      secrets: options.pin === undefined ? {} : { pin: options.pin },
      clock: options.clock ?? quickClock(40),
      fetch,
      events: async (events) => {
        if (world.storeIsDown) throw new Error('the store is down');
        world.events.push(...events);
      },
      cursors: {
        read: (name) => cursors.get(name) ?? null,
        write: async (name, value) => void cursors.set(name, value),
      },
      onState: ({ kind, code }) => world.states.push({ kind, code }),
      log: () => {},
    },
  };
  return world;
}

let messages = 0;
export function aMessage(overrides: Partial<OutgoingMessage> = {}): OutgoingMessage {
  messages += 1;
  return {
    messageId: `m${messages}`,
    channel: 'sms',
    to: '+48000000090',
    sender: null,
    text: 'Prosimy o wpłatę',
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

export function receiptsOf({ events }: World): Receipt[] {
  return events.filter((event) => event.kind === 'receipt');
}

export function textsOf({ events }: World): (string | null)[] {
  return events.flatMap((event) => (event.kind === 'incoming' ? [event.text] : []));
}
