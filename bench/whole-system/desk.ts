import { setTimeout as wait } from 'node:timers/promises';
import { NodeAgent } from '../../e2e/support/node-agent.ts';
import type { ContractEvent } from '../../renderer/client/index.ts';
import type { DayDraws } from '../pacing/draws.ts';
import type { DeskCall, Seat } from './desk-messages.ts';
import { Ear } from './ear.ts';
import { agentToneHz } from './world.ts';

/** One agent at work: talks, hangs up, wraps up and is ready again, for as long as the draws say. */
export class Desk {
  readonly calls: DeskCall[] = [];
  readonly problems: string[] = [];
  readonly #seat: Seat;
  readonly #draws: DayDraws;
  readonly #agent: NodeAgent;
  readonly #home = new AbortController();
  #personId = '';
  #ear: Ear | null = null;
  #talks = 0;
  #work: Promise<void> = Promise.resolve();
  /** the call whose wrap-up is waited for */
  #awaited: { callId: string; begun(): void } | null = null;

  constructor(url: string, seat: Seat, draws: DayDraws) {
    this.#seat = seat;
    this.#draws = draws;
    this.#agent = new NodeAgent({
      url,
      login: seat.login,
      onEvent: (event) => {
        this.#take(event);
        // nobody looks back, and an hour is long
        this.#agent.events.length = 0;
      },
    });
  }

  async sit(): Promise<void> {
    this.#personId = (await this.#agent.send('access.me', {})).personId;
    await this.#agent.goReady();
    const { peer, talker } = this.#agent;
    if (peer === null || talker === null) throw new Error('an agent is ready without a line');
    this.#ear = new Ear(peer.heard);
    talker.tone(agentToneHz(this.#seat.index));
  }

  /** Ends what is under way and takes no more. */
  async goHome(): Promise<void> {
    this.#home.abort();
    await this.#work;
    await this.#agent
      .send('agent.not-ready', {})
      .catch((error: unknown) => this.problems.push(String(error)));
  }

  close(): Promise<void> {
    return this.#agent.close();
  }

  #take(event: ContractEvent): void {
    if (event.name === 'call.connected' && event.data.call.personId === this.#personId) {
      const { callId } = event.data.call;
      const toldAt = Date.now();
      this.#work = this.#handle(callId, toldAt).catch((error: unknown) => {
        this.problems.push(`agent ${this.#seat.index}, call ${callId}: ${error}`);
      });
    }
    if (event.name !== 'agent.changed' || event.data.personId !== this.#personId) return;
    const { workState, callId } = event.data;
    if (workState === 'wrapUp' && callId === this.#awaited?.callId) this.#awaited?.begun();
  }

  async #handle(callId: DeskCall['callId'], toldAt: number): Promise<void> {
    const { talkMs, wrapUpMs } = this.#draws.talk(this.#seat.index, this.#talks++);
    const wrappingUp = new Promise<void>((begun) => {
      this.#awaited = { callId, begun };
    });
    await Promise.race([this.#for(talkMs), wrappingUp]);
    const soundAt = this.#ear?.soundAt ?? null;
    const heardHz = this.#ear?.tone() ?? null;
    const hungUpAt = Date.now();
    await this.#hangUp(callId);
    await wrappingUp;
    const wrapUpAt = Date.now();
    await this.#for(wrapUpMs);
    const next = this.#home.signal.aborted ? 'notReady' : 'ready';
    const disposedAt = Date.now();
    this.calls.push({
      agentIndex: this.#seat.index,
      callId,
      toldAt,
      soundAt,
      heardHz,
      hungUpAt,
      wrapUpAt,
      disposedAt,
    });
    this.#ear?.forget();
    await this.#agent.send('call.dispose', { callId, dispositionCode: 'dispute', next } as never);
  }

  /** One that is over already was cut: the records say by whom. */
  async #hangUp(callId: DeskCall['callId']): Promise<void> {
    await this.#agent.send('call.hang-up', { callId } as never).catch((error: unknown) => {
      if ((error as { code?: string }).code !== 'call.unknown') throw error;
    });
  }

  /** So long, or until everybody goes home. */
  async #for(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: this.#home.signal }).catch(() => {});
  }
}
