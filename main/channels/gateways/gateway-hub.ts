import type { GatewayKind, GatewayState, MessageChannel } from '#shared/contract/index.ts';
import { type Clock, Emitter } from '#shared/util/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import type { AdapterKind, AdapterParts, GatewayAdapter, GatewayEvent } from '../types.ts';
import { channelsOf, findGateway, type GatewayRecord, loadGateways } from './gateway-rows.ts';
import { gatewayWrites } from './gateway-writes.ts';
import { readMessageSettings } from './message-settings.ts';
import type { Registry } from './registry.ts';

export interface GatewayHubParts {
  store: Store;
  clock: Clock;
  registry: Registry;
  fetch: typeof globalThis.fetch;
  /** takes what comes in; resolves when it is durable */
  sink(gatewayId: string, events: readonly GatewayEvent[]): Promise<void>;
  /** where the provider of a gateway may report to; null: the engine has no address on the internet */
  webhookUrl(gatewayId: string): string | null;
  publishMedia: NonNullable<AdapterParts['publishMedia']>;
  log(message: string, details?: Record<string, unknown>): void;
}

/** A gateway that is on. */
export interface OpenGateway {
  record: GatewayRecord;
  adapter: GatewayAdapter;
}

export type HubEvent =
  | { kind: 'opened'; gatewayId: string; open: OpenGateway }
  | { kind: 'state'; gatewayId: string; state: GatewayState };

type Closer = (gatewayId: string, close: () => Promise<void>) => Promise<void>;
type State = Unbranded<GatewayState>;

/** Parts of messages that are asked about when a provider wants each id named. */
const UNFINISHED_FOR_MS = 3 * 86_400_000;

/** The gateways that are on, each with its adapter, and how their connections go. */
export class GatewayHub {
  readonly #parts: GatewayHubParts;
  readonly #open = new Map<string, OpenGateway>();
  readonly #states = new Map<string, State>();
  readonly #events = new Emitter<HubEvent>();
  #closer: Closer = (_gatewayId, close) => close();
  #last: Promise<void> = Promise.resolve();

  constructor(parts: GatewayHubParts) {
    this.#parts = parts;
  }

  on(listener: (event: HubEvent) => void): void {
    this.#events.on(listener);
  }

  /** The one who hands over closes an adapter, between giving back what waits and giving up what is under way. */
  closeThrough(closer: Closer): void {
    this.#closer = closer;
  }

