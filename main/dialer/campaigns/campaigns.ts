import type { AbandonmentBudget, Campaign } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, IdSource } from '#shared/util/index.ts';
import { Emitter } from '#shared/util/index.ts';
import type { Agents, WrapUpNotices } from '../../agents/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import { findMessage } from '../abandonment-message/index.ts';
import type {
  AttemptRunner,
  AttemptStage,
  CallerIdChooser,
  ChooseNumber,
  LookAhead,
  NextDebtors,
  NumberOrder,
  TrunkPool,
} from '../types.ts';
import { AgentDesk } from './agent-desk.ts';
import type { CampaignCommand } from './campaign-machine.ts';
import { CampaignOffers, type OfferView, type SkipReason } from './campaign-offers.ts';
import {
  type CampaignRecord,
  callerNumber,
  countCampaign,
  countLeftOut,
  findCampaign,
  listCampaigns,
} from './campaign-queries.ts';
import { CampaignRunner } from './campaign-runner.ts';
import { campaignWrites } from './campaign-writes.ts';
import { DialNext } from './dial-next.ts';
import { listNext } from './list-next.ts';

export type CampaignView = Unbranded<Campaign>;

export interface CampaignsOptions {
  store: Store;
  attempts: AttemptRunner;
  agents: Agents;
  notices?: WrapUpNotices;
  trunks: TrunkPool;
  clock: Clock;
  idSource: IdSource;
  clockSuspect(): boolean;
  /** absent: lists as they are stored */
  next?: NextDebtors;
  numberOrder?: NumberOrder;
  /** absent: the first number, of which the door then decides */
  chooseNumber?: ChooseNumber;
  lookAhead?: LookAhead;
  callerIds?: CallerIdChooser;
  /** budgets of abandoned calls that rules set for a campaign; absent: none but its own */
  budgetsOf?(campaignId: string): AbandonmentBudget[];
  log(message: string, details?: Record<string, unknown>): void;
}

export interface OfferChange {
  personId: string;
  offer: OfferView | null;
}

/** At most two announcements a second for each campaign. */
const ANNOUNCE_INTERVAL_MS = 500;

/** All campaigns of this engine: starts and ends them, and tells those that run what concerns them. */
export class Campaigns {
  readonly #running = new Map<string, CampaignRunner>();
  /** not running any more, with calls that go on: their agents still belong to them */
  readonly #draining = new Map<string, CampaignRunner>();
  readonly #closing = new Set<Promise<void>>();
  readonly #changes = new Emitter<CampaignView>();
  readonly #offerChanges = new Emitter<OfferChange>();
  /** commands of each campaign, one after another */
  readonly #turns = new Map<string, Promise<unknown>>();
  /** campaigns that are told to dial no more: that many commands are still to be written down */
  readonly #halting = new Map<string, number>();
  readonly #announcing = new Map<string, () => void>();
  readonly #options: CampaignsOptions;
  readonly #dialNext: DialNext;
  readonly #next: NextDebtors;
  readonly #desk: AgentDesk;
  #stopped = false;

