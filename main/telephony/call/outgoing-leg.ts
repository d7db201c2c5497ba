import { AppError } from '#shared/errors/index.ts';
import type { MediaPort } from '../media/media-protocol.ts';
import type { DialogIdentity, OutgoingCall, SipFinal } from '../sip/types.ts';
import { type LegEvent, type LegState, nextLegState } from './leg-machine.ts';
import { LegMedia } from './leg-media.ts';
import type { TrunkGate } from './types.ts';

export interface OutgoingLegRequest {
  legId: string;
  trunkId: string;
  /** E.164 */
  number: string;
  /** E.164 */
  callerId: string;
}

export interface OutgoingLegHandlers {
  /** the INVITE leaves after this has resolved: make the dialog's identity durable here */
  beforeSend(identity: DialogIdentity): Promise<void>;
  onRinging(): void;
  /** sound before the answer: what the far end sends now is ringing or an announcement */
  onEarlyMedia?(): void;
  /** the ACK leaves when the promise settles: make the confirmed dialog durable in it */
  onAnswered(identity: DialogIdentity): Promise<void> | void;
  onFailed(final: SipFinal): void;
  /** over for us: with `local` the BYE is still on its way */
  onEnded(end: { by: 'local' | 'remote' | 'network'; q850Cause: number | null }): void;
  /**
   * The far end knows that it is over, or will never answer: it ended it, refused it, or answered our BYE. Until then the
   * row of the dialog stays open, so that a restart tells it again. May come twice.
   */
  onFarEndKnows?(): void;
}

/** A call that we place over a trunk: one SIP dialog and one RTP socket, opened and closed together. */
export class OutgoingLeg {
  readonly legId: string;
  #state: LegState = { kind: 'idle' };
  #sip: OutgoingCall | null = null;
  #legMedia: LegMedia | null = null;
  #hangUpAsked = false;
  readonly #request: OutgoingLegRequest;
  readonly #handlers: OutgoingLegHandlers;
  readonly #media: MediaPort;
  readonly #trunks: TrunkGate;

  constructor(
    ports: { media: MediaPort; trunks: TrunkGate },
    request: OutgoingLegRequest,
    handlers: OutgoingLegHandlers,
  ) {
    this.legId = request.legId;
    this.#request = request;
    this.#handlers = handlers;
    this.#media = ports.media;
    this.#trunks = ports.trunks;
  }

  get state(): LegState['kind'] {
    return this.#state.kind;
  }

  /** Opens the media socket and sends the INVITE. Failures arrive at `onFailed`, not as exceptions. */
  async dial(): Promise<void> {
    this.#move('dial');
    try {
      const offerSdp = await this.#openMedia();
      if (this.#hangUpAsked)
        return this.#fail({ status: 487, reasonPhrase: 'Cancelled', q850Cause: null });
      this.#sip = this.#trunks.invite(this.#request.trunkId, {
        toNumber: this.#request.number,
        callerId: this.#request.callerId,
        offerSdp,
        beforeSend: (identity) => this.#handlers.beforeSend(identity),
        onProvisional: (response) => this.#onProvisional(response),
        onAnswered: (answer) => this.#onAnswered(answer),
        onFailed: (final) => this.#fail(final),
        onEnded: (end) => this.#onEnded(end),
        onOffer: (sdp) => this.#onOffer(sdp),
      });
    } catch (error) {
      this.#fail({ status: 0, reasonPhrase: describe(error), q850Cause: null });
    }
  }

  /** CANCEL or BYE; the end is reported by `onFailed` or `onEnded`. */
  async hangUp(): Promise<void> {
    this.#hangUpAsked = true;
    await this.#sip?.hangUp();
    if (this.#state.kind === 'ended') this.#handlers.onFarEndKnows?.();
  }

  async #openMedia(): Promise<string> {
    const settings = this.#trunks.mediaOf(this.#request.trunkId);
    const legMedia = new LegMedia(this.#media, this.legId, settings);
    await legMedia.open();
    this.#legMedia = legMedia;
    return legMedia.offer();
  }

  #onProvisional(response: { status: number; earlyMediaSdp: string | null }): void {
    const { earlyMediaSdp } = response;
    const early = earlyMediaSdp !== null && this.#legMedia?.takeAnswer(earlyMediaSdp) === true;
    if (response.status > 100 && this.#move('ringing')) this.#handlers.onRinging();
    if (early && this.#state.kind === 'ringing') this.#handlers.onEarlyMedia?.();
  }

  #onAnswered(answer: { answerSdp: string; identity: DialogIdentity }): Promise<void> | undefined {
    if (!this.#move('answered')) return undefined;
    if (this.#legMedia?.takeAnswer(answer.answerSdp) !== true) {
      void this.hangUp();
      return undefined;
    }
    return this.#handlers.onAnswered(answer.identity) ?? undefined;
  }

  async #onOffer(sdp: string): Promise<string> {
    if (this.#legMedia === null) throw new AppError('sdp.no-socket', 'the leg has no media');
    return this.#legMedia.answer(sdp);
  }

  #fail(final: SipFinal): void {
    // Over already; that a person was reached all the same is still to be counted.
    if (!this.#move('failed') && final.answeredWhileCancelling !== true) return;
    this.#closeMedia();
    this.#handlers.onFailed(final);
    this.#handlers.onFarEndKnows?.();
  }

  #onEnded(end: { by: 'local' | 'remote' | 'network'; q850Cause: number | null }): void {
    if (!this.#move('ended')) return;
    this.#closeMedia();
    this.#handlers.onEnded(end);
    if (end.by !== 'local') this.#handlers.onFarEndKnows?.();
  }

  #closeMedia(): void {
    this.#legMedia?.close();
    this.#legMedia = null;
  }

  #move(event: LegEvent): boolean {
    const next = nextLegState(this.#state, event);
    if (next === null) return false;
    this.#state = next;
    return true;
  }
}

function describe(error: unknown): string {
  return error instanceof AppError ? error.code : 'internal';
}
