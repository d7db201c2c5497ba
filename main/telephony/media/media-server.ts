import { readFile, rm } from 'node:fs/promises';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, Random } from '#shared/util/index.ts';
import type { MakeAgentTransport } from './agent/agent-transport.ts';
import type {
  LegId,
  MediaEvent,
  MediaRequestMessage,
  MediaRequestName,
  MediaRequests,
} from './media-protocol.ts';
import { MediaSwitch, type RecorderTap } from './media-switch.ts';
import { ComfortMelody } from './sound/comfort-melody.ts';
import type { SoundSource } from './sound/sound-source.ts';
import { ToneSource } from './sound/tone-source.ts';
import { BytesSource, muLawFromWav } from './sound/wav-file.ts';
import { askStun } from './trunk/ask-stun.ts';
import { openTrunkSockets } from './trunk/trunk-sockets.ts';

type Input<Name extends MediaRequestName> = MediaRequests[Name]['input'];
type Output<Name extends MediaRequestName> = MediaRequests[Name]['output'];
type Handlers = {
  [Name in MediaRequestName]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>;
};

/** A recording being written; `telephony/recording` supplies it. */
export interface Recorder extends RecorderTap {
  /** ends the file; safe to call twice */
  finish(): Promise<{ durationMs: number; bytes: number }>;
}

/** @throws AppError with a code of `recording` */
export type CreateRecording = (options: {
  file: string;
  key: Uint8Array;
  /** epoch ms */
  startedAt: number;
  onFailed: (error: AppError) => void;
}) => Promise<Recorder>;

export interface MediaServerOptions {
  clock: Clock;
  random: Random;
  makeTransport: MakeAgentTransport;
  createRecording: CreateRecording;
  emit: (event: MediaEvent) => void;
}

/** Performs the requests of the media protocol on a switch. */
export class MediaServer {
  readonly switch: MediaSwitch;
  readonly #options: MediaServerOptions;
  readonly #recordings = new Map<string, { legId: LegId; writer: Recorder }>();
  #agentHosts: readonly string[] = ['127.0.0.1'];
  #holdMusic: Uint8Array | null = null;

  constructor(options: MediaServerOptions) {
    this.#options = options;
    this.switch = new MediaSwitch({
      ...options,
      makeHoldMusic: () =>
        this.#holdMusic ? new BytesSource(this.#holdMusic, true) : new ComfortMelody(),
    });
  }

  /** @throws AppError with a code of `media` or `recording` */
  async handle(message: MediaRequestMessage): Promise<unknown> {
    const handler = this.#handlers[message.name] as
      | ((input: MediaRequestMessage['input']) => unknown)
      | undefined;
    if (!handler) throw new AppError('media.unknown-request', `no request ${message.name}`);
    return await handler(message.input);
  }

