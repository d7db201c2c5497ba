import type { Campaign } from '#shared/contract/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { AttemptRunner, AttemptStage, DueEntry, NextDebtors, TrunkPool } from '../types.ts';
import { BudgetGuard } from './budget-guard.ts';
import type { CampaignOffers } from './campaign-offers.ts';
import {
  type CampaignRecord,
  callerNumber,
  hasCallsOwed,
  isLeftOutKnown,
} from './campaign-queries.ts';
import type { DialNext, DialResult } from './dial-next.ts';
import { NetworkRest } from './network-rest.ts';
import { leftOfOwnLimit, minRingMs } from './pacer-config.ts';
import { type FedAgent, type FeedLine, PacerFeed } from './pacer-feed.ts';
import { RunningPacer, type RunningPacerOptions } from './running-pacer.ts';

export type BlockedBy = Campaign['blockedBy'];

export interface RunnerOptions extends RunningPacerOptions {
  read: ReadDb;
  clock: Clock;
  attempts: AttemptRunner;
  trunks: TrunkPool;
  next: NextDebtors;
  dialNext: DialNext;
  clockSuspect(): boolean;
  /** lines of this trunk that are used or being taken */
  linesOn(trunkId: string): number;
  /** counters or state of the campaign may differ */
  onChange(campaignId: string): void;
  /** it wants agents now and did not before, or the other way round */
  onWants(): void;
  onOver(campaignId: string): void;
}

/** The pacer is asked at least so often. */
const DECIDE_EVERY_MS = 500;
/** A waiting list is looked at again at least so often: rules and clocks may change meanwhile. */
const LONGEST_WAIT_MS = 60_000;
/** Pause after something of ours failed, so that a failing disk or socket is not asked in a loop. */
const AFTER_FAILURE_MS = 1_001;
/** A dial has lapsed for the pacer after a second: no other debtor is tried for it then. */
const DIAL_GOOD_FOR_MS = 900;
/** Sooner the pacer would take a dial that came to nothing for one that is still to come. */
const SHORTEST_WAIT_MS = 1_001;
/** debtors of whom the rules are asked before their turn; the calls of some seconds of a large team */
const LOOKED_AHEAD = 40;
/** Reasons not to dial that leave the agents to other campaigns. */
const NO_USE: readonly BlockedBy[] = [
  'noTrunk',
  'trunkDown',
  'clock',
  'noCallerId',
  'rules',
  'listEmpty',
];

/** One campaign that dials: its pacer, the calls being started, and why it does not dial when it does not. */
export class CampaignRunner {
  /** entries that a call is being started for */
  readonly starting: Set<string>;
  readonly offers: CampaignOffers;
  blockedBy: BlockedBy = null;
  nextAt: number | null = null;
  record: CampaignRecord;
  readonly #options: RunnerOptions;
  readonly #feed: PacerFeed;
  readonly #pacer: RunningPacer | null;
  readonly #rest: NetworkRest;
  readonly #guard: BudgetGuard;
  readonly #present = new Set<string>();
  readonly #inHand: Set<Promise<void>>;
  /** calls being started that were not seen dialing yet: entry → debtor */
  readonly #unseen: Map<string, string>;
  /** after a stop: what starts although it was being started before is given up */
  takesBack = false;
  #cancelWake: (() => void) | null = null;
  /** monotonic ms until which no number may be shown */
  #callerIdRestMs = 0;
  #wanted = true;
  #looking = false;
  #lookAgain = false;
  #stopped = false;

