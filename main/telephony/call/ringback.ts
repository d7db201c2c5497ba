import type { Clock, IdSource } from '#shared/util/index.ts';
import type { MediaPort } from '../media/media-protocol.ts';

export interface RingbackOptions {
  media: MediaPort;
  clock: Clock;
  idSource: IdSource;
  lineIdOf(personId: string): string | null;
}

/** The tone of most of Europe (ITU-T E.180 supplement 2): 425 Hz, one second in five. */
const RINGBACK = { frequenciesHz: [425], onMs: 1_000, periodMs: 5_000, levelDbfs: -20 };

/**
 * What an agent hears while a call by hand rings: the carrier's own sound when it sends one, else a tone of ours. One at
 * a time for each call.
 */
export class Ringback {
  readonly #stops = new Map<string, () => void>();
  readonly #options: RingbackOptions;

  constructor(options: RingbackOptions) {
    this.#options = options;
  }

  /** Plays the tone into this agent's line until it is stopped. */
  start(callId: string, personId: string): void {
    const lineId = this.#options.lineIdOf(personId);
    if (lineId === null || this.#stops.has(callId)) return;
    this.#ring(callId, lineId);
  }

  /** The carrier sends sound before the answer (RFC 3960): the agent hears that instead. */
  listen(callId: string, legId: string, personId: string): void {
    const lineId = this.#options.lineIdOf(personId);
    if (lineId === null) return;
    this.stop(callId);
    this.#stops.set(callId, () => {});
    this.#options.media.request('join', { legId, lineId, alertTone: false }).catch(lineGone);
  }

  stop(callId: string): void {
    this.#stops.get(callId)?.();
    this.#stops.delete(callId);
  }

  #ring(callId: string, lineId: string): void {
    const { media, clock, idSource } = this.#options;
    const playId = idSource.next();
    const { frequenciesHz, onMs, periodMs, levelDbfs } = RINGBACK;
    const again = clock.setTimer(periodMs, () => this.#ring(callId, lineId));
    this.#stops.set(callId, () => {
      again();
      media.request('stopPlay', { playId }).catch(lineGone);
    });
    media
      .request('play', {
        playId,
        target: { lineId },
        source: { kind: 'tone', frequenciesHz, durationMs: onMs, levelDbfs },
        loop: false,
      })
      .catch(lineGone);
  }
}

/** Only a comfort: who owns the call hears of a lost line or media process by other ways. */
function lineGone(): void {}
