import type { PreviewOffer } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, IdSource } from '#shared/util/index.ts';
import type { Agents } from '../../agents/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import type { DueEntry, PromisedCall } from '../types.ts';
import type { CampaignRecord } from './campaign-queries.ts';
import { campaignWrites } from './campaign-writes.ts';
import type { Dialable, DialNext } from './dial-next.ts';
import { offerDetails } from './offer-details.ts';
import { promisedCalls } from './promised-calls.ts';

export type OfferView = Unbranded<PreviewOffer>;
export type SkipReason = 'later' | 'noNumberFits' | 'alreadyHandled' | 'other';

export interface CampaignOffersOptions {
  store: Store;
  agents: Agents;
  dialNext: DialNext;
  clock: Clock;
  idSource: IdSource;
  record(): CampaignRecord;
  /** whose turn it is, without those that are started or offered */
  nextEntry(): DueEntry | null;
  /** entries that a call is being started for */
  starting: ReadonlySet<string>;
  /** lines that may still be taken */
  room(): number;
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
  cancelTimer: (() => void) | null;
}

/** Before the minute of a callback its agent is kept free for so long, and sees whom it is about. */
const KEPT_FREE_MS = 15_000;
/** An agent who is not there at the minute: another one calls after so long. */
const ABSENT_AFTER_MS = 120_000;
/** Offers other than previews give so long to look, unless the campaign gives less. */
const LOOK_MS = 10_000;
/** Debtors looked at for one agent in one go, when the rules refuse one after another. */
const MOST_REFUSED_IN_A_ROW = 20;
const PROMISED_AT_ONCE = 50;
const PROMISED_LOOK_EVERY_MS = 1_000;

/** Calls of one campaign that have their agent before the dial: previews, callbacks, people who met silence. */
export class CampaignOffers {
  /** the list had nobody for an agent who was free */
  isDry = false;
  readonly #offers = new Map<string, Offer>();
  readonly #options: CampaignOffersOptions;
  #filling = false;

  constructor(options: CampaignOffersOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#offers.size;
  }

  entryIds(): string[] {
    return [...this.#offers.values()].map(({ view }) => view.entryId);
  }

  current(personId: string): OfferView | null {
    return this.#offers.get(personId)?.view ?? null;
  }

  /** How soon promised calls want to be looked at again. */
  nextLookMs(): number {
    return this.#options.freeOfAll().length > 0 ? PROMISED_LOOK_EVERY_MS : Number.POSITIVE_INFINITY;
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
    if (!offer || offer.dialing) return;
    const state = this.#options.agents.state(personId);
    const holds = state.kind === 'reserved' && state.callId === offer.callId;
    if (holds && state.next === 'ready') return;
    this.#end(offer);
  }

  withdrawAll(): void {
    for (const offer of [...this.#offers.values()]) if (!offer.dialing) this.#end(offer);
  }

  #fillPromised(): void {
    const { store, clock, record, freeOfAll, starting } = this.#options;
    if (freeOfAll().length === 0) return;
    const { campaignId, settings } = record();
    const now = clock.now();
    const due = promisedCalls(store.read, campaignId, {
      now,
      aheadMs: KEPT_FREE_MS,
      coolDownMs: settings.silentCoolDownMs,
      limit: PROMISED_AT_ONCE,
    });
    const offered = new Set(this.entryIds());
    for (const call of due) {
      if (offered.has(call.entryId) || starting.has(call.entryId)) continue;
      const personId = this.#agentFor(call, now);
      if (personId !== null && this.#options.room() > this.#offers.size)
        this.#offer(personId, call, call);
    }
  }

  /** Who promised it calls, whoever else counts on them; without an agent, one of our own before others. */
  #agentFor(call: PromisedCall, now: number): string | null {
    const { free, freeOfAll, unclaimed } = this.#options;
    const all = freeOfAll();
    if (call.kind === 'silent') return free()[0] ?? unclaimed()[0] ?? null;
    if (call.personId !== null && all.includes(call.personId)) return call.personId;
    if (call.personId !== null && now < call.dueAt + ABSENT_AFTER_MS && this.#isHere(call.personId))
      return null;
    if (call.personId !== null && now < call.dueAt) return null;
    return free()[0] ?? all[0] ?? null;
  }

  /** Comes back to this call within moments: talks, or writes down what was said. */
  #isHere(personId: string): boolean {
    const { kind } = this.#options.agents.state(personId);
    return kind === 'talking' || kind === 'wrapUp' || kind === 'reserved';
  }

  #fillPreviews(): void {
    const { free, nextEntry, room } = this.#options;
    for (const personId of free()) {
      if (room() <= this.#offers.size) return;
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
    const offer: Offer = { view, dialable, personId, callId, dialing: false, cancelTimer: null };
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
    const { clock, log } = this.#options;
    const { dialsAt: at } = offer.view;
    if (at === null) return;
    offer.cancelTimer = clock.setTimer(Math.max(0, at - clock.now()), () => {
      offer.cancelTimer = null;
      this.#dial(offer).catch((error: unknown) => log('offer', { error: String(error) }));
    });
  }

  /** The door decides as for every call; who is refused goes back to the list, and the agent to the queue. */
  async #dial(offer: Offer): Promise<void> {
    const { dialNext, record, agents } = this.#options;
    offer.dialing = true;
    offer.cancelTimer?.();
    offer.cancelTimer = null;
    const { personId, callId, dialable } = offer;
    const result = await dialNext
      .dial(record(), dialable, { personId, callId })
      .catch((error: unknown) => {
        this.#forget(offer);
        agents.apply(personId, { type: 'released', callId });
        throw error;
      });
    if (result.kind === 'reserved') return this.#forget(offer);
    this.#end(offer);
    this.#options.look();
    if (result.kind === 'noCallerId') throw new AppError('call.no-trunk', 'no number to show now');
    throw new AppError('call.blocked-by-rules', 'the rules do not allow this call now');
  }

  #require(personId: string, entryId: string): Offer {
    const offer = this.#offers.get(personId);
    if (!offer || offer.dialing || offer.view.entryId !== entryId)
      throw new AppError('preview.gone', 'this debtor is not offered to you any more');
    return offer;
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
    this.#options.onOffer(offer.personId, null);
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
