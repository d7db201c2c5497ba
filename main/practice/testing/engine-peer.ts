import type { Clock, Random } from '#shared/util/index.ts';
import {
  createSipEndpoint,
  type IncomingCall,
  type OutgoingCall,
  type SipEndpoint,
  type SipEndpointOptions,
  type SipFinal,
} from '../../telephony/sip/index.ts';
import { PromptLibrary } from '../audio/prompt-library.ts';
import type { CallMediaRecord, ReceivedDigit } from '../calls/call-record.ts';
import { CallAudio } from '../media/call-audio.ts';
import { RtpClock } from '../media/rtp-clock.ts';
import { readSdp } from '../media/sdp.ts';
import { TalkPlayer } from '../media/talk-player.ts';
import { systemClock } from '../process/system-clock.ts';
import { type Step, seededRandom } from '../scenario/index.ts';

const noImpairment = { lossPercent: 0, duplicatePercent: 0, delayMs: 0 };
const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** Stands in the engine's place in tests of the carrier: a SIP endpoint and the media of its calls. */
export class EnginePeer {
  readonly endpoint: SipEndpoint;
  readonly clock: Clock = systemClock;
  readonly #random: Random = seededRandom('engine-peer');
  readonly #rtpClock = new RtpClock(systemClock);
  readonly #prompts = new PromptLibrary([]);

  static async open(
    carrier: { host: string; port: number },
    options: Partial<SipEndpointOptions> = {},
  ): Promise<EnginePeer> {
    const endpoint = await createSipEndpoint(
      {
        bindHost: '127.0.0.1',
        bindPort: 0,
        peer: carrier,
        account: { user: 'firm', authUser: 'firm', password: 'secret', domain: carrier.host },
        registerExpiresSec: 60,
        keepAliveMs: 0,
        userAgent: 'test',
        ...options,
      },
      { clock: systemClock, random: seededRandom('sip'), logger },
    );
    return new EnginePeer(endpoint);
  }

  private constructor(endpoint: SipEndpoint) {
    this.endpoint = endpoint;
  }

  /** Calls a number and plays `steps` from the answer on. */
  async call(toUser: string, steps: Step[] = []): Promise<PeerCall> {
    const audio = await this.openAudio();
    const call = new PeerCall(audio);
    call.outgoing = this.endpoint.invite({
      toUser,
      fromUser: '48100000001',
      offerSdp: audio.audio.offer(),
      beforeSend: async () => {},
      onProvisional: ({ status, earlyMediaSdp }) => {
        call.note(`${status}`);
        const remote = earlyMediaSdp === null ? null : readSdp(earlyMediaSdp);
        if (remote === null) return;
        audio.audio.setRemote(remote);
        audio.audio.markAnswered(0);
      },
      onAnswered: ({ answerSdp }) => {
        const remote = readSdp(answerSdp);
        if (remote) audio.audio.setRemote(remote);
        audio.audio.markAnswered(0);
        audio.audio.play(this.player(audio.audio, steps));
        call.note('answered');
      },
      onFailed: (final) => {
        call.final = final;
        call.note('failed');
      },
      onEnded: ({ by }) => call.note(`ended by ${by}`),
      onOffer: async (offerSdp) => {
        const remote = readSdp(offerSdp);
        call.note(`offer ${remote?.direction}`);
        return (remote && audio.audio.answer(remote)) ?? '';
      },
    });
    return call;
  }

  /** Resolves with the next call that the carrier makes to us. */
  nextIncoming(): Promise<IncomingCall> {
    return new Promise((resolve) => {
      this.endpoint.onIncoming = resolve;
    });
  }

  async openAudio(): Promise<PeerAudio> {
    const digits: ReceivedDigit[] = [];
    const audio = await CallAudio.open({
      network: {
        bindHost: '127.0.0.1',
        impairment: noImpairment,
        malformedPercent: 0,
        clock: this.clock,
        random: this.#random,
      },
      clock: this.clock,
      rtpClock: this.#rtpClock,
      codecs: ['pcmu', 'pcma'],
      telephoneEvent: true,
      vanishedAfterMs: 60_000,
      onDigit: (digit) => digits.push(digit),
      onVanished: () => {},
    });
    return { audio, digits };
  }

  player(audio: CallAudio, steps: Step[]): TalkPlayer {
    return new TalkPlayer({
      talk: { steps, whenDone: 'stay' },
      prompts: this.#prompts,
      random: this.#random,
      actions: {
        press: (digits, toneMs, gapMs) => audio.press(digits, toneMs, gapMs),
        hold: () => {},
        hangUp: () => {},
      },
    });
  }

  close(): Promise<void> {
    return this.endpoint.close();
  }
}

export interface PeerAudio {
  audio: CallAudio;
  digits: ReceivedDigit[];
}

/** One call of the peer; what happens to it is told by words that tests wait for. */
export class PeerCall {
  readonly events: string[] = [];
  readonly #audio: PeerAudio;
  readonly #waiting = new Map<string, () => void>();
  outgoing: OutgoingCall | null = null;
  final: SipFinal | null = null;

  constructor(audio: PeerAudio) {
    this.#audio = audio;
  }

  get digits(): string {
    return this.#audio.digits.map((digit) => digit.digit).join('');
  }

  note(event: string): void {
    this.events.push(event);
    this.#waiting.get(event)?.();
  }

  /** Resolves when the event has happened, also in the past. */
  until(event: string): Promise<void> {
    if (this.events.includes(event)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.set(event, resolve));
  }

  heard(): CallMediaRecord {
    return this.#audio.audio.snapshot();
  }

  /** Closes the sockets without a word, as a process that is killed. */
  vanish(): void {
    this.#audio.audio.close();
  }

  async hangUp(): Promise<CallMediaRecord> {
    await this.outgoing?.hangUp();
    return this.#audio.audio.close();
  }
}
