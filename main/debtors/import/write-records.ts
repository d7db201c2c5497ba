import type { SqlValue, WriteContext, WriteDb } from '../../store/index.ts';
import type { PackedRecord } from './packed-record.ts';
import type { PeopleEdits } from './people-edits.ts';
import { ContactPointWriter } from './write-contact-points.ts';
import { DebtorWriter } from './write-debtors.ts';
import { DebtWriter } from './write-debts.ts';
import { NoteWriter } from './write-notes.ts';

/** Of which import rows are. */
export interface ChunkJob {
  importJobId: string;
  portfolioId: string;
  synthetic: boolean;
}

/** Each record is counted once: by its debt when that is new, else by whether anything of it was. */
export interface RecordCounts {
  imported: number;
  updated: number;
  unchanged: number;
}

/** What the writers of a chunk share. */
export interface ChunkParts {
  db: WriteDb;
  context: WriteContext;
  job: ChunkJob;
}

/** A debtor of the chunk that is being written. */
export interface ChunkDebtor {
  id: string;
  /** made in this chunk: nothing of it needs to be looked up */
  isNew: boolean;
  /** it was merged into the one that is named, whose own columns are another's, or its person was erased */
  isClosed: 'merged' | 'erased' | null;
  /** as they are stored now, in the order of `DEBTOR_COLUMNS` */
  values: SqlValue[];
  /** an earlier row of this job made it */
  isOfJob: boolean;
  /** values of contact points that need nothing; null: not looked up yet */
  points: Set<string> | null;
  debts: Map<string, ChunkDebt>;
  notes: Set<string>;
  /** null: not asked for yet */
  edits: PeopleEdits | null;
}

export interface ChunkDebt {
  id: string;
  status: string;
  /** as they are stored now, in the order of `DEBT_COLUMNS` */
  values: SqlValue[];
  isOfJob: boolean;
}

/**
 * Writes records of a portfolio: rows of one debtor meet by the debtor's reference, rows of one debt by its own. What
 * is stored already and is the same is not touched.
 */
export function writeRecords(parts: ChunkParts, records: readonly PackedRecord[]): RecordCounts {
  const debtors = new DebtorWriter(parts);
  const debts = new DebtWriter(parts);
  const points = new ContactPointWriter(parts);
  const notes = new NoteWriter(parts);
  const counts: RecordCounts = { imported: 0, updated: 0, unchanged: 0 };
  for (const [debtorValues, debtValues, pointValues, note] of records) {
    const { debtor, outcome } = debtors.write(debtorValues);
    if (debtor.isClosed === 'erased') {
      counts.unchanged += 1;
      continue;
    }
    const debt = debts.write(debtor, debtValues);
    let isChanged = outcome !== 'same' || debt !== 'same';
    if (points.write(debtor, pointValues)) isChanged = true;
    if (note !== null && notes.write(debtor, note)) isChanged = true;
    if (debt === 'created') counts.imported += 1;
    else if (isChanged) counts.updated += 1;
    else counts.unchanged += 1;
  }
  return counts;
}
