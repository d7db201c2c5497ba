import type { Clock } from '#shared/util/index.ts';

interface Entry<Reply> {
  fingerprint: string;
  reply: Promise<Reply>;
  settledAt: number | null;
}

export const KEEP_MS = 10 * 60_000;
export const KEEP_COUNT = 5000;

/**
 * Replies to commands that change something, by `commandId`, for the life of this engine: a client that lost its
 * connection asks again and gets the same reply, also while the first run is still going on. This is the first line
 * only; what must hold over a restart is deduplicated by the store in the command's own transaction.
 */
export class ReplyCache<Reply> {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry<Reply>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * @param key person and command id
   * @param fingerprint what the command was; the same id for something else is refused
   * @param keep whether a repeat may be answered with this reply (not so for failures worth another try)
   * @returns null when the key was used for another command
   */
  run(
    key: string,
    fingerprint: string,
    work: () => Promise<Reply>,
    keep: (reply: Reply) => boolean,
  ): Promise<Reply> | null {
    const known = this.#entries.get(key);
    if (known) return known.fingerprint === fingerprint ? known.reply : null;
    this.#forgetOld();
    const entry: Entry<Reply> = { fingerprint, reply: work(), settledAt: null };
    this.#entries.set(key, entry);
    entry.reply.then(
      (reply) => {
        if (keep(reply)) entry.settledAt = this.#clock.monotonic();
        else this.#entries.delete(key);
      },
      () => this.#entries.delete(key),
    );
    return entry.reply;
  }

  /** Entries are in the order of arrival, so the oldest come first. */
  #forgetOld(): void {
    const limit = this.#clock.monotonic() - KEEP_MS;
    for (const [key, entry] of this.#entries) {
      const expired = entry.settledAt !== null && entry.settledAt < limit;
      if (!expired && this.#entries.size < KEEP_COUNT) return;
      if (entry.settledAt !== null) this.#entries.delete(key);
    }
  }
}
