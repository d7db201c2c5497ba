import type { Campaign } from '#shared/contract/index.ts';
import type { AttemptResult } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import { Emitter } from '#shared/util/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import { dialingModeOf } from '../campaign-settings.ts';
import { type NextEntry, NO_NUMBER, nextDue, nextEntry } from '../lists/index.ts';
import { decideProgressive } from '../pacing/index.ts';
import type { AgentPool, AttemptRunner, ChooseNumber, EntryVerdict, TrunkPool } from '../types.ts';
import type { CampaignCommand } from './campaign-machine.ts';
import {
  type CampaignRecord,
  callerNumber,
  countCampaign,
  findCampaign,
  listCampaigns,
} from './campaign-queries.ts';
import { campaignWrites } from './campaign-writes.ts';

export type CampaignView = Unbranded<Campaign>;
type BlockedBy = CampaignView['blockedBy'];

export interface CampaignsOptions {
  store: Store;
  attempts: AttemptRunner;
  agents: AgentPool;
  trunks: TrunkPool;
  clock: Clock;
  clockSuspect(): boolean;
  /** absent: the first number, of which the door then decides */
  chooseNumber?: ChooseNumber;
  log(message: string, details?: Record<string, unknown>): void;
}

interface Running {
  record: CampaignRecord;
  /** entries that an attempt is being started for, so that two rounds do not take the same one */
  starting: Set<string>;
  /** calls in a row that the network could not carry */
  failuresInARow: number;
  /** after such calls, monotonic ms: nobody is dialed before */
  restUntilMs: number;
  blockedBy: BlockedBy;
  nextAt: number | null;
  cancelWake: (() => void) | null;
}

/** At most two announcements a second for each campaign. */
const ANNOUNCE_INTERVAL_MS = 500;
/** A waiting list is looked at again at least so often: rules and clocks may change meanwhile. */
const LONGEST_WAIT_MS = 60_000;
/** So many may fail by chance; from then on the list is saved from a network that carries nothing. */
const FAILURES_BEFORE_REST = 3;
const LONGEST_REST_MS = 60_000;
/** Pause after something of ours failed, so that a failing disk or socket is not asked in a loop. */
const AFTER_FAILURE_MS = 1_000;

/** Runs campaigns: whenever something changes, dials as many as the pacer says. */
export class Campaigns {
  readonly #running = new Map<string, Running>();
  /** not running any more, with calls that go on: their agents still belong to them */
  readonly #draining = new Map<string, CampaignRecord>();
  /** attempts that are being started, by campaign */
  readonly #dialing = new Map<string, Set<Promise<void>>>();
  readonly #changes = new Emitter<CampaignView>();
  readonly #announcing = new Map<string, () => void>();
  readonly #options: CampaignsOptions;
  #stopped = false;

