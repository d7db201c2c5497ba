import { encodeMuLaw, FRAME_SAMPLES } from './g711.ts';
import type { SoundSource } from './sound-source.ts';

const SAMPLE_RATE_HZ = 8_000;
const NOTE_SAMPLES = 6_400;
/** a slow pentatonic figure, Hz; 0 rests */
const NOTES_HZ = [392, 440, 523.25, 0, 587.33, 523.25, 440, 0, 329.63, 392, 440, 0, 392, 0, 0, 0];
/** about -26 dBFS: well under speech */
const AMPLITUDE = 2_300;

/** Gentle generated music for a held debtor when no file is configured. Never ends. */
export class ComfortMelody implements SoundSource {
  #position = 0;

  nextFrame(): Uint8Array {
    const samples = new Float64Array(FRAME_SAMPLES);
    for (let i = 0; i < FRAME_SAMPLES; i += 1) samples[i] = sampleAt(this.#position + i);
    this.#position += FRAME_SAMPLES;
    return encodeMuLaw(samples);
  }
}

function sampleAt(position: number): number {
  const noteHz = NOTES_HZ[Math.floor(position / NOTE_SAMPLES) % NOTES_HZ.length] ?? 0;
  const inNote = position % NOTE_SAMPLES;
  const angle = (2 * Math.PI * noteHz * inNote) / SAMPLE_RATE_HZ;
  return AMPLITUDE * envelope(inNote) * (Math.sin(angle) + 0.25 * Math.sin(2 * angle));
}

function envelope(inNote: number): number {
  const attack = Math.min(1, inNote / 400);
  const release = Math.min(1, (NOTE_SAMPLES - inNote) / 1_600);
  return attack * release * Math.exp(-inNote / 5_000);
}
