import { type ListFilter, leads } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Purpose } from '#shared/rule-packs/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { ContactRules } from '../../contact-rules/index.ts';
import type { Handler, Handlers, Publisher } from '../../contract-server/types.ts';
import type { Store, WriteOptions } from '../../store/types.ts';
import { CalmNews, type GatewayHub, type OpenGateway } from '../gateways/index.ts';
import type { MessageTexts } from '../ports.ts';
import { estimate } from './bulk-estimate.ts';
import {
  type BulkScope,
  collectingBulks,
  endedWithQueue,
  listBulks,
  loadBulkView,
  requireBulk,
} from './bulk-rows.ts';
import { debtorsOf, type ScopePorts } from './bulk-scope.ts';
import type { BulkWrites } from './bulk-writes.ts';
import type { Outbox } from './outbox.ts';

export interface BulksParts {
  store: Store;
  writes: BulkWrites;
  clock: Clock;
  hub: GatewayHub;
  outbox: Outbox;
  texts: MessageTexts;
  rules: Pick<ContactRules, 'decideMany'>;
  idsOf: ScopePorts['idsOf'];
  publisher: Publisher;
  log(message: string, details?: Record<string, unknown>): void;
}

/** Behind calls, commands and messages. */
const behind: WriteOptions = { priority: 'import' };
const DEBTORS_IN_PART = 300;
const NEWS_EVERY_MS = 500;
/** what could not be handed over in this time is given up */
const WORTH_MS = 3 * 86_400_000;

/** Messages to many: first the debtors are put down, and what is put down leaves already; a crash goes on where it was. */
export class Bulks {
  readonly handlers: Handlers;
  readonly #parts: BulksParts;
  readonly #news: CalmNews;
  readonly #running = new Map<string, Promise<void>>();
  #isClosed = false;

  constructor(parts: BulksParts) {
    const { outbox, clock } = parts;
    this.#parts = parts;
    this.#news = new CalmNews(clock, NEWS_EVERY_MS, (bulkId) => this.#tell(bulkId));
    outbox.onBulkMoved((bulkIds) => {
      for (const bulkId of bulkIds) this.#news.changed(bulkId);
    });
    this.handlers = this.#createHandlers();
  }

  /** Goes on with what an earlier run did not put down. */
  resume(): void {
    const { read } = this.#parts.store;
    for (const bulkId of collectingBulks(read)) this.#collect(bulkId);
    for (const bulkId of endedWithQueue(read)) this.#endQueueOf(bulkId);
  }

  /** Waits for the part under way; the rest is put down after the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#news.stop();
    await this.settled();
  }

  /** resolves when nothing is being put down */
  async settled(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  #createHandlers(): Handlers {
    const { store, writes } = this.#parts;
    const { read } = store;
    return {
      'message.estimate-many': this.#estimate(),
      'message.send-many': this.#send(),
      'message.pause-many': async ({ messageBulkId: bulkId, paused }, { commandId }) => {
        await store.write(writes, 'message.pause-bulk', { bulkId, paused }, once(commandId));
        this.#refresh();
        if (requireBulk(read, bulkId).state === 'collecting') this.#collect(bulkId);
        return this.#announced(bulkId);
      },
      'message.cancel-many': async ({ messageBulkId: bulkId }, { commandId }) => {
        await store.write(writes, 'message.cancel-bulk', { bulkId }, once(commandId));
        this.#refresh();
        await this.#cancelQueueOf(bulkId);
        return this.#announced(bulkId);
      },
      'message.list-many': ({ limit }) => ({ bulks: listBulks(read, limit) }),
    };
  }

