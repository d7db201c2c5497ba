import type { Clock, Random } from '#shared/util/index.ts';
import type { LegStatistics } from '../media-protocol.ts';
import { LineSender } from '../rtp/line-sender.ts';
import { ReceptionStatistics } from '../rtp/reception-statistics.ts';
import { RtcpReporter } from '../rtp/rtcp-reporter.ts';
import { isRtcp, parseRtp, type RtpPacket, writeRtp } from '../rtp/rtp-packet.ts';
import { type DecodedDigit, TelephoneEventDecoder } from '../rtp/telephone-event-decoder.ts';
import { aLawToMuLaw, muLawToALaw, SILENT_FRAME } from '../sound/g711.ts';
import { LevelMeter } from '../sound/level-meter.ts';
import { type AgentAnswer, readAgentAnswer } from './agent-sdp.ts';
import type { AgentTransport, MakeAgentTransport } from './agent-transport.ts';

/** without RTP for so long a line takes no calls (design §2) */
const FLOWING_WITHIN_MS = 100;
const REPORT_EVERY_MS = 5_000;

export interface AgentLineEvents {
  onConnected(): void;
  onFlowing(flowing: boolean): void;
  onLost(reason: string): void;
  /** audio of the page, µ-law */
  onAudio(packet: RtpPacket, nowMs: number): void;
  onEventPacket(packet: RtpPacket, nowMs: number): void;
  onDigit(digit: DecodedDigit): void;
}

/** The WebRTC leg of an agent: a clocked source towards the page, packets as they come from it. */
export class AgentLine {
  readonly meter = new LevelMeter();
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #events: AgentLineEvents;
  readonly #transport: AgentTransport;
  readonly #reception = new ReceptionStatistics();
  readonly #decoder = new TelephoneEventDecoder();
  readonly #reporter = new RtcpReporter('dialdesk');
  #answer: AgentAnswer | null = null;
  #sender: LineSender | null = null;
  #open = false;
  #dropped = 0;
  #lastPacketMs = Number.NEGATIVE_INFINITY;
  #flowing = false;
  #nextReportMs = 0;

