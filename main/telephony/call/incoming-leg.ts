import { AppError } from '#shared/errors/index.ts';
import type { MediaPort } from '../media/media-protocol.ts';
import type { IncomingCall } from '../sip/types.ts';
import { type LegEvent, type LegState, nextLegState } from './leg-machine.ts';
import { LegMedia } from './leg-media.ts';
import type { TrunkMedia } from './types.ts';

export interface IncomingLegHandlers {
  /** CANCEL, or BYE after the answer */
  onEnded(end: { by: 'local' | 'remote' | 'network'; answered: boolean }): void;
  /** after `onEnded`: as in `OutgoingLegHandlers`. May come twice */
  onFarEndKnows(): void;
}

/** A call that comes in over a trunk. */
export class IncomingLeg {
  readonly legId: string;
  readonly sip: IncomingCall;
  #state: LegState = { kind: 'ringing' };
  readonly #media: LegMedia;
  readonly #handlers: IncomingLegHandlers;

  constructor(
    media: MediaPort,
    settings: TrunkMedia,
    legId: string,
    sip: IncomingCall,
    handlers: IncomingLegHandlers,
  ) {
    this.legId = legId;
    this.sip = sip;
    this.#media = new LegMedia(media, legId, settings);
    this.#handlers = handlers;
    sip.onCancelled = () => this.#end('remote');
    sip.onEnded = (end) => this.#end(end.by);
    sip.onOffer = async (sdp) => this.#media.answer(sdp);
  }

  get state(): LegState['kind'] {
    return this.#state.kind;
  }

  ringing(): void {
    if (this.#state.kind === 'ringing') this.sip.ringing();
  }

  /**
   * Opens media and sends the 2xx.
   * @returns false when there is nothing to talk over (no usable offer) or the caller has gone meanwhile
   */
  async answer(): Promise<boolean> {
    const sdp = await this.#prepareAnswer();
    if (sdp === null) {
      this.reject(488, 'Not Acceptable Here');
      return false;
    }
    if (!this.#move('answered')) {
      this.#media.close();
      return false;
    }
    if (!(await this.#acknowledged(sdp))) {
      this.#end('remote');
      return false;
    }
    return this.state === 'up';
  }

  /** Sends the 2xx and waits for its ACK. @returns false when the caller went before it */
  async #acknowledged(sdp: string): Promise<boolean> {
    try {
      await this.sip.answer(sdp);
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'sip.call-over') return false;
      throw error;
    }
  }

  async #prepareAnswer(): Promise<string | null> {
    const offer = this.sip.offerSdp;
    if (offer === null) return null;
    try {
      await this.#media.open();
      return this.#media.answer(offer);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#media.close();
      return null;
    }
  }

  reject(status: number, reasonPhrase: string): void {
    if (this.#state.kind !== 'ringing') return;
    this.sip.reject(status, reasonPhrase);
    this.#end('local');
    this.#handlers.onFarEndKnows();
  }

  async hangUp(): Promise<void> {
    if (this.#state.kind === 'ringing') return this.reject(480, 'Temporarily Unavailable');
    await this.sip.hangUp();
    this.#end('local');
    this.#handlers.onFarEndKnows();
  }

  #end(by: 'local' | 'remote' | 'network'): void {
    const answered = this.#state.kind === 'up';
    if (!this.#move('ended')) return;
    this.#media.close();
    this.#handlers.onEnded({ by, answered });
    if (by !== 'local') this.#handlers.onFarEndKnows();
  }

  #move(event: LegEvent): boolean {
    const next = nextLegState(this.#state, event);
    if (next === null) return false;
    this.#state = next;
    return true;
  }
}
