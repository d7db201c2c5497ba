import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { debtorsWrites } from '../debtors-writes.ts';
import type { ImportedRecord } from '../import/convert-record.ts';
import { importWrites } from '../import/import-writes.ts';
import { packRecord } from '../import/packed-record.ts';
import { workWrites } from '../work/work-writes.ts';
import { movedTableNames } from './moved-tables.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 10, 2, 9);
const writes: WriteMap = { ...debtorsWrites, ...importWrites, ...workWrites };

const index = fc.nat({ max: 7 });
const amount = fc.integer({ min: 1, max: 30_000 });
const part = fc.integer({ min: 0, max: 20_000 });
const record = fc.record({
  debtor: fc.nat({ max: 3 }),
  debt: fc.nat({ max: 2 }),
  principal: fc.integer({ min: 1, max: 20_000 }),
  interest: fc.oneof(fc.constant(0), part),
  fees: fc.oneof(fc.constant(0), part),
  paid: fc.oneof(fc.constant(0), part),
  phone: fc.nat({ max: 4 }),
  note: fc.constantFrom(null, 'calls back', 'moved house'),
});

/** What may happen, in any order; numbers choose among what is there. */
const operation = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('import' as const),
      records: fc.array(record, { minLength: 1, maxLength: 4 }),
    }),
  },
  fc.record({ kind: fc.constant('undoImport' as const), which: index }),
  fc.record({ kind: fc.constant('note' as const), which: index }),
  fc.record({
    kind: fc.constant('edit' as const),
    which: index,
    city: fc.constantFrom('Łódź', 'Kraków', ''),
  }),
  fc.record({
    kind: fc.constant('terms' as const),
    which: index,
    ratePpm: fc.constantFrom(50_000, 120_000),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      which: index,
      amount,
      ago: fc.nat({ max: 20 }),
      named: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reverse' as const), which: index }) },
  fc.record({
    kind: fc.constant('promise' as const),
    which: index,
    amount,
    days: fc.nat({ max: 10 }),
    named: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('withdrawPromise' as const), which: index }),
  fc.record({
    kind: fc.constant('plan' as const),
    which: index,
    count: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({ kind: fc.constant('cancelPlan' as const), which: index }),
  fc.record({
    kind: fc.constant('writeOff' as const),
    which: index,
    amount,
    approve: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('contact' as const), which: index, phone: fc.nat({ max: 4 }) }),
  fc.record({ kind: fc.constant('correct' as const), which: index, phone: fc.nat({ max: 9 }) }),
  fc.record({ kind: fc.constant('relation' as const), which: index, other: index }),
  fc.record({ kind: fc.constant('flag' as const), which: index, named: fc.boolean() }),
  fc.record({
    kind: fc.constant('callback' as const),
    which: index,
    days: fc.integer({ min: 1, max: 9 }),
  }),
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('merge' as const), which: index, other: index }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undoMerge' as const), which: index }) },
  fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 40 }) }),
);
type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never;

/** A store with a clock of its own, in which operations happen at once. */
class World {
  now = START;
  readonly store: TestStore;
  readonly portfolioId: string;
  readonly seen = new Set<string>();

  constructor() {
    this.store = openTestStore({ writes });
    this.portfolioId = this.run('debtor.createPortfolio', { name: 'All', creditorName: 'C' })
      .portfolioId as string;
  }

  /** One write in its own transaction. Refusals are outcomes; everything else fails the test. */
  run(name: string, input: Record<string, unknown>): Record<string, unknown> {
    try {
      return this.store.runNow((db: WriteDb, context: WriteContext) =>
        writes[name]!(db, { ...context, now: this.now }, { personId: null, ...input }),
      ) as Record<string, unknown>;
    } catch (error) {
      if (
        error instanceof AppError &&
        /^(contract|work|plan|promise|payment|write-off|merge|flag|relation|contact-point|import|callback)\./.test(
          error.code,
        )
      )
        return { refused: error.code };
      throw error;
    }
  }

  pick<Row>(which: number, sql: string): Row | undefined {
    const rows = this.store.read.all<Row>(sql);
    return rows[which % Math.max(1, rows.length)];
  }

