import type { CommandOutput } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';
import { maskNationalId } from '../mask-national-id.ts';
import { keptDebtorId } from '../work/require-debtor.ts';
import {
  differingFields,
  filledFields,
  MERGED_FIELD_COLUMNS,
  type MergedFields,
} from './debtor-fields.ts';
import { loadMergeSide } from './merge-side.ts';
import { type MovedTable, movedTables } from './moved-tables.ts';

export type MergePreview = Unbranded<CommandOutput<'merge.preview'>>;

/** Kinds of rows that a person thinks in. */
const SHOWN: readonly MovedTable[] = [
  'debt',
  'contactPoint',
  'interaction',
  'payment',
  'promiseToPay',
  'paymentPlan',
  'writeOff',
  'relation',
  'hold',
  'consent',
  'document',
  'callback',
];

interface Fields extends MergedFields {
  kind: string;
  portfolioId: string | null;
}

/** What a merge would do. @throws AppError `merge.same`, `merge.already-merged`, `contract.not-found` */
export function previewMerge(
  read: ReadDb,
  input: { keptDebtorId: string; mergedDebtorId: string },
): MergePreview {
  const keptId = keptDebtorId(read, input.keptDebtorId);
  const mergedId = keptDebtorId(read, input.mergedDebtorId);
  if (keptId === null || mergedId === null) {
    throw new AppError('contract.not-found', 'no such debtor');
  }
  if (mergedId !== input.mergedDebtorId) {
    throw new AppError('merge.already-merged', 'this debtor was merged before');
  }
  if (keptId === mergedId) throw new AppError('merge.same', 'this is one debtor');
  const [kept, merged] = [loadFields(read, keptId), loadFields(read, mergedId)];
  return {
    kept: loadMergeSide(read, keptId),
    merged: loadMergeSide(read, mergedId),
    moves: SHOWN.map((kind) => ({
      kind,
      count: read.all(movedTables[kind], mergedId).length,
    })).filter(({ count }) => count > 0),
    differences: differingFields(fieldsOf(kept), fieldsOf(merged)).map((difference) =>
      difference.field === 'nationalId'
        ? {
            ...difference,
            kept: maskNationalId(difference.kept) ?? '',
            merged: maskNationalId(difference.merged) ?? '',
          }
        : difference,
    ),
    fills: filledFields(kept, merged)
      .filter(({ column }) => column !== 'nationalIdKind')
      .map(({ column, value }) => ({
        field: column,
        value: column === 'nationalId' ? (maskNationalId(value) ?? '') : value,
      })),
    warnings: warningsOf(read, { ...kept, id: keptId }, { ...merged, id: mergedId }),
  };
}

function loadFields(read: ReadDb, debtorId: string): Fields {
  const row = read.get<Fields>(
    `SELECT kind, portfolioId, ${MERGED_FIELD_COLUMNS} FROM debtor WHERE id = ?`,
    debtorId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such debtor');
  return row;
}

function fieldsOf({ kind: _kind, portfolioId: _portfolioId, ...fields }: Fields): MergedFields {
  return fields;
}

function warningsOf(
  read: ReadDb,
  kept: Fields & { id: string },
  merged: Fields & { id: string },
): MergePreview['warnings'] {
  const isUp = [kept.id, merged.id].some(
    (id) =>
      read.get('SELECT 1 FROM attempt WHERE debtorId = ? AND endedAt IS NULL LIMIT 1', id) !==
      undefined,
  );
  const ids = kept.nationalId !== null && merged.nationalId !== null;
  return [
    ...(ids && kept.nationalId !== merged.nationalId ? (['different-national-id'] as const) : []),
    ...(kept.kind === merged.kind ? [] : (['different-kind'] as const)),
    ...(kept.portfolioId === merged.portfolioId ? [] : (['different-portfolio'] as const)),
    ...(isUp ? (['call-up'] as const) : []),
  ];
}
