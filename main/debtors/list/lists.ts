import { type ListFilter, type ListSort, people } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Audience, Handler, Handlers, Publisher } from '../../contract-server/types.ts';
import type { Store } from '../../store/index.ts';
import { RecentDebtors } from '../search/recent-debtors.ts';
import { BulkJobs } from './bulk-jobs.ts';
import { IndexClient } from './index-client.ts';
import type { IndexQuestions, IndexStats, IndexThreadData } from './index-protocol.ts';
import { createSavedFilterHandlers } from './saved-filters.ts';
import type {
  PreviewedOrder,
  PreviewQuery,
  RankChanges,
  RankPage,
  RankQuery,
} from './strategy/index.ts';

export interface ListsParts {
  store: Store;
  /** what the thread opens its own reading connection with */
  connection: IndexThreadData;
  clock: Clock;
  publisher: Publisher;
  log(message: string, details: Record<string, unknown>): void;
  /** the program of the thread; the product's own when absent */
  entry?: URL;
}

const EVERYBODY_AT_WORK: Audience = { kind: 'roles', roles: people };

/** Search, lists and actions on lists, and the older `debtor.list` and `debtor.list-portfolios`. */
export class Lists {
  readonly handlers: Handlers;
  readonly recent: RecentDebtors;
  readonly #client: IndexClient;
  readonly #bulk: BulkJobs;

  constructor(parts: ListsParts) {
    const { store, connection, clock, publisher, log } = parts;
    this.recent = new RecentDebtors(store, clock);
    this.#client = new IndexClient({
      connection,
      onProgress: ({ isBuilt, done, total }) =>
        publisher.publish(
          'list.progressed',
          { state: isBuilt ? 'ready' : 'building', done, total },
          EVERYBODY_AT_WORK,
        ),
      onLost: (error) => log('the thread of lists has ended', { cause: String(error.cause) }),
      ...(parts.entry === undefined ? {} : { entry: parts.entry }),
    });
    const idsOf = (filter: ListFilter) => this.idsOf(filter, BY_NAME);
    this.#bulk = new BulkJobs({ store, publisher, clock, idsOf, log });
    this.handlers = {
      ...createQueryHandlers(this.#client, this.recent),
      ...createSavedFilterHandlers(store),
      ...this.#bulk.handlers,
    };
  }

  /** Goes on with actions that an earlier run did not finish. */
  resume(): void {
    this.#bulk.resume();
  }

  /**
   * All debtors of a list in its order, 16 bytes each (`idsFromBytes`): for what goes through a whole list.
   * @throws AppError `list.not-ready`, `list.unavailable`; `list.too-broad` when not all that fit were looked at
   */
  async idsOf(filter: ListFilter, sort: ListSort): Promise<Uint8Array<ArrayBuffer>> {
    const { ids, complete } = await this.#client.ask('ids', { filter, sort });
    if (!complete) throw new AppError('list.too-broad', 'the text of this filter fits too many');
    return ids;
  }

  /**
   * Who comes first under a strategy, and why.
   * @throws AppError `list.not-ready`, `list.unavailable`
   */
  previewOrder(query: PreviewQuery): Promise<PreviewedOrder> {
    return this.#client.ask('previewOrder', query);
  }

  /**
   * Entries of a contact list whose place in the store is another than the strategy's: the next after a position.
   * @throws AppError `list.not-ready`, `list.unavailable`
   */
  rankPage(query: RankQuery & { position: number }): Promise<RankPage> {
    return this.#client.ask('rankPage', query);
  }

  /**
   * The same, of debtors who changed since the list was looked at.
   * @throws AppError `list.not-ready`, `list.unavailable`
   */
  rankChanges(query: RankQuery): Promise<RankChanges> {
    return this.#client.ask('rankChanges', query);
  }

  /** How far the thread is and what it holds, for benchmarks and the doctor. */
  stats(): Promise<IndexStats> {
    return this.#client.ask('stats', null);
  }

  async close(): Promise<void> {
    await this.recent.save();
    await this.#bulk.close();
    await this.#client.close();
  }
}

/** `debtor.list` cannot say that it is behind, so it is so as seldom as can be */
const PATIENCE_MS = 500;
const BY_NAME: ListSort = { by: 'name', descending: false };

/** Remembers whose card was opened. */
export function rememberingCards(handlers: Handlers, recent: RecentDebtors): Handlers {
  const card = handlers['debtor.card'];
  if (!card) return handlers;
  return {
    ...handlers,
    'debtor.card': async (input, context) => {
      const opened = await card(input, context);
      recent.add(context.principal.personId, opened.debtorId);
      return opened;
    },
  };
}

function createQueryHandlers(client: IndexClient, recent: RecentDebtors): Handlers {
  return {
    'search.find': createFind(client, recent),
    'list.query': (input) => client.ask('rows', input),
    'list.count': ({ filter }) => client.ask('count', { filter }),
    'list.choices': () => client.ask('choices', null),
    'debtor.list': async ({ search, portfolioId, sort, descending, offset, limit }) => {
      const { rows, total } = await client.ask('rows', {
        filter: {
          ...(search === '' ? {} : { text: search }),
          ...(portfolioId === undefined ? {} : { portfolioIds: [portfolioId] }),
        },
        sort: { by: sort === 'lastInteraction' ? 'lastContact' : sort, descending },
        offset,
        limit,
        patienceMs: PATIENCE_MS,
      });
      return { rows, total };
    },
    'debtor.list-portfolios': async () => ({ portfolios: await client.ask('portfolios', null) }),
  };
}

type Found = IndexQuestions['find']['output'];

/**
 * One search at a time for each window: while one is answered, the newest of those that came since waits, and the ones
 * between are given up. Somebody who types fast asks no more than can be answered.
 */
function createFind(client: IndexClient, recent: RecentDebtors): Handler<'search.find'> {
  const running = new Set<string>();
  const waiting = new Map<string, { begin(): void; giveUp(): void }>();
  return async ({ query, limit, kinds }, { principal, connectionId }): Promise<Found> => {
    if (running.has(connectionId)) {
      waiting.get(connectionId)?.giveUp();
      await new Promise<void>((begin, reject) => {
        const giveUp = () => reject(new AppError('search.superseded', 'a newer search has come'));
        waiting.set(connectionId, { begin, giveUp });
      });
    }
    running.add(connectionId);
    try {
      const recentDebtorIds = recent.of(principal.personId);
      return await client.ask('find', { query, limit, kinds, recentDebtorIds });
    } finally {
      running.delete(connectionId);
      const next = waiting.get(connectionId);
      waiting.delete(connectionId);
      next?.begin();
    }
  };
}
