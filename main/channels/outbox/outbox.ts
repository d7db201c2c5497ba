import type { MessageChannel } from '#shared/contract/index.ts';
import { type Clock, Emitter } from '#shared/util/index.ts';
import type { Store, WriteOptions } from '../../store/types.ts';
import { type GatewayHub, type OpenGateway, readMessageSettings } from '../gateways/index.ts';
import type { InboxSink, MessageMedia, MessageTexts } from '../ports.ts';
import type { GatewayEvent, Incoming, Receipt } from '../types.ts';
import { askGateways } from './ask-gateways.ts';
import { BatchedWrite } from './batched-write.ts';
import { BulkPace } from './bulk-pace.ts';
import { type ChangedMessages, nothingChanged } from './changed-messages.ts';
import { asMessage, fetchDue } from './fetch-due.ts';
import { Lane } from './lane.ts';
import { findMessage, nextLookAt } from './outbox-rows.ts';
import type { OutboxWrites } from './outbox-writes.ts';
import type { Outcome } from './outcome-writes.ts';
import type { ReadyMessage } from './outgoing.ts';
import type { QueueMessage, QueueReply } from './queue-writes.ts';
import type { GatewayReceipt } from './receipt-writes.ts';
import type { Reports } from './report-writes.ts';
import { firstQueryMs } from './retry.ts';
import { RuleChanges } from './rule-changes.ts';
import { isStillMeant } from './still-meant.ts';

export interface OutboxParts {
  store: Store;
  writes: OutboxWrites;
  clock: Clock;
  hub: GatewayHub;
  texts: MessageTexts;
  media: Pick<MessageMedia, 'make' | 'read'>;
  inbox: InboxSink;
  /** the door on the reading connection */
  stillAllowed(reservationId: string): boolean;
  clockSuspect(): boolean;
  /** where links to documents lead; '' has none */
  publicBaseUrl(): string;
  log(message: string, details?: Record<string, unknown>): void;
}

/** How often messages of unknown fate and of an old age are looked at. */
const CARE_EVERY_MS = 5_000;
const DAY_MS = 86_400_000;
/** What came of so many messages is written at once: a command by hand waits for no longer write. */
const REPORTS_AT_ONCE = 200;

/**
 * Messages from the moment they are queued to their last receipt: a lane for each gateway that is on, and one stream of
 * writes for what came of handing over and what gateways report.
 */
export class Outbox {
  readonly pace: BulkPace;
  readonly #parts: OutboxParts;
  readonly #lanes = new Map<string, Lane>();
  readonly #reports: BatchedWrite<OneReport, ChangedMessages>;
  readonly #changes = new Emitter<ChangedMessages>();
  readonly #ruleChanges: RuleChanges;
  readonly #bulkMoves = new Emitter<readonly string[]>();
  #careTimer: (() => void) | null = null;
  #caring: Promise<void> = Promise.resolve();
  /** what came of messages when the store took nothing: a full disk has room again some time */
  #unwritten: Outcome[] = [];
  readonly #stopping = Promise.withResolvers<null>();
  #isStopped = false;

  constructor(parts: OutboxParts) {
    const { store, writes, clock, hub } = parts;
    this.#parts = parts;
    this.pace = new BulkPace(store.read, clock);
    this.#ruleChanges = new RuleChanges(store.read);
    this.#reports = new BatchedWrite(
      // ahead of what is still to leave: the other end waits, with so many receipts under way and no more, and what is not
      // written is not known after a crash
      (reports) => store.write(writes, 'message.reports', sorted(reports), { priority: 'command' }),
      (changed) => this.announce(changed),
      REPORTS_AT_ONCE,
    );
    hub.on((event) => {
      if (event.kind === 'opened') this.#openLane(event.gatewayId, event.open);
      if (event.kind === 'state') this.#lanes.get(event.gatewayId)?.setState(event.state.kind);
    });
    hub.closeThrough((gatewayId, close) => this.#closeLane(gatewayId, close));
  }

  /** What a write changed, after its commit. */
  onChange(listener: (changed: ChangedMessages) => void): void {
    this.#changes.on(listener);
  }

  /** Messages of these bulks were handed over or refused. */
  onBulkMoved(listener: (bulkIds: readonly string[]) => void): void {
    this.#bulkMoves.on(listener);
  }

  /** Accounts for what a dead run was handing over. Before gateways are opened. */
  async recover(): Promise<void> {
    const { store, writes, clock } = this.#parts;
    let count = 1;
    while (count > 0) {
      const nextAt = clock.now() + firstQueryMs;
      count = await store.write(writes, 'message.recover', { nextAt });
    }
    this.pace.refresh();
  }

  /** Looks after messages of unknown fate from now on. */
  start(): void {
    this.#planCare();
  }

