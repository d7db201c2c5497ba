import { commands } from '#shared/contract/index.ts';
import type { Publisher, RequestContext } from '../../contract-server/types.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { addDebt, addDebtor, addPhone, addPortfolio } from '../debtors.fixture.ts';
import { createDebtors } from '../debtors.ts';
import { debtorsWrites } from '../debtors-writes.ts';
import { createDebtorWork, type DebtorWork } from './debtor-work.ts';
import { workWrites } from './work-writes.ts';

export const AGENT = '01a00000-0000-7000-8000-000000000001';
const DAY_MS = 86_400_000;

/** A store with one debtor of two debts, whose clock stands still until it is moved. */
export class WorkRig {
  now = Date.UTC(2026, 10, 24, 9);
  readonly store: TestStore;
  readonly work: DebtorWork;
  readonly published: { name: string; data: unknown }[] = [];
  readonly portfolioId: string;
  readonly debtorId: string;
  readonly debtIds: readonly string[];
  readonly phoneId: string;
  readonly #handlers: Record<string, (input: unknown, context: RequestContext) => unknown>;

  constructor() {
    const clock = { now: () => this.now, monotonic: () => 0, setTimer: () => () => {} };
    this.store = openTestStore({ writes: { ...debtorsWrites, ...workWrites }, clock });
    const publisher: Publisher = {
      publish: (name, data) => void this.published.push({ name, data }),
    };
    const parts = { store: this.store, clock, door: () => [], publisher };
    this.work = createDebtorWork({ ...parts, storeKind: 'practice', log: () => {} });
    this.#handlers = { ...createDebtors(parts).handlers, ...this.work.handlers } as never;
    const made = this.store.runNow((db, context) => {
      db.insert('person', {
        ...{ id: AGENT, displayName: 'Ewa', role: 'agent', sipUser: 'ewa', createdAt: this.now },
      });
      const portfolioId = addPortfolio(db, context);
      const debtorId = addDebtor(db, context, { portfolioId });
      const debt = { portfolioId, debtorId, debtKind: 'pożyczka' };
      const debtIds = [
        addDebt(db, context, { ...debt, externalRef: 'OLD', dueOn: '2026-01-10' }),
        addDebt(db, context, {
          ...{ ...debt, externalRef: 'NEW', dueOn: '2026-06-10', principalMinor: 5_000 },
          ...{ feesMinor: 700, interestMinor: 300, balanceMinor: 6_000 },
        }),
      ];
      const phoneId = addPhone(db, context, { debtorId, value: '+48501234567' });
      return { portfolioId, debtorId, debtIds, phoneId };
    });
    this.portfolioId = made.portfolioId;
    this.debtorId = made.debtorId;
    this.debtIds = made.debtIds;
    this.phoneId = made.phoneId;
  }

  /** A command as the server runs it: input and output are parsed. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever the contract lets through
  async call(name: keyof typeof commands, input: Record<string, unknown>): Promise<any> {
    const context: RequestContext = {
      principal: { personId: AGENT, displayName: 'Ewa', role: 'lead' },
      connectionId: 'one',
      commandId: null,
    };
    const handler = this.#handlers[name];
    if (!handler) throw new Error(`no handler of ${name}`);
    return commands[name].output.parse(await handler(commands[name].input.parse(input), context));
  }

  card(debtorId = this.debtorId) {
    return this.call('debtor.card', { debtorId });
  }

  /** What the history tells of payments and statuses, newest first. */
  async told(debtorId = this.debtorId): Promise<string[]> {
    const { items } = await this.call('debtor.history', {
      debtorId,
      channels: ['payment', 'status'],
    });
    return items.map((item: { happened: { what: string } }) => item.happened.what);
  }

  date(days = 0): string {
    return new Date(this.now + days * DAY_MS).toISOString().slice(0, 10);
  }

  /** Days pass, and the hourly look happens. */
  async pass(days: number): Promise<string[]> {
    this.now += days * DAY_MS;
    const changed: string[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const input: { after: string } = { after };
      const chunk = await this.store.write(workWrites, 'work.settle-due', input);
      changed.push(...chunk.changed);
      after = chunk.after;
    }
    return changed;
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
