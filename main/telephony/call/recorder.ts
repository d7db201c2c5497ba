import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { IdSource } from '#shared/util/index.ts';
import type { Store } from '../../store/types.ts';
import type { MediaPort } from '../media/media-protocol.ts';
import type { LiveCall, LiveCalls } from './live-calls.ts';
import type { Player } from './player.ts';
import type { Prompts } from './prompts.ts';
import { recordingWrites, type Stopped } from './recording-writes.ts';

export interface RecorderOptions {
  store: Store;
  media: MediaPort;
  calls: LiveCalls;
  player: Player;
  prompts: Prompts;
  idSource: IdSource;
  /** where encrypted recordings are kept */
  directory: string;
  /** what can be played of a recording that was cut off; null when nothing can */
  recover(recordingId: string): Promise<{ durationMs: number; bytes: number } | null>;
  log(message: string, details?: Record<string, unknown>): void;
}

interface Pending {
  call: LiveCall;
  /** the announcement was heard to its end, or none is due */
  announced: boolean;
  /** the debtor agreed, or need not be asked */
  consented: boolean;
}

/**
 * Starts and stops the recorder of each call: never before the announcement has been heard, never against the
 * rules, and with its row durable before the first byte is written.
 */
export class Recorder {
  /** calls whose recorder may start as soon as nothing of the rules is in its way any more */
  readonly #pending = new Map<string, Pending>();
  /** calls whose debtor does not want to be recorded */
  readonly #refused = new WeakSet<LiveCall>();
  readonly #options: RecorderOptions;
  readonly #working = new Set<Promise<void>>();

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
    const pending = this.#pending.get(callId);
    if (pending === undefined) return;
    pending.consented = true;
    await this.#startIfAllowed(pending);
  }

  /**
   * The debtor does not want to be recorded: a recorder that runs stops at once, one that waits never starts, and the call
   * goes on. What was recorded is erased where all must agree, and kept where it had to be announced only.
   * @throws AppError `call.unknown` when the call is over
   */
  async refuse(callId: string, personId: string): Promise<{ mustEnd: boolean }> {
    const call = this.#options.calls.find(callId);
    if (call === null) throw new AppError('call.unknown', 'no such call is up');
    const { mandatory, forbidden } = call.recordingPolicy;
    const mustEnd = mandatory;
    if (forbidden || this.#refused.has(call)) return { mustEnd };
    this.#refused.add(call);
    this.#pending.delete(callId);
    const { recordingId } = call.view;
    this.#options.calls.update(callId, { recording: 'refused', recordingId: null });
    await this.#writeRefusal(call, { personId, recordingId, mustEnd });
    return { mustEnd };
  }

  async #writeRefusal(
    call: LiveCall,
    refusal: { personId: string; recordingId: string | null; mustEnd: boolean },
  ): Promise<void> {
    const { store, directory } = this.#options;
    const { recordingId } = refusal;
    // Stopped before anything is written down: the next word is not recorded.
    const stopped = recordingId === null ? null : await this.#stopped(recordingId);
    const { fileName } = await store.write(
      recordingWrites,
      'recording.refuse',
      { callId: call.view.callId, ...refusal, erase: call.recordingPolicy.consent, stopped },
      { priority: 'call' },
    );
    if (fileName !== null) await rm(join(directory, fileName), { force: true });
  }

  async #onConnected(call: LiveCall): Promise<void> {
    const policy = call.recordingPolicy;
    const { callId } = call.view;
    if (this.#refused.has(call)) return;
    if (!policy.wanted || policy.forbidden || call.view.recordingId !== null) return;
    if (this.#pending.has(callId)) return;
    const pending: Pending = { call, announced: !policy.announce, consented: !policy.consent };
    this.#pending.set(callId, pending);
    this.#options.calls.update(callId, { recording: 'waiting' });
    if (policy.announce) {
      const file = this.#options.prompts.file('recording-notice', call.language);
      const outcome = await this.#options.player.playToLeg(call.leg.legId, file);
      if (outcome === 'gone') return;
      pending.announced = true;
    }
    await this.#startIfAllowed(pending);
  }

  async #startIfAllowed(pending: Pending): Promise<void> {
    const { callId } = pending.call.view;
    if (!pending.announced || !pending.consented) return;
    // Taken out before anything is awaited: a recorder starts once for a call.
    if (this.#pending.delete(callId)) await this.#start(pending.call);
  }

  async #start(call: LiveCall): Promise<void> {
    const { store, media, calls, idSource, directory } = this.#options;
    const { callId } = call.view;
    if (calls.find(callId) === null || this.#refused.has(call)) return;
    const recordingId = idSource.next();
    const keyHex = randomBytes(32).toString('hex');
    const fileName = `${recordingId}.ddr`;
    await store.write(
      recordingWrites,
      'recording.begin',
      { recordingId, callId, debtorId: call.view.debtorId, fileName, keyHex },
      { priority: 'call' },
    );
    try {
      await media.request('startRecording', {
        recordingId,
        legId: call.leg.legId,
        file: join(directory, fileName),
        keyHex,
      });
    } catch (error) {
      calls.update(callId, { recording: 'off' });
      await this.#finish(recordingId, 'failed', null);
      throw error;
    }
    if (this.#refused.has(call)) return this.#refusedWhileStarting(call, recordingId);
    calls.update(callId, { recording: 'on', recordingId });
    // It ended while the recorder was being started, and nobody knew of a recording to stop.
    if (calls.find(callId) === null) await this.#stop(recordingId);
  }

  /** The refusal was told already, of a recorder that had not started. */
  async #refusedWhileStarting(call: LiveCall, recordingId: string): Promise<void> {
    const { personId } = call.view;
    const { mandatory } = call.recordingPolicy;
    const refusal = { personId: personId ?? '', recordingId, mustEnd: mandatory };
    await this.#writeRefusal(call, refusal);
  }

  async #onEnded(call: LiveCall): Promise<void> {
    this.#pending.delete(call.view.callId);
    const { recordingId } = call.view;
    if (recordingId !== null) await this.#stop(recordingId);
  }

  async #stop(recordingId: string): Promise<void> {
    const { state, size } = await this.#stopped(recordingId);
    await this.#finish(recordingId, state, size);
  }

  /** The recorder does not run any more when this resolves. */
  async #stopped(recordingId: string): Promise<Stopped> {
    const size = await this.#options.media
      .request('stopRecording', { recordingId })
      .catch(() => null);
    if (size !== null) return { state: 'complete', size };
    // The media process died with the recorder in it: what reached the disk is kept.
    const recovered = await this.#options.recover(recordingId);
    return { state: recovered === null ? 'failed' : 'recovered', size: recovered };
  }

  async #finish(
    recordingId: string,
    state: Stopped['state'],
    size: Stopped['size'],
  ): Promise<void> {
    await this.#options.store.write(
      recordingWrites,
      'recording.finish',
      { recordingId, state, ...(size ?? { durationMs: null, bytes: null }) },
      { priority: 'call' },
    );
  }

  /** Resolves when what was begun is written down. */
  async settled(): Promise<void> {
    await Promise.all(this.#working);
  }

  #guard(work: Promise<void>): void {
    const guarded = work
      .catch((error: unknown) =>
        this.#options.log('recording', {
          error: error instanceof Error ? error.message : String(error),
        }),
      )
      .finally(() => this.#working.delete(guarded));
    this.#working.add(guarded);
  }
}