  /** Ends every recording properly and closes all sockets. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#recordings.keys()].map((id) => this.#stopRecording(id)));
    this.switch.close();
  }

  readonly #handlers: Handlers = {
    configure: async (input) => {
      this.#agentHosts = input.agentHosts;
      this.#holdMusic = input.holdMusicFile ? await readSound(input.holdMusicFile) : null;
      return {};
    },
    openTrunkLeg: (input) => this.#openTrunkLeg(input),
    setTrunkRemote: (input) => {
      this.switch.leg(input.legId).setRemote(input);
      return {};
    },
    closeTrunkLeg: (input) => this.#closeTrunkLeg(input.legId),
    openAgentLine: (input) => this.#openAgentLine(input.lineId),
    setAgentAnswer: (input) => {
      this.switch.line(input.lineId).acceptAnswer(input.answerSdp);
      return {};
    },
    closeAgentLine: (input) => done(this.switch.removeLine(input.lineId)),
    join: (input) => done(this.switch.join(input.legId, input.lineId, input.alertTone)),
    part: (input) => done(this.switch.part(input.legId)),
    hold: (input) => done(this.switch.setHeld(input.legId, true)),
    resume: (input) => done(this.switch.setHeld(input.legId, false)),
    mute: (input) => done(this.switch.setMuted(input.lineId, input.muted)),
    play: (input) => this.#play(input),
    stopPlay: (input) => done(this.switch.stopPlay(input.playId)),
    sendDtmf: (input) => done(this.switch.sendDigits(input.legId, input.digits)),
    startRecording: (input) => this.#startRecording(input),
    stopRecording: (input) => this.#stopRecording(input.recordingId),
    measure: ({ target }) => {
      const side =
        'legId' in target ? this.switch.leg(target.legId) : this.switch.line(target.lineId);
      return side.meter.read();
    },
    statistics: () => {
      const cpu = process.cpuUsage();
      return {
        ...this.switch.statistics(),
        residentBytes: process.memoryUsage.rss(),
        cpuMs: (cpu.user + cpu.system) / 1000,
      };
    },
  };

  async #openTrunkLeg(input: Input<'openTrunkLeg'>): Promise<Output<'openTrunkLeg'>> {
    const sockets = await openTrunkSockets(input.bindHost, this.#options.random);
    try {
      this.switch.addLeg(input.legId, sockets);
    } catch (error) {
      sockets.close();
      throw error;
    }
    const address = { host: sockets.host, port: sockets.port };
    if (!input.stun) return address;
    const publicAddress = await askStun(sockets.rtp, input.stun, this.#options.clock);
    return publicAddress ? { ...address, publicAddress } : address;
  }

  async #closeTrunkLeg(legId: LegId): Promise<Output<'closeTrunkLeg'>> {
    const statistics = this.switch.removeLeg(legId);
    const ofLeg = [...this.#recordings].filter(([, recording]) => recording.legId === legId);
    // the file is finished in the background: stopRecording still answers with its length
    for (const [, recording] of ofLeg) void recording.writer.finish().catch(() => {});
    return statistics;
  }

  async #openAgentLine(lineId: string): Promise<Output<'openAgentLine'>> {
    const line = this.switch.addLine(lineId, this.#agentHosts);
    try {
      return { offerSdp: await line.createOffer() };
    } catch (error) {
      this.switch.removeLine(lineId);
      throw error;
    }
  }

  async #play(input: Input<'play'>): Promise<Output<'play'>> {
    const source = await makeSource(input.source, input.loop);
    this.switch.startPlay(input.target, { playId: input.playId, source });
    return {};
  }

  async #startRecording(input: Input<'startRecording'>): Promise<Output<'startRecording'>> {
    const { recordingId, legId } = input;
    if (this.#recordings.has(recordingId) || this.switch.recorderOf(legId)) {
      throw new AppError('recording.exists', 'this leg or recording is being recorded already');
    }
    const writer = await this.#options.createRecording({
      file: input.file,
      key: Buffer.from(input.keyHex, 'hex'),
      startedAt: this.#options.clock.now(),
      onFailed: (error) => {
        this.switch.setRecorder(legId, null);
        this.#options.emit({ type: 'recordingFailed', recordingId, code: error.code });
      },
    });
    try {
      this.switch.setRecorder(legId, writer);
    } catch (error) {
      // The leg was closed while its file was being made: an empty recording would look like one.
      await writer.finish().catch(() => {});
      await rm(input.file, { force: true });
      throw error;
    }
    this.#recordings.set(recordingId, { legId, writer });
    return {};
  }

  async #stopRecording(recordingId: string): Promise<Output<'stopRecording'>> {
    const recording = this.#recordings.get(recordingId);
    if (!recording) throw new AppError('recording.unknown', `no recording ${recordingId}`);
    this.#recordings.delete(recordingId);
    this.switch.setRecorder(recording.legId, null);
    return await recording.writer.finish();
  }
}

function done(_performed: unknown): Record<string, never> {
  return {};
}

async function makeSource(source: Input<'play'>['source'], loop: boolean): Promise<SoundSource> {
  if (source.kind === 'tone') return new ToneSource({ ...source, loop });
  return new BytesSource(await readSound(source.file), loop);
}

async function readSound(file: string): Promise<Uint8Array> {
  try {
    return muLawFromWav(await readFile(file));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('media.no-sound-file', 'the sound file cannot be read', { cause: error });
  }
}
