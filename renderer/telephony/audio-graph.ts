import { dominantHz, rmsDbfs } from './sound-level.ts';

/** One tap on a stream: its level and, for tests, its spectrum. */
class Tap {
  readonly #source: MediaStreamAudioSourceNode;
  readonly #analyser: AnalyserNode;
  readonly #samples: Float32Array<ArrayBuffer>;

  constructor(context: AudioContext, stream: MediaStream) {
    this.#analyser = context.createAnalyser();
    // 2048 samples: 43 ms at 48 kHz
    this.#analyser.fftSize = 2048;
    this.#analyser.smoothingTimeConstant = 0;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#source = context.createMediaStreamSource(stream);
    this.#source.connect(this.#analyser);
  }

  levelDbfs(): number {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return rmsDbfs(this.#samples);
  }

  dominantHz(): number | null {
    const spectrum = new Float32Array(this.#analyser.frequencyBinCount);
    this.#analyser.getFloatFrequencyData(spectrum);
    return dominantHz(spectrum, this.#analyser.context.sampleRate);
  }

  close(): void {
    this.#source.disconnect();
  }
}

export type Direction = 'microphone' | 'remote';

/** Meters of both directions and the ringing tone. Made with the first sound, because browsers want a gesture before. */
export class AudioGraph {
  #context: AudioContext | null = null;
  readonly #taps = new Map<Direction, Tap>();
  #stopRinging: (() => void) | null = null;

  /** Call from a gesture, else the context may stay suspended. */
  wake(): AudioContext {
    this.#context ??= new AudioContext({ latencyHint: 'interactive' });
    void this.#context.resume();
    return this.#context;
  }

  listen(direction: Direction, stream: MediaStream | null): void {
    this.#taps.get(direction)?.close();
    this.#taps.delete(direction);
    if (stream && stream.getAudioTracks().length > 0) {
      this.#taps.set(direction, new Tap(this.wake(), stream));
    }
  }

  levelDbfs(direction: Direction): number {
    return this.#taps.get(direction)?.levelDbfs() ?? -100;
  }

  dominantHz(direction: Direction): number | null {
    return this.#taps.get(direction)?.dominantHz() ?? null;
  }

  /** A soft two-tone ring, one second in three, until `stopRinging`. @param volume 0–1 */
  startRinging(volume: number): void {
    if (this.#stopRinging) return;
    const context = this.wake();
    const gain = context.createGain();
    gain.gain.value = 0;
    gain.connect(context.destination);
    const tones = [440, 554].map((frequency) => {
      const tone = context.createOscillator();
      tone.frequency.value = frequency;
      tone.connect(gain);
      tone.start();
      return tone;
    });
    const ring = (): void => {
      const now = context.currentTime;
      gain.gain.cancelScheduledValues(now);
      gain.gain.setTargetAtTime(volume * 0.12, now, 0.02);
      gain.gain.setTargetAtTime(0, now + 1, 0.05);
    };
    ring();
    const interval = setInterval(ring, 3000);
    this.#stopRinging = () => {
      clearInterval(interval);
      for (const tone of tones) tone.stop();
      gain.disconnect();
    };
  }

  stopRinging(): void {
    this.#stopRinging?.();
    this.#stopRinging = null;
  }
}
