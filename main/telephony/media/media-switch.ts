import { AppError } from '#shared/errors/index.ts';
import type { Clock, Random } from '#shared/util/index.ts';
import { AgentLine } from './agent/agent-line.ts';
import type { MakeAgentTransport } from './agent/agent-transport.ts';
import { type Feeder, LegFeed, type Playing } from './leg-feed.ts';
import type { LegId, LegStatistics, LineId, MediaEvent } from './media-protocol.ts';
import { PlayoutQueue } from './rtp/playout-queue.ts';
import type { RtpPacket } from './rtp/rtp-packet.ts';
import { alertTone } from './sound/alert-tone.ts';
import { mixFrames } from './sound/mixer.ts';
import type { SoundSource } from './sound/sound-source.ts';
import { TrunkLeg } from './trunk/trunk-leg.ts';
import type { TrunkSockets } from './trunk/trunk-sockets.ts';

/** Takes one 20 ms frame of both sides; null is silence. */
export interface RecorderTap {
  frame(
    debtor: Uint8Array | null,
    agent: Uint8Array | null,
    marks: { held: boolean; muted: boolean },
  ): void;
}

interface LegSlot {
  leg: TrunkLeg;
  lineId: LineId | null;
  held: boolean;
  feed: LegFeed;
  fromCarrier: Uint8Array | null;
  recorder: RecorderTap | null;
  /** the agent's voice on its way to the recorder, on our clock */
  agentVoice: PlayoutQueue;
}

interface LineSlot {
  line: AgentLine;
  legId: LegId | null;
  muted: boolean;
  play: Playing | null;
  alert: SoundSource | null;
}

export interface MediaSwitchOptions {
  clock: Clock;
  random: Random;
  makeTransport: MakeAgentTransport;
  makeHoldMusic: () => SoundSource;
  emit: (event: MediaEvent) => void;
}

/**
 * Who hears whom. Owns legs and lines, moves one frame between them each 20 ms, and passes the pages' packets on as they
 * come. Joining only changes what feeds a side: both streams go on without a gap.
 */
export class MediaSwitch {
  readonly #options: MediaSwitchOptions;
  readonly #legs = new Map<LegId, LegSlot>();
  readonly #lines = new Map<LineId, LineSlot>();

  constructor(options: MediaSwitchOptions) {
    this.#options = options;
  }