  /** Opens every gateway that is on. */
  openAll(): void {
    for (const record of loadGateways(this.#parts.store.read)) this.#openOne(record);
  }

  /** A row changed, came or went: its adapter is closed and made anew. One after another. */
  changed(gatewayId: string): Promise<void> {
    const done = this.#last.then(async () => {
      await this.#closeOne(gatewayId);
      const record = findGateway(this.#parts.store.read, gatewayId);
      if (record !== null) this.#openOne(record);
    });
    this.#last = done.catch(() => {});
    return done;
  }

  /** Runs something that needs what the gateway holds, with the gateway closed meanwhile. */
  whileClosed<Value>(gatewayId: string, run: () => Promise<Value>): Promise<Value> {
    const done = this.#last.then(async () => {
      await this.#closeOne(gatewayId);
      try {
        return await run();
      } finally {
        const record = findGateway(this.#parts.store.read, gatewayId);
        if (record !== null) this.#openOne(record);
      }
    });
    this.#last = done.then(
      () => {},
      () => {},
    );
    return done;
  }

  async close(): Promise<void> {
    await this.#last;
    await Promise.all([...this.#open.keys()].map((gatewayId) => this.#closeOne(gatewayId)));
  }

  find(gatewayId: string): OpenGateway | null {
    return this.#open.get(gatewayId) ?? null;
  }

  stateOf(gatewayId: string): State {
    const off = { kind: 'off', since: 0, code: null, detail: null } as const;
    return this.#states.get(gatewayId) ?? off;
  }

  /** Every gateway by name, with what is wrong with it. */
  health(): { name: string; state: State['kind']; failure: string | null }[] {
    return loadGateways(this.#parts.store.read).map(({ gatewayId, settings }) => {
      const { kind, code } = this.stateOf(gatewayId);
      return { name: settings.name, state: kind, failure: code };
    });
  }

  /**
   * The gateway that carries a channel.
   * @param wanted absent: the one that settings name, else the first that is on
   * @returns null when there is none, or the wanted one is off or does not carry it
   */
  choose(channel: MessageChannel, wanted?: string): OpenGateway | null {
    const carries = (gatewayId: string | undefined) => {
      const open = gatewayId === undefined ? undefined : this.#open.get(gatewayId);
      return open && channelsOf(open.record.settings).includes(channel) ? open : null;
    };
    if (wanted !== undefined) return carries(wanted);
    const { defaultGateways } = readMessageSettings(this.#parts.store.read);
    const usual = carries(defaultGateways[channel]);
    if (usual !== null) return usual;
    for (const gatewayId of this.#open.keys()) {
      const open = carries(gatewayId);
      if (open !== null) return open;
    }
    return null;
  }

  /** Another one that carries the channel and is ready. */
  another(channel: MessageChannel, except: string): string | null {
    for (const [gatewayId, { record }] of this.#open) {
      const isReady = this.stateOf(gatewayId).kind === 'ready';
      if (gatewayId !== except && isReady && channelsOf(record.settings).includes(channel))
        return gatewayId;
    }
    return null;
  }

  /** What an adapter of these settings is given; `test` gives it nothing to write to. */
  partsFor<Kind extends GatewayKind>(
    record: Omit<GatewayRecord, 'settings'> & { settings: AdapterParts<Kind>['settings'] },
    live: boolean,
  ): AdapterParts<Kind> {
    const { store, clock, fetch, sink, webhookUrl, publishMedia, log } = this.#parts;
    const { gatewayId, settings, secrets } = record;
    return {
      gatewayId,
      settings,
      secrets,
      clock,
      fetch,
      events: live ? (events) => sink(gatewayId, events) : async () => {},
      cursors: {
        read: (name) => (live ? readCursor(store, gatewayId, name) : null),
        write: async (name, value) => {
          if (live)
            await store.write(gatewayWrites, 'gateway.set-cursor', { gatewayId, name, value });
        },
      },
      webhookUrl: () => webhookUrl(gatewayId),
      publishMedia,
      unfinished: (limit) => unfinishedParts(store, gatewayId, clock.now(), limit),
      lost: (limit) => (live ? lostMessages(store, gatewayId, limit) : []),
      onState: (state) => {
        if (live) this.#setState(gatewayId, state);
      },
      log: (message, details) => log(message, { gatewayId, ...details }),
    };
  }

  #openOne(record: GatewayRecord): void {
    const { gatewayId } = record;
    if (!record.enabled) {
      this.#setState(gatewayId, { kind: 'off', code: null, detail: null });
      return;
    }
    const kind = this.#parts.registry.get(record.settings.kind);
    if (kind === undefined) {
      this.#setState(gatewayId, { kind: 'failing', code: 'gateway.kind-unknown', detail: null });
      return;
    }
    this.#setState(gatewayId, { kind: 'connecting', code: null, detail: null });
    const adapter = this.#create(kind, record);
    if (adapter === null) return;
    const open = { record, adapter };
    this.#open.set(gatewayId, open);
    this.#events.emit({ kind: 'opened', gatewayId, open });
    adapter.open();
  }

  /** One whose settings an adapter cannot use keeps neither the others nor the engine from starting. */
  #create(kind: AdapterKind, record: GatewayRecord): GatewayAdapter | null {
    const { gatewayId } = record;
    try {
      return kind.create(this.partsFor(record, true));
    } catch (error) {
      this.#parts.log('a gateway could not be made', { gatewayId, error: String(error) });
      this.#setState(gatewayId, { kind: 'failing', code: 'gateway.failed', detail: null });
      return null;
    }
  }

  async #closeOne(gatewayId: string): Promise<void> {
    const open = this.#open.get(gatewayId);
    if (open === undefined) return;
    this.#open.delete(gatewayId);
    await this.#closer(gatewayId, () => open.adapter.close());
    this.#setState(gatewayId, { kind: 'off', code: null, detail: null });
  }

  #setState(gatewayId: string, state: Omit<State, 'since'>): void {
    const before = this.#states.get(gatewayId);
    const isSame =
      before?.kind === state.kind && before.code === state.code && before.detail === state.detail;
    if (isSame) return;
    const since = before?.kind === state.kind ? before.since : this.#parts.clock.now();
    const now = { ...state, since };
    this.#states.set(gatewayId, now);
    this.#events.emit({ kind: 'state', gatewayId, state: now });
  }
}

function readCursor({ read }: Store, gatewayId: string, name: string): string | null {
  const row = read.get<{ value: string }>(
    'SELECT value FROM gatewayCursor WHERE gatewayId = ? AND name = ?',
    gatewayId,
    name,
  );
  return row?.value ?? null;
}

function unfinishedParts(
  { read }: Store,
  gatewayId: string,
  now: number,
  limit: number,
): { providerId: string; at: number }[] {
  return read.all<{ providerId: string; at: number }>(
    `SELECT providerId, at FROM messagePart
     WHERE gatewayId = ? AND state = 'accepted' AND at > ? ORDER BY at DESC LIMIT ?`,
    gatewayId,
    now - UNFINISHED_FOR_MS,
    limit,
  );
}

function lostMessages(
  { read }: Store,
  gatewayId: string,
  limit: number,
): { messageId: string; to: string; parts: number | null }[] {
  return read.all<{ messageId: string; to: string; parts: number | null }>(
    `SELECT id AS messageId, toAddress AS "to", parts FROM message
     WHERE gatewayId = ? AND state = 'unknown' AND nextAt IS NOT NULL ORDER BY id DESC LIMIT ?`,
    gatewayId,
    limit,
  );
}