  constructor(
    record: CampaignRecord,
    options: RunnerOptions,
    createOffers: (runner: CampaignRunner) => CampaignOffers,
    /** ran before, and has calls that go on: they are this one's now */
    before: CampaignRunner | null = null,
  ) {
    this.record = record;
    this.#options = options;
    this.starting = before?.starting ?? new Set();
    this.#inHand = before === null ? new Set() : before.#inHand;
    this.#unseen = before === null ? new Map() : before.#unseen;
    this.#rest = new NetworkRest(options.clock);
    const leftOfOwn = () => this.#leftOfOwn();
    this.#guard = new BudgetGuard({ ...options, leftOfOwn }, record.campaignId);
    const tell = (line: FeedLine) => {
      if (!this.#stopped) this.#pacer?.tell(line);
    };
    this.#feed = new PacerFeed(
      tell,
      options.clock.now,
      before === null ? undefined : before.#feed.open,
    );
    this.#pacer =
      record.settings.mode === 'preview' ? null : new RunningPacer(options, record, this.#feed);
    this.offers = createOffers(this);
  }

  get campaignId(): string {
    return this.record.campaignId;
  }

  /** What the pacer said last; null: it was not asked yet, or the mode has none. */
  get pacer(): RunningPacer | null {
    return this.#pacer;
  }

  /** Has use for agents: dials, or has calls on their way. */
  get wants(): boolean {
    if (this.#stopped) return false;
    return !NO_USE.includes(this.blockedBy) || this.#options.attempts.inFlight(this.campaignId) > 0;
  }

  /** Neither calls nor attempts that are being started. */
  get idle(): boolean {
    return this.starting.size === 0 && this.#options.attempts.callsUp(this.campaignId) === 0;
  }

  /** Calls that count on a free agent: nobody has answered, or somebody waits; those being started too. */
  get onTheWay(): number {
    return this.#feed.unjoined + this.#unseen.size;
  }

  /** Dials more calls than it has agents. */
  get overdials(): boolean {
    const { mode } = this.record.settings;
    return mode === 'predictive' || mode === 'power';
  }

  worksIn(personId: string): boolean {
    const { personIds } = this.record;
    return personIds === null || personIds.includes(personId);
  }

  /** Settings hold from the next call on. */
  setRecord(record: CampaignRecord): void {
    this.record = record;
    this.#callerIdRestMs = 0;
    this.#pacer?.set(record);
  }

  agent(agent: FedAgent): void {
    const here = agent.owned && agent.workState !== 'offline' && agent.workState !== 'notReady';
    const known = this.#present.has(agent.personId);
    if (here) this.#present.add(agent.personId);
    else this.#present.delete(agent.personId);
    if (this.#feed.agent(agent) || here !== known) this.look();
  }

  stage(stage: AttemptStage): void {
    if (!stage.withAgent) this.#saw(stage);
    if (stage.state === 'abandoned' || stage.result === 'abandoned') this.#guard.forget();
    if (stage.state === 'ended' && stage.result !== null)
      this.#rest.note(stage.result, stage.takenBack);
    if (this.#feed.stage(stage)) this.look();
  }

  /** One look: dials what the pacer asks for, or notes why not. What happens meanwhile is looked at afterwards. */
  look(): void {
    if (this.#stopped) return;
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    this.#looking = true;
    try {
      this.#lookOnce();
    } finally {
      this.#looking = false;
    }
    this.#tellWants();
    if (this.#lookAgain) {
      this.#lookAgain = false;
      this.#lookLater(0);
    } else if (this.#cancelWake === null)
      // Whoever counts on the agents: what was promised has its minute.
      this.#lookLater(Math.min(LONGEST_WAIT_MS, this.offers.nextLookMs()));
  }

  /** Gives up the call that has rung longest, where that is allowed and it has rung long enough. */
  giveUpOne(): void {
    const { attempts, budgetsOf, clock } = this.#options;
    const { settings } = this.record;
    if (!settings.pacing.takeBack) return;
    const ringMs = minRingMs(settings, budgetsOf(this.campaignId));
    const callId = this.#feed.longestRinging(clock.now() - ringMs);
    if (callId !== null) attempts.giveUpRinging([callId]);
  }

  /** No new call from this instant on. Resolves when what was recorded is written. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelWake?.();
    this.#cancelWake = null;
    this.offers.withdrawAll();
    await this.#pacer?.stop();
  }

  /** Resolves when the attempts that were being started have started or not. */
  async settled(): Promise<void> {
    await Promise.all(this.#inHand);
  }

  #lookOnce(): void {
    this.#cancelWake?.();
    this.#cancelWake = null;
    const blockedBy = this.#obstacle();
    if (blockedBy !== null) return this.#hold(blockedBy);
    const restMs = this.#rest.leftMs();
    if (restMs > 0) return this.#lookLater(restMs);
    this.offers.fill();
    if (this.#pacer === null) return this.#lookForPreview();
    const leave = this.#guard.leave(this.record.settings.mode === 'predictive');
    const { dial: asked, cancel, why } = this.#pacer.decide();
    if (cancel.length > 0) this.#options.attempts.giveUpRinging(cancel);
    const each = Math.max(0, why.free - why.waiting - why.ringing);
    const allowed = leave === 'progressiveOnly' ? Math.min(asked, each) : asked;
    // Starts that take long have lapsed for the pacer: it asks for them again.
    const lapsed = Math.max(0, this.#feed.unanswered + this.#unseen.size - why.ringing);
    const dial = Math.max(0, allowed - lapsed);
    if (why.rule === 'stopped' || leave === 'stopCampaign')
      return this.#waitWith('abandonment', null, LONGEST_WAIT_MS);
    // Without agents nobody is dialed, and what the list says still holds.
    const mayBeDry = dial === 0 && (this.idle || this.#present.size === 0);
    if (mayBeDry && this.nextEntry() === null) return this.#onListDry();
    if (!this.#dial(dial)) return;
    this.#block(why.free === 0 && this.idle ? 'noAgent' : null, null);
    if (this.#present.size === 0) return;
    this.#lookAhead();
    this.#lookLater(DECIDE_EVERY_MS);
  }

  #lookAhead(): void {
    const { next, dialNext } = this.#options;
    const debtorIds = next.ahead?.(this.campaignId, LOOKED_AHEAD) ?? [];
    if (debtorIds.length > 0) dialNext.lookAhead(this.record, debtorIds);
  }

  #hold(blockedBy: BlockedBy): void {
    const restMs = this.#callerIdRestMs - this.#options.clock.monotonic();
    if (blockedBy === 'noCallerId' && restMs > 0) this.#lookLater(restMs);
    else this.#block(blockedBy, null);
  }

  /** Agents take their debtors by offers; this only says why nobody gets one. */
  #lookForPreview(): void {
    if (this.#isOver()) return this.#options.onOver(this.campaignId);
    const mayBeDry = this.offers.isDry || this.#present.size === 0;
    if (mayBeDry && this.idle && this.offers.count === 0 && this.nextEntry() === null)
      return this.#onListDry();
    this.#block(this.#present.size === 0 && this.idle ? 'noAgent' : null, null);
    if (this.#present.size > 0) this.#lookLater(DECIDE_EVERY_MS);
  }

  /** @returns false when the list is dry: what it waits for was noted */
  #dial(count: number): boolean {
    const goodUntil = this.#options.clock.monotonic() + DIAL_GOOD_FOR_MS;
    const most = Math.min(count, this.room());
    for (let index = 0; index < most; index += 1)
      if (!this.#dialOne(goodUntil)) {
        this.#onListDry();
        return false;
      }
    return true;
  }

  /** Lines that may still be taken, of the trunk and of the campaign; calls being started and offers count. */
  room(): number {
    return Math.max(0, this.linesLeft());
  }

  /** As `room`; below 0: so many are used or held too many. */
  linesLeft(): number {
    const { attempts, trunks, linesOn } = this.#options;
    const { trunkId, settings } = this.record;
    if (trunkId === null) return -1;
    const onTrunk = trunks.maxConcurrentCalls(trunkId) - linesOn(trunkId);
    const own = settings.maxConcurrentCalls - attempts.callsUp(this.campaignId) - this.linesHeld;
    return Math.min(onTrunk, own);
  }

  /** Lines that are kept for calls being started and for offers. */
  get linesHeld(): number {
    return this.starting.size + this.offers.open;
  }

  #dialOne(goodUntil: number): boolean {
    const entry = this.nextEntry();
    if (entry === null) return false;
    const { entryId, debtorId } = entry;
    this.starting.add(entryId);
    this.#unseen.set(entryId, debtorId);
    const work = this.#dialEntry(entry).finally(() => {
      this.starting.delete(entryId);
      this.#unseen.delete(entryId);
    });
    this.#track(work, goodUntil);
    return true;
  }

  /** Whose turn it is; those being started or offered are passed over. */
  nextEntry(): DueEntry | null {
    const { next, clock } = this.#options;
    const offered = this.offers.entryIds();
    const taken = offered.length === 0 ? this.starting : new Set([...this.starting, ...offered]);
    return next.next(this.campaignId, clock.now(), taken);
  }

  async #dialEntry(entry: DueEntry): Promise<DialResult> {
    const { dialNext } = this.#options;
    const looked = dialNext.look(this.record, entry, false);
    if ('refusal' in looked) {
      await dialNext.block(entry.entryId, looked.refusal);
      return { kind: 'refused' };
    }
    const maxMs = this.#pacer?.answerToAgentMaxMs ?? this.record.settings.answerToAgentMaxMs;
    return dialNext.dial(this.record, looked.dialable, null, maxMs);
  }

  #track(work: Promise<DialResult>, goodUntil: number): void {
    const tracked = work.then(
      (result) => {
        this.#options.onChange(this.campaignId);
        if (this.takesBack && result.kind === 'reserved')
          this.#options.attempts.giveUpRinging([result.callId]);
        if (result.kind === 'noCallerId') this.#onNoCallerId(result.until);
        else if (result.kind === 'refused') this.#insteadOfRefused(goodUntil);
        else this.look();
      },
      (error: unknown) => {
        this.#options.log('dial', { error: String(error) });
        this.#lookLater(AFTER_FAILURE_MS);
      },
    );
    this.#inHand.add(tracked);
    void tracked.then(() => this.#inHand.delete(tracked));
  }

  /** Nobody was dialed for what the pacer asked: the next debtor, as long as it still wants one. */
  #insteadOfRefused(goodUntil: number): void {
    const late = this.#options.clock.monotonic() > goodUntil;
    if (this.#stopped || late || this.#obstacle() !== null || this.room() === 0) return this.look();
    if (this.#dialOne(goodUntil)) return;
    this.#onListDry();
    this.#tellWants();
  }

  /** Every number of the pool rests or has had its calls of the hour. */
  #onNoCallerId(until: number | null): void {
    const { clock } = this.#options;
    const wantedMs = until === null ? LONGEST_WAIT_MS : until - clock.now();
    const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, wantedMs));
    this.#callerIdRestMs = clock.monotonic() + waitMs;
    this.#waitWith('noCallerId', until, waitMs);
    this.#tellWants();
  }

  /** The call of an entry that was being started is there, or was found to be over. */
  #saw({ debtorId }: AttemptStage): void {
    for (const [entryId, started] of this.#unseen)
      if (started === debtorId) this.#unseen.delete(entryId);
  }

  #leftOfOwn(): number {
    const { read, clock } = this.#options;
    const { campaignId, settings } = this.record;
    return leftOfOwnLimit({ read, campaignId, settings, now: clock.now() });
  }

  #obstacle(): BlockedBy {
    if (this.#options.clockSuspect()) return 'clock';
    const { trunkId, callerIdId, settings } = this.record;
    if (trunkId === null) return 'noTrunk';
    const usable = this.#options.trunks.usable(trunkId);
    if (!usable.ok) return usable.reason;
    if (this.#callerIdRestMs > this.#options.clock.monotonic()) return 'noCallerId';
    const pooled = settings.callerIds.pool.length > 0;
    if (!pooled && callerNumber(this.#options.read, callerIdId) === null) return 'noCallerId';
    return null;
  }

  /** Nobody is due now: wait for the next one, or finish when nobody is left. */
  #onListDry(): void {
    if (this.#isOver()) return this.#options.onOver(this.campaignId);
    const { next, clock } = this.#options;
    const due = next.nextDue(this.campaignId, clock.now());
    const waitMs = due === null ? LONGEST_WAIT_MS : due.at - clock.now();
    this.#waitWith(due?.byRules ? 'rules' : 'listEmpty', due?.at ?? null, waitMs);
  }

  #waitWith(blockedBy: BlockedBy, nextAt: number | null, waitMs: number): void {
    this.#block(blockedBy, nextAt);
    const offersMs = this.offers.nextLookMs();
    this.#lookLater(Math.min(LONGEST_WAIT_MS, offersMs, Math.max(SHORTEST_WAIT_MS, waitMs)));
  }

  /** Nobody is left to call, also later, and no call or outcome is owed. */
  #isOver(): boolean {
    if (!this.idle || this.offers.count > 0) return false;
    const { read, next, clock } = this.#options;
    if (!isLeftOutKnown(read, this.record)) return false;
    const now = clock.now();
    if (next.next(this.campaignId, now, this.starting) !== null) return false;
    return next.nextDue(this.campaignId, now) === null && !hasCallsOwed(read, this.campaignId);
  }

  #block(blockedBy: BlockedBy, nextAt: number | null): void {
    if (this.blockedBy === blockedBy && this.nextAt === nextAt) return;
    this.blockedBy = blockedBy;
    this.nextAt = nextAt;
    this.#options.onChange(this.campaignId);
  }

  #tellWants(): void {
    const { wants } = this;
    if (wants === this.#wanted) return;
    this.#wanted = wants;
    this.#options.onWants();
  }

  #lookLater(delayMs: number): void {
    if (this.#stopped) return;
    this.#cancelWake?.();
    this.#cancelWake = this.#options.clock.setTimer(delayMs, () => this.look());
  }
}