  constructor(options: CampaignsOptions) {
    this.#options = options;
    options.agents.onChange(() => this.#roundAll());
    options.trunks.onChange(() => this.#roundAll());
    options.attempts.onChange((change) => {
      if (change.campaignId === null) return;
      this.#announce(change.campaignId);
      this.#drain(change.campaignId);
      if (change.ended) this.#noteResult(change.campaignId, change.ended.attemptResult);
      // An attempt that never left the machine would fail again at once: let the cause pass.
      if (change.ended?.attemptResult === 'cancelled') this.#roundLater(change.campaignId);
      else this.#round(change.campaignId);
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

  list(): CampaignView[] {
    return listCampaigns(this.#options.store.read).map((record) => this.#view(record));
  }

  get(campaignId: string): CampaignView {
    return this.#view(this.#require(campaignId));
  }

  /** Campaigns that this person takes calls of: those that run, and those whose last calls are still up. */
  idsOf(personId: string): string[] {
    const records = [...this.#running.values()].map(({ record }) => record);
    return [...records, ...this.#draining.values()]
      .filter((record) => record.personIds === null || record.personIds.includes(personId))
      .map((record) => record.campaignId);
  }

  wrapUpMs(campaignId: string): number | null {
    return findCampaign(this.#options.store.read, campaignId)?.settings.wrapUpMs ?? null;
  }

  /** After the settings of a campaign were changed by hand: they hold from the next call on. */
  refresh(campaignId: string): void {
    const running = this.#running.get(campaignId);
    if (running) running.record = this.#require(campaignId);
    this.#announce(campaignId);
    this.#round(campaignId);
  }

  /** Entries of the campaign came back to its list without a call: somebody may be due now. */
  lookAgain(campaignId: string): void {
    this.#announce(campaignId);
    this.#round(campaignId);
  }

  /**
   * @throws AppError `campaign.no-trunk`, `campaign.no-caller-id`, `campaign.not-now`
   */
  async command(campaignId: string, command: CampaignCommand): Promise<CampaignView> {
    if (command === 'start' || command === 'resume') this.#checkReady(this.#require(campaignId));
    await this.#options.store.write(campaignWrites, 'campaign.command', { campaignId, command });
    if (command === 'start' || command === 'resume') this.#enter(this.#require(campaignId));
    else this.#leave(campaignId);
    if (command === 'stop') await this.#takeBack(campaignId);
    this.#announce(campaignId);
    return this.get(campaignId);
  }

  /** Calls that nobody has answered, those included that were being started when the lead pressed stop. */
  async #takeBack(campaignId: string): Promise<void> {
    await this.#options.attempts.cancelUnanswered(campaignId);
    await Promise.all(this.#dialing.get(campaignId) ?? []);
    await this.#options.attempts.cancelUnanswered(campaignId);
  }

  stop(): void {
    this.#stopped = true;
    for (const campaignId of [...this.#running.keys()]) this.#leave(campaignId);
    for (const cancel of this.#announcing.values()) cancel();
  }

  #checkReady(record: CampaignRecord): void {
    if (record.trunkId === null || record.trunkId === '')
      throw new AppError('campaign.no-trunk', 'the campaign has no trunk');
    if (callerNumber(this.#options.store.read, record.callerIdId) === null)
      throw new AppError('campaign.no-caller-id', 'the campaign has no number to show');
  }

  #enter(record: CampaignRecord): void {
    this.#leave(record.campaignId);
    this.#draining.delete(record.campaignId);
    this.#running.set(record.campaignId, {
      record,
      starting: new Set(),
      failuresInARow: 0,
      restUntilMs: 0,
      blockedBy: null,
      nextAt: null,
      cancelWake: null,
    });
    this.#round(record.campaignId);
  }

  #leave(campaignId: string): void {
    const running = this.#running.get(campaignId);
    if (!running) return;
    running.cancelWake?.();
    this.#running.delete(campaignId);
    if (!this.#idle(running)) this.#draining.set(campaignId, running.record);
  }

  #drain(campaignId: string): void {
    if (this.#dialing.has(campaignId)) return;
    if (this.#options.attempts.callsUp(campaignId) === 0) this.#draining.delete(campaignId);
  }

  /** A network that carries nothing gets fewer and fewer calls, so that it does not eat the list. */
  #noteResult(campaignId: string, result: AttemptResult): void {
    const running = this.#running.get(campaignId);
    if (!running || result === 'cancelled') return;
    running.failuresInARow = result === 'networkFailure' ? running.failuresInARow + 1 : 0;
    const over = running.failuresInARow - FAILURES_BEFORE_REST;
    running.restUntilMs =
      over < 0
        ? 0
        : this.#options.clock.monotonic() + Math.min(LONGEST_REST_MS, AFTER_FAILURE_MS * 2 ** over);
  }

  #roundAll(): void {
    for (const campaignId of this.#running.keys()) this.#round(campaignId);
  }

  /** One look at one campaign: dials what the pacer asks for, or notes why not. */
  #round(campaignId: string): void {
    const running = this.#running.get(campaignId);
    if (!running || this.#stopped) return;
    running.cancelWake?.();
    running.cancelWake = null;
    const blockedBy = this.#obstacle(running.record);
    if (blockedBy !== null) return this.#block(running, blockedBy, null);
    const restMs = running.restUntilMs - this.#options.clock.monotonic();
    if (restMs > 0) return this.#roundLater(campaignId, restMs);
    const dial = this.#decide(running);
    if (dial === 0 && this.#over(running)) return this.#finish(campaignId);
    for (let index = 0; index < dial; index += 1) if (!this.#dialNext(running)) return;
    const free = this.#options.agents.freeAgents(campaignId);
    this.#block(running, free === 0 && this.#idle(running) ? 'noAgent' : null, null);
  }

  #decide(running: Running): number {
    const { agents, attempts, trunks } = this.#options;
    const { campaignId, settings, trunkId } = running.record;
    const onTrunk =
      trunkId === null ? 0 : trunks.maxConcurrentCalls(trunkId) - trunks.callsUp(trunkId);
    const callsUp = attempts.callsUp(campaignId) + running.starting.size;
    return decideProgressive({
      freeAgents: agents.freeAgents(campaignId),
      inFlight: this.#inFlight(running),
      callsUp,
      maxConcurrentCalls: Math.min(settings.maxConcurrentCalls, callsUp + Math.max(0, onTrunk)),
    }).dial;
  }

  /** Calls that may want the same agents: of this campaign, and of those that share people with it. */
  #inFlight(running: Running): number {
    const { attempts } = this.#options;
    let inFlight = 0;
    for (const other of this.#running.values())
      if (sharePeople(running.record, other.record))
        inFlight += attempts.inFlight(other.record.campaignId) + other.starting.size;
    return inFlight;
  }

  #obstacle(record: CampaignRecord): BlockedBy {
    if (this.#options.clockSuspect()) return 'clock';
    if (record.trunkId === null) return 'noTrunk';
    const usable = this.#options.trunks.usable(record.trunkId);
    if (!usable.ok) return usable.reason;
    if (callerNumber(this.#options.store.read, record.callerIdId) === null) return 'noCallerId';
    return null;
  }

  /** @returns false when there is nobody to dial now */
  #dialNext(running: Running): boolean {
    const { store, clock } = this.#options;
    const { campaignId } = running.record;
    const entry = nextEntry(store.read, campaignId, clock.now(), running.starting);
    if (entry === null) {
      this.#onListDry(running);
      return false;
    }
    running.starting.add(entry.entryId);
    this.#track(running, entry.entryId, this.#dialOrBlock(running.record, entry));
    return true;
  }

  async #dialOrBlock(record: CampaignRecord, entry: NextEntry): Promise<void> {
    const { entryId } = entry;
    const verdict = this.#choose(record, entry);
    if (verdict.allowed) return this.#startAttempt(record, { ...entry, ...verdict });
    const { until: nextAllowedAt, rule, pack, because } = verdict;
    const refusal = { nextAllowedAt, rule, pack, because };
    await this.#options.store.write(campaignWrites, 'campaign.block-entry', { entryId, refusal });
  }

  /** One number may be refused and another not: whoever may be called at any is called there. */
  #choose(record: CampaignRecord, { debtorId, debtId, numbers }: NextEntry): EntryVerdict {
    const { chooseNumber, clock, store } = this.#options;
    const [first] = numbers;
    if (first === undefined) return { allowed: false, ...NO_NUMBER };
    if (chooseNumber === undefined) return { allowed: true, ...first };
    const callerId = callerNumber(store.read, record.callerIdId);
    const { recordCalls } = record.settings;
    const mode = dialingModeOf(record.settings.mode);
    const question = { debtorId, debtId, mode, callerId, recordCalls, numbers };
    return chooseNumber(question, clock.now());
  }

  #track(running: Running, entryId: string, work: Promise<void>): void {
    const { campaignId } = running.record;
    const started = work.then(
      () => {
        running.starting.delete(entryId);
        this.#announce(campaignId);
        this.#round(campaignId);
      },
      (error: unknown) => {
        running.starting.delete(entryId);
        this.#options.log('dial', { error: String(error) });
        this.#roundLater(campaignId);
      },
    );
    const all = this.#dialing.get(campaignId) ?? new Set();
    this.#dialing.set(campaignId, all.add(started));
    void started.then(() => {
      all.delete(started);
      if (all.size === 0) this.#dialing.delete(campaignId);
      this.#drain(campaignId);
    });
  }

  #roundLater(campaignId: string, delayMs = AFTER_FAILURE_MS): void {
    const running = this.#running.get(campaignId);
    if (!running) return;
    running.cancelWake?.();
    running.cancelWake = this.#options.clock.setTimer(delayMs, () => this.#round(campaignId));
  }

  async #startAttempt(
    record: CampaignRecord,
    entry: { entryId: string; debtorId: string; contactPointId: string; number: string },
  ): Promise<void> {
    const { store, attempts } = this.#options;
    const callerId = callerNumber(store.read, record.callerIdId);
    if (record.trunkId === null || callerId === null) return;
    await attempts.start({
      mode: dialingModeOf(record.settings.mode),
      debtorId: entry.debtorId,
      contactPointId: entry.contactPointId,
      number: entry.number,
      trunkId: record.trunkId,
      callerId,
      campaignId: record.campaignId,
      entryId: entry.entryId,
      personId: null,
      ringTimeoutMs: record.settings.ringTimeoutMs,
      answerToAgentMaxMs: record.settings.answerToAgentMaxMs,
      recordCalls: record.settings.recordCalls,
    });
  }

  /** Nobody is due now: wait for the next one, or finish when nobody is left. */
  #onListDry(running: Running): void {
    const { store, clock } = this.#options;
    const { campaignId } = running.record;
    if (this.#over(running)) return this.#finish(campaignId);
    const due = nextDue(store.read, campaignId, clock.now());
    this.#block(running, due?.byRules ? 'rules' : 'listEmpty', due?.at ?? null);
    if (due === null) return;
    const delayMs = Math.min(LONGEST_WAIT_MS, Math.max(100, due.at - clock.now()));
    running.cancelWake = clock.setTimer(delayMs, () => this.#round(campaignId));
  }

  #idle(running: Running): boolean {
    const { attempts } = this.#options;
    return running.starting.size === 0 && attempts.callsUp(running.record.campaignId) === 0;
  }

  /** Nobody is left to call, also later, and no call or outcome is owed. */
  #over(running: Running): boolean {
    if (!this.#idle(running)) return false;
    const { clock, store } = this.#options;
    const { campaignId } = running.record;
    if (nextDue(store.read, campaignId, clock.now()) !== null) return false;
    const { inProgress, pending } = countCampaign(store.read, campaignId, clock.now());
    return inProgress === 0 && pending === 0;
  }

  #finish(campaignId: string): void {
    this.command(campaignId, 'listEmpty').catch((error: unknown) =>
      this.#options.log('finish', { error: String(error) }),
    );
  }

  #block(running: Running, blockedBy: BlockedBy, nextAt: number | null): void {
    if (running.blockedBy === blockedBy && running.nextAt === nextAt) return;
    running.blockedBy = blockedBy;
    running.nextAt = nextAt;
    this.#announce(running.record.campaignId);
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
    const running = this.#running.get(record.campaignId);
    return {
      ...record,
      personIds: record.personIds ?? [],
      blockedBy: running?.blockedBy ?? null,
      nextAt: running?.nextAt ?? null,
      counters: countCampaign(
        this.#options.store.read,
        record.campaignId,
        this.#options.clock.now(),
      ),
    };
  }

  #require(campaignId: string): CampaignRecord {
    const record = findCampaign(this.#options.store.read, campaignId);
    if (!record) throw new AppError('contract.not-found', 'no such campaign');
    return record;
  }
}

function sharePeople(a: CampaignRecord, b: CampaignRecord): boolean {
  if (a === b || a.personIds === null || b.personIds === null) return true;
  return a.personIds.some((personId) => b.personIds?.includes(personId));
}
