import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { IdSource } from '#shared/util/index.ts';
import type { Store } from '../../store/types.ts';
import type { MediaPort } from '../media/media-protocol.ts';
import type { LiveCall, LiveCalls } from './live-calls.ts';
import type { Player } from './player.ts';
import type { Prompts } from './prompts.ts';
import { recordingWrites } from './recording-writes.ts';

export interface RecorderOptions {
  store: Store;
  media: MediaPort;
  calls: LiveCalls;
  player: Player;
  prompts: Prompts;
  idSource: IdSource;
  /** where encrypted recordings are kept */
  directory: string;
  log(message: string, details?: Record<string, unknown>): void;
}

/**
 * Starts and stops the recorder of each call: never before the announcement has been heard, never against the
 * rules, and with its row durable before the first byte is written.
 */
export class Recorder {
  readonly #options: RecorderOptions;

  constructor(options: RecorderOptions) {
    this.#options = options;
    options.calls.on((event) => {
      if (event.type === 'connected') this.#guard(this.#onConnected(event.call));
      else if (event.type === 'ended') this.#guard(this.#onEnded(event.call));
    });
    options.media.onEvent((event) => {
      if (event.type === 'recordingFailed')
        this.#guard(this.#finish(event.recordingId, 'failed', null));
    });
  }

  /** The agent has heard the debtor agree to be recorded. */
  async confirmConsent(callId: string): Promise<void> {
    const call = this.#options.calls.find(callId);
    if (call?.view.recording === 'waiting') await this.#start(call);
  }

  async #onConnected(call: LiveCall): Promise<void> {
    const policy = call.recordingPolicy;
    if (!policy.wanted || policy.forbidden || call.view.recordingId !== null) return;
    this.#options.calls.update(call.view.callId, { recording: 'waiting' });
    if (policy.announce) {
      const file = this.#options.prompts.file('recording-notice', call.language);
      const outcome = await this.#options.player.playToLeg(call.leg.legId, file);
      if (outcome === 'gone') return;
    }
    if (!policy.consent) await this.#start(call);
  }

  async #start(call: LiveCall): Promise<void> {
    const { store, media, calls, idSource, directory } = this.#options;
    const { callId } = call.view;
    if (calls.find(callId) === null) return;
    const recordingId = idSource.next();
    const keyHex = randomBytes(32).toString('hex');
    const fileName = `${recordingId}.ddr`;
    await store.write(
      recordingWrites,
      'recording.begin',
      { recordingId, callId, debtorId: call.view.debtorId, fileName, keyHex },
      { priority: 'call' },
    );
    await media.request('startRecording', {
      recordingId,
      legId: call.leg.legId,
      file: join(directory, fileName),
      keyHex,
    });
    calls.update(callId, { recording: 'on', recordingId });
  }

  async #onEnded(call: LiveCall): Promise<void> {
    const { recordingId } = call.view;
    if (recordingId === null) return;
    const stopped = await this.#options.media.request('stopRecording', { recordingId });
    await this.#finish(recordingId, 'complete', stopped);
  }

  async #finish(
    recordingId: string,
    state: 'complete' | 'failed',
    size: { durationMs: number; bytes: number } | null,
  ): Promise<void> {
    await this.#options.store.write(
      recordingWrites,
      'recording.finish',
      { recordingId, state, ...(size ?? { durationMs: null, bytes: null }) },
      { priority: 'call' },
    );
  }

  #guard(work: Promise<void>): void {
    work.catch((error: unknown) =>
      this.#options.log('recording', {
        error: error instanceof Error ? error.message : String(error),
      }),
    );
  }
}
