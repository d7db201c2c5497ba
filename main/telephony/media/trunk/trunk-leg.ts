import type { Socket } from 'node:dgram';
import type { Clock, Random } from '#shared/util/index.ts';
import type { LegStatistics, MediaRequests } from '../media-protocol.ts';
import { PlayoutQueue } from '../rtp/playout-queue.ts';
import { ReceptionStatistics } from '../rtp/reception-statistics.ts';
import { RtcpReporter } from '../rtp/rtcp-reporter.ts';
import { isRtcp, parseRtp, type RtpPacket, writeRtp } from '../rtp/rtp-packet.ts';
import { parseTelephoneEvent } from '../rtp/telephone-event.ts';
import { type DecodedDigit, TelephoneEventDecoder } from '../rtp/telephone-event-decoder.ts';
import { TrunkSender } from '../rtp/trunk-sender.ts';
import { aLawToMuLaw, muLawToALaw, SILENT_FRAME } from '../sound/g711.ts';
import { LevelMeter } from '../sound/level-meter.ts';
import { SourceLatch } from './source-latch.ts';
import { isStun } from './stun-binding.ts';
import { sourceOf, type TrunkSockets } from './trunk-sockets.ts';

type Remote = MediaRequests['setTrunkRemote']['input'];

const COMFORT_NOISE = 13;
const REPORT_EVERY_MS = 5_000;
/** carrier silence is told at these lengths */
const STALLS_MS = [2_000, 10_000, 30_000];

export interface TrunkLegEvents {
  onFirstPacket(): void;
  onStalled(silentMs: number): void;
  onDigit(digit: DecodedDigit): void;
}

/**
 * One trunk leg: plain RTP with G.711. Audio from the carrier is taken with `popFrame` on the 20 ms clock; towards the
 * carrier either the clock feeds it (`sendFrame`) or the agent's packets are passed on (`passOn…`).
 */
export class TrunkLeg {
  readonly sockets: TrunkSockets;
  readonly meter = new LevelMeter();
  readonly #clock: Clock;
  readonly #events: TrunkLegEvents;
  readonly #latch = new SourceLatch();
  readonly #queue = new PlayoutQueue();
  readonly #reception = new ReceptionStatistics();
  readonly #decoder = new TelephoneEventDecoder();
  readonly #reporter = new RtcpReporter('dialdesk');
  readonly #sender: TrunkSender;
  #remote: Remote | null = null;
  #dropped = 0;
  #lastPacketMs: number | null = null;
  #stallsTold = 0;
  #nextReportMs = 0;
  #closed = false;