  constructor(options: CampaignsOptions) {
    this.#options = options;
    const { attempts, trunks, store } = options;
    this.#dialNext = new DialNext(options);
    this.#next = options.next ?? listNext(store.read);
    this.#desk = new AgentDesk({
      ...options,
      runners: () => this.#running.values(),
      draining: () => this.#draining.values(),
    });
    trunks.onChange(() => {
      for (const runner of this.#running.values()) runner.look();
    });
    attempts.onStage((stage) => this.#onStage(stage));
    attempts.onChange(({ campaignId, ended }) => {
      if (campaignId === null) return;
      this.#announce(campaignId);
      this.#drain(campaignId);
      // Its entry is settled now: it may be due, or the last one.
      if (ended) this.#running.get(campaignId)?.look();
    });
  }

  /** Takes up the campaigns that were running when the engine stopped. */
  resumeAll(): void {
    for (const record of listCampaigns(this.#options.store.read))
      if (record.status === 'running') this.#enter(record);
  }

  onChange(listener: (campaign: CampaignView) => void): () => void {
    return this.#changes.on(listener);
  }

  /** An agent is offered a debtor before the call, or is not any more. */
  onOffer(listener: (change: OfferChange) => void): () => void {
    return this.#offerChanges.on(listener);
  }

  list(): CampaignView[] {
    return listCampaigns(this.#options.store.read).map((record) => this.#view(record));
  }

  get(campaignId: string): CampaignView {
    return this.#view(this.require(campaignId));
  }

  /** The campaign as it runs; null: it does not. */
  runner(campaignId: string): CampaignRunner | null {
    return this.#running.get(campaignId) ?? null;
  }

  /** Ids of the campaigns that run. */
  runningIds(): string[] {
    return [...this.#running.keys()];
  }

  /** Campaigns that this person takes calls of: those that run, and those whose last calls are still up. */
  idsOf(personId: string): string[] {
    return [...this.#running.values(), ...this.#draining.values()]
      .filter((runner) => runner.worksIn(personId))
      .map(({ campaignId }) => campaignId);
  }

  /** The campaign that counts on this agent now. */
  ownerOf(personId: string): string | null {
    return this.#desk.ownerOf(personId);
  }

  wrapUpMs(campaignId: string): number | null {
    return findCampaign(this.#options.store.read, campaignId)?.settings.wrapUpMs ?? null;
  }

  /** After the settings of a campaign may have been changed by hand: they hold from the next call on. */
  refresh(campaignId: string): void {
    const runner = this.#running.get(campaignId);
    if (runner) this.#reset(runner);
    this.#announce(campaignId);
  }

  /** Entries of the campaign came back to its list without a call: somebody may be due now. */
  lookAgain(campaignId: string): void {
    this.#announce(campaignId);
    this.#running.get(campaignId)?.look();
  }

  /**
   * @throws AppError `campaign.no-trunk`, `campaign.no-caller-id`, `campaign.not-now`
   */
  async command(campaignId: string, command: CampaignCommand): Promise<CampaignView> {
    const begins = command === 'start' || command === 'resume';
    if (begins) this.#checkReady(this.require(campaignId));
    else {
      // No new call from this instant on: the row of it comes after.
      this.#halting.set(campaignId, (this.#halting.get(campaignId) ?? 0) + 1);
      this.#leave(campaignId);
    }
    await this.#inTurn(campaignId, async () => {
      await this.#write(campaignId, command, begins);
      if (command === 'stop') await this.#takeBack(campaignId);
    });
    this.#announce(campaignId);
    return this.get(campaignId);
  }

  /** A campaign runs when its row says so and nobody has asked it to dial no more meanwhile. */
  async #write(campaignId: string, command: CampaignCommand, begins: boolean): Promise<void> {
    const { store } = this.#options;
    try {
      await store.write(campaignWrites, 'campaign.command', { campaignId, command });
    } finally {
      if (!begins) this.#halted(campaignId);
      const record = findCampaign(store.read, campaignId);
      const runs = record?.status === 'running' && !this.#halting.has(campaignId);
      if (record && runs && !this.#running.has(campaignId)) this.#enter(record);
    }
  }

  #halted(campaignId: string): void {
    const left = (this.#halting.get(campaignId) ?? 1) - 1;
    if (left > 0) this.#halting.set(campaignId, left);
    else this.#halting.delete(campaignId);
  }

  /** After the commands before it, whatever became of them. */
  async #inTurn(campaignId: string, work: () => Promise<void>): Promise<void> {
    const before = this.#turns.get(campaignId) ?? Promise.resolve();
    const turn = before.then(work);
    const settled = turn.catch(() => {});
    this.#turns.set(campaignId, settled);
    try {
      await turn;
    } finally {
      if (this.#turns.get(campaignId) === settled) this.#turns.delete(campaignId);
    }
  }

  /** The debtor whom this agent is offered. */
  offerOf(personId: string): OfferView | null {
    for (const { offers } of this.#running.values()) {
      const offer = offers.current(personId);
      if (offer !== null) return offer;
    }
    return null;
  }

  /** @throws AppError `preview.gone`, `call.blocked-by-rules`, `call.no-trunk` */
  dialOffer(personId: string, entryId: string): Promise<{ callId: string }> {
    return this.#offersOf(personId).dial(personId, entryId);
  }

  /** @throws AppError `preview.gone` */
  holdOffer(personId: string, entryId: string): OfferView {
    return this.#offersOf(personId).hold(personId, entryId);
  }

  /** @throws AppError `preview.gone` */
  skipOffer(
    personId: string,
    entryId: string,
    reason: SkipReason,
    note: string | null,
  ): Promise<void> {
    return this.#offersOf(personId).skip(personId, entryId, reason, note);
  }

  require(campaignId: string): CampaignRecord {
    const record = findCampaign(this.#options.store.read, campaignId);
    if (!record) throw new AppError('contract.not-found', 'no such campaign');
    return record;
  }

  /** Resolves when what was decided so far is written down. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const campaignId of [...this.#running.keys()]) this.#leave(campaignId);
    for (const cancel of this.#announcing.values()) cancel();
    await Promise.all(this.#closing);
  }

  #offersOf(personId: string): CampaignOffers {
    for (const { offers } of this.#running.values())
      if (offers.current(personId) !== null) return offers;
    throw new AppError('preview.gone', 'nobody is offered to you');
  }

  /** Calls that nobody has answered, those included that were being started when the lead pressed stop. */
  async #takeBack(campaignId: string): Promise<void> {
    const { attempts } = this.#options;
    const runner = this.#draining.get(campaignId);
    if (runner) runner.takesBack = true;
    await attempts.cancelUnanswered(campaignId);
    await this.#draining.get(campaignId)?.settled();
    await attempts.cancelUnanswered(campaignId);
  }

  #onStage(stage: AttemptStage): void {
    const { campaignId } = stage;
    if (campaignId === null) return;
    (this.#running.get(campaignId) ?? this.#draining.get(campaignId))?.stage(stage);
  }

  #checkReady(record: CampaignRecord): void {
    const { trunkId, callerIdId, settings } = record;
    if (trunkId === null || trunkId === '')
      throw new AppError('campaign.no-trunk', 'the campaign has no trunk');
    const pooled = this.#options.callerIds !== undefined && settings.callerIds.pool.length > 0;
    if (!pooled && callerNumber(this.#options.store.read, callerIdId) === null)
      throw new AppError('campaign.no-caller-id', 'the campaign has no number to show');
  }

  #enter(record: CampaignRecord): void {
    if (this.#stopped) return;
    this.#leave(record.campaignId);
    const runner = this.#createRunner(record, this.#draining.get(record.campaignId) ?? null);
    this.#draining.delete(record.campaignId);
    this.#running.set(record.campaignId, runner);
    this.#desk.claim();
    runner.look();
  }

  #createRunner(record: CampaignRecord, before: CampaignRunner | null): CampaignRunner {
    const { store, idSource } = this.#options;
    const options = {
      ...this.#options,
      read: store.read,
      next: this.#next,
      dialNext: this.#dialNext,
      newId: () => idSource.next(),
      budgetsOf: this.#options.budgetsOf ?? (() => []),
      linesOn: (trunkId: string) => this.#linesOn(trunkId),
      onChange: (campaignId: string) => {
        this.#announce(campaignId);
        this.#drain(campaignId);
      },
      onWants: () => this.#desk.claim(),
      onOver: (campaignId: string) => this.#finish(campaignId),
    };
    return new CampaignRunner(record, options, (runner) => this.#createOffers(runner), before);
  }

  #createOffers(runner: CampaignRunner): CampaignOffers {
    const { campaignId } = runner;
    return new CampaignOffers({
      ...this.#options,
      dialNext: this.#dialNext,
      record: () => runner.record,
      nextEntry: () => runner.nextEntry(),
      starting: runner.starting,
      room: () => runner.room(),
      linesLeft: () => runner.linesLeft(),
      spare: () => this.#desk.spareOf(campaignId),
      isSpare: (personId) => this.#isSpare(personId),
      ownerOf: (personId) => this.ownerOf(personId),
      giveUpOneOf: (personId) => this.#ownerRunner(personId)?.giveUpOne(),
      overdials: (personId) => this.#ownerRunner(personId)?.overdials === true,
      onKeep: (personId) => {
        if (!this.#stopped) this.#desk.tellAgain(personId);
      },
      takesBack: () => runner.takesBack,
      free: () => this.#desk.freeOf(campaignId),
      freeOfAll: () => this.#desk.freeOfAll(campaignId),
      unclaimed: () => this.#desk.unclaimed(campaignId),
      onOffer: (personId, offer) => this.#offerChanges.emit({ personId, offer }),
      look: () => runner.look(),
    });
  }

  /** Lines of a trunk that are used or being taken, by whichever campaign or by hand. */
  #linesOn(trunkId: string): number {
    const { trunks, attempts } = this.#options;
    let lines = trunks.callsUp(trunkId) + attempts.beforeInvite(trunkId);
    for (const { record, linesHeld } of [...this.#running.values(), ...this.#draining.values()])
      if (record.trunkId === trunkId) lines += linesHeld;
    return lines;
  }

  /** No call on its way counts on this free agent. */
  #isSpare(personId: string): boolean {
    const owner = this.ownerOf(personId);
    return owner === null || this.#desk.spareOf(owner) > 0;
  }

  #ownerRunner(personId: string): CampaignRunner | undefined {
    const owner = this.ownerOf(personId);
    return owner === null ? undefined : this.#running.get(owner);
  }

  /** Settings that change how a campaign dials begin with the next call; another mode begins anew. */
  #reset(runner: CampaignRunner): void {
    const record = this.require(runner.campaignId);
    const modes = [runner.record, record].map(({ settings }) => settings.mode === 'preview');
    if (modes[0] !== modes[1]) return this.#enter(record);
    const shares = runner.record.settings.weight !== record.settings.weight;
    const people = String(runner.record.personIds) !== String(record.personIds);
    runner.setRecord(record);
    if (shares || people) this.#desk.claim();
    runner.look();
  }

  #leave(campaignId: string): void {
    const runner = this.#running.get(campaignId);
    if (!runner) return;
    this.#running.delete(campaignId);
    const closed = runner.stop();
    this.#closing.add(closed);
    void closed.finally(() => this.#closing.delete(closed));
    if (!runner.idle) this.#draining.set(campaignId, runner);
    void runner.settled().then(() => this.#drain(campaignId));
    if (!this.#stopped) this.#desk.claim();
  }

  #drain(campaignId: string): void {
    const runner = this.#draining.get(campaignId);
    if (!runner) return;
    if (runner.idle) this.#draining.delete(campaignId);
    // A call that has ended counts on nobody any more.
    if (!this.#stopped) this.#desk.claim();
  }

  #finish(campaignId: string): void {
    this.command(campaignId, 'listEmpty').catch((error: unknown) =>
      this.#options.log('finish', { error: String(error) }),
    );
  }

  /** Announces soon, and not again before the interval is over. */
  #announce(campaignId: string): void {
    if (this.#announcing.has(campaignId) || this.#stopped) return;
    const cancel = this.#options.clock.setTimer(ANNOUNCE_INTERVAL_MS, () => {
      this.#announcing.delete(campaignId);
      const record = findCampaign(this.#options.store.read, campaignId);
      if (record) this.#changes.emit(this.#view(record));
    });
    this.#announcing.set(campaignId, cancel);
  }

  #view(record: CampaignRecord): CampaignView {
    const runner = this.#running.get(record.campaignId);
    const { store, clock } = this.#options;
    const message = findMessage(store.read, record.campaignId);
    const leftOut = countLeftOut(store.read, record);
    return {
      ...record,
      abandonmentMessage: message && {
        name: message.name,
        durationMs: message.durationMs,
        setAt: message.setAt,
      },
      personIds: record.personIds ?? [],
      blockedBy: runner?.blockedBy ?? null,
      nextAt: runner?.nextAt ?? null,
      counters: {
        ...countCampaign(store.read, record.campaignId, clock.now()),
        ...(leftOut === null ? {} : { leftOut }),
      },
    };
  }
}
