import type { PreviewOffer } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, IdSource } from '#shared/util/index.ts';
import type { Agents } from '../../agents/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import { callableOf } from '../lists/index.ts';
import type { AttemptRunner, DueEntry, PromisedCall } from '../types.ts';
import { AwaitedAgents, type AwaitedAgentsOptions } from './awaited-agents.ts';
import type { CampaignRecord } from './campaign-queries.ts';
import { campaignWrites } from './campaign-writes.ts';
import type { Dialable, DialNext } from './dial-next.ts';
import { offerDetails } from './offer-details.ts';
import { promisedCalls } from './promised-calls.ts';

export type OfferView = Unbranded<PreviewOffer>;
export type SkipReason = 'later' | 'noNumberFits' | 'alreadyHandled' | 'other';

export interface CampaignOffersOptions extends AwaitedAgentsOptions {
  store: Store;
  agents: Agents;
  attempts: AttemptRunner;
  dialNext: DialNext;
  clock: Clock;
  idSource: IdSource;
  record(): CampaignRecord;
  /** whose turn it is, without those that are started or offered */
  nextEntry(): DueEntry | null;
  /** entries that a call is being started for */
  starting: Set<string>;
  /** lines that may still be taken */
  room(): number;
  /** as `room`, below 0 when more lines are used or held than there are */
  linesLeft(): number;
  /** how many of `free` no call on its way counts on; below 0: more calls than agents */
  spare(): number;
  /** no call on its way counts on this free agent, of whichever campaign */
  isSpare(personId: string): boolean;
  /** the campaign was stopped: what leaves nevertheless is given up */
  takesBack(): boolean;
  /** agents of this campaign whom it may count on and who are free; longest waiting first */
  free(): string[];
  /** agents of this campaign who are free, whoever counts on them */
  freeOfAll(): string[];
  /** those of them whom no campaign counts on */
  unclaimed(): string[];
  /** an offer came, changed or went */
  onOffer(personId: string, offer: OfferView | null): void;
  /** something else may be done now */
  look(): void;
  log(message: string, details?: Record<string, unknown>): void;
}

interface Offer {
  view: OfferView;
  dialable: Dialable;
  personId: string;
  callId: string;
  dialing: boolean;
  /** the agent went while the call was being started */
  lost: boolean;
  cancelTimer: (() => void) | null;
}

/** Before the minute of a callback its agent is kept free for so long, and sees whom it is about. */
const KEPT_FREE_MS = 15_000;
/** An agent who is not there at the minute: another one calls after so long. */
const ABSENT_AFTER_MS = 30_000;
/** Offers other than previews give so long to look, unless the campaign gives less. */
const LOOK_MS = 10_000;
/** Debtors looked at for one agent in one go, when the rules refuse one after another. */
const MOST_REFUSED_IN_A_ROW = 20;
const PROMISED_AT_ONCE = 50;
const PROMISED_LOOK_EVERY_MS = 1_000;
/** Callbacks are looked at so long before: the longest that nobody looks, and the time that agents are kept free. */
const AHEAD_MS = 60_000 + KEPT_FREE_MS;
/** No line is free at this instant: once more after so long. */
const NO_LINE_WAIT_MS = 1_000;

/** Calls of one campaign that have their agent before the dial: previews, callbacks, people who met silence. */
export class CampaignOffers {
  /** the list had nobody for an agent who was free */
  isDry = false;
  readonly #offers = new Map<string, Offer>();
  readonly #options: CampaignOffersOptions;
  readonly #awaited: AwaitedAgents;
  /** epoch ms at which the next callback wants its agent */
  #nextPromisedAt = Number.POSITIVE_INFINITY;
  #filling = false;

  constructor(options: CampaignOffersOptions) {
    this.#options = options;
    this.#awaited = new AwaitedAgents(options);
  }

  get count(): number {
    return this.#offers.size;
  }

