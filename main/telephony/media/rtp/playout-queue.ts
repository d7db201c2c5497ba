import { FRAME_SAMPLES, MU_LAW_SILENCE } from '../sound/g711.ts';
import { peakOf } from '../sound/level-meter.ts';
import { timestampDifference } from './rtp-packet.ts';

const CAPACITY_SAMPLES = 8_192;
/** one frame in hand at the start: with the frame being played and the phase of our clock, 20 to 40 ms */
const START_SAMPLES = 160;
/** beyond this the oldest goes at once: 200 ms of delay is worse than a gap */
const OVERFLOW_SAMPLES = 1_600;
/** more than this in hand, all the time, is delay that nothing needs */
const SPARE_SAMPLES = 320;
/** so much delay is cut without waiting for silence */
const URGENT_SAMPLES = 640;
/** a jump of a second or more is a new stream */
const RESTART_SAMPLES = 8_000;
/** frames over which the smallest amount in hand is taken: 1 s to grow, 5 s to shrink */
const GROW_WINDOW_FRAMES = 50;
const SHRINK_WINDOW_FRAMES = 250;
const URGENT_WINDOW_FRAMES = 25;
/** about -42 dBFS: below it a frame may vanish or be doubled unheard */
const QUIET_PEAK = 260;
/** after so many empty frames the stream counts as paused, and begins anew */
const PAUSED_FRAMES = 10;

/**
 * Our jitter buffer from the carrier (or the page) to a 20 ms clock. Packets of any length are written at their
 * timestamps; `pop` takes 20 ms. The delay adapts to what is measured, the least that was in hand after a frame: it grows when
 * the queue runs dry, shrinks when there was always more than needed, and both are done in silence where possible.
 * Clock drift shows as the same. Never call with telephone-events: they repeat one timestamp.
 */
export class PlayoutQueue {
  readonly #bytes = new Uint8Array(CAPACITY_SAMPLES);
  readonly #present = new Uint8Array(CAPACITY_SAMPLES);
  /** next sample to be played, RTP timestamp; null before the first packet and after a pause */
  #playTimestamp: number | null = null;
  #endTimestamp = 0;
  #ssrc = 0;
  #slips = 0;
  #latePackets = 0;
  #emptyFrames = 0;
  #leastInHand = Number.POSITIVE_INFINITY;
  #windowFrames = 0;

  /** frames inserted, dropped or cut to follow the sender's clock */
  get slips(): number {
    return this.#slips;
  }

  get latePackets(): number {
    return this.#latePackets;
  }

  /** samples that wait, 8 to a ms */
  get inHand(): number {
    if (this.#playTimestamp === null) return 0;
    return Math.max(0, timestampDifference(this.#endTimestamp, this.#playTimestamp));
  }

  clear(): void {
    this.#present.fill(0);
    this.#playTimestamp = null;
    this.#emptyFrames = 0;
    this.#resetWindow();
  }

  /** Takes µ-law audio at its RTP timestamp. */
  push(packet: { ssrc: number; rtpTimestamp: number; payload: Uint8Array }): void {
    if (packet.payload.length === 0 || packet.payload.length > OVERFLOW_SAMPLES) return;
    if (this.#mustRestart(packet)) this.#restart(packet);
    const offset = timestampDifference(packet.rtpTimestamp, this.#playTimestamp ?? 0);
    if (offset + packet.payload.length <= 0) {
      this.#latePackets += 1;
      return;
    }
    this.#write(packet.rtpTimestamp, packet.payload, Math.max(0, -offset));
    const end = (packet.rtpTimestamp + packet.payload.length) >>> 0;
    if (timestampDifference(end, this.#endTimestamp) > 0) this.#endTimestamp = end;
    if (this.inHand > OVERFLOW_SAMPLES) this.#cutTo(SPARE_SAMPLES);
  }

  /** The next 20 ms: 160 µ-law bytes, or null when nothing feeds it (play silence). */
  pop(): Uint8Array | null {
    if (this.#playTimestamp === null) return null;
    if (this.inHand === 0) return this.#popEmpty();
    this.#emptyFrames = 0;
    const frame = this.#take();
    this.#adapt(frame);
    return frame;
  }

  #popEmpty(): null {
    this.#emptyFrames += 1;
    // standing still inserts a frame: what comes late is heard later instead of never
    if (this.#emptyFrames === 1) this.#slips += 1;
    if (this.#emptyFrames >= PAUSED_FRAMES) this.clear();
    this.#resetWindow();
    return null;
  }

  #mustRestart(packet: { ssrc: number; rtpTimestamp: number }): boolean {
    if (this.#playTimestamp === null || packet.ssrc !== this.#ssrc) return true;
    return Math.abs(timestampDifference(packet.rtpTimestamp, this.#endTimestamp)) > RESTART_SAMPLES;
  }

  #restart(packet: { ssrc: number; rtpTimestamp: number }): void {
    this.clear();
    this.#ssrc = packet.ssrc;
    this.#playTimestamp = (packet.rtpTimestamp - START_SAMPLES) >>> 0;
    this.#endTimestamp = packet.rtpTimestamp;
  }

  #write(timestamp: number, payload: Uint8Array, skip: number): void {
    for (let i = skip; i < payload.length; i += 1) {
      const index = (timestamp + i) % CAPACITY_SAMPLES;
      this.#bytes[index] = payload[i] ?? MU_LAW_SILENCE;
      this.#present[index] = 1;
    }
  }

  #take(): Uint8Array {
    const frame = new Uint8Array(FRAME_SAMPLES);
    const start = this.#playTimestamp ?? 0;
    for (let i = 0; i < FRAME_SAMPLES; i += 1) {
      const index = (start + i) % CAPACITY_SAMPLES;
      frame[i] = this.#present[index] ? (this.#bytes[index] ?? MU_LAW_SILENCE) : MU_LAW_SILENCE;
      this.#present[index] = 0;
    }
    this.#playTimestamp = (start + FRAME_SAMPLES) >>> 0;
    return frame;
  }

  #adapt(frame: Uint8Array): void {
    this.#leastInHand = Math.min(this.#leastInHand, this.inHand);
    this.#windowFrames += 1;
    const least = this.#leastInHand;
    const quiet = peakOf(frame) < QUIET_PEAK;
    if (this.#windowFrames >= URGENT_WINDOW_FRAMES && least >= URGENT_SAMPLES) this.#dropFrame();
    else if (this.#windowFrames >= SHRINK_WINDOW_FRAMES && least >= SPARE_SAMPLES && quiet)
      this.#dropFrame();
    else if (this.#windowFrames >= GROW_WINDOW_FRAMES && least === 0 && quiet) this.#repeatFrame();
    else if (this.#windowFrames >= 2 * SHRINK_WINDOW_FRAMES) this.#resetWindow();
  }

  #dropFrame(): void {
    this.#take();
    this.#slips += 1;
    this.#resetWindow();
  }

  /** plays the quiet frame's place once more: the samples before the pointer are absent, so silence */
  #repeatFrame(): void {
    this.#playTimestamp = ((this.#playTimestamp ?? 0) - FRAME_SAMPLES) >>> 0;
    this.#slips += 1;
    this.#resetWindow();
  }

  #cutTo(samples: number): void {
    while (this.inHand > samples + FRAME_SAMPLES - 1) {
      this.#take();
      this.#slips += 1;
    }
    this.#resetWindow();
  }

  #resetWindow(): void {
    this.#leastInHand = Number.POSITIVE_INFINITY;
    this.#windowFrames = 0;
  }
}