  date(days: number): string {
    return new Date(this.now + days * DAY_MS).toISOString().slice(0, 10);
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

const DEBTORS = 'SELECT id FROM debtor ORDER BY id';
const DEBTS = 'SELECT id, debtorId, currency FROM debt WHERE deletedAt IS NULL ORDER BY id';

function perform(world: World, op: Operation): void {
  world.now += 1000;
  const which = 'which' in op ? op.which : 0;
  const debtor = world.pick<{ id: string }>(which, DEBTORS)?.id;
  const debt = world.pick<{ id: string; debtorId: string; currency: string }>(which, DEBTS);
  switch (op.kind) {
    case 'import':
      return importRecords(world, op.records);
    case 'undoImport':
      return undoImport(world, op.which);
    case 'wait':
      world.now += op.days * DAY_MS;
      for (let after: unknown = ''; typeof after === 'string'; )
        after = world.run('work.settle-due', { after }).after;
      return;
    case 'reverse': {
      const paymentId = world.pick<{ id: string }>(which, 'SELECT id FROM payment ORDER BY id')?.id;
      if (paymentId) world.run('payment.reverse', { paymentId });
      return;
    }
    case 'undoMerge': {
      const merge = world.pick<{ id: string }>(which, 'SELECT id FROM debtorMerge ORDER BY id');
      if (merge) world.run('merge.undo', { debtorMergeId: merge.id });
      return;
    }
    case 'withdrawPromise': {
      const id = world.pick<{ id: string }>(which, 'SELECT id FROM promiseToPay ORDER BY id')?.id;
      if (id) world.run('promise.withdraw', { promiseToPayId: id });
      return;
    }
    case 'cancelPlan': {
      const id = world.pick<{ id: string }>(which, 'SELECT id FROM paymentPlan ORDER BY id')?.id;
      if (id) world.run('plan.cancel', { paymentPlanId: id });
      return;
    }
    case 'correct': {
      const id = world.pick<{ id: string }>(which, 'SELECT id FROM contactPoint ORDER BY id')?.id;
      const read = { kind: 'mobile', value: `+4850100000${op.phone}`, timeZones: [] };
      if (id) world.run('contact-point.correct', { contactPointId: id, read });
      return;
    }
    default:
      if (debtor && debt) workOn(world, op, debtor, debt);
  }
}

function workOn(
  world: World,
  op: Exclude<
    Operation,
    {
      kind:
        | 'import'
        | 'undoImport'
        | 'wait'
        | 'reverse'
        | 'undoMerge'
        | 'withdrawPromise'
        | 'cancelPlan'
        | 'correct';
    }
  >,
  debtorId: string,
  debt: { id: string; debtorId: string },
): void {
  const ofDebt = { debtorId: debt.debtorId, currency: 'PLN' };
  switch (op.kind) {
    case 'note':
      return void world.run('debtor.addNote', { debtorId, text: 'a note' });
    case 'edit':
      return void world.run('debtor.edit', { debtorId, city: op.city });
    case 'terms':
      return void world.run('debt.edit', {
        debtId: debt.id,
        interestKind: 'agreed',
        interestRatePpm: op.ratePpm,
        interestFrom: '2026-09-01',
      });
    case 'pay':
      return void world.run('payment.record', {
        ...ofDebt,
        amountMinor: op.amount,
        paidOn: world.date(-op.ago),
        method: 'transfer',
        ...(op.named ? { debtIds: [debt.id] } : {}),
      });
    case 'promise':
      return void world.run('promise.make', {
        ...ofDebt,
        debtId: op.named ? debt.id : null,
        amountMinor: op.amount,
        dueOn: world.date(op.days),
      });
    case 'plan': {
      const debtIds = world.store.read
        .all<{ id: string }>(
          'SELECT id FROM debt WHERE debtorId = ? AND deletedAt IS NULL AND status = ?',
          debt.debtorId,
          'open',
        )
        .map(({ id }) => id);
      const parts = { kind: 'equal', count: op.count, firstOn: world.date(3), every: 'week' };
      if (debtIds.length > 0) world.run('plan.create', { ...ofDebt, debtIds, parts });
      return;
    }
    case 'writeOff': {
      const { writeOffId } = world.run('write-off.propose', {
        debtId: debt.id,
        amountMinor: op.amount,
        reason: 'too old',
      });
      if (writeOffId) world.run('write-off.decide', { writeOffId, approve: op.approve });
      return;
    }
    case 'contact':
      return void world.run('contact-point.add', {
        debtorId,
        kind: 'mobile',
        value: `+4850100000${op.phone}`,
        timeZones: [],
        hoursJson: null,
      });
    case 'relation': {
      const otherDebtorId = world.pick<{ id: string }>(op.other, DEBTORS)?.id;
      return void world.run('relation.save', {
        ...{ debtorId, otherDebtorId, kind: 'guarantor', name: 'Somebody', maySpeak: false },
      });
    }
    case 'flag':
      return void world.run('flag.set', {
        debtorId: op.named ? debt.debtorId : debtorId,
        kind: 'dispute',
        ...(op.named ? { debtId: debt.id } : {}),
      });
    case 'callback':
      return void world.run('callback.set', {
        ...{ debtorId, on: world.date(op.days), time: '10:00', ownerId: null },
      });
    case 'merge': {
      const other = world.pick<{ id: string }>(op.other, DEBTORS)?.id;
      return void world.run('merge.commit', { keptDebtorId: debtorId, mergedDebtorId: other });
    }
  }
}

function importRecords(
  world: World,
  records: readonly (typeof record extends fc.Arbitrary<infer V> ? V : never)[],
): void {
  const { importJobId } = world.run('import.start', {
    fileName: 'a.csv',
    fileSha256: '',
    mappingJson: '{}',
    portfolioId: world.portfolioId,
    portfolioName: 'All',
    creditorName: 'C',
    synthetic: false,
  });
  const packed = records.map((each) => packRecord(toRecord(each)));
  world.run('import.chunk', {
    ...{ importJobId, portfolioId: world.portfolioId, synthetic: false, rejected: 0 },
    recordsJson: JSON.stringify(packed),
    rows: records.length,
  });
  world.run('import.end', { importJobId, state: 'finished', error: null });
}

function toRecord(each: typeof record extends fc.Arbitrary<infer V> ? V : never): ImportedRecord {
  const { principal, interest, fees } = each;
  const paidMinor = Math.min(each.paid, principal + interest + fees);
  return {
    line: 1,
    debtor: {
      externalRef: `C${each.debtor}`,
      kind: 'person',
      displayName: `Jan Nowak ${each.debtor}`,
      language: 'pl',
      jurisdiction: 'PL',
      timeZones: ['Europe/Warsaw'],
    },
    debt: {
      externalRef: `C${each.debtor}-A${each.debt}`,
      creditorName: 'C',
      debtKind: 'loan',
      currency: 'PLN',
      principalMinor: principal,
      interestMinor: interest,
      feesMinor: fees,
      paidMinor,
      balanceMinor: principal + interest + fees - paidMinor,
      dueOn: '2026-08-31',
    },
    contactPoints: [
      { kind: 'mobile', value: `+4850100000${each.phone}`, timeZones: ['Europe/Warsaw'] },
    ],
    note: each.note,
  } as ImportedRecord;
}

function undoImport(world: World, which: number): void {
  const job = world.pick<{ id: string }>(which, 'SELECT id FROM importJob ORDER BY id');
  if (!job) return;
  if (world.run('import.beginUndo', { importJobId: job.id })?.refused) return;
  for (let step = 0; step < 100; step += 1) {
    const { done } = world.run('import.undoChunk', { importJobId: job.id });
    if (done !== false) return;
  }
}

function check(world: World): void {
  const { read } = world.store;
  const none = (what: string, sql: string) =>
    expect({ what, rows: read.all(sql) }).toEqual({ what, rows: [] });
  none(
    'balance is what was taken over and the sum of the entries',
    `SELECT b.* , (SELECT coalesce(sum(e.amountMinor), 0) FROM debtEntry e WHERE e.debtId = b.id) AS entries FROM debt b
     WHERE b.balanceMinor <> b.principalMinor + b.interestMinor + b.feesMinor - b.paidMinor
       + (SELECT coalesce(sum(e.amountMinor), 0) FROM debtEntry e WHERE e.debtId = b.id)`,
  );
  none('money is whole', "SELECT * FROM debtEntry WHERE typeof(amountMinor) <> 'integer'");
  none(
    'status fits the balance',
    `SELECT * FROM debt WHERE (status = 'open' AND balanceMinor <= 0) OR (status = 'paid' AND balanceMinor > 0)`,
  );
  none(
    'a booked payment is allocated or left over',
    `SELECT y.* FROM payment y WHERE y.status = 'booked' AND y.amountMinor <> y.unallocatedMinor
       - (SELECT coalesce(sum(e.amountMinor), 0) FROM debtEntry e WHERE e.paymentId = y.id AND e.kind = 'payment')`,
  );
  none(
    'a reversed payment leaves nothing',
    `SELECT y.* FROM payment y WHERE y.status = 'reversed' AND (y.unallocatedMinor <> 0 OR 0 <>
       (SELECT coalesce(sum(e.amountMinor), 0) FROM debtEntry e WHERE e.paymentId = y.id))`,
  );
  for (const table of movedTableNames) {
    none(
      `no orphan in ${table}`,
      `SELECT r.id, r.debtorId FROM ${table} r LEFT JOIN debtor d ON d.id = r.debtorId
       WHERE r.debtorId IS NOT NULL AND (d.id IS NULL OR d.mergedInto IS NOT NULL)`,
    );
  }
  none(
    'entries are where their debt is',
    'SELECT e.id FROM debtEntry e JOIN debt b ON b.id = e.debtId WHERE b.debtorId <> e.debtorId',
  );
  none(
    'instalments are where their plan is',
    'SELECT i.id FROM instalment i JOIN paymentPlan n ON n.id = i.paymentPlanId WHERE n.debtorId <> i.debtorId',
  );
  none(
    'promises are where their debt is',
    'SELECT t.id FROM promiseToPay t JOIN debt b ON b.id = t.debtId WHERE b.debtorId <> t.debtorId',
  );
  none(
    'write-offs are where their debt is',
    'SELECT t.id FROM writeOff t JOIN debt b ON b.id = t.debtId WHERE b.debtorId <> t.debtorId',
  );
  none(
    'flags are where their debt is',
    'SELECT t.id FROM hold t JOIN debt b ON b.id = t.debtId WHERE b.debtorId <> t.debtorId',
  );
  none(
    'versions are where their contact point is',
    'SELECT v.id FROM contactPointVersion v JOIN contactPoint c ON c.id = v.contactPointId WHERE c.debtorId <> v.debtorId',
  );
  none(
    'relations lead to nobody who was merged',
    'SELECT r.id FROM relation r JOIN debtor d ON d.id = r.otherDebtorId WHERE d.mergedInto IS NOT NULL AND r.deletedAt IS NULL',
  );
  none(
    'nobody is merged into nobody',
    'SELECT d.id FROM debtor d LEFT JOIN debtor k ON k.id = d.mergedInto WHERE d.mergedInto IS NOT NULL AND k.id IS NULL',
  );
  none(
    'instalments are filled with what they are at most',
    'SELECT * FROM instalment WHERE paidMinor > amountMinor OR paidMinor < 0',
  );
  const interactions = new Set(
    read.all<{ id: string }>('SELECT id FROM interaction').map(({ id }) => id),
  );
  for (const id of world.seen) expect(interactions.has(id), `interaction ${id} is lost`).toBe(true);
  for (const id of interactions) world.seen.add(id);
}

describe('the books of debtors', () => {
  it('stay right whatever happens in whatever order', { timeout: 600_000 }, async () => {
    const runs = Number(process.env.BOOKS_RUNS ?? 40);
    await fc.assert(
      fc.asyncProperty(
        fc.array(operation, { minLength: 5, maxLength: 70, size: 'max' }),
        async (operations) => {
          const world = new World();
          try {
            for (const op of operations) {
              perform(world, op);
              check(world);
            }
          } finally {
            await world.close();
          }
        },
      ),
      {
        numRuns: runs,
        ...(process.env.BOOKS_SEED ? { seed: Number(process.env.BOOKS_SEED) } : {}),
      },
    );
  });
});
