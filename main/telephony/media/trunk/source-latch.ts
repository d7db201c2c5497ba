/** Where packets come from. */
export interface PacketSource {
  host: string;
  port: number;
}

/** a latched source that has been silent so long may be replaced (its NAT binding moved, say) */
const SILENT_BEFORE_RELATCH_MS = 2_000;
/** packets in a row from the newcomer before it replaces a silent source */
const PACKETS_BEFORE_RELATCH = 5;

/**
 * Symmetric RTP (RFC 4961): audio goes to where audio comes from, because the address in SDP may be behind a NAT. To keep
 * strangers out of a call:
 *
 * - nothing is accepted before SDP named the peer;
 * - the first valid packet afterwards fixes the source; others are strangers, and dropped;
 * - the address from SDP always wins, at any time;
 * - a stranger takes over only after the source was silent for 2 s and it sent 5 packets without a break;
 * - new SDP (re-INVITE) with another address opens the choice again.
 */
export class SourceLatch {
  #signalled: PacketSource | null = null;
  #latched: PacketSource | null = null;
  #lastPacketMs = 0;
  #candidate: { source: PacketSource; packets: number } | null = null;

  /** Where to send now; null before SDP named a peer. */
  get destination(): PacketSource | null {
    return this.#latched ?? this.#signalled;
  }

  setSignalled(source: PacketSource): void {
    if (this.#signalled && same(this.#signalled, source)) return;
    this.#signalled = source;
    this.#latched = null;
    this.#candidate = null;
  }

  /** @returns whether a valid RTP packet from `source` belongs to this leg */
  accept(source: PacketSource, nowMs: number): boolean {
    if (!this.#signalled) return false;
    const belongs =
      this.#latched === null || same(source, this.#latched) || same(source, this.#signalled);
    if (belongs || this.#mayReplace(source, nowMs)) {
      this.#latched = source;
      this.#lastPacketMs = nowMs;
      this.#candidate = null;
      return true;
    }
    return false;
  }

  #mayReplace(source: PacketSource, nowMs: number): boolean {
    if (nowMs - this.#lastPacketMs < SILENT_BEFORE_RELATCH_MS) {
      this.#candidate = null;
      return false;
    }
    const packets =
      this.#candidate && same(this.#candidate.source, source) ? this.#candidate.packets + 1 : 1;
    this.#candidate = { source, packets };
    return packets >= PACKETS_BEFORE_RELATCH;
  }
}

function same(first: PacketSource, second: PacketSource): boolean {
  return first.port === second.port && first.host === second.host;
}
