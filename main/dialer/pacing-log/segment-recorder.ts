import { deflateRawSync } from 'node:zlib';
import type { Clock } from '#shared/util/index.ts';
import type { Store } from '../../store/types.ts';
import type { PacerAnswer, PacerLine } from '../pacing/index.ts';
import { pacingLogWrites } from './pacing-log-writes.ts';

export interface SegmentRecorderOptions {
  store: Store;
  clock: Clock;
  segmentId: string;
  campaignId: string;
  /** epoch ms */
  startedAt: number;
  /** the configuration exactly as the pacer got it */
  configJson: string;
  log(message: string, details?: Record<string, unknown>): void;
}

const FLUSH_EVERY_MS = 3_000;
const BEHIND_CALLS = { priority: 'import' } as const;

/**
 * Keeps what one pacer is told and what it says, line by line, until it is closed. What a flush has written is safe from a
 * crash of the program.
 */
export class SegmentRecorder {
  readonly #options: SegmentRecorderOptions;
  #lines: string[] = [];
  #fromAt: number;
  #toAt: number;
  #decisions = 0;
  #dials = 0;
  #cancels = 0;
  #cancelFlush: (() => void) | null = null;
  #written: Promise<void>;

  constructor(options: SegmentRecorderOptions) {
    this.#options = options;
    const { store, segmentId, campaignId, startedAt, configJson } = options;
    this.#fromAt = startedAt;
    this.#toAt = startedAt;
    this.#written = this.#guard(
      store.write(
        pacingLogWrites,
        'pacing-log.open',
        { segmentId, campaignId, startedAt, configJson },
        BEHIND_CALLS,
      ),
    );
  }

  /** @param answer with a `decide` */
  note(line: PacerLine, answer: PacerAnswer | null): void {
    if (this.#lines.length === 0) this.#fromAt = line.at;
    this.#toAt = line.at;
    this.#lines.push(JSON.stringify(line));
    if (answer !== null) {
      this.#lines.push(JSON.stringify(answer));
      this.#decisions += 1;
      this.#dials += answer.dial;
      this.#cancels += answer.cancel.length;
    }
    this.#cancelFlush ??= this.#options.clock.setTimer(FLUSH_EVERY_MS, () => void this.flush());
  }

  /** Resolves when everything noted so far is written. */
  flush(): Promise<void> {
    this.#cancelFlush?.();
    this.#cancelFlush = null;
    if (this.#lines.length === 0) return this.#written;
    const { store, segmentId, campaignId } = this.#options;
    const row = {
      segmentId,
      campaignId,
      fromAt: this.#fromAt,
      toAt: this.#toAt,
      decisions: this.#decisions,
      dials: this.#dials,
      cancels: this.#cancels,
      lines: new Uint8Array(deflateRawSync(this.#lines.join('\n'))),
    };
    this.#lines = [];
    this.#decisions = 0;
    this.#dials = 0;
    this.#cancels = 0;
    // One after another: the lines of a segment are read in the order of their chunks.
    this.#written = this.#written.then(() =>
      this.#guard(store.write(pacingLogWrites, 'pacing-log.append', row, BEHIND_CALLS)),
    );
    return this.#written;
  }

  async close(): Promise<void> {
    const { store, clock, segmentId } = this.#options;
    const endedAt = Math.max(this.#toAt, clock.now());
    await this.flush();
    await this.#guard(
      store.write(pacingLogWrites, 'pacing-log.close', { segmentId, endedAt }, BEHIND_CALLS),
    );
  }

  /** Dialing goes on without its record rather than not at all. */
  #guard(write: Promise<unknown>): Promise<void> {
    return write.then(
      () => {},
      (error: unknown) => this.#options.log('pacing not recorded', { error: String(error) }),
    );
  }
}
