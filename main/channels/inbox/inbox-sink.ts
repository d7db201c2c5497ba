import { people } from '#shared/contract/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Publisher } from '../../contract-server/index.ts';
import type { ReadDb, Store } from '../../store/types.ts';
import type { InboxSink } from '../ports.ts';
import type { Incoming } from '../types.ts';
import type { ArrivedMessage, Taken, TakenMessage } from './arrived.ts';
import {
  type Assembled,
  assembleParts,
  nextOverdueAt,
  overdueParts,
  waitForPartsMs,
} from './assemble-parts.ts';
import type { InboxWrites } from './inbox-writes.ts';
import { type IncomingReaderParts, readIncoming, removeFiles } from './read-incoming.ts';
import { loadReplyHeaders } from './reply-headers.ts';

export interface InboxSinkParts extends IncomingReaderParts {
  store: Store;
  writes: InboxWrites;
  clock: Clock;
  publisher: Publisher;
  /** an attachment that cannot be kept, a look that failed; never bodies or numbers */
  log(message: string, details?: Record<string, unknown>): void;
}

/** A timer of the system counts no further than 24.8 days. */
const LONGEST_WAIT_MS = 86_400_000;
/** A look that fails is not tried again at once. */
const SHORTEST_WAIT_MS = 1_000;

/** Takes what comes in, each gateway's in its order; brings back what was put aside when its time has come. */
export class Sink implements InboxSink {
  readonly #parts: InboxSinkParts;
  readonly #queues = new Map<string, Promise<void>>();
  #cancelTimer: (() => void) | null = null;
  #looking: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: InboxSinkParts) {
    this.#parts = parts;
  }

  take(gatewayId: string, incoming: readonly Incoming[]): Promise<void> {
    if (incoming.length === 0) return Promise.resolve();
    return this.#inOrder(gatewayId, async () => {
      const { store } = this.#parts;
      await this.#store(gatewayId, assembleParts(store.read, gatewayId, incoming));
      if (incoming.some(({ part }) => part !== null)) this.plan();
    });
  }

  replyHeaders(read: ReadDb, inboxThreadId: string) {
    return loadReplyHeaders(read, inboxThreadId);
  }

  /** Looks now at what waits, then whenever something falls due. */
  start(): void {
    this.#look();
  }

  async settled(): Promise<void> {
    await this.#looking;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer?.();
    await this.#looking;
    await Promise.all(this.#queues.values());
  }

  /** Something was put aside: the timer must know its instant. */
  plan(): void {
    if (this.#closed) return;
    this.#cancelTimer?.();
    const { store, clock } = this.#parts;
    const dueAt = Math.min(
      nextWakeAt(store.read) ?? Infinity,
      nextOverdueAt(store.read) ?? Infinity,
    );
    const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, dueAt - clock.now()));
    this.#cancelTimer = clock.setTimer(waitMs, () => this.#look());
  }

  #look(): void {
    const { log } = this.#parts;
    this.#looking = this.#looking
      .then(() => this.#wake())
      .then(() => this.#showOverdue())
      .catch((error: unknown) => log('a look at what waits failed', { error: String(error) }))
      .then(() => this.plan());
  }

  async #wake(): Promise<void> {
    const { store, writes, publisher, clock } = this.#parts;
    const dueAt = nextWakeAt(store.read);
    if (dueAt === null || dueAt > clock.now()) return;
    const woken = await store.write(writes, 'inbox.wake', null, { priority: 'message' });
    for (const inboxThreadId of woken) {
      publisher.publish('inbox.changed', { inboxThreadId }, { kind: 'roles', roles: people });
    }
  }

  async #showOverdue(): Promise<void> {
    const { store, writes, clock } = this.#parts;
    for (const { gatewayId } of overdueParts(store.read, clock.now() - waitForPartsMs)) {
      await this.#inOrder(gatewayId, async () => {
        // a part may have come while others were being written
        const before = clock.now() - waitForPartsMs;
        const due = overdueParts(store.read, before).filter((one) => one.gatewayId === gatewayId);
        for (const { assembled } of due) await this.#store(gatewayId, assembled);
      });
    }
    await store.write(writes, 'inbox.forgetParts', null, { priority: 'message' });
  }

  #inOrder(gatewayId: string, work: () => Promise<void>): Promise<void> {
    const before = this.#queues.get(gatewayId) ?? Promise.resolve();
    const done = before.then(work);
    const settled = done.catch(() => {});
    this.#queues.set(gatewayId, settled);
    return done;
  }

  /**
   * All in one write; when that fails each by itself, so that one which cannot be taken keeps no other out: a STOP may be
   * among them. It is refused all the same, and comes again.
   */
  async #store(gatewayId: string, assembled: Assembled): Promise<void> {
    const { whole, parts } = assembled;
    try {
      await this.#storeAll(gatewayId, assembled);
    } catch (error) {
      // of a long text its parts go with it
      if (whole.length < 2 || parts.length > 0) throw error;
      for (const one of whole)
        await this.#storeAll(gatewayId, { whole: [one], parts }).catch(() => {});
      throw error;
    }
  }

  /** Files first, then one write for all, then the announcement. */
  async #storeAll(gatewayId: string, { whole, parts }: Assembled): Promise<void> {
    const { log } = this.#parts;
    const taken = await this.#write(gatewayId, { whole, parts });
    // from here on it is durable: whatever fails now is no reason to have it sent again
    await removeFiles(this.#parts, taken.unusedFiles).catch((error: unknown) =>
      log('files of a message that came twice stay behind', { error: String(error) }),
    );
    this.#announce(taken.messages);
  }

  async #write(gatewayId: string, { whole, parts }: Assembled): Promise<Taken> {
    const { store, writes } = this.#parts;
    const messages: ArrivedMessage[] = [];
    try {
      for (const one of whole) messages.push(await readIncoming(this.#parts, one));
      const input = { gatewayId, messages, parts };
      return await store.write(writes, 'inbox.take', input, { priority: 'message' });
    } catch (error) {
      const files = messages.flatMap((message) => message.files);
      await removeFiles(
        this.#parts,
        files.map(({ fileName }) => fileName),
      );
      throw error;
    }
  }

  #announce(messages: readonly TakenMessage[]): void {
    const { publisher } = this.#parts;
    const audience = { kind: 'roles', roles: people } as const;
    for (const message of messages) {
      publisher.publish('inbox.message-received', message, audience);
    }
    for (const inboxThreadId of new Set(messages.map((one) => one.inboxThreadId))) {
      publisher.publish('inbox.changed', { inboxThreadId }, audience);
    }
    for (const debtorId of new Set(messages.flatMap((one) => one.debtorId ?? []))) {
      publisher.publish('debtor.changed', { debtorId }, audience);
    }
  }
}

function nextWakeAt(read: ReadDb): number | null {
  const row = read.get<{ at: number | null }>(
    `SELECT min(snoozedUntil) AS at FROM inboxThread WHERE state = 'snoozed' AND deletedAt IS NULL`,
  );
  return row?.at ?? null;
}
