import type { ImapFlow } from 'imapflow';
import { retryAfterMs, retryLoginAfterMs } from '../backoff.ts';
import { type MailPeer, mayConnect } from '../security.ts';
import { type ImapFault, imapFault } from './imap-fault.ts';
import { type ImapTimeouts, imapLogin } from './imap-login.ts';
import { currentCursor, takeNewMail, type VisitParts } from './mailbox-visit.ts';

/** How reading goes, for the state of the gateway. */
export type ReaderState =
  | { kind: 'connecting' | 'ready'; code: null; detail: null }
  | { kind: 'failing'; code: string; detail: string | null };

export interface ReaderParts extends VisitParts {
  peer: MailPeer;
  timeouts: ImapTimeouts;
  onState(state: ReaderState): void;
}

/** Even a server that wakes us is looked at: news get lost, connections die in silence. */
const LOOK_WITH_IDLE_MS = 120_000;
const LOOK_WITHOUT_IDLE_MS = 15_000;
const GOODBYE_MS = 3_000;
/** A login that held for so long was a good one; a server that takes it and hangs up at once is not asked every second. */
const GOOD_AFTER_MS = 30_000;

/** Reads one mailbox for as long as it is open: logs in, takes what is new, waits to be woken, again and again. */
export class MailboxReader {
  #parts: ReaderParts;
  #client: ImapFlow | null = null;
  #closed = false;
  #running: Promise<void> | null = null;
  /** ends whatever is being waited for */
  #wake: () => void = () => undefined;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  open(): void {
    this.#running ??= this.#run();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    await goodbye(this.#client, this.#parts);
    await this.#running;
  }

  async #run(): Promise<void> {
    const { peer, onState, clock } = this.#parts;
    if (!mayConnect(peer))
      return onState({ kind: 'failing', code: 'gateway.plain-only-loopback', detail: null });
    let failures = 0;
    while (!this.#closed) {
      if (failures === 0) onState({ kind: 'connecting', code: null, detail: null });
      const startedMs = clock.monotonic();
      const fault = await this.#login(() => {
        onState({ kind: 'ready', code: null, detail: null });
      });
      if (this.#closed) return;
      if (clock.monotonic() - startedMs >= GOOD_AFTER_MS) failures = 0;
      onState({ kind: 'failing', code: fault.code, detail: fault.detail });
      const wait = fault.loginRefused ? retryLoginAfterMs : retryAfterMs;
      await this.#pause(wait(failures));
      failures += 1;
    }
  }

  /** @returns why it ended */
  async #login(onReady: () => void): Promise<ImapFault> {
    const client = imapLogin(this.#parts.peer, this.#parts.timeouts);
    this.#client = client;
    let lastError: unknown = new Error('the server closed the connection');
    client.on('error', (error) => {
      lastError = error;
    });
    try {
      // before anything else: what comes while we connect for the first time is ours to read
      await currentCursor(this.#parts);
      await client.connect();
      await client.mailboxOpen(this.#parts.mailbox, { readOnly: true });
      await this.#readAndWait(client, onReady);
      return imapFault(lastError);
    } catch (error) {
      return imapFault(error);
    } finally {
      client.close();
      this.#client = null;
    }
  }

  async #readAndWait(client: ImapFlow, onReady: () => void): Promise<void> {
    let news = false;
    client.on('exists', () => {
      news = true;
      this.#wake();
    });
    client.on('close', () => this.#wake());
    while (!this.#closed && client.usable) {
      news = false;
      await takeNewMail(client, this.#parts);
      onReady();
      if (!news && !this.#closed && client.usable) await this.#waitForNews(client);
      // what the server has to say is heard with any command
      if (!news && !this.#closed && client.usable) await client.noop();
    }
  }

  async #waitForNews(client: ImapFlow): Promise<void> {
    const idles = client.capabilities.has('IDLE');
    const woken = this.#pause(idles ? LOOK_WITH_IDLE_MS : LOOK_WITHOUT_IDLE_MS);
    // ends by itself with the next command; what goes wrong with it, that command meets too
    if (idles) client.idle().catch(() => undefined);
    await woken;
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#parts.clock.setTimer(delayMs, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }
}

async function goodbye(client: ImapFlow | null, { clock }: ReaderParts): Promise<void> {
  if (client === null) return;
  const timedOut = new Promise<void>((resolve) => {
    clock.setTimer(GOODBYE_MS, resolve);
  });
  if (client.usable) await Promise.race([client.logout().catch(() => undefined), timedOut]);
  client.close();
}