  /** @throws AppError `media.leg-exists` */
  addLeg(legId: LegId, sockets: TrunkSockets): TrunkLeg {
    if (this.#legs.has(legId)) throw new AppError('media.leg-exists', `leg ${legId} exists`);
    const { clock, random, emit, makeHoldMusic } = this.#options;
    const leg = new TrunkLeg({
      sockets,
      clock,
      random,
      events: {
        onFirstPacket: () => emit({ type: 'legFirstPacket', legId }),
        onStalled: (silentMs) => emit({ type: 'legStalled', legId, silentMs }),
        onDigit: (digit) => emit({ type: 'dtmf', from: { legId }, ...digit }),
      },
    });
    this.#legs.set(legId, {
      leg,
      lineId: null,
      held: false,
      feed: new LegFeed(makeHoldMusic, (playId) => emit({ type: 'playEnded', playId })),
      fromCarrier: null,
      recorder: null,
      agentVoice: new PlayoutQueue(),
    });
    return leg;
  }

  leg(legId: LegId): TrunkLeg {
    return this.#legSlot(legId).leg;
  }

  line(lineId: LineId): AgentLine {
    return this.#lineSlot(lineId).line;
  }

  /** @throws AppError `media.unknown-leg` */
  removeLeg(legId: LegId): LegStatistics {
    const slot = this.#legSlot(legId);
    this.part(legId);
    this.#legs.delete(legId);
    const statistics = slot.leg.statistics();
    slot.leg.close();
    return statistics;
  }

  /** @throws AppError `media.line-exists` */
  addLine(lineId: LineId, hosts: readonly string[]): AgentLine {
    if (this.#lines.has(lineId)) throw new AppError('media.line-exists', `line ${lineId} exists`);
    const { clock, random, makeTransport, emit } = this.#options;
    const line = new AgentLine({
      lineId,
      hosts,
      makeTransport,
      clock,
      random,
      events: {
        onConnected: () => emit({ type: 'lineConnected', lineId }),
        onFlowing: (flowing) => emit({ type: 'lineFlowing', lineId, flowing }),
        onLost: (reason) => emit({ type: 'lineLost', lineId, reason }),
        onAudio: (packet, nowMs) => this.#onAgentAudio(lineId, packet, nowMs),
        onEventPacket: (packet, nowMs) => this.#joinedLeg(lineId)?.leg.passOnEvent(packet, nowMs),
        onDigit: (digit) => {
          this.#playPageDigit(lineId, digit.digit);
          emit({ type: 'dtmf', from: { lineId }, ...digit });
        },
      },
    });
    this.#lines.set(lineId, { line, legId: null, muted: false, play: null, alert: null });
    return line;
  }

  /** @throws AppError `media.unknown-line` */
  removeLine(lineId: LineId): void {
    const slot = this.#lineSlot(lineId);
    if (slot.legId !== null) this.part(slot.legId);
    this.#lines.delete(lineId);
    slot.line.close();
  }

  join(legId: LegId, lineId: LineId, withAlert: boolean): void {
    const leg = this.#legSlot(legId);
    const line = this.#lineSlot(lineId);
    if (line.legId !== null && line.legId !== legId) this.part(line.legId);
    if (leg.lineId !== null && leg.lineId !== lineId) this.part(legId);
    leg.lineId = lineId;
    leg.held = false;
    leg.leg.releaseAgent();
    line.legId = legId;
    line.alert = withAlert ? alertTone() : null;
  }

  part(legId: LegId): void {
    const leg = this.#legSlot(legId);
    const line = leg.lineId === null ? undefined : this.#lines.get(leg.lineId);
    if (line) {
      line.legId = null;
      line.alert = null;
      // a mute belongs to the call: the next debtor must not meet a silent agent
      line.muted = false;
    }
    leg.lineId = null;
    leg.held = false;
    leg.agentVoice.clear();
    leg.leg.releaseAgent();
  }

  setHeld(legId: LegId, held: boolean): void {
    const slot = this.#legSlot(legId);
    slot.held = held;
    slot.agentVoice.clear();
    slot.leg.releaseAgent();
  }

  setMuted(lineId: LineId, muted: boolean): void {
    const slot = this.#lineSlot(lineId);
    slot.muted = muted;
    const leg = this.#joinedLeg(lineId);
    leg?.agentVoice.clear();
    leg?.leg.releaseAgent();
  }

  startPlay(target: { legId: LegId } | { lineId: LineId }, playing: Playing): void {
    if ('legId' in target) this.#legSlot(target.legId).feed.play = playing;
    else this.#lineSlot(target.lineId).play = playing;
  }

  /** Unknown or ended plays are no error: the end and the request may cross. */
  stopPlay(playId: string): void {
    for (const { feed } of this.#legs.values()) if (feed.play?.playId === playId) feed.play = null;
    for (const line of this.#lines.values()) if (line.play?.playId === playId) line.play = null;
  }

  sendDigits(legId: LegId, digits: string): void {
    const slot = this.#legSlot(legId);
    if (slot.leg.canSendEvents) slot.leg.enqueueDigits(digits);
    else slot.feed.enqueueDigits(digits);
  }

  /** `recorder` null stops taking frames. An unknown leg is an error only when starting. */
  setRecorder(legId: LegId, recorder: RecorderTap | null): void {
    if (recorder === null && !this.#legs.has(legId)) return;
    const slot = this.#legSlot(legId);
    slot.recorder = recorder;
    slot.agentVoice.clear();
  }

  recorderOf(legId: LegId): RecorderTap | null {
    return this.#legSlot(legId).recorder;
  }

  /** One tick of the 20 ms clock. */
  frame(frameMs: number, skippedFrames: number): void {
    for (const slot of this.#legs.values()) slot.fromCarrier = slot.leg.popFrame();
    for (const slot of this.#lines.values())
      slot.line.sendFrame(this.#lineFrame(slot), skippedFrames);
    for (const slot of this.#legs.values()) this.#legFrame(slot, frameMs);
    const nowMs = this.#options.clock.monotonic();
    for (const slot of this.#legs.values()) slot.leg.tick(nowMs);
    for (const slot of this.#lines.values()) slot.line.tick(nowMs);
  }

  statistics(): {
    legs: Record<LegId, LegStatistics>;
    lines: Record<LineId, LegStatistics & { connected: boolean }>;
  } {
    return {
      legs: Object.fromEntries([...this.#legs].map(([id, slot]) => [id, slot.leg.statistics()])),
      lines: Object.fromEntries([...this.#lines].map(([id, slot]) => [id, slot.line.statistics()])),
    };
  }

  close(): void {
    for (const lineId of [...this.#lines.keys()]) this.removeLine(lineId);
    for (const legId of [...this.#legs.keys()]) this.removeLeg(legId);
  }

  #lineFrame(slot: LineSlot): Uint8Array | null {
    const played = this.#linePlayFrame(slot);
    const leg = slot.legId === null ? undefined : this.#legs.get(slot.legId);
    const heard = played ?? (leg && !leg.held ? leg.fromCarrier : null);
    const alert = slot.alert?.nextFrame() ?? null;
    if (!alert) slot.alert = null;
    return alert && heard ? mixFrames(alert, heard) : (alert ?? heard);
  }

  #linePlayFrame(slot: LineSlot): Uint8Array | null {
    const frame = slot.play?.source.nextFrame() ?? null;
    if (frame || !slot.play) return frame;
    const { playId } = slot.play;
    slot.play = null;
    this.#options.emit({ type: 'playEnded', playId });
    return null;
  }

  #legFrame(slot: LegSlot, frameMs: number): void {
    const feeder = this.#feederOf(slot);
    const { audio, spoken } = slot.feed.nextFrame(feeder);
    slot.leg.sendFrame(frameMs, audio);
    const agent = slot.recorder && slot.agentVoice.pop();
    slot.recorder?.frame(
      slot.held ? null : slot.fromCarrier,
      spoken ?? (slot.held ? null : agent),
      {
        held: slot.held,
        muted: feeder === 'agentMuted',
      },
    );
  }

  #feederOf(slot: LegSlot): Feeder {
    if (slot.held) return 'music';
    const line = slot.lineId === null ? undefined : this.#lines.get(slot.lineId);
    if (!line) return 'nobody';
    return line.muted ? 'agentMuted' : 'agent';
  }

  #onAgentAudio(lineId: LineId, packet: RtpPacket, nowMs: number): void {
    const slot = this.#joinedLeg(lineId);
    if (!slot || slot.held || slot.feed.covered || this.#lines.get(lineId)?.muted) return;
    slot.leg.passOnAudio(packet, nowMs);
    if (slot.recorder) slot.agentVoice.push(packet);
  }

  #playPageDigit(lineId: LineId, digit: string): void {
    const slot = this.#joinedLeg(lineId);
    if (slot && !slot.held && !slot.leg.canSendEvents) slot.feed.enqueueDigits(digit);
  }

  #joinedLeg(lineId: LineId): LegSlot | null {
    const legId = this.#lines.get(lineId)?.legId;
    return legId === null || legId === undefined ? null : (this.#legs.get(legId) ?? null);
  }

  #legSlot(legId: LegId): LegSlot {
    const slot = this.#legs.get(legId);
    if (!slot) throw new AppError('media.unknown-leg', `no leg ${legId}`);
    return slot;
  }

  #lineSlot(lineId: LineId): LineSlot {
    const slot = this.#lines.get(lineId);
    if (!slot) throw new AppError('media.unknown-line', `no line ${lineId}`);
    return slot;
  }
}
