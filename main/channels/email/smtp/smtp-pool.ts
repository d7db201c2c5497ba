import type { Clock } from '#shared/util/index.ts';
import type { MailPeer } from '../security.ts';
import { SmtpError } from './smtp-error.ts';
import { SmtpLink, type SmtpTimeouts } from './smtp-link.ts';

export const smtpTimeouts: SmtpTimeouts = { connectMs: 20_000, answerMs: 120_000 };
/** A server throws out who is idle for longer (RFC 5321 §4.5.3.2.7: five minutes); most are less patient. */
const IDLE_MS = 20_000;

/** Logins at one submission server, kept for a while after a message for the next one. */
export class SmtpPool {
  #peer: MailPeer;
  #timeouts: SmtpTimeouts;
  #clock: Clock;
  #idle: { link: SmtpLink; cancel: () => void }[] = [];
  #busy = new Set<SmtpLink>();
  #closing = new AbortController();

  constructor(peer: MailPeer, timeouts: SmtpTimeouts, clock: Clock) {
    this.#peer = peer;
    this.#timeouts = timeouts;
    this.#clock = clock;
  }

  /**
   * Runs `work` on a login that nobody else uses. One that was kept and turns out to be dead before the message was given
   * is replaced once: the server closed it while nobody looked.
   * @throws SmtpError
   */
  async use<Value>(work: (link: SmtpLink) => Promise<Value>): Promise<Value> {
    const kept = this.#takeIdle();
    if (kept === undefined) return await this.#run(await this.#open(), work);
    try {
      return await this.#run(kept, work);
    } catch (error) {
      if (!isStale(error) || this.#closing.signal.aborted) throw error;
      return await this.#run(await this.#open(), work);
    }
  }

  /** What is under way ends with an error at the stage where it is. */
  close(): void {
    this.#closing.abort();
    for (const { link, cancel } of this.#idle.splice(0)) {
      cancel();
      link.quit();
    }
    for (const link of this.#busy) link.close();
  }

  async #open(): Promise<SmtpLink> {
    const link = await SmtpLink.open(this.#peer, this.#timeouts, this.#closing.signal);
    if (!this.#closing.signal.aborted) return link;
    link.close();
    throw new SmtpError({ stage: 'connect', reply: null, code: null, message: 'closed' });
  }

  async #run<Value>(link: SmtpLink, work: (link: SmtpLink) => Promise<Value>): Promise<Value> {
    this.#busy.add(link);
    try {
      const value = await work(link);
      this.#keep(link);
      return value;
    } catch (error) {
      // its transaction may still be open, and a new login is cheaper than finding out
      link.close();
      throw error;
    } finally {
      this.#busy.delete(link);
    }
  }

  #keep(link: SmtpLink): void {
    if (this.#closing.signal.aborted || !link.isOpen) return link.quit();
    const entry = {
      link,
      cancel: this.#clock.setTimer(IDLE_MS, () => {
        this.#idle = this.#idle.filter((other) => other !== entry);
        link.quit();
      }),
    };
    this.#idle.push(entry);
  }

  #takeIdle(): SmtpLink | undefined {
    for (let entry = this.#idle.pop(); entry !== undefined; entry = this.#idle.pop()) {
      entry.cancel();
      if (entry.link.isOpen) return entry.link;
    }
    return undefined;
  }
}

/** The connection was gone before the server could have the message, and said nothing about it. */
function isStale(error: unknown): boolean {
  if (!(error instanceof SmtpError)) return false;
  return error.stage !== 'dot' && (error.reply === null || error.reply.startsWith('421'));
}
