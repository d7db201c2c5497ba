import type { RtpPacket } from '../rtp/rtp-packet.ts';
import { sequenceDifference, timestampDifference } from '../rtp/rtp-packet.ts';
import { A_LAW_DECODE, MU_LAW_DECODE } from '../sound/g711.ts';
import { toneLevelDbfs } from '../sound/tone-level.ts';

export interface HeardPacket {
  atMs: number;
  packet: RtpPacket;
}

/** Packets that a test peer received, and what was in them. */
export class HeardAudio {
  packets: HeardPacket[] = [];
  events: HeardPacket[] = [];
  #listeners = new Set<() => void>();

  add(packet: RtpPacket, atMs: number): void {
    const copy = { ...packet, payload: Uint8Array.from(packet.payload) };
    (packet.payloadType > 90 ? this.events : this.packets).push({ atMs, packet: copy });
    for (const listener of [...this.#listeners]) listener();
  }

  clear(): void {
    this.packets = [];
    this.events = [];
  }

  /** Resolves at the packet that makes `isEnough` true. */
  until(what: string, isEnough: (heard: HeardAudio) => boolean, limitMs = 10_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (error?: Error): void => {
        clearTimeout(timer);
        this.#listeners.delete(check);
        if (error) reject(error);
        else resolve();
      };
      const check = (): void => {
        if (isEnough(this)) finish();
      };
      const timer = setTimeout(() => finish(new Error(`not heard in time: ${what}`)), limitMs);
      this.#listeners.add(check);
      check();
    });
  }

  /** 16-bit samples of the last `count` audio packets */
  samples(count = this.packets.length): number[] {
    return this.packets.slice(-count).flatMap(({ packet }) => {
      const table = packet.payloadType === 8 ? A_LAW_DECODE : MU_LAW_DECODE;
      return Array.from(packet.payload, (code) => table[code] ?? 0);
    });
  }

  /** level of one tone in the last `count` packets, dBFS */
  tone(frequencyHz: number, count: number): number {
    return toneLevelDbfs(this.samples(count), frequencyHz);
  }

  sequenceSteps(): number[] {
    return this.#steps((later, earlier) =>
      sequenceDifference(later.sequenceNumber, earlier.sequenceNumber),
    );
  }

  timestampSteps(): number[] {
    return this.#steps((later, earlier) =>
      timestampDifference(later.rtpTimestamp, earlier.rtpTimestamp),
    );
  }

  longestGapMs(): number {
    let longest = 0;
    for (let i = 1; i < this.packets.length; i += 1) {
      longest = Math.max(longest, (this.packets[i]?.atMs ?? 0) - (this.packets[i - 1]?.atMs ?? 0));
    }
    return longest;
  }

  packetsPerSecond(): number {
    const first = this.packets[0]?.atMs ?? 0;
    const last = this.packets.at(-1)?.atMs ?? 0;
    return ((this.packets.length - 1) * 1000) / Math.max(1, last - first);
  }

  #steps(difference: (later: RtpPacket, earlier: RtpPacket) => number): number[] {
    const steps: number[] = [];
    for (let i = 1; i < this.packets.length; i += 1) {
      const later = this.packets[i];
      const earlier = this.packets[i - 1];
      if (later && earlier) steps.push(difference(later.packet, earlier.packet));
    }
    return steps;
  }
}
