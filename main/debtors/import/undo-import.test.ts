import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DebtorId } from '#shared/domain/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { debtorEditWrites } from '../work/debtor-edit-writes.ts';
import { importBytes } from './import-bytes.ts';
import { importWrites } from './import-writes.ts';
import { runUndo } from './run-undo.ts';

let store: TestStore;
beforeEach(() => {
  store = openTestStore({ writes: importWrites });
});
afterEach(() => store.close());

const HEADER = 'Customer number;Name;Phone;Agreement number;Balance;City;Notes\n';

async function importRows(rows: readonly string[], portfolioName = 'Spring'): Promise<string> {
  await importBytes({
    store,
    storeKind: 'practice',
    bytes: Buffer.from(HEADER + rows.join('\n')),
    fileName: 'spring.csv',
    portfolioName,
    creditorName: 'Creditor',
    thisYear: 2026,
  });
  return lastJob().id;
}

type Job = { id: string; state: string; imported: number; updated: number; unchanged: number };
const lastJob = () => all<Job>('SELECT * FROM importJob ORDER BY id DESC LIMIT 1')[0] as Job;
const all = <Row>(sql: string, ...params: unknown[]) => store.read.all<Row>(sql, ...params);
const live = (table: string) =>
  all<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE deletedAt IS NULL`)[0]?.n;
const idOf = (table: 'debtor' | 'debt', ref: string) =>
  all<{ id: string }>(`SELECT id FROM ${table} WHERE externalRef = ? AND deletedAt IS NULL`, ref)[0]
    ?.id as string;

async function undo(importJobId: string) {
  const input = { importJobId, personId: 'lead' };
  await store.write(importWrites, 'import.beginUndo', input);
  const { done, ...counts } = (await runUndo(store, importJobId)) ?? { done: false };
  expect(done).toBe(true);
  return counts;
}

/** As the ledger books: an entry, and the balance with it. */
function book(debtRef: string, amountMinor: number): void {
  const debtId = idOf('debt', debtRef);
  store.runNow((db, { newId, now }) => {
    const debt = db.get<{ debtorId: string; balanceMinor: number }>(
      'SELECT debtorId, balanceMinor FROM debt WHERE id = ?',
      debtId,
    );
    const entry = { debtId, debtorId: debt?.debtorId, at: now, kind: 'payment', amountMinor };
    db.insert('debtEntry', { id: newId(), ...entry, component: 'principal' });
    db.update('debt', debtId, { balanceMinor: (debt?.balanceMinor ?? 0) + amountMinor });
  });
}

const UNBALANCED = `SELECT externalRef FROM debt WHERE balanceMinor <> principalMinor + interestMinor + feesMinor
  - paidMinor + coalesce((SELECT sum(amountMinor) FROM debtEntry e WHERE e.debtId = debt.id), 0)`;

describe('an import that comes again', () => {
  it('changes what the file changed, and keeps what it was', async () => {
    await importRows(['C1;Ann;+48100200300;A1;5,00;Oslo;', 'C2;Bob;+48100200301;A2;7,00;;']);
    const jobId = await importRows([
      'C1;Ann Smith;+48100200300;A1;4,00;;',
      'C2;Bob;+48100200301;A2;7,00;;',
      'C3;Cid;+48100200302;A3;1,00;;',
    ]);
    expect(lastJob()).toMatchObject({ imported: 1, updated: 1, unchanged: 1 });
    const before = all<{ tableName: string; beforeJson: string }>(
      'SELECT tableName, beforeJson FROM importBefore WHERE importJobId = ? ORDER BY tableName',
      jobId,
    ).map(({ tableName, beforeJson }) => [tableName, JSON.parse(beforeJson)]);
    expect(before).toEqual([
      ['debt', { principalMinor: [500, 400], balanceMinor: [500, 400] }],
      ['debtor', { displayName: ['Ann', 'Ann Smith'], searchName: ['ann', 'ann smith'] }],
    ]);
  });

  it('keeps the first of two values that one job wrote over', async () => {
    await importRows(['C1;Ann;;A1;5,00;Oslo;']);
    const jobId = await importRows(['C1;Ann;;A1;4,00;Bergen;', 'C1;Ann;;A1;3,00;Tromsø;']);
    expect(await undo(jobId)).toEqual({ removed: 0, restored: 2, kept: 0 });
    expect(all('SELECT city FROM debtor')).toEqual([{ city: 'Oslo' }]);
    expect(all('SELECT balanceMinor, status FROM debt')).toEqual([
      { balanceMinor: 500, status: 'open' },
    ]);
  });

  it('books a correction where something was booked since, and nothing the next time', async () => {
    await importRows(['C1;Ann;;A1;5,00;;']);
    book('A1', -200);
    await importRows(['C1;Ann;;A1;4,50;;']);
    const balances = () => all('SELECT principalMinor, balanceMinor FROM debt');
    expect(balances()).toEqual([{ principalMinor: 500, balanceMinor: 250 }]);
    await importRows(['C1;Ann;;A1;4,50;;']);
    expect(lastJob()).toMatchObject({ updated: 0, unchanged: 1 });
    await importRows(['C1;Ann;;A1;5,00;;']);
    expect(balances()).toEqual([{ principalMinor: 500, balanceMinor: 300 }]);
    expect(all(UNBALANCED)).toEqual([]);
  });

  it('revives no number that was removed, corrected or called wrong, and opens no closed debt', async () => {
    const rows = ['C1;Ann;+48100200300,+48100200301,+48100200302;A1;5,00;;'];
    await importRows(rows);
    store.runNow((db, { newId, now }) => {
      const debtorId = idOf('debtor', 'C1');
      const [removed, corrected, wrong] = db.all<{ id: string; value: string }>(
        'SELECT id, value FROM contactPoint ORDER BY value',
      ) as { id: string; value: string }[];
      db.remove('contactPoint', removed?.id as string);
      db.insert('contactPointVersion', {
        id: newId(),
        contactPointId: corrected?.id,
        debtorId,
        at: now,
        beforeJson: JSON.stringify({ value: corrected?.value }),
      });
      db.update('contactPoint', corrected?.id as string, { value: '+48100999999' });
      db.update('contactPoint', wrong?.id as string, { status: 'wrong' });
      db.update('debt', idOf('debt', 'A1'), { status: 'closed' });
    });
    await importRows(rows);
    expect(lastJob()).toMatchObject({ updated: 0, unchanged: 1 });
    await importRows(['C1;Ann;;A1;6,00;;']);
    expect(all('SELECT status, balanceMinor FROM debt')).toEqual([
      { status: 'closed', balanceMinor: 600 },
    ]);
  });

  it('does not write over what a person corrected by hand', async () => {
    await importRows(['C1;Ann Smit;;A1;5,00;Oslo;']);
    const debtorId = idOf('debtor', 'C1') as DebtorId;
    const edit = { debtorId, displayName: 'Ann Smith', street: 'Storgata 1', personId: null };
    store.runNow((db, context) => debtorEditWrites['debtor.edit'](db, context, edit));
    await importRows(['C1;Ann Smit;;A1;5,00;Oslo;']);
    expect(lastJob()).toMatchObject({ updated: 0, unchanged: 1 });
    await importRows(['C1;Ann Smit;;A1;5,00;Bergen;']);
    expect(all('SELECT displayName, searchName, street, city FROM debtor')).toEqual([
      { displayName: 'Ann Smith', searchName: 'ann smith', street: 'Storgata 1', city: 'Bergen' },
    ]);
  });

  it('goes to the debtor who was kept in a merge, and leaves an erased one alone', async () => {
    await importRows(['C1;Ann;;A1;5,00;;', 'C2;Anna;;A2;5,00;;', 'C3;Eve;;A3;5,00;;']);
    const [kept, merged, erased] = ['C1', 'C2', 'C3'].map((ref) => idOf('debtor', ref));
    store.runNow((db, { now }) => {
      db.update('debt', idOf('debt', 'A2'), { debtorId: kept });
      db.update('debtor', merged as string, { mergedInto: kept });
      db.remove('debtor', merged as string);
      db.update('debtor', erased as string, { erasedAt: now, displayName: 'erased' });
    });
    await importRows([
      'C2;Anna N;+48100200300;A2;4,00;;',
      'C2;Anna N;;A4;1,00;;',
      'C3;Eve;;A3;9,00;;',
    ]);
    expect(lastJob()).toMatchObject({ imported: 1, updated: 1, unchanged: 1 });
    expect(all('SELECT displayName FROM debtor WHERE deletedAt IS NULL ORDER BY id')).toEqual([
      { displayName: 'Ann' },
      { displayName: 'erased' },
    ]);
    expect(all<{ debtorId: string }>('SELECT debtorId FROM contactPoint')).toEqual([
      { debtorId: kept },
    ]);
    expect(
      all('SELECT externalRef FROM debt WHERE debtorId = ? ORDER BY externalRef', kept),
    ).toEqual(['A1', 'A2', 'A4'].map((externalRef) => ({ externalRef })));
  });
});

describe('an import that is taken back', () => {
  it('leaves nothing when nobody worked on it, not its portfolio, and can be made again', async () => {
    const rows = ['C1;Ann;+48100200300;A1;5,00;;careful', 'C1;Ann;;A2;5,00;;', 'C2;Bob;;A3;1,00;;'];
    const jobId = await importRows(rows);
    expect(await undo(jobId)).toEqual({ removed: 3, restored: 0, kept: 0 });
    expect(['portfolio', 'debtor', 'debt', 'contactPoint'].map(live)).toEqual([0, 0, 0, 0]);
    expect(all('SELECT text FROM interactionContent')).toEqual([{ text: null }]);
    expect(lastJob()).toMatchObject({ state: 'finished' });
    await importRows(rows);
    expect(lastJob()).toMatchObject({ imported: 3 });
    expect(['portfolio', 'debtor', 'debt', 'contactPoint'].map(live)).toEqual([1, 2, 3, 1]);
  });

  it('keeps whole debtors whom somebody worked on', async () => {
    const jobId = await importRows(['C1;Ann;+48100200300;A1;5,00;;', 'C2;Bob;;A2;1,00;;']);
    store.runNow((db, { newId, now }) =>
      db.insert('interaction', {
        id: newId(),
        debtorId: idOf('debtor', 'C1'),
        channel: 'call',
        direction: 'out',
        at: now,
      }),
    );
    expect(await undo(jobId)).toEqual({ removed: 1, restored: 0, kept: 1 });
    expect(all('SELECT externalRef FROM debtor WHERE deletedAt IS NULL')).toEqual([
      { externalRef: 'C1' },
    ]);
    expect(['portfolio', 'debt', 'contactPoint'].map(live)).toEqual([1, 1, 1]);
  });

  it('takes a message that waits to leave for work, and a picture that was only looked at for none', async () => {
    const jobId = await importRows(['C1;Ann;+48100200300;A1;5,00;;', 'C2;Bob;;A2;1,00;;']);
    store.runNow((db, { newId, now }) => {
      db.insert('message', {
        id: newId(),
        channel: 'sms',
        debtorId: idOf('debtor', 'C1'),
        toAddress: '+48100200300',
        state: 'queued',
        dueAt: now + 86_400_000,
        queuedAt: now,
      });
      db.insert('document', {
        id: newId(),
        debtorId: idOf('debtor', 'C2'),
        kind: 'messageMedia',
        name: 'page.jpg',
        mediaType: 'image/jpeg',
        bytes: 1,
        sha256: '',
        fileName: 'page',
        createdAt: now,
      });
    });
    expect(await undo(jobId)).toEqual({ removed: 1, restored: 0, kept: 1 });
    expect(all('SELECT externalRef FROM debtor WHERE deletedAt IS NULL')).toEqual([
      { externalRef: 'C1' },
    ]);
  });

  it('takes its debts and numbers from debtors who were there, but not those in use', async () => {
    await importRows(['C1;Ann;+48100200300;A1;5,00;;']);
    const jobId = await importRows([
      'C1;Ann;+48100200301;A2;5,00;;',
      'C1;Ann;+48100200302;A3;5,00;;',
    ]);
    book('A3', -100);
    store.runNow((db) => {
      const used = db.get<{ id: string }>("SELECT id FROM contactPoint WHERE value LIKE '%302'");
      db.update('contactPoint', used?.id as string, { lastTriedAt: 1 });
    });
    expect(await undo(jobId)).toEqual({ removed: 1, restored: 0, kept: 1 });
    const values = all('SELECT value FROM contactPoint WHERE deletedAt IS NULL ORDER BY value');
    expect(values).toEqual([{ value: '+48100200300' }, { value: '+48100200302' }]);
    await importRows(['C1;Ann;+48100200301;A2;5,00;;']);
    expect(lastJob()).toMatchObject({ imported: 1 });
    expect(live('contactPoint')).toBe(3);
  });

  it('restores what still is as it left it, and lets stand what was changed since', async () => {
    await importRows(['C1;Ann;;A1;5,00;Oslo;', 'C2;Bob;;A2;5,00;;']);
    const jobId = await importRows(['C1;Anne;;A1;4,00;Bergen;', 'C2;Bob;;A2;3,00;;']);
    book('A1', -100);
    store.runNow((db) => db.update('debtor', idOf('debtor', 'C1'), { city: 'Tromsø' }));
    expect(await undo(jobId)).toEqual({ removed: 0, restored: 3, kept: 0 });
    expect(all('SELECT displayName, city FROM debtor ORDER BY id LIMIT 1')).toEqual([
      { displayName: 'Ann', city: 'Tromsø' },
    ]);
    expect(all('SELECT balanceMinor FROM debt ORDER BY externalRef')).toEqual([
      { balanceMinor: 400 },
      { balanceMinor: 500 },
    ]);
    expect(all(UNBALANCED)).toEqual([]);
    expect(all('SELECT 1 FROM importBefore')).toEqual([]);
  });

  it('takes its corrections back by their opposites', async () => {
    await importRows(['C1;Ann;;A1;5,00;;']);
    book('A1', -200);
    const jobId = await importRows(['C1;Ann;;A1;4,00;;']);
    await undo(jobId);
    expect(all('SELECT balanceMinor FROM debt')).toEqual([{ balanceMinor: 300 }]);
    expect(all(UNBALANCED)).toEqual([]);
  });

  it('keeps debtors that a later import changed', async () => {
    const first = await importRows(['C1;Ann;;A1;5,00;Oslo;']);
    await importRows(['C1;Ann;;A1;5,00;Bergen;']);
    expect(await undo(first)).toEqual({ removed: 0, restored: 0, kept: 1 });
    expect(live('debtor')).toBe(1);
  });

  it('goes on from where a crash stopped it', async () => {
    const rows = Array.from({ length: 90 }, (_, n) => `C${n};Ann ${n};;A${n};5,00;;`);
    const importJobId = await importRows(rows);
    await store.write(importWrites, 'import.beginUndo', { importJobId, personId: null });
    await store.write(importWrites, 'import.undoChunk', { importJobId });
    expect(live('debtor')).toBe(70);
    const { undoing } = await store.write(importWrites, 'import.recover', { before: 0 });
    expect(undoing).toEqual([importJobId]);
    expect(await runUndo(store, importJobId)).toMatchObject({ removed: 90, kept: 0 });
  });

  it('is refused while it runs, and a second time', async () => {
    const importJobId = await importRows(['C1;Ann;;A1;5,00;;']);
    const begin = () =>
      store.write(importWrites, 'import.beginUndo', { importJobId, personId: null });
    await begin();
    await expect(begin()).rejects.toMatchObject({ code: 'import.undo-in-progress' });
    await runUndo(store, importJobId);
    await expect(begin()).rejects.toMatchObject({ code: 'import.already-undone' });
    await expect(
      store.write(importWrites, 'import.beginUndo', { importJobId: 'none', personId: null }),
    ).rejects.toMatchObject({ code: 'contract.not-found' });
  });

  it('keeps balances equal to their entries, whatever came in between', async () => {
    const amount = fc.integer({ min: 0, max: 900 }).map((minor) => (minor / 100).toFixed(2));
    const row = fc
      .record({
        debtor: fc.constantFrom('C1', 'C2'),
        debt: fc.constantFrom('A1', 'A2', 'A3'),
        amount,
      })
      .map((each) => `${each.debtor};Ann;;${each.debtor}${each.debt};${each.amount};;`);
    const step = fc.oneof(
      fc.array(row, { minLength: 1, maxLength: 5 }).map((rows) => ({ rows })),
      fc.record({ pay: fc.integer({ min: 1, max: 500 }), nth: fc.nat(5) }),
      fc.record({ undo: fc.nat(3) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 9 }), async (taken) => {
        const jobs: string[] = [];
        for (const each of taken) {
          if ('rows' in each) jobs.push(await importRows(each.rows, 'Property'));
          else if ('pay' in each) {
            const debts = all<{ externalRef: string }>(
              'SELECT externalRef FROM debt WHERE deletedAt IS NULL',
            );
            const debt = debts[each.nth % Math.max(1, debts.length)];
            if (debt) book(debt.externalRef, -each.pay);
          } else {
            const [job] = jobs.splice(each.undo % Math.max(1, jobs.length), 1);
            if (job !== undefined) await undo(job);
          }
          expect(all(UNBALANCED)).toEqual([]);
        }
        const orphans = `SELECT 1 FROM debt b LEFT JOIN debtor d ON d.id = b.debtorId
          WHERE b.deletedAt IS NULL AND (d.id IS NULL OR d.deletedAt IS NOT NULL)`;
        expect(all(orphans)).toEqual([]);
        for (const job of jobs) await undo(job);
        expect(all(orphans)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('a dry run', () => {
  const tryRows = async (...chunks: unknown[][]) => {
    const ids = await store.write(importWrites, 'import.startDryRun', {
      portfolioId: null,
      portfolioName: 'Spring',
      creditorName: 'Creditor',
    });
    const total = { imported: 0, updated: 0, unchanged: 0 };
    for (const records of chunks) {
      const counts = await store.write(importWrites, 'import.tryChunk', {
        importJobId: ids.importJobId,
        portfolioId: ids.portfolioId ?? '',
        synthetic: true,
        recordsJson: JSON.stringify(records),
      });
      total.imported += counts.imported;
      total.updated += counts.updated;
      total.unchanged += counts.unchanged;
    }
    await store.write(importWrites, 'import.endDryRun', { importJobId: ids.importJobId });
    return total;
  };
  /** as the parser packs what these rows say */
  const packed = (...rows: [ref: string, name: string, debt: string, balanceMinor: number][]) => {
    const known = all<Record<string, string>>('SELECT * FROM debtor LIMIT 1')[0] ?? {};
    return rows.map(([ref, name, debt, balance]) => {
      const { language, jurisdiction, timeZonesJson, country } = known;
      const names = [ref, 'person', name, name.toLowerCase(), null, null, null];
      const place = [language, jurisdiction, timeZonesJson, null, null, null, country];
      const money = [balance, 0, 0, 0, balance, null, null];
      const currency = all<{ currency: string }>('SELECT currency FROM debt')[0]?.currency;
      return [
        [...names, null, null, null, null, ...place],
        [debt, 'Creditor', '', currency, ...money],
        [],
        null,
      ];
    });
  };

  it('says what would happen, across chunks, and writes nothing', async () => {
    await importRows(['C1;Ann;;A1;5,00;;', 'C2;Bob;;A2;5,00;;']);
    const changes = all('SELECT seq FROM change').length;
    expect(
      await tryRows(
        packed(['C1', 'Ann', 'A1', 500], ['C2', 'Bob', 'A2', 700], ['C3', 'Cid', 'A3', 1]),
        packed(['C3', 'Cid', 'A3', 1], ['C3', 'Cid', 'A3', 2], ['C3', 'Cid', 'A4', 2]),
      ),
    ).toEqual({ imported: 2, updated: 2, unchanged: 2 });
    expect([live('debtor'), live('debt')]).toEqual([2, 2]);
    expect(all('SELECT seq FROM change')).toHaveLength(changes);
    expect(all('SELECT 1 FROM importBefore')).toEqual([]);
  });
});