  constructor(options: {
    lineId: string;
    hosts: readonly string[];
    makeTransport: MakeAgentTransport;
    clock: Clock;
    random: Random;
    events: AgentLineEvents;
  }) {
    this.#clock = options.clock;
    this.#random = options.random;
    this.#events = options.events;
    this.#transport = options.makeTransport({
      lineId: options.lineId,
      hosts: options.hosts,
      events: {
        onOpen: () => this.#onOpen(),
        onPacket: (bytes) => this.#onPacket(bytes),
        onLost: (reason) => this.#onLost(reason),
      },
    });
  }

  get flowing(): boolean {
    return this.#flowing;
  }

  createOffer(): Promise<string> {
    return this.#transport.createOffer();
  }

  /** @throws AppError `media.bad-answer` */
  acceptAnswer(answerSdp: string): void {
    const answer = readAgentAnswer(answerSdp);
    this.#answer = answer;
    this.#sender = new LineSender({
      ssrc: Math.floor(this.#random.next() * 0x1_0000_0000),
      payloadType: answer.payloadType,
      firstSequenceNumber: Math.floor(this.#random.next() * 0x8000),
      firstTimestamp: Math.floor(this.#random.next() * 0x1_0000_0000),
    });
    this.#transport.acceptAnswer(answer.sdp);
  }

  /** The clock's turn: exactly one packet. @param audio µ-law, null = silence */
  sendFrame(audio: Uint8Array | null, skippedFrames: number): void {
    if (!this.#open || !this.#sender) return;
    const frame = audio ?? SILENT_FRAME;
    const payload = this.#answer?.payloadType === 8 ? muLawToALaw(frame) : frame;
    this.#transport.send(writeRtp(this.#sender.next(payload, skippedFrames)));
  }

  tick(nowMs: number): void {
    for (const digit of this.#decoder.tick(nowMs)) this.#events.onDigit(digit);
    this.#setFlowing(this.#open && nowMs - this.#lastPacketMs <= FLOWING_WITHIN_MS);
    if (this.#open && nowMs >= this.#nextReportMs) this.#sendReport(nowMs);
  }

  statistics(): LegStatistics & { connected: boolean } {
    return {
      packetsSent: this.#sender?.packetsSent ?? 0,
      packetsReceived: this.#reception.packetsReceived,
      packetsLost: this.#reception.packetsLost,
      packetsDropped: this.#dropped,
      interarrivalJitterMs: this.#reception.interarrivalJitterMs,
      queueSlips: 0,
      roundTripMs: this.#reporter.roundTripMs,
      peerLostPercent: this.#reporter.peerLostPercent,
      connected: this.#open,
    };
  }

  close(): void {
    this.#open = false;
    this.#transport.close();
  }

  #onOpen(): void {
    this.#open = true;
    this.#nextReportMs = this.#clock.monotonic() + REPORT_EVERY_MS;
    this.#events.onConnected();
  }

  #onLost(reason: string): void {
    this.#open = false;
    this.#setFlowing(false);
    this.#transport.close();
    this.#events.onLost(reason);
  }

  #setFlowing(flowing: boolean): void {
    if (flowing === this.#flowing) return;
    this.#flowing = flowing;
    this.#events.onFlowing(flowing);
  }

  #onPacket(bytes: Buffer): void {
    const nowMs = this.#clock.monotonic();
    if (isRtcp(bytes)) return this.#onRtcp(bytes, nowMs);
    const packet = parseRtp(bytes);
    const kind = packet && this.#kindOf(packet.payloadType);
    if (!packet || !kind) {
      this.#dropped += 1;
      return;
    }
    this.#reception.add(packet, nowMs);
    this.#lastPacketMs = nowMs;
    if (kind === 'event') this.#takeEvent(packet, nowMs);
    else if (kind !== 'noise') this.#takeAudio(packet, kind, nowMs);
  }

  #kindOf(payloadType: number): 'muLaw' | 'aLaw' | 'event' | 'noise' | null {
    if (payloadType === 0) return 'muLaw';
    if (payloadType === 8) return 'aLaw';
    if (payloadType === this.#answer?.telephoneEventPayloadType) return 'event';
    return payloadType === 13 ? 'noise' : null;
  }

  #takeAudio(packet: RtpPacket, kind: 'muLaw' | 'aLaw', nowMs: number): void {
    const payload = kind === 'muLaw' ? packet.payload : aLawToMuLaw(packet.payload);
    this.meter.add(payload);
    this.#events.onAudio({ ...packet, payload }, nowMs);
  }

  #takeEvent(packet: RtpPacket, nowMs: number): void {
    this.#events.onEventPacket(packet, nowMs);
    for (const digit of this.#decoder.add(packet, nowMs)) this.#events.onDigit(digit);
  }

  #onRtcp(bytes: Buffer, nowMs: number): void {
    if (!this.#sender) return;
    this.#reporter.receive(bytes, this.#sender.ssrc, { nowMs, epochMs: this.#clock.now() });
  }

  #sendReport(nowMs: number): void {
    this.#nextReportMs = nowMs + REPORT_EVERY_MS;
    if (!this.#sender) return;
    const sender = senderFacts(this.#sender);
    const instant = { nowMs, epochMs: this.#clock.now() };
    this.#transport.send(this.#reporter.write(sender, this.#reception, instant));
  }
}

function senderFacts(sender: LineSender): {
  ssrc: number;
  rtpTimestamp: number;
  packetsSent: number;
  octetsSent: number;
} {
  return {
    ssrc: sender.ssrc,
    rtpTimestamp: sender.rtpTimestamp,
    packetsSent: sender.packetsSent,
    octetsSent: sender.packetsSent * SILENT_FRAME.length,
  };
}
