import type {
  AdapterParts,
  AskedMessage,
  GatewayAdapter,
  HandOver,
  OutgoingMessage,
  Receipt,
} from '../types.ts';
import { retryAfterMs, retryLoginAfterMs } from './backoff.ts';
import { readAddress } from './compose/addresses.ts';
import { headerIdOf } from './compose/message-ids.ts';
import { isAmongSent } from './imap/find-sent.ts';
import { imapTimeouts } from './imap/imap-login.ts';
import { MailboxReader, type ReaderState } from './imap/mailbox-reader.ts';
import { imapPeer, mayConnect, smtpPeer } from './security.ts';
import { handOverMail } from './smtp/mail-sender.ts';
import { handOverOf } from './smtp/smtp-answer.ts';
import { SmtpError } from './smtp/smtp-error.ts';
import { SmtpPool, smtpTimeouts } from './smtp/smtp-pool.ts';

type PartState = ReaderState | { kind: 'limited'; code: string; detail: string | null };

const CONCURRENCY = 4;
const CLOSE_MS = 4_500;
const LAST_WORDS_MS = 400;
/** Base64 in lines of 76 characters, and room for the text. */
const BASE64_GROWTH = 78 / 57;
const TEXT_BYTES = 40_000;

/** E-mail: submission by SMTP, replies and reports by IMAP. */
export class EmailAdapter implements GatewayAdapter {
  readonly concurrency = CONCURRENCY;
  readonly maxMediaBytes: number;
  #parts: AdapterParts<'email'>;
  #pool: SmtpPool;
  #reader: MailboxReader | null;
  #smtp: PartState = { kind: 'connecting', code: null, detail: null };
  #imap: PartState = { kind: 'ready', code: null, detail: null };
  #underWay = new Set<Promise<unknown>>();
  #cancelRetry: () => void = () => undefined;
  #closed = false;

  constructor(parts: AdapterParts<'email'>) {
    this.#parts = parts;
    const { settings, secrets, clock } = parts;
    this.maxMediaBytes = Math.floor((settings.maxBytes - TEXT_BYTES) / BASE64_GROWTH);
    this.#pool = new SmtpPool(smtpPeer(settings, secrets), smtpTimeouts, clock);
    this.#reader = this.#makeReader();
  }

  open(): void {
    if (this.#reader !== null) {
      this.#imap = { kind: 'connecting', code: null, detail: null };
      this.#reader.open();
    }
    this.#tell();
    this.#checkSmtp(0);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelRetry();
    const reading = this.#reader?.close() ?? Promise.resolve();
    await this.#within(CLOSE_MS, Promise.allSettled([...this.#underWay, reading]));
    this.#pool.close();
    // what was given whole becomes unknown now; a server that does not even answer is not waited for
    await this.#within(LAST_WORDS_MS, Promise.allSettled([...this.#underWay]));
  }

  send(message: OutgoingMessage): Promise<HandOver> {
    if (!this.#mayConnect())
      return Promise.resolve({
        kind: 'later',
        code: 'gateway.plain-only-loopback',
        detail: null,
        retryAfterMs: null,
      });
    const work = handOverMail(message, { ...this.#parts, pool: this.#pool }).then((answer) => {
      this.#noteAnswer(answer);
      return answer;
    });
    this.#track(work);
    return work;
  }

  async query(asked: AskedMessage): Promise<Receipt | null> {
    const { settings, secrets } = this.#parts;
    const peer = imapPeer(settings, secrets);
    const from = readAddress(settings.fromAddress);
    if (peer === null || from === null || !mayConnect(peer)) return null;
    const headerId = headerIdOf(asked.messageId, from.domain);
    if (!(await isAmongSent(peer, imapTimeouts, headerId))) return null;
    return {
      kind: 'receipt',
      providerId: null,
      messageId: asked.messageId,
      state: 'accepted',
      hint: false,
      badAddress: false,
      code: null,
      at: null,
    };
  }

  #makeReader(): MailboxReader | null {
    const { settings, secrets, clock, events, cursors, log } = this.#parts;
    const peer = imapPeer(settings, secrets);
    if (peer === null) return null;
    return new MailboxReader({
      peer,
      timeouts: imapTimeouts,
      mailbox: settings.mailbox,
      ownAddress: settings.fromAddress,
      clock,
      events: (batch) => events(batch),
      cursors,
      log,
      onState: (state) => {
        this.#imap = state;
        this.#tell();
      },
    });
  }

  /** Logs in once to see that it can be done, again and again until it can. */
  #checkSmtp(failures: number): void {
    if (!this.#mayConnect())
      return this.#noteSmtp({ kind: 'failing', code: 'gateway.plain-only-loopback', detail: null });
    const work = this.#pool
      .use(() => Promise.resolve())
      .then(
        () => this.#noteSmtp({ kind: 'ready', code: null, detail: null }),
        (error: unknown) => {
          if (this.#closed) return;
          const answer = handOverOf(SmtpError.from(error, 'connect'));
          this.#noteAnswer(answer);
          const refused = answer.kind === 'later' && answer.code === 'gateway.login-refused';
          const delayMs = (refused ? retryLoginAfterMs : retryAfterMs)(failures);
          this.#cancelRetry = this.#parts.clock.setTimer(delayMs, () =>
            this.#checkSmtp(failures + 1),
          );
        },
      );
    this.#track(work);
  }

  #mayConnect(): boolean {
    return mayConnect(smtpPeer(this.#parts.settings, this.#parts.secrets));
  }

  /** What an answer says about the server; one about the message alone shows that it is there. */
  #noteAnswer(answer: HandOver): void {
    if (answer.kind === 'accepted' || answer.kind === 'rejected')
      return this.#noteSmtp({ kind: 'ready', code: null, detail: null });
    const { code, detail } = answer;
    if (code === 'gateway.throttled') return this.#noteSmtp({ kind: 'limited', code, detail });
    // greylisting, a full mailbox: the server works
    if (code === 'gateway.not-now' || code === 'message.mailbox-full') return;
    this.#noteSmtp({ kind: 'failing', code, detail });
  }

  #noteSmtp(state: PartState): void {
    this.#smtp = state;
    this.#tell();
  }

  #tell(): void {
    if (this.#closed) return;
    const order = ['failing', 'limited', 'connecting', 'ready'];
    const [worst] = [this.#smtp, this.#imap].sort(
      (one, other) => order.indexOf(one.kind) - order.indexOf(other.kind),
    );
    if (worst !== undefined) this.#parts.onState(worst);
  }

  #track(work: Promise<unknown>): void {
    this.#underWay.add(work);
    const done = () => this.#underWay.delete(work);
    work.then(done, done);
  }

  async #within(timeMs: number, work: Promise<unknown>): Promise<void> {
    let cancel: () => void = () => undefined;
    const timedOut = new Promise<void>((resolve) => {
      cancel = this.#parts.clock.setTimer(timeMs, resolve);
    });
    await Promise.race([work, timedOut]);
    cancel();
  }
}