  /** Offers that nobody has decided about yet: each keeps a line. */
  get open(): number {
    let open = 0;
    for (const { dialing } of this.#offers.values()) if (!dialing) open += 1;
    return open;
  }

  /** A promised call waits for this agent. */
  keeps(personId: string): boolean {
    return this.#awaited.has(personId);
  }

  entryIds(): string[] {
    return [...this.#offers.values()].map(({ view }) => view.entryId);
  }

  current(personId: string): OfferView | null {
    const offer = this.#offers.get(personId);
    return offer === undefined || offer.lost ? null : offer.view;
  }

  /** How soon promised calls want to be looked at again. */
  nextLookMs(): number {
    const { freeOfAll, clock } = this.#options;
    if (this.#awaited.count > 0 || freeOfAll().length > 0) return PROMISED_LOOK_EVERY_MS;
    return Math.max(PROMISED_LOOK_EVERY_MS, this.#nextPromisedAt - clock.now());
  }

  /** Gives free agents what is due: first what was promised, then, in a preview campaign, the next of the list. */
  fill(): void {
    if (this.#filling) return;
    this.#filling = true;
    try {
      this.#fillPromised();
      this.isDry = false;
      if (this.#options.record().settings.mode === 'preview') this.#fillPreviews();
    } finally {
      this.#filling = false;
    }
  }

  /** @throws AppError `preview.gone` */
  async dial(personId: string, entryId: string): Promise<{ callId: string }> {
    const offer = this.#require(personId, entryId);
    await this.#dial(offer);
    return { callId: offer.callId };
  }

  /** The call goes out only by the agent's key. @throws AppError `preview.gone` */
  hold(personId: string, entryId: string): OfferView {
    const offer = this.#require(personId, entryId);
    offer.cancelTimer?.();
    offer.cancelTimer = null;
    offer.view = { ...offer.view, dialsAt: null };
    this.#options.onOffer(personId, offer.view);
    return offer.view;
  }

  /** @throws AppError `preview.gone` */
  async skip(
    personId: string,
    entryId: string,
    reason: SkipReason,
    note: string | null,
  ): Promise<void> {
    const offer = this.#require(personId, entryId);
    const input = { entryId, personId, reason, note };
    await this.#options.store.write(campaignWrites, 'campaign.skip-offer', input);
    this.#end(offer);
    this.#options.look();
  }

  /** The agent's line went, or they asked for a pause: their offer goes back. */
  agentChanged(personId: string): void {
    const offer = this.#offers.get(personId);
    if (!offer || offer.lost) return;
    const state = this.#options.agents.state(personId);
    const holds = state.kind === 'reserved' && state.callId === offer.callId;
    if (offer.dialing) return holds ? undefined : this.#lose(offer);
    if (holds && state.next === 'ready') return;
    this.#end(offer);
  }

  withdrawAll(): void {
    this.#awaited.keepOnly(new Set());
    for (const offer of [...this.#offers.values()]) if (!offer.dialing) this.#end(offer);
  }

  #fillPromised(): void {
    const { starting, room, clock } = this.#options;
    const now = clock.now();
    const promised = this.#promised(now);
    const due = promised.filter(({ dueAt }) => dueAt <= now + KEPT_FREE_MS);
    const later = promised.find(({ dueAt }) => dueAt > now + KEPT_FREE_MS);
    this.#nextPromisedAt = (later?.dueAt ?? Number.POSITIVE_INFINITY) - KEPT_FREE_MS;
    const offered = new Set(this.entryIds());
    const wanted = new Set<string>();
    let silent = 0;
    for (const call of due) {
      if (offered.has(call.entryId) || starting.has(call.entryId)) continue;
      const personId = this.#agentFor(call, now);
      if (personId === null) continue;
      if (call.kind === 'silent') silent += 1;
      if (this.#mayTake(personId, call, now)) {
        this.#awaited.set(call.entryId, null);
        if (room() > 0) this.#offer(personId, call, call);
        continue;
      }
      // People who met silence are called one after another: they never keep a whole team from its work.
      if (call.kind === 'silent' && silent > 1) continue;
      wanted.add(call.entryId);
      this.#awaited.set(call.entryId, personId);
    }
    this.#awaited.keepOnly(wanted);
  }

  /** Those that are due now or soon; callbacks first, each the earliest first. */
  #promised(now: number): PromisedCall[] {
    const { store, record } = this.#options;
    const { campaignId, settings } = record();
    return promisedCalls(store.read, campaignId, {
      now,
      aheadMs: AHEAD_MS,
      coolDownMs: settings.silentCoolDownMs,
      limit: PROMISED_AT_ONCE,
    });
  }

  /** The agent is free for this call: none that rings counts on them, or none does any more. */
  #mayTake(personId: string, call: PromisedCall, now: number): boolean {
    const { freeOfAll, isSpare } = this.#options;
    if (!freeOfAll().includes(personId)) return false;
    if (isSpare(personId)) return true;
    return now >= call.dueAt && this.#awaited.givesWay(call.entryId, personId, KEPT_FREE_MS);
  }

  /** Who promised it calls, whoever else counts on them; without an agent, one of our own before others. */
  #agentFor(call: PromisedCall, now: number): string | null {
    const all = this.#awaited.without(this.#options.freeOfAll(), call.entryId);
    const { personId, dueAt, kind } = call;
    if (kind === 'silent') return this.#anyOf(call, all, false);
    if (personId !== null && all.includes(personId)) return personId;
    if (personId !== null && now < dueAt + ABSENT_AFTER_MS && this.#isHere(personId))
      return personId;
    if (personId !== null && now < dueAt) return null;
    return this.#anyOf(call, all, true);
  }

  /** Somebody whom no call counts on; else who is awaited already; else whoever is free. */
  #anyOf(call: PromisedCall, all: string[], foreign: boolean): string | null {
    const { free, unclaimed, isSpare } = this.#options;
    const own = free().filter((personId) => all.includes(personId));
    const unowned = unclaimed().filter((personId) => all.includes(personId));
    const candidates = [...own, ...unowned, ...(foreign ? all : [])];
    const kept = this.#awaited.of(call.entryId);
    return (
      candidates.find(isSpare) ??
      candidates.find((personId) => personId === kept) ??
      candidates[0] ??
      (kept !== undefined && this.#isHere(kept) ? kept : null)
    );
  }

  /** Comes back to this call within moments: talks, or writes down what was said. */
  #isHere(personId: string): boolean {
    const { kind } = this.#options.agents.state(personId);
    return kind === 'talking' || kind === 'wrapUp' || kind === 'reserved';
  }

  #fillPreviews(): void {
    const { free, nextEntry, room, spare } = this.#options;
    for (const personId of free()) {
      if (room() === 0 || spare() <= 0) return;
      if (this.keeps(personId)) continue;
      let offered = false;
      for (let refused = 0; !offered && refused < MOST_REFUSED_IN_A_ROW; refused += 1) {
        const entry = nextEntry();
        if (entry === null) {
          this.isDry = true;
          return;
        }
        offered = this.#offer(personId, entry, null);
        // It is written down in a moment; until then it must not be taken again.
        if (!offered) return;
      }
    }
  }

  /** @returns false when the rules refuse this debtor now: the entry waits, and the next look finds another */
  #offer(personId: string, entry: DueEntry, promised: PromisedCall | null): boolean {
    const { agents, dialNext, idSource, record, look, log } = this.#options;
    const looked = dialNext.look(record(), entry, true);
    if ('refusal' in looked) {
      const error = (reason: unknown) => log('offer', { error: String(reason) });
      dialNext.block(entry.entryId, looked.refusal).then(look, error);
      return false;
    }
    const callId = idSource.next();
    agents.apply(personId, { type: 'reserve', callId });
    const { dialable } = looked;
    const view = this.#view(dialable, promised);
    const begun = { dialing: false, lost: false, cancelTimer: null };
    const offer: Offer = { view, dialable, personId, callId, ...begun };
    this.#offers.set(personId, offer);
    this.#armTimer(offer);
    this.#options.onOffer(personId, view);
    return true;
  }

  #view({ entryId, debtorId, chosen }: Dialable, promised: PromisedCall | null): OfferView {
    const { clock, record, store } = this.#options;
    const { campaignId, name, settings } = record();
    const offeredAt = clock.now();
    const kind = promised?.kind ?? 'preview';
    return {
      entryId,
      campaignId,
      campaignName: name,
      debtorId,
      number: chosen.number,
      kind,
      offeredAt,
      dialsAt: dialsAt(offeredAt, settings.previewMs, promised),
      callbackAt: kind === 'callback' ? (promised?.dueAt ?? null) : null,
      ...offerDetails(store.read, entryId, debtorId, chosen.contactPointId),
    };
  }

  #armTimer(offer: Offer): void {
    const { clock } = this.#options;
    const { dialsAt: at } = offer.view;
    if (at !== null) this.#dialAfter(offer, at - clock.now());
  }