  /** Closes the gateways: what waits is left, what is under way ends or is left to be asked about. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#careTimer?.();
    this.#stopping.resolve(null);
    await this.#caring;
    await this.#parts.hub.close();
    await this.#writeAgain();
    await this.#reports.settled();
  }

  /** Takes what a gateway tells. Resolves when it is durable, rejects when the store could not take it. */
  async take(gatewayId: string, events: readonly GatewayEvent[]): Promise<void> {
    const receipts = events.filter((event): event is Receipt => event.kind === 'receipt');
    const incoming = events.filter((event): event is Incoming => event.kind === 'incoming');
    await Promise.all([
      receipts.length > 0
        ? this.#reports.add(receipts.map((receipt) => ({ gatewayId, receipt })))
        : null,
      incoming.length > 0 ? this.#parts.inbox.take(gatewayId, incoming) : null,
    ]);
  }

  /** A debtor seems to have opened what we sent: a hint that it was read. */
  async takeReading({ messageId, at }: { messageId: string; at: number }): Promise<void> {
    const row = findMessage(this.#parts.store.read, messageId);
    if (row?.gatewayId == null) return;
    const receipt: Receipt = {
      kind: 'receipt',
      providerId: null,
      messageId,
      state: 'read',
      hint: true,
      badAddress: false,
      code: null,
      at,
    };
    await this.#reports.add([{ gatewayId: row.gatewayId, receipt }]);
  }

  /** Queues one by hand; when its gateway takes it at once it is handed over before this resolves. */
  async queue(
    message: Omit<QueueMessage, 'leavesNow' | 'clockSuspect'>,
    options: WriteOptions,
  ): Promise<QueueReply> {
    const { store, writes, clock, clockSuspect } = this.#parts;
    const lane = this.#lanes.get(message.gatewayId);
    const leavesNow = lane?.takesAtOnce === true && message.dueAt <= clock.now();
    const input = { ...message, leavesNow, clockSuspect: clockSuspect() };
    const changesSeen = this.#ruleChanges.position;
    const reply = await store.write(writes, 'message.queue', input, options);
    if (!reply.ok) return reply;
    const isNew = reply.messageId === message.messageId;
    if (reply.state === 'permitted' && isNew) {
      this.#handOver(lane, message, { reservationId: reply.reservationId, changesSeen });
    } else {
      lane?.lookAgain();
    }
    this.announce({ ...nothingChanged(), messageIds: [reply.messageId] });
    return reply;
  }

  /** @throws AppError `contract.not-found`, `message.already-left` */
  async cancel(messageId: string, options: WriteOptions): Promise<void> {
    const { store, writes } = this.#parts;
    await store.write(writes, 'message.cancel', { messageId }, options);
    this.announce({ ...nothingChanged(), messageIds: [messageId] });
  }

  /**
   * Asks the gateway now what became of a message.
   * @returns false when its gateway is off
   */
  async query(messageId: string): Promise<boolean> {
    const row = findMessage(this.#parts.store.read, messageId);
    const gateway = row?.gatewayId == null ? null : this.#parts.hub.find(row.gatewayId);
    if (row === null || gateway === null) return false;
    await askGateways(this.#carePartsOf(), [row]);
    return true;
  }

  /** What waits for a gateway that was removed goes to another one, or fails. */
  async moveQueue(from: string): Promise<void> {
    const { store, writes, hub } = this.#parts;
    const other = (channel: MessageChannel) => hub.choose(channel)?.record.gatewayId;
    const to = { sms: other('sms'), mms: other('mms'), email: other('email') };
    let count = 1;
    while (count > 0) {
      const moved = await store.write(writes, 'message.move-queue', { from, to }, asMessage);
      count = moved.count;
      this.announce(moved);
    }
    for (const gatewayId of Object.values(to)) this.lookAgain(gatewayId);
  }

  /** Something new waits; of one gateway, or of any. */
  lookAgain(gatewayId?: string): void {
    if (gatewayId !== undefined) this.#lanes.get(gatewayId)?.lookAgain();
    else for (const lane of this.#lanes.values()) lane.lookAgain();
  }

  announce(changed: ChangedMessages): void {
    const { messageIds, bulkIds, debtorIds } = changed;
    if (messageIds.length + debtorIds.length > 0) this.#changes.emit(changed);
    if (bulkIds.length > 0) this.#bulkMoves.emit(bulkIds);
  }

  #handOver(
    lane: Lane | undefined,
    message: SentByHand,
    { reservationId, changesSeen }: { reservationId: string | null; changesSeen: number },
  ): void {
    const { messageId: id, content, attachments, ...row } = message;
    const ready: ReadyMessage = {
      row: { ...row, id, bulkId: null, tries: 0, reservationId },
      content,
      documentIds: attachments.map(({ documentId }) => documentId),
      permittedAt: this.#parts.clock.now(),
      changesSeen,
    };
    if (lane !== undefined && this.#lanes.get(message.gatewayId) === lane) lane.handOver(ready);
    else this.#giveBack(ready.row.id, message.gatewayId);
  }

  /** Its gateway was closed while it was written. */
  #giveBack(messageId: string, gatewayId: string): void {
    const nextAt = this.#parts.clock.now();
    const outcome = { messageId, gatewayId, nextAt, nextGatewayId: null };
    this.#reports
      .add([{ outcome: { ...outcome, result: { kind: 'back' } } }])
      .then(() => this.lookAgain(gatewayId))
      .catch((error: unknown) =>
        this.#parts.log('a message was not given back', { error: String(error) }),
      );
  }

  #openLane(gatewayId: string, { record, adapter }: OpenGateway): void {
    const { store, writes, clock, media, inbox, hub, stillAllowed, clockSuspect, log } =
      this.#parts;
    const fill = {
      read: store.read,
      texts: this.#parts.texts,
      media,
      publicBaseUrl: this.#parts.publicBaseUrl,
      documentLinkMs: () => readMessageSettings(store.read).documentLinkDays * DAY_MS,
      maxMediaBytes: adapter.maxMediaBytes,
    };
    const fetch = {
      store,
      writes,
      fill,
      pace: this.pace,
      gatewayId,
      clockSuspect,
      changesSeen: () => this.#ruleChanges.position,
      changed: (changed: ChangedMessages) => this.announce(changed),
      bulksMoved: (bulkIds: readonly string[]) => {
        if (bulkIds.length > 0) this.#bulkMoves.emit([...new Set(bulkIds)]);
      },
    };
    const lane = new Lane({
      gatewayId,
      settings: record.settings,
      adapter,
      clock,
      read: store.read,
      media,
      inbox,
      stillAllowed: (row) =>
        isStillMeant(store.read, row.id, clock.now()) &&
        (row.reservationId === null || stillAllowed(row.reservationId)),
      hasNews: ({ row, changesSeen }) => this.#ruleChanges.concerns(row.debtorId, changesSeen),
      log,
      fetch: (limit) => fetchDue(fetch, limit, clock.now()),
      nextLookAt: () => this.#nextLookAt(gatewayId),
      settle: (outcome) => this.#settle(outcome),
      otherGateway: ({ channel }) => hub.another(channel, gatewayId),
    });
    this.#lanes.set(gatewayId, lane);
  }

  async #settle(outcome: Outcome): Promise<void> {
    await this.#reports.add([{ outcome }]).catch((error: unknown) => {
      this.#unwritten.push(outcome);
      this.#parts.log('what came of a message was not written yet', { error: String(error) });
    });
    if (outcome.nextGatewayId !== null) this.lookAgain(outcome.nextGatewayId);
  }

  #nextLookAt(gatewayId: string): number | null {
    const { store, clock } = this.#parts;
    const at = nextLookAt(store.read, gatewayId, this.pace.bulkIds);
    const heldMs = this.pace.msUntilNext;
    if (at === null || heldMs === null) return at;
    // what is due may be held back by the pace of its bulk
    return Math.max(at, Math.min(clock.now() + heldMs, Number.MAX_SAFE_INTEGER));
  }

  async #closeLane(gatewayId: string, close: () => Promise<void>): Promise<void> {
    const lane = this.#lanes.get(gatewayId);
    this.#lanes.delete(gatewayId);
    await (lane === undefined ? close() : lane.close(close));
  }

  #planCare(): void {
    this.#careTimer = this.#parts.clock.setTimer(CARE_EVERY_MS, () => {
      this.#caring = this.#writeAgain()
        .then(() => askGateways(this.#carePartsOf()))
        .catch((error: unknown) =>
          this.#parts.log('messages of unknown fate', { error: String(error) }),
        )
        .finally(() => {
          if (!this.#isStopped) this.#planCare();
        });
    });
  }

  async #writeAgain(): Promise<void> {
    const outcomes = this.#unwritten.splice(0);
    await Promise.all(
      outcomes.map((outcome) =>
        this.#reports.add([{ outcome }]).catch(() => void this.#unwritten.push(outcome)),
      ),
    );
    if (outcomes.length > this.#unwritten.length) this.lookAgain();
  }

  #carePartsOf() {
    const { store, writes, clock, hub, clockSuspect, log } = this.#parts;
    return {
      store,
      writes,
      clock,
      hub,
      clockSuspect,
      log,
      stopping: this.#stopping.promise,
      isStopped: () => this.#isStopped,
      announce: (changed: ChangedMessages) => this.announce(changed),
      lookAgain: (gatewayId: string) => this.lookAgain(gatewayId),
    };
  }
}

type SentByHand = Omit<QueueMessage, 'leavesNow' | 'clockSuspect'>;

/** What came of handing over one message, or what a gateway told of one. */
type OneReport = { outcome: Outcome } | GatewayReceipt;

function sorted(reports: readonly OneReport[]): Reports {
  return {
    outcomes: reports.flatMap((report) => ('outcome' in report ? [report.outcome] : [])),
    receipts: reports.flatMap((report) => ('outcome' in report ? [] : [report])),
  };
}
