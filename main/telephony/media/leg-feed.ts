import { DtmfSource } from './sound/dtmf-source.ts';
import { SILENT_FRAME } from './sound/g711.ts';
import type { SoundSource } from './sound/sound-source.ts';

/** A sound being played by request. */
export interface Playing {
  playId: string;
  source: SoundSource;
}

/** Who feeds a side by default. */
export type Feeder = 'agent' | 'agentMuted' | 'music' | 'nobody';

/**
 * What is sent towards the debtor in one frame. First that applies: in-band digits, a prompt, hold music, the agent
 * (whose packets go past the clock), silence.
 */
export class LegFeed {
  play: Playing | null = null;
  #digits: DtmfSource | null = null;
  readonly #makeMusic: () => SoundSource;
  #music: SoundSource | null = null;
  readonly #onPlayEnded: (playId: string) => void;

  constructor(makeMusic: () => SoundSource, onPlayEnded: (playId: string) => void) {
    this.#makeMusic = makeMusic;
    this.#onPlayEnded = onPlayEnded;
  }

  enqueueDigits(digits: string): void {
    this.#digits ??= new DtmfSource();
    this.#digits.enqueue(digits);
  }

  /** true while the agent's packets must not be passed on */
  get covered(): boolean {
    return this.play !== null || this.#digits !== null;
  }

  /** @returns the frame, and whether it is worth recording as our side; `audio` null = the agent's packets */
  nextFrame(feeder: Feeder): { audio: Uint8Array | null; spoken: Uint8Array | null } {
    const over = this.#digitFrame() ?? this.#playFrame();
    if (over) return { audio: over, spoken: over };
    if (feeder !== 'music') this.#music = null;
    if (feeder === 'agent') return { audio: null, spoken: null };
    if (feeder !== 'music') return { audio: SILENT_FRAME, spoken: null };
    this.#music ??= this.#makeMusic();
    return { audio: this.#music.nextFrame() ?? SILENT_FRAME, spoken: null };
  }

  #digitFrame(): Uint8Array | null {
    const frame = this.#digits?.nextFrame() ?? null;
    if (!frame) this.#digits = null;
    return frame;
  }

  #playFrame(): Uint8Array | null {
    const frame = this.play?.source.nextFrame() ?? null;
    if (frame || !this.play) return frame;
    const { playId } = this.play;
    this.play = null;
    this.#onPlayEnded(playId);
    return null;
  }
}
