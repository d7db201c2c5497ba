import { SILENT_FRAME } from './g711.ts';
import type { SoundSource } from './sound-source.ts';
import { ToneSource } from './tone-source.ts';

/** ITU-T Q.23, Hz */
const ROWS_HZ = [697, 770, 852, 941] as const;
const COLUMNS_HZ = [1209, 1336, 1477, 1633] as const;
const KEYPAD = ['123A', '456B', '789C', '*0#D'];
const TONE_MS = 120;
const PAUSE_FRAMES = 4;
const LEVEL_DBFS = -12;

/** In-band digits for carriers without telephone-event. Characters that are none are left out. */
export class DtmfSource implements SoundSource {
  #digits: string[] = [];
  #tone: ToneSource | null = null;
  #pauseFrames = 0;

  enqueue(digits: string): void {
    this.#digits.push(...[...digits.toUpperCase()].filter((digit) => pairOf(digit) !== null));
  }

  nextFrame(): Uint8Array | null {
    const frame = this.#tone?.nextFrame();
    if (frame) return frame;
    if (this.#tone) {
      this.#tone = null;
      this.#pauseFrames = PAUSE_FRAMES;
    }
    if (this.#pauseFrames > 0) {
      this.#pauseFrames -= 1;
      return SILENT_FRAME;
    }
    const pair = pairOf(this.#digits.shift() ?? '');
    if (!pair) return null;
    this.#tone = new ToneSource({
      frequenciesHz: pair,
      durationMs: TONE_MS,
      levelDbfs: LEVEL_DBFS,
    });
    return this.#tone.nextFrame();
  }
}

/** Row and column frequency of a digit, Hz; null when it is none. */
export function pairOf(digit: string): [number, number] | null {
  if (digit.length !== 1) return null;
  const row = KEYPAD.findIndex((keys) => keys.includes(digit));
  const rowHz = ROWS_HZ[row];
  const columnHz = COLUMNS_HZ[KEYPAD[row]?.indexOf(digit) ?? -1];
  return rowHz === undefined || columnHz === undefined ? null : [rowHz, columnHz];
}