  /** By itself; without a line at that instant, a moment later. */
  #dialAfter(offer: Offer, delayMs: number): void {
    const { clock, log } = this.#options;
    offer.cancelTimer = clock.setTimer(Math.max(0, delayMs), () => {
      offer.cancelTimer = null;
      if (!this.#hasLine()) return this.#dialAfter(offer, NO_LINE_WAIT_MS);
      this.#dial(offer).catch((error: unknown) => log('offer', { error: String(error) }));
    });
  }

  /** Lines may have gone since the offer, which keeps one. */
  #hasLine(): boolean {
    return this.#options.linesLeft() >= 0;
  }

  /** The door decides as for every call; who is refused goes back to the list, and the agent to the queue. */
  async #dial(offer: Offer): Promise<void> {
    const { dialNext, record, look, starting, takesBack, attempts } = this.#options;
    if (!this.#hasLine()) throw new AppError('call.no-trunk', 'no line is free now');
    const { personId, callId, view } = offer;
    const dialable = this.#lookAgain(offer);
    if (dialable === null) {
      this.#end(offer);
      look();
      throw new AppError('call.blocked-by-rules', 'this number may not be called any more');
    }
    offer.dialing = true;
    offer.cancelTimer?.();
    offer.cancelTimer = null;
    starting.add(view.entryId);
    const result = await dialNext
      .dial(record(), dialable, { personId, callId })
      .finally(() => starting.delete(view.entryId))
      .catch((error: unknown) => {
        this.#end(offer);
        throw error;
      });
    if (result.kind === 'reserved') {
      this.#forget(offer);
      // What the agent who went had begun is ended by itself; a stop takes back what came after it.
      if (takesBack() || offer.lost) attempts.giveUpRinging([callId]);
      return;
    }
    this.#end(offer);
    look();
    if (result.kind === 'noCallerId') throw new AppError('call.no-trunk', 'no number to show now');
    throw new AppError('call.blocked-by-rules', 'the rules do not allow this call now');
  }

  /** The number that was shown, if it is in use and may still be called; null: it is not. */
  #lookAgain({ dialable }: Offer): Dialable | null {
    const { dialNext, record, store } = this.#options;
    const [now] = callableOf(store.read, [dialable.debtorId]);
    const shown = dialable.chosen.contactPointId;
    const numbers = (now?.numbers ?? []).filter(({ contactPointId }) => contactPointId === shown);
    const entry = { ...dialable, debtId: now?.debtId ?? null, numbers };
    const looked = dialNext.look(record(), entry, true);
    return 'refusal' in looked ? null : looked.dialable;
  }

  #require(personId: string, entryId: string): Offer {
    const offer = this.#offers.get(personId);
    if (!offer || offer.dialing || offer.view.entryId !== entryId)
      throw new AppError('preview.gone', 'this debtor is not offered to you any more');
    return offer;
  }

  /** The agent is gone; the entry stays taken until what was begun has come to an end. */
  #lose(offer: Offer): void {
    offer.lost = true;
    this.#options.onOffer(offer.personId, null);
  }

  #end(offer: Offer): void {
    const { personId, callId } = offer;
    this.#forget(offer);
    this.#options.agents.apply(personId, { type: 'released', callId });
  }

  #forget(offer: Offer): void {
    offer.cancelTimer?.();
    if (this.#offers.get(offer.personId) !== offer) return;
    this.#offers.delete(offer.personId);
    if (!offer.lost) this.#options.onOffer(offer.personId, null);
  }
}

/** A callback at its minute; others when there was time to look. Null: only by the agent's key. */
function dialsAt(
  offeredAt: number,
  previewMs: number | null,
  promised: PromisedCall | null,
): number | null {
  if (promised === null) return previewMs === null ? null : offeredAt + previewMs;
  const looked = offeredAt + Math.min(previewMs ?? LOOK_MS, LOOK_MS);
  if (promised.kind === 'silent') return looked;
  return promised.dueAt > offeredAt ? promised.dueAt : looked;
}
