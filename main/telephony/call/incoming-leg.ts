import { buildTrunkAnswer, parseTrunkSdp } from '../media/index.ts';
import type { MediaPort } from '../media/media-protocol.ts';
import type { IncomingCall } from '../sip/types.ts';
import { type LegEvent, type LegState, nextLegState } from './leg-machine.ts';
import { answerOffer, applyRemote, closeLegSocket, openLegSocket } from './leg-media.ts';
import type { TrunkMedia } from './types.ts';

export interface IncomingLegHandlers {
  /** CANCEL, or BYE after the answer */
  onEnded(end: { by: 'local' | 'remote' | 'network'; answered: boolean }): void;
}

/** A call that comes in over a trunk. */
export class IncomingLeg {
  readonly legId: string;
  readonly sip: IncomingCall;
  #state: LegState = { kind: 'ringing' };
  #local: { host: string; port: number } | null = null;
  readonly #media: MediaPort;
  readonly #settings: TrunkMedia;
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
    this.#media = media;
    this.#settings = settings;
    this.#handlers = handlers;
    sip.onCancelled = () => this.#end('remote');
    sip.onEnded = (end) => this.#end(end.by);
    sip.onOffer = async (sdp) => this.#onOffer(sdp);
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
    const offer = this.sip.offerSdp;
    const remote = offer === null ? null : parseTrunkSdp(offer);
    if (offer === null || remote === null || !remote.ok) {
      this.reject(488, 'Not Acceptable Here');
      return false;
    }
    this.#local = await openLegSocket(this.#media, this.legId, this.#settings);
    if (this.#state.kind !== 'ringing') {
      this.#closeMedia();
      return false;
    }
    const sdp = buildTrunkAnswer(offer, { ...this.#local, codecs: this.#settings.codecs });
    applyRemote(this.#media, this.legId, remote.value);
    this.#move('answered');
    await this.sip.answer(sdp);
    return this.state === 'up';
  }

  reject(status: number, reasonPhrase: string): void {
    if (this.#state.kind !== 'ringing') return;
    this.sip.reject(status, reasonPhrase);
    this.#end('local');
  }

  async hangUp(): Promise<void> {
    if (this.#state.kind === 'ringing') return this.reject(480, 'Temporarily Unavailable');
    await this.sip.hangUp();
    this.#end('local');
  }

  #onOffer(sdp: string): string {
    const local = this.#local ?? { host: this.#settings.bindHost, port: 0 };
    return answerOffer(this.#media, this.legId, local, this.#settings.codecs, sdp);
  }

  #end(by: 'local' | 'remote' | 'network'): void {
    const answered = this.#state.kind === 'up';
    if (!this.#move('ended')) return;
    this.#closeMedia();
    this.#handlers.onEnded({ by, answered });
  }

  #closeMedia(): void {
    if (this.#local === null) return;
    this.#local = null;
    closeLegSocket(this.#media, this.legId);
  }

  #move(event: LegEvent): boolean {
    const next = nextLegState(this.#state, event);
    if (next === null) return false;
    this.#state = next;
    return true;
  }
}
