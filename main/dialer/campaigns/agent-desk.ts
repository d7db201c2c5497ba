import type { AgentStatus, AgentWorkState } from '#shared/contract/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Agents, WrapUpNotices } from '../../agents/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import { AgentShares } from './agent-shares.ts';
import type { CampaignRunner } from './campaign-runner.ts';
import type { FedAgent } from './pacer-feed.ts';

type Status = Unbranded<AgentStatus>;

export interface AgentDeskOptions {
  agents: Agents;
  /** absent: nobody says when a wrap-up is about to end */
  notices?: WrapUpNotices | undefined;
  clock: Clock;
  runners(): Iterable<CampaignRunner>;
  /** campaigns that do not run any more and whose calls go on */
  draining(): Iterable<CampaignRunner>;
}

const CLAIM_AGAIN_MS = 50;

/**
 * Tells each running campaign of its agents, and which of them it may count on: at any instant one campaign for each
 * agent. Whose turn it is, is decided when a conversation is over and the agent will soon be free.
 */
export class AgentDesk {
  readonly #options: AgentDeskOptions;
  readonly #shares: AgentShares;
  readonly #before = new Map<string, AgentWorkState>();
  #claiming = false;
  #cancelClaim: (() => void) | null = null;

  constructor(options: AgentDeskOptions) {
    this.#options = options;
    this.#shares = new AgentShares(options.clock.monotonic());
    options.agents.on((event) => {
      if (event.type === 'changed') this.#follow(event.status);
    });
    options.notices?.onChange((personId) => this.#tell(options.agents.status(personId)));
  }

  ownerOf(personId: string): string | null {
    return this.#shares.ownerOf(personId);
  }

  /** Agents who are free and counted on by this campaign; longest waiting first. */
  freeOf(campaignId: string): string[] {
    return this.freeOfAll(campaignId).filter((personId) => this.ownerOf(personId) === campaignId);
  }

  /** Free agents who work in this campaign, whoever counts on them. */
  freeOfAll(campaignId: string): string[] {
    const runner = this.#runner(campaignId);
    if (runner === undefined) return [];
    return this.#options.agents.free(null).filter((personId) => runner.worksIn(personId));
  }

  /** Free agents who work in this campaign and whom none counts on. */
  unclaimed(campaignId: string): string[] {
    return this.freeOfAll(campaignId).filter((personId) => this.ownerOf(personId) === null);
  }

  /** How many of the free agents of this campaign no call on its way counts on. */
  spareOf(campaignId: string): number {
    return this.freeOf(campaignId).length - (this.#runner(campaignId)?.onTheWay ?? 0);
  }

  /** A call that was promised wants this agent, or not any more. */
  tellAgain(personId: string): void {
    this.#tell(this.#options.agents.status(personId));
  }

  /** A campaign began, ended, or has or has no use for agents any more: the others get them. */
  claim(): void {
    if (this.#claiming) return this.#claimSoon();
    this.#claiming = true;
    const { clock, agents } = this.#options;
    const now = clock.monotonic();
    const claims = [...this.#options.runners()]
      .filter((runner) => runner.wants)
      .map(({ record }) => ({ campaignId: record.campaignId, weight: record.settings.weight }));
    // Calls of a campaign that was paused count on their agents until they have ended.
    for (const { record, onTheWay } of this.#options.draining())
      if (onTheWay > 0)
        claims.push({ campaignId: record.campaignId, weight: record.settings.weight });
    this.#shares.claim(claims, now);
    const statuses = agents.list();
    for (const status of statuses)
      if (mayMove(status) && !this.#isOwed(status)) this.#assign(status, now);
    for (const status of statuses) this.#tell(agents.status(status.personId));
    this.#claiming = false;
  }

  /** What agents did to a campaign made it want them, or not: in a moment, never in a circle. */
  #claimSoon(): void {
    this.#cancelClaim ??= this.#options.clock.setTimer(CLAIM_AGAIN_MS, () => {
      this.#cancelClaim = null;
      this.claim();
    });
  }

  #follow(status: Status): void {
    const { personId, workState } = status;
    const before = this.#before.get(personId) ?? 'offline';
    this.#before.set(personId, workState);
    const now = this.#options.clock.monotonic();
    if (!isHere(status)) this.#shares.release(personId, now);
    else if (this.ownerOf(personId) === null || turns(before, workState)) this.#assign(status, now);
    for (const runner of this.#options.runners()) runner.offers.agentChanged(personId);
    // What an offer did to the agent was told by its own change.
    if (this.#options.agents.state(personId).kind === workState) this.#tell(status);
  }

  #assign(status: Status, now: number): void {
    const { personId } = status;
    if (!isHere(status)) return this.#shares.release(personId, now);
    const candidates = [...this.#options.runners()]
      .filter((runner) => runner.worksIn(personId))
      .map(({ campaignId }) => campaignId);
    this.#shares.assign(personId, candidates, now);
  }

  /** First who may not count on the agent any more, then who may. Nobody counts on whom a promised call waits for. */
  #tell(status: Status): void {
    const runners = [...this.#options.runners()];
    const kept = runners.some(({ offers }) => offers.keeps(status.personId));
    const owner = kept ? null : this.ownerOf(status.personId);
    for (const runner of this.#options.draining()) runner.agent(this.#fed(status, runner, false));
    const concerned = runners.filter((one) => one.worksIn(status.personId));
    for (const runner of concerned)
      if (runner.campaignId !== owner) runner.agent(this.#fed(status, runner, false));
    for (const runner of concerned)
      if (runner.campaignId === owner) runner.agent(this.#fed(status, runner, true));
  }

  #fed(status: Status, runner: CampaignRunner, owned: boolean): FedAgent {
    const { personId, workState, callId, next, line } = status;
    const noticed = runner.record.settings.pacing.wrapUpNotices;
    const readyAt = noticed ? (this.#options.notices?.readyAt(personId) ?? null) : null;
    return {
      personId,
      workState,
      callId,
      next,
      // While it flows again or is tested, a wrap-up goes on.
      lineUp: workState === 'wrapUp' ? line !== 'down' : line === 'up',
      owned,
      readyAt,
    };
  }

  /** A call on its way counts on this agent: as many free agents as calls stay where they are. */
  #isOwed({ personId, workState }: Status): boolean {
    const owner = this.ownerOf(personId);
    if (owner === null || workState !== 'ready') return false;
    return (this.#runner(owner)?.onTheWay ?? 0) >= this.freeOf(owner).length;
  }

  #runner(campaignId: string): CampaignRunner | undefined {
    for (const runner of [...this.#options.runners(), ...this.#options.draining()])
      if (runner.campaignId === campaignId) return runner;
    return undefined;
  }
}

function isHere({ workState, next }: Status): boolean {
  if (workState === 'wrapUp') return next === 'ready';
  return workState !== 'offline' && workState !== 'notReady';
}

/** The moment at which an agent may go to another campaign. */
function turns(before: AgentWorkState, now: AgentWorkState): boolean {
  if (now === 'wrapUp') return before !== 'wrapUp';
  return now === 'ready' && (before === 'talking' || before === 'notReady' || before === 'offline');
}

/** Who has no conversation can be given to another campaign at once. */
function mayMove({ workState }: Status): boolean {
  return workState !== 'talking' && workState !== 'reserved';
}
