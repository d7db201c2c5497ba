import type { Call } from '#shared/contract/index.ts';
import { AppError, invariant } from '#shared/errors/index.ts';
import { type Clock, Emitter } from '#shared/util/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { MediaPort } from '../media/media-protocol.ts';
import type { CallEnd } from './types.ts';

export type CallView = Unbranded<Call>;

/** The network side of a call: an outgoing or an incoming leg. */
export interface CallLeg {
  readonly legId: string;
  hangUp(): Promise<void>;
}

/** What the rules and the campaign say about recording this call. */
export interface RecordingPolicy {
  wanted: boolean;
  /** the debtor is told before the recorder starts */
  announce: boolean;
  /** the recorder waits until the agent has confirmed that the debtor agrees */
  consent: boolean;
  forbidden: boolean;
  /** a rule demands a recording: without one the call may not go on */
  mandatory: boolean;
}

export interface LiveCall {
  view: CallView;
  leg: CallLeg;
  recordingPolicy: RecordingPolicy;
  /** of the debtor, for announcements */
  language: string;
  /** why the next `hangUp` of the leg happens */
  hangUpBy: CallEnd['endedBy'] | null;
}

export type LiveCallEvent =
  | { type: 'started'; call: LiveCall }
  | { type: 'connected'; call: LiveCall }
  | { type: 'changed'; call: LiveCall }
  | { type: 'ended'; call: LiveCall };

export interface LiveCallsOptions {
  media: MediaPort;
  clock: Clock;
  /** the media process's name of this person's line; null when there is none */
  lineIdOf(personId: string): string | null;
}

/** All calls that are up, and the verbs on them. Verbs act on the trunk leg; the agent line is never held or ended. */
export class LiveCalls {
  readonly #calls = new Map<string, LiveCall>();
  readonly #events = new Emitter<LiveCallEvent>();
  readonly #options: LiveCallsOptions;

  constructor(options: LiveCallsOptions) {
    this.#options = options;
  }

  on(listener: (event: LiveCallEvent) => void): () => void {
    return this.#events.on(listener);
  }

  add(call: LiveCall): void {
    invariant(!this.#calls.has(call.view.callId), 'a call is added once');
    this.#calls.set(call.view.callId, call);
    this.#events.emit({ type: 'started', call });
  }

  find(callId: string): LiveCall | null {
    return this.#calls.get(callId) ?? null;
  }

  list(): LiveCall[] {
    return [...this.#calls.values()];
  }

  ofPerson(personId: string): LiveCall | null {
    return this.list().find((call) => call.view.personId === personId) ?? null;
  }

  byLeg(legId: string): LiveCall | null {
    return this.list().find((call) => call.leg.legId === legId) ?? null;
  }

  /** Changes what clients see of a call and announces it. */
  update(callId: string, changes: Partial<CallView>): void {
    const call = this.#calls.get(callId);
    if (!call) return;
    call.view = { ...call.view, ...changes };
    this.#events.emit({ type: 'changed', call });
  }

  /**
   * Feeds the debtor's leg and the agent's line from each other, from the next frame on.
   * @throws AppError `call.no-line` when the agent's line has gone
   */
  async join(callId: string, personId: string, options: { alertTone: boolean }): Promise<void> {
    const call = this.#require(callId);
    const lineId = this.#lineId(personId);
    await this.#options.media.request('join', {
      legId: call.leg.legId,
      lineId,
      alertTone: options.alertTone,
    });
    if (!this.#calls.has(callId)) return;
    const now = this.#options.clock.now();
    call.view = { ...call.view, state: 'connected', personId, joinedAt: now };
    this.#events.emit({ type: 'connected', call });
  }

  async hold(callId: string, personId: string): Promise<CallView> {
    const call = this.#own(callId, personId, 'connected');
    await this.#options.media.request('hold', { legId: call.leg.legId });
    this.update(callId, { state: 'held' });
    return call.view;
  }

  async resume(callId: string, personId: string): Promise<CallView> {
    const call = this.#own(callId, personId, 'held');
    await this.#options.media.request('resume', { legId: call.leg.legId });
    this.update(callId, { state: 'connected' });
    return call.view;
  }

  async mute(callId: string, personId: string, muted: boolean): Promise<CallView> {
    const call = this.#own(callId, personId);
    await this.#options.media.request('mute', { lineId: this.#lineId(personId), muted });
    this.update(callId, { muted });
    return call.view;
  }

  async sendDtmf(callId: string, personId: string, digits: string): Promise<void> {
    const call = this.#own(callId, personId, 'connected');
    await this.#options.media.request('sendDtmf', { legId: call.leg.legId, digits });
  }

  /** Ends a call; its owner hears of it from the leg. */
  async hangUp(callId: string, by: CallEnd['endedBy']): Promise<void> {
    const call = this.#require(callId);
    call.hangUpBy ??= by;
    await call.leg.hangUp();
  }

  /** Takes the call out; called by its owner when the end is durable. */
  finish(callId: string, end: Pick<CallEnd, 'attemptResult' | 'endedBy'>): void {
    const call = this.#calls.get(callId);
    if (!call) return;
    this.#calls.delete(callId);
    if (call.view.muted && call.view.personId !== null) this.#unmute(call.view.personId);
    call.view = {
      ...call.view,
      state: 'ended',
      endedAt: this.#options.clock.now(),
      attemptResult: end.attemptResult,
      endedBy: end.endedBy,
      recording: 'off',
    };
    this.#events.emit({ type: 'ended', call });
  }

  /** A call of this agent. @throws AppError `call.unknown`, `call.not-now` */
  own(callId: string, personId: string): LiveCall {
    return this.#own(callId, personId);
  }

  #own(callId: string, personId: string, state?: CallView['state']): LiveCall {
    const call = this.#require(callId);
    if (call.view.personId !== personId)
      throw new AppError('call.unknown', 'this call is not with you');
    if (state !== undefined && call.view.state !== state)
      throw new AppError('call.not-now', `the call is ${call.view.state}`, {
        details: { state: call.view.state },
      });
    return call;
  }

  #require(callId: string): LiveCall {
    const call = this.#calls.get(callId);
    if (!call) throw new AppError('call.unknown', 'no such call is up');
    return call;
  }

  #lineId(personId: string): string {
    const lineId = this.#options.lineIdOf(personId);
    if (lineId === null) throw new AppError('call.no-line', 'the agent has no line');
    return lineId;
  }

  /** The line outlives the call, so the next one must not begin muted. */
  #unmute(personId: string): void {
    const lineId = this.#options.lineIdOf(personId);
    if (lineId === null) return;
    this.#options.media.request('mute', { lineId, muted: false }).catch(() => {
      // The line died with the media process; a new one begins unmuted.
    });
  }
}
