import iconv from 'iconv-lite';
import type { ImportFinding, ImportFormat, ImportMapping } from '#shared/contract/index.ts';
import { openTestStore, type TestStore } from '../../../testing/open-test-store.ts';
import { bankWrites } from '../../bank/bank-writes.ts';
import { addDebt, addDebtor } from '../../debtors.fixture.ts';
import { insertPortfolio } from '../../writes/portfolio-writes.ts';
import { importWrites } from '../import-writes.ts';
import { runUndo } from '../run-undo.ts';
import { detectEncoding } from '../text-encoding.ts';
import { guessKindMapping } from './guess-kind-mapping.ts';
import type { KindRecord, OtherKind } from './kind-records.ts';
import { createKindReader } from './read-kind.ts';

/** 20 November 2026, noon in Warsaw. */
export const NOW = Date.parse('2026-11-20T12:00:00+01:00');
/** check digits fit; they are nobody's */
export const VIRTUAL = '61109010140000071219812874';
export const PAYER_ACCOUNT = '27114020040000300201355387';

const HOME = { country: 'PL', currency: 'PLN' };

export function openKindStore(): TestStore {
  return openTestStore({
    storeKind: 'real',
    writes: { ...importWrites, ...bankWrites },
    clock: { now: () => NOW, monotonic: () => performance.now(), setTimer: () => () => {} },
  });
}

export interface People {
  portfolioId: string;
  jan: string;
  janDebt: string;
  anna: string;
  annaDebt: string;
}

/** Jan owes 100 zł on U/2026/0001 and pays to an account of his own; Anna owes 50 zł on U/2026/0002. */
export function addPeople(store: TestStore): People {
  return store.runNow((db, context) => {
    const portfolioId = insertPortfolio(db, context, { name: 'Wiosna', creditorName: 'C' });
    const jan = addDebtor(db, context, {
      portfolioId,
      externalRef: 'K-1001',
      displayName: 'Jan Kowalski',
      givenName: 'Jan',
      familyName: 'Kowalski',
      nationalId: '44051401359',
      nationalIdKind: 'PESEL',
    });
    const anna = addDebtor(db, context, {
      portfolioId,
      externalRef: 'K-1002',
      displayName: 'Anna Wiśniewska',
      givenName: 'Anna',
      familyName: 'Wiśniewska',
    });
    const janDebt = addDebt(db, context, {
      portfolioId,
      debtorId: jan,
      externalRef: 'U/2026/0001',
      accountToPay: `PL${VIRTUAL}`,
    });
    const annaDebt = addDebt(db, context, {
      portfolioId,
      debtorId: anna,
      externalRef: 'U/2026/0002',
      principalMinor: 5_000,
      balanceMinor: 5_000,
    });
    return { portfolioId, jan, janDebt, anna, annaDebt };
  });
}

export interface KindRun {
  importJobId: string;
  imported: number;
  unchanged: number;
  queued: number;
  ignored: number;
  /** of every row that was kept out: its line and why */
  rejected: [line: number, findings: ImportFinding[]][];
  notices: ImportFinding[];
  mapping: ImportMapping;
}

export interface KindRunOptions {
  format?: ImportFormat;
  encoding?: string;
  mapping?: Partial<ImportMapping>;
  dryRun?: boolean;
  listName?: string;
  replaceList?: boolean;
  portfolioId?: string | null;
}

/** Imports a small file on this thread: reading, conversion, chunks and counts as in the product. */
export async function importText(
  store: TestStore,
  kind: OtherKind,
  text: string,
  options: KindRunOptions = {},
): Promise<KindRun> {
  const bytes = iconv.encode(text, options.encoding ?? 'utf-8');
  const { format = 'csv', dryRun = false, listName = '', replaceList = false } = options;
  const encoding = detectEncoding(bytes);
  const mapping = { ...guessKindMapping(kind, bytes, { encoding }, HOME), ...options.mapping };
  const portfolioId = options.portfolioId ?? null;
  const { importJobId } = dryRun
    ? await store.write(importWrites, 'kinds.startDryRun', { portfolioId })
    : await store.write(importWrites, 'kinds.start', {
        kind,
        fileName: 'f.csv',
        fileSha256: '',
        mappingJson: JSON.stringify(mapping),
        personId: null,
        portfolioId,
      });
  const reader = createKindReader(kind, format, { mapping, storeKind: 'real', thisYear: 2026 });
  const items = [...reader.push(bytes), ...reader.end()];
  const rows = items.filter((item) => item.kind === 'row');
  const sent = rows.flatMap(({ raw, conversion }) =>
    conversion.kind === 'record' ? [{ line: raw.line, record: conversion.record }] : [],
  );
  const rejected = rows.flatMap(({ raw, conversion }): KindRun['rejected'] =>
    conversion.kind === 'rejected' ? [[raw.line, conversion.problems]] : [],
  );
  const done = await store.write(importWrites, 'kinds.chunk', {
    importJobId,
    kind,
    dryRun,
    portfolioId,
    listName,
    replaceList,
    recordsJson: JSON.stringify(sent.map(({ record }): KindRecord => record)),
    rows: rows.length,
    rejected: rejected.length,
    ignored: rows.filter(({ conversion }) => conversion.kind === 'ignored').length,
    notices: [],
  });
  for (const [index, finding] of done.refused) {
    rejected.push([sent[index]?.line ?? 0, [finding]]);
  }
  if (replaceList && !dryRun) await sweep(store, importJobId, listName);
  if (!dryRun) {
    await store.write(importWrites, 'import.end', { importJobId, state: 'finished', error: null });
  }
  const { imported, unchanged, queued, ignored } = done;
  const notices = items.flatMap((item) => (item.kind === 'notice' ? [item.notice.finding] : []));
  return { importJobId, imported, unchanged, queued, ignored, rejected, notices, mapping };
}

async function sweep(store: TestStore, importJobId: string, listName: string): Promise<void> {
  let after: string | null = '';
  while (after !== null) {
    const done: { after: string | null } = await store.write(importWrites, 'kinds.sweep', {
      importJobId,
      listName,
      after,
    });
    after = done.after;
  }
}

export async function undo(store: TestStore, importJobId: string) {
  await store.write(importWrites, 'import.beginUndo', { importJobId, personId: null });
  const done = await runUndo(store, importJobId);
  return { removed: done?.removed, restored: done?.restored, kept: done?.kept };
}

/** Every balance is what was opened with its entries, in minor units. */
export function assertBooks(store: TestStore): void {
  const wrong = store.read.all(
    `SELECT d.id, d.balanceMinor FROM debt d WHERE d.balanceMinor <> d.principalMinor + d.interestMinor + d.feesMinor
       - d.paidMinor + coalesce((SELECT sum(amountMinor) FROM debtEntry e WHERE e.debtId = d.id), 0)`,
  );
  if (wrong.length > 0) throw new Error(`balances are not their entries: ${JSON.stringify(wrong)}`);
}
