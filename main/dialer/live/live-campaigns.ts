import type { CampaignLive } from '#shared/contract/index.ts';
import { type Clock, Emitter } from '#shared/util/index.ts';
import type { Agents, WrapUpNotices } from '../../agents/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import type { Campaigns } from '../campaigns/index.ts';
import type { PacerAnswer } from '../pacing/index.ts';
import type { AttemptRunner } from '../types.ts';
import { CampaignFigures, type ShownAgent } from './campaign-figures.ts';

export type LiveView = Unbranded<CampaignLive>;

export interface LiveCampaignsOptions {
  read: ReadDb;
  campaigns: Campaigns;
  attempts: AttemptRunner;
  agents: Agents;
  notices: WrapUpNotices;
  clock: Clock;
}

const TICK_MS = 1_000;

/** The page of the lead, of every campaign that runs or that somebody asks about. */
export class LiveCampaigns {
  readonly #options: LiveCampaignsOptions;
  readonly #figures = new Map<string, CampaignFigures>();
  readonly #changes = new Emitter<LiveView>();
  #cancelTick: () => void = () => {};

  constructor(options: LiveCampaignsOptions) {
    this.#options = options;
    const { attempts, agents, clock } = options;
    attempts.onStage((stage) => {
      if (stage.campaignId !== null) this.#of(stage.campaignId).stage(stage, clock.now());
    });
    agents.on((event) => {
      if (event.type === 'changed') this.#onAgent(event.status);
    });
    this.#tickLater();
  }

  /** At most once a second for each campaign that runs. */
  onChange(listener: (live: LiveView) => void): () => void {
    return this.#changes.on(listener);
  }

  /** @throws AppError `contract.not-found` */
  view(campaignId: string): LiveView {
    const { campaigns, clock } = this.#options;
    const runner = campaigns.runner(campaignId);
    const { settings } = runner?.record ?? campaigns.require(campaignId);
    const now = clock.now();
    const pacer = runner?.pacer ?? null;
    return {
      campaignId,
      at: now,
      mode: settings.mode,
      ...this.#of(campaignId).live(this.#agentsOf(campaignId), now),
      goalPercent: settings.mode === 'predictive' ? settings.pacing.silentGoalPercent : null,
      pacer: pacer?.last ? thought(pacer.last, pacer.lastDialAt) : null,
    };
  }

  stop(): void {
    this.#cancelTick();
  }

  #onAgent(status: Parameters<CampaignFigures['agent']>[0]): void {
    const { campaigns, clock } = this.#options;
    const owner = campaigns.ownerOf(status.personId);
    for (const [campaignId, figures] of this.#figures)
      figures.agent(status, owner === campaignId, clock.now());
  }

  #agentsOf(campaignId: string): ShownAgent[] {
    const { agents, campaigns, notices } = this.#options;
    return agents
      .list()
      .filter(
        ({ workState, campaignIds }) => workState !== 'offline' && campaignIds.includes(campaignId),
      )
      .map((status) => {
        const { personId } = status;
        const offer = campaigns.offerOf(personId);
        return {
          status,
          owned: campaigns.ownerOf(personId) === campaignId,
          offered: offer?.campaignId === campaignId ? offer : null,
          readyAt: notices.readyAt(personId) ?? status.autoReadyAt,
        };
      });
  }

  /** The figures of today; those of yesterday end with it. */
  #of(campaignId: string): CampaignFigures {
    const { read, clock, agents, campaigns } = this.#options;
    const since = new Date(clock.now()).setHours(0, 0, 0, 0);
    const known = this.#figures.get(campaignId);
    if (known?.since === since) return known;
    const figures = new CampaignFigures(read, campaignId, since);
    this.#figures.set(campaignId, figures);
    for (const status of agents.list())
      figures.agent(status, campaigns.ownerOf(status.personId) === campaignId, clock.now());
    return figures;
  }

  #tickLater(): void {
    this.#cancelTick = this.#options.clock.setTimer(TICK_MS, () => {
      this.#tickLater();
      this.#tick();
    });
  }

  #tick(): void {
    const { campaigns, agents } = this.#options;
    const running = campaigns.runningIds();
    // Who counts on an agent changes without the agent: told again once a second.
    if (running.length > 0) for (const status of agents.list()) this.#onAgent(status);
    for (const campaignId of running) this.#changes.emit(this.view(campaignId));
  }
}

function thought({ at, why, dial, cancel }: PacerAnswer, lastDialAt: number | null) {
  return {
    at,
    rule: why.rule,
    free: why.free,
    waiting: why.waiting,
    ringing: why.ringing,
    expectedAnswers: why.expectedAnswers ?? null,
    expectedFree: why.expectedFree ?? null,
    risk: why.risk ?? null,
    riskAllowed: why.riskAllowed ?? null,
    answerChance: why.answerChance ?? null,
    lastDialAt,
    dial,
    cancelled: cancel.length,
    budget: why.budget ?? null,
  };
}
