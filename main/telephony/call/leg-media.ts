import { AppError } from '#shared/errors/index.ts';
import {
  buildTrunkAnswer,
  buildTrunkOffer,
  type G711PayloadType,
  readTrunkAnswer,
  type TrunkRemote,
} from '../media/index.ts';
import type { MediaPort } from '../media/media-protocol.ts';
import type { TrunkMedia } from './types.ts';

/**
 * The media of one leg: its RTP socket in the media process, and what SDP says of it. The origin of our SDP stays the
 * same for the whole dialog, its version grows (RFC 3264 §8).
 */
export class LegMedia {
  readonly #media: MediaPort;
  readonly #legId: string;
  readonly #settings: TrunkMedia;
  readonly #originId = Math.floor(Math.random() * 2 ** 31);
  #version = 0;
  #local: { host: string; port: number } | null = null;

  constructor(media: MediaPort, legId: string, settings: TrunkMedia) {
    this.#media = media;
    this.#legId = legId;
    this.#settings = settings;
  }

  /** Opens the socket. @throws AppError `media.*` */
  async open(): Promise<void> {
    const { bindHost, publicHost, stun } = this.#settings;
    const opened = await this.#media.request('openTrunkLeg', {
      legId: this.#legId,
      bindHost,
      ...(stun ? { stun } : {}),
    });
    this.#local = {
      host: opened.publicAddress?.host ?? publicHost ?? opened.host,
      port: opened.publicAddress?.port ?? opened.port,
    };
  }

  offer(): string {
    return buildTrunkOffer(this.#own());
  }

  /** Takes the far end's answer to our offer. @returns false when there is nothing to talk with */
  takeAnswer(answerSdp: string): boolean {
    try {
      this.#apply(readTrunkAnswer(answerSdp, { payloadTypes: this.#payloadTypes() }));
      return true;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }

  /** Answers an offer of the far end: the first, or a later one for hold or moved media. @throws AppError `sdp.*` */
  answer(offerSdp: string): string {
    const { answerSdp, remote } = buildTrunkAnswer(offerSdp, this.#own());
    this.#apply(remote);
    return answerSdp;
  }

  close(): void {
    if (this.#local === null) return;
    this.#local = null;
    this.#media.request('closeTrunkLeg', { legId: this.#legId }).catch(ignoreMediaGone);
  }

  #own() {
    if (this.#local === null) throw new AppError('sdp.no-socket', 'the leg has no media yet');
    this.#version += 1;
    return {
      ...this.#local,
      originId: this.#originId,
      version: this.#version,
      payloadTypes: this.#payloadTypes(),
    };
  }

  #payloadTypes(): G711PayloadType[] {
    return this.#settings.codecs.map((codec) => (codec === 'pcmu' ? 0 : 8));
  }

  #apply(remote: TrunkRemote): void {
    this.#media.request('setTrunkRemote', { legId: this.#legId, ...remote }).catch(ignoreMediaGone);
  }
}

/** The media process may have died meanwhile; whoever owns the call hears of that from `onRestart`. */
function ignoreMediaGone(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}