  #estimate(): Handler<'message.estimate-many'> {
    return async (input) => {
      const { store, clock, rules, texts, idsOf } = this.#parts;
      const { template, gateway } = this.#wanted(input.templateId, input.gatewayId);
      const debtorIds = await debtorsOf({ read: store.read, idsOf }, scopeOf(input.scope));
      const { perMinute } = input;
      const { maxPerSecond } = gateway.record.settings;
      const dueAt = input.dueAt ?? clock.now();
      return estimate(
        { read: store.read, clock, rules, texts },
        {
          debtorIds,
          channel: template.channel,
          templateId: input.templateId,
          templateVersion: template.version,
          purpose: template.purpose,
          dueAt,
          expiresAt: dueAt + WORTH_MS,
          perSecond: perMinute === null ? maxPerSecond : Math.min(maxPerSecond, perMinute / 60),
        },
      );
    };
  }

  #send(): Handler<'message.send-many'> {
    return async (input, { principal, commandId }) => {
      const { store, writes, clock } = this.#parts;
      const { template, gateway } = this.#wanted(input.templateId, input.gatewayId);
      const { bulkId } = await store.write(
        writes,
        'message.start-bulk',
        {
          name: input.name,
          channel: template.channel,
          templateId: input.templateId,
          templateVersion: template.version,
          gatewayId: gateway.record.gatewayId,
          scopeJson: JSON.stringify(input.scope),
          dueAt: input.dueAt ?? clock.now(),
          perMinute: input.perMinute,
          personId: principal.personId,
        },
        once(commandId),
      );
      this.#refresh();
      this.#collect(bulkId);
      return this.#announced(bulkId);
    };
  }

  /** @throws AppError `template.not-published`, `message.no-gateway` */
  #wanted(templateId: string, gatewayId: string | undefined) {
    const { store, texts, hub } = this.#parts;
    const template = texts.published(store.read, templateId);
    if (template === null) throw new AppError('template.not-published', 'no such template in use');
    const gateway: OpenGateway | null = hub.choose(template.channel, gatewayId);
    if (gateway === null) throw new AppError('message.no-gateway', 'no gateway carries this');
    return { template, gateway };
  }

  #collect(bulkId: string): void {
    if (this.#running.has(bulkId) || this.#isClosed) return;
    const running = this.#collectAll(bulkId)
      .catch((error: unknown) => this.#fail(bulkId, error))
      .finally(() => {
        this.#running.delete(bulkId);
        this.#refresh();
        this.#news.changed(bulkId);
      });
    this.#running.set(bulkId, running);
  }

  async #collectAll(bulkId: string): Promise<void> {
    const { store, writes, idsOf, outbox } = this.#parts;
    const { scopeJson, cursor, gatewayId, dueAt } = requireBulk(store.read, bulkId);
    const { purpose, sender } = this.#textOf(bulkId);
    const scope = JSON.parse(scopeJson) as BulkScope;
    const all = await debtorsOf({ read: store.read, idsOf }, scope);
    const debtorIds = cursor === null ? all : all.filter((id) => id > cursor);
    const about = { bulkId, purpose, sender, expiresAt: dueAt + WORTH_MS };
    for (let from = 0; from < debtorIds.length; ) {
      if (this.#isClosed || requireBulk(store.read, bulkId).state !== 'collecting') return;
      const part = { ...about, debtorIds: debtorIds.slice(from, from + DEBTORS_IN_PART) };
      const queued = await store.write(writes, 'message.collect-bulk', part, behind);
      // paused in between, and perhaps going on already: then this part is still to be put down
      if (queued === null) continue;
      from += DEBTORS_IN_PART;
      if (gatewayId !== null) outbox.lookAgain(gatewayId);
      this.#news.changed(bulkId);
    }
    await store.write(writes, 'message.end-collecting', { bulkId, error: null });
    await this.#finish(bulkId);
  }

  /** What the template says of itself, as far as the gateway may show it. */
  #textOf(bulkId: string): { purpose: Purpose; sender: string | null } {
    const { store, texts, hub } = this.#parts;
    const { templateId, gatewayId } = requireBulk(store.read, bulkId);
    const template = texts.published(store.read, templateId);
    if (template === null) throw new AppError('template.not-published', 'no such template in use');
    const settings = gatewayId === null ? null : hub.find(gatewayId)?.record.settings;
    const senders: readonly string[] = settings?.senders ?? [];
    const { sender, purpose } = template;
    const shown = sender !== null && senders.includes(sender) ? sender : (senders[0] ?? null);
    return { purpose, sender: shown };
  }

  async #fail(bulkId: string, error: unknown): Promise<void> {
    const { store, writes, log } = this.#parts;
    const code = error instanceof AppError ? error.code : 'internal';
    log('a message to many could not be put down', { bulkId, error: String(error) });
    await store
      .write(writes, 'message.end-collecting', { bulkId, error: code })
      .then(() => this.#cancelQueueOf(bulkId))
      .catch((failure: unknown) => log('nor could that be written', { error: String(failure) }));
  }

  /** What waits of one that has ended. */
  async #cancelQueueOf(bulkId: string): Promise<void> {
    const { store, writes } = this.#parts;
    let count = 1;
    while (count > 0 && !this.#isClosed)
      count = await store.write(writes, 'message.cancel-some', { bulkId });
  }

  #endQueueOf(bulkId: string): void {
    const running = this.#cancelQueueOf(bulkId)
      .catch((error: unknown) =>
        this.#parts.log('what waits of an ended message to many', { bulkId, error: String(error) }),
      )
      .finally(() => this.#running.delete(bulkId));
    this.#running.set(bulkId, running);
  }

  #tell(bulkId: string): void {
    this.#finish(bulkId)
      .then(() => this.#publish(bulkId))
      .catch((error: unknown) =>
        this.#parts.log('a message to many was not told of', { error: String(error) }),
      );
  }

  async #finish(bulkId: string): Promise<void> {
    const { store, writes } = this.#parts;
    if (this.#isClosed || requireBulk(store.read, bulkId).state !== 'running') return;
    if (await store.write(writes, 'message.finish-bulk', { bulkId })) this.#refresh();
  }

  #publish(bulkId: string): void {
    if (this.#isClosed) return;
    const { publisher, store } = this.#parts;
    const view = loadBulkView(store.read, bulkId);
    publisher.publish('message.bulk-changed', view, { kind: 'roles', roles: leads });
  }

  #announced(bulkId: string) {
    this.#news.changed(bulkId);
    return loadBulkView(this.#parts.store.read, bulkId);
  }

  #refresh(): void {
    this.#parts.outbox.pace.refresh();
    this.#parts.outbox.lookAgain();
  }
}

function scopeOf(scope: { filter?: unknown }): BulkScope {
  return scope as BulkScope & { filter?: ListFilter };
}

function once(commandId: string | null): WriteOptions {
  return commandId === null ? {} : { commandId };
}