  constructor(options: {
    sockets: TrunkSockets;
    clock: Clock;
    random: Random;
    events: TrunkLegEvents;
  }) {
    this.sockets = options.sockets;
    this.#clock = options.clock;
    this.#events = options.events;
    this.#sender = new TrunkSender({
      ssrc: Math.floor(options.random.next() * 0x1_0000_0000),
      firstSequenceNumber: Math.floor(options.random.next() * 0x8000),
      firstTimestamp: Math.floor(options.random.next() * 0x1_0000_0000),
    });
    options.sockets.rtp.on('message', (bytes, remote) => this.#onMessage(bytes, sourceOf(remote)));
    options.sockets.rtcp.on('message', (bytes) => this.#onRtcp(bytes));
  }

  get canSendEvents(): boolean {
    return this.#remote?.telephoneEventPayloadType !== undefined;
  }

  setRemote(remote: Remote): void {
    const isFirst = this.#remote === null;
    this.#remote = remote;
    this.#latch.setSignalled({ host: remote.host, port: remote.port });
    if (!isFirst) return;
    this.#lastPacketMs = null;
    this.#nextReportMs = this.#clock.monotonic() + REPORT_EVERY_MS;
  }

  /** 20 ms from the carrier, µ-law; null when nothing came */
  popFrame(): Uint8Array | null {
    return this.#queue.pop();
  }

  /** The clock's turn. @param audio µ-law; null = the agent feeds this leg, stand in only if the page is late */
  sendFrame(frameMs: number, audio: Uint8Array | null): void {
    const remote = this.#sendable();
    if (!remote) return;
    const packet = this.#sender.frame(frameMs, audio === null ? null : this.#toWire(audio), {
      audio: remote.payloadType,
      telephoneEvent: remote.telephoneEventPayloadType ?? null,
      silence: this.#toWire(SILENT_FRAME),
    });
    if (packet) this.#send(packet);
  }

  /** Audio of the agent, µ-law, at once. */
  passOnAudio(packet: RtpPacket, nowMs: number): void {
    const remote = this.#sendable();
    if (!remote) return;
    const payload = this.#toWire(packet.payload);
    const sent = this.#sender.agentPacket({ ...packet, payload }, nowMs, remote.payloadType);
    if (sent) this.#send(sent);
  }

  /** A telephone-event of the agent's page; ignored when the carrier did not negotiate them. */
  passOnEvent(packet: RtpPacket, nowMs: number): void {
    const remote = this.#sendable();
    const event = parseTelephoneEvent(packet.payload);
    if (remote?.telephoneEventPayloadType === undefined || !event) return;
    const payloadType = remote.telephoneEventPayloadType;
    this.#send(this.#sender.agentEvent(packet, event.duration, nowMs, payloadType));
  }

  releaseAgent(): void {
    this.#sender.releaseAgent();
  }

  enqueueDigits(digits: string): void {
    this.#sender.enqueueDigits(digits);
  }

  /** Everything that happens by time: ends of digits, stalls, reports. */
  tick(nowMs: number): void {
    for (const digit of this.#decoder.tick(nowMs)) this.#events.onDigit(digit);
    this.#tellStall(nowMs);
    if (this.#remote && nowMs >= this.#nextReportMs) this.#sendReport(nowMs);
  }

  statistics(): LegStatistics {
    return {
      packetsSent: this.#sender.packetsSent,
      packetsReceived: this.#reception.packetsReceived,
      packetsLost: this.#reception.packetsLost,
      packetsDropped: this.#dropped,
      interarrivalJitterMs: this.#reception.interarrivalJitterMs,
      queueSlips: this.#queue.slips,
      roundTripMs: this.#reporter.roundTripMs,
      peerLostPercent: this.#reporter.peerLostPercent,
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.sockets.close();
  }

  #onMessage(bytes: Buffer, source: { host: string; port: number }): void {
    if (isStun(bytes)) return;
    if (isRtcp(bytes)) return this.#onRtcp(bytes);
    const nowMs = this.#clock.monotonic();
    const packet = parseRtp(bytes);
    const kind = packet && this.#kindOf(packet.payloadType);
    if (!packet || !kind || !this.#latch.accept(source, nowMs)) {
      this.#dropped += 1;
      return;
    }
    this.#noteArrival(packet, nowMs);
    if (kind === 'event') {
      for (const digit of this.#decoder.add(packet, nowMs)) this.#events.onDigit(digit);
    } else if (kind !== 'noise') {
      this.#takeAudio(packet, kind);
    }
  }

  #kindOf(payloadType: number): 'muLaw' | 'aLaw' | 'event' | 'noise' | null {
    if (payloadType === 0) return 'muLaw';
    if (payloadType === 8) return 'aLaw';
    if (payloadType === this.#remote?.telephoneEventPayloadType) return 'event';
    return payloadType === COMFORT_NOISE ? 'noise' : null;
  }

  #takeAudio(packet: RtpPacket, kind: 'muLaw' | 'aLaw'): void {
    const payload = kind === 'muLaw' ? packet.payload : aLawToMuLaw(packet.payload);
    this.meter.add(payload);
    this.#queue.push({ ssrc: packet.ssrc, rtpTimestamp: packet.rtpTimestamp, payload });
  }

  #noteArrival(packet: RtpPacket, nowMs: number): void {
    this.#reception.add(packet, nowMs);
    if (this.#lastPacketMs === null) this.#events.onFirstPacket();
    this.#lastPacketMs = nowMs;
    this.#stallsTold = 0;
  }

  #tellStall(nowMs: number): void {
    const limitMs = STALLS_MS[this.#stallsTold];
    if (this.#lastPacketMs === null || limitMs === undefined) return;
    const silentMs = nowMs - this.#lastPacketMs;
    if (silentMs < limitMs) return;
    this.#stallsTold += 1;
    this.#events.onStalled(Math.round(silentMs));
  }

  #onRtcp(bytes: Uint8Array): void {
    const instant = { nowMs: this.#clock.monotonic(), epochMs: this.#clock.now() };
    this.#reporter.receive(bytes, this.#sender.ssrc, instant);
  }

  #sendReport(nowMs: number): void {
    this.#nextReportMs = nowMs + REPORT_EVERY_MS;
    const destination = this.#latch.destination;
    if (!destination || isNowhere(destination.host)) return;
    const bytes = this.#reporter.write(this.#sender, this.#reception, {
      nowMs,
      epochMs: this.#clock.now(),
    });
    this.#write(this.sockets.rtcp, bytes, destination.host, destination.port + 1);
  }

  #sendable(): Remote | null {
    const remote = this.#remote;
    const maySend = remote?.direction === 'sendrecv' || remote?.direction === 'sendonly';
    return remote && maySend && !isNowhere(remote.host) ? remote : null;
  }

  #toWire(muLaw: Uint8Array): Uint8Array {
    return this.#remote?.payloadType === 8 ? muLawToALaw(muLaw) : muLaw;
  }

  #send(packet: RtpPacket): void {
    const destination = this.#latch.destination;
    if (!destination) return;
    this.#write(this.sockets.rtp, writeRtp(packet), destination.host, destination.port);
  }

  #write(socket: Socket, bytes: Buffer, host: string, port: number): void {
    if (this.#closed) return;
    // the callback keeps a failed send from becoming an 'error' event; loss is RTP's daily business
    socket.send(bytes, port, host, () => {});
  }
}

/** RFC 3264 §8.4's old way to hold */
function isNowhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}
