import { smppSettings } from '#shared/contract/gateway-settings.schema.ts';
import type { Clock } from '#shared/util/index.ts';
import type {
  AdapterParts,
  GatewayEvent,
  Incoming,
  OutgoingMessage,
  Receipt,
} from '../../../types.ts';
import { SmppAdapter } from '../smpp-adapter.ts';

export const machineClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

type State = Parameters<AdapterParts['onState']>[0];

export interface RigOptions {
  port: number;
  settings?: Partial<AdapterParts<'smpp'>['settings']>;
  password?: string;
  /** of an earlier life */
  cursors?: Map<string, string>;
  /** of an earlier life, whose fate is not known */
  lost?: ReturnType<NonNullable<AdapterParts['lost']>>;
  /** throws: the store cannot take it */
  onEvents?: (events: readonly GatewayEvent[]) => void | Promise<void>;
}

/** An adapter with what its owner would be: remembers all that it is told. */
export class AdapterRig {
  readonly events: GatewayEvent[] = [];
  readonly states: State[] = [];
  readonly cursors: Map<string, string>;
  readonly parts: AdapterParts<'smpp'>;
  readonly adapter: SmppAdapter;

  constructor(options: RigOptions) {
    this.cursors = options.cursors ?? new Map();
    this.parts = {
      gatewayId: 'gateway',
      settings: { ...settingsFor(options.port), ...options.settings },
      secrets: { password: options.password ?? 'secret' },
      clock: machineClock,
      fetch: () => Promise.reject(new Error('no HTTP here')),
      events: async (events) => {
        await options.onEvents?.(events);
        this.events.push(...events);
      },
      cursors: {
        read: (name) => this.cursors.get(name) ?? null,
        write: async (name, value) => void this.cursors.set(name, value),
      },
      lost: () => options.lost ?? [],
      onState: (state) => void this.states.push(state),
      log: () => {},
    };
    this.adapter = new SmppAdapter(this.parts, () => 0);
  }

  get receipts(): Receipt[] {
    return this.events.filter((event) => event.kind === 'receipt');
  }

  get incoming(): Incoming[] {
    return this.events.filter((event) => event.kind === 'incoming');
  }

  get state(): State | undefined {
    return this.states.at(-1);
  }
}

function settingsFor(port: number): AdapterParts<'smpp'>['settings'] {
  const parsed = smppSettings.parse({
    kind: 'smpp',
    name: 'An SMSC',
    host: '127.0.0.1',
    port,
    systemId: 'dialdesk',
    senders: ['FIRMA'],
  });
  // shorter than anybody may set them: tests wait for what comes after
  return { ...parsed, answerWithinMs: 2_000, enquireEveryMs: 30_000 };
}

let made = 0;

export function aMessage(overrides: Partial<OutgoingMessage> = {}): OutgoingMessage {
  made += 1;
  return {
    messageId: `0190c1d2-0000-7000-8000-${String(made).padStart(12, '0')}`,
    channel: 'sms',
    to: '+48100000090',
    sender: null,
    text: 'Prosimy o wpłatę 125,40 zł.',
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
