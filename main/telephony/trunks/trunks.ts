import type { Trunk as TrunkViewContract } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { Emitter } from '#shared/util/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import type { TrunkGate, TrunkInvite, TrunkMedia } from '../call/index.ts';
import type { IncomingCall, OutgoingCall, SipEndpoint } from '../sip/types.ts';
import { isLoopback, Trunk, type TrunkPorts } from './trunk.ts';
import { takesCalls } from './trunk-machine.ts';
import { callerIdsOf, loadTrunks, type TrunkRecord } from './trunk-rows.ts';

export type TrunkView = Unbranded<TrunkViewContract>;

export interface TrunksOptions extends Omit<TrunkPorts, 'onChange' | 'onIncoming'> {
  store: Store;
  storeKind: StoreKind;
}

/** All trunks of the engine. What is in the store is what is open. */
export class Trunks implements TrunkGate {
  readonly #trunks = new Map<string, Trunk>();
  readonly #changes = new Emitter<TrunkView | null>();
  readonly #incoming = new Emitter<{ trunkId: string; call: IncomingCall }>();
  readonly #options: TrunksOptions;

  constructor(options: TrunksOptions) {
    this.#options = options;
  }

  async openAll(): Promise<void> {
    await Promise.all(loadTrunks(this.#options.store.read).map((record) => this.#open(record)));
  }

  async closeAll(): Promise<void> {
    const trunks = [...this.#trunks.values()];
    this.#trunks.clear();
    await Promise.all(trunks.map((trunk) => trunk.close()));
  }

  /** Takes up what was just saved, or closes what was removed. */
  async reload(trunkId: string): Promise<void> {
    const record = loadTrunks(this.#options.store.read).find((item) => item.trunkId === trunkId);
    const present = this.#trunks.get(trunkId);
    this.#trunks.delete(trunkId);
    await present?.close();
    if (record) await this.#open(record);
    else this.#changes.emit(null);
  }

  onChange(listener: (trunk: TrunkView | null) => void): () => void {
    return this.#changes.on(listener);
  }

  onIncoming(listener: (trunkId: string, call: IncomingCall) => void): () => void {
    return this.#incoming.on((event) => listener(event.trunkId, event.call));
  }

  invite(trunkId: string, request: TrunkInvite): OutgoingCall {
    return this.#require(trunkId).invite(request);
  }

  mediaOf(trunkId: string): TrunkMedia {
    return this.#require(trunkId).media();
  }

  /** For telling the far end of a dead run's dialogs; null when the trunk is gone or not open. */
  endpoint(trunkId: string): SipEndpoint | null {
    return this.#trunks.get(trunkId)?.endpoint ?? null;
  }

  settingsOf(trunkId: string): TrunkRecord['settings'] | null {
    return this.#trunks.get(trunkId)?.record.settings ?? null;
  }

  usable(trunkId: string): { ok: true } | { ok: false; reason: 'noTrunk' | 'trunkDown' } {
    const trunk = this.#trunks.get(trunkId);
    if (!trunk) return { ok: false, reason: 'noTrunk' };
    return takesCalls(trunk.status.kind) ? { ok: true } : { ok: false, reason: 'trunkDown' };
  }

  callsUp(trunkId: string): number {
    return this.#trunks.get(trunkId)?.callsUp ?? 0;
  }

  maxConcurrentCalls(trunkId: string): number {
    return this.#trunks.get(trunkId)?.record.settings.maxConcurrentCalls ?? 0;
  }

  /** The trunk for a call by hand: the first that takes calls. */
  firstUsable(): string | null {
    for (const [trunkId, trunk] of this.#trunks) if (takesCalls(trunk.status.kind)) return trunkId;
    return null;
  }

  list(): TrunkView[] {
    return [...this.#trunks.values()].map((trunk) => this.#view(trunk));
  }

  view(trunkId: string): TrunkView {
    return this.#view(this.#require(trunkId));
  }

  /**
   * Practice and real work never share a store: a practice store has loopback trunks only.
   * @throws AppError `telephony.practice-store`
   */
  checkKind(host: string): void {
    if (this.#options.storeKind === 'practice' && !isLoopback(host))
      throw new AppError('telephony.practice-store', 'a practice store has loopback trunks only');
  }

  async #open(record: TrunkRecord): Promise<void> {
    // Again at every start, should the store have been written to by other means.
    this.checkKind(record.settings.host);
    if (record.practice && this.#options.storeKind === 'real')
      throw new AppError('telephony.real-store', 'the practice trunk has no place in a real store');
    const trunk = new Trunk(record, {
      ...this.#options,
      onChange: () => this.#changes.emit(this.#view(trunk)),
      onIncoming: (call) => this.#incoming.emit({ trunkId: record.trunkId, call }),
    });
    this.#trunks.set(record.trunkId, trunk);
    await trunk.open();
    this.#changes.emit(this.#view(trunk));
  }

  #require(trunkId: string): Trunk {
    const trunk = this.#trunks.get(trunkId);
    if (!trunk) throw new AppError('call.no-trunk', 'no such trunk');
    return trunk;
  }

  #view(trunk: Trunk): TrunkView {
    const { trunkId, settings, enabled, practice, password } = trunk.record;
    const { lastFailure } = trunk;
    return {
      trunkId,
      settings,
      hasPassword: password !== null && password !== '',
      enabled,
      practice,
      state: trunk.status.kind,
      lastFailure,
      callsUp: trunk.callsUp,
      callerIds: callerIdsOf(this.#options.store.read, trunkId),
    };
  }
}
