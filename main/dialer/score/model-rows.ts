import type { ReadDb, WriteContext, WriteDb, WriteMap } from '../../store/types.ts';
import type { PayModel, TrainReport } from './train.ts';

export interface ModelRow {
  id: string;
  at: number;
  cases: number;
  payers: number;
  report: TrainReport;
}

export interface KeepModel {
  model: PayModel;
  report: TrainReport;
  cases: number;
  payers: number;
}

const KEPT = 20;
const parsed = new WeakMap<ReadDb, { id: string; model: PayModel }>();

export const scoreWrites = {
  /** Older models stay for a while, so that their reports can be compared. */
  'score.keep-model': (db: WriteDb, context: WriteContext, input: KeepModel): void => {
    db.run(
      'INSERT INTO payScoreModel (id, at, cases, payers, modelJson, reportJson) VALUES (?, ?, ?, ?, ?, ?)',
      context.newId(),
      context.now,
      input.cases,
      input.payers,
      JSON.stringify(input.model),
      JSON.stringify(input.report),
    );
    db.run(
      'DELETE FROM payScoreModel WHERE id NOT IN (SELECT id FROM payScoreModel ORDER BY at DESC, id DESC LIMIT ?)',
      KEPT,
    );
  },
} satisfies WriteMap;

/** The model in use; read from the store once for each that was kept. */
export function newestModel(db: ReadDb): PayModel | null {
  const newest = db.get<{ id: string }>(
    'SELECT id FROM payScoreModel ORDER BY at DESC, id DESC LIMIT 1',
  );
  if (!newest) return null;
  const known = parsed.get(db);
  if (known?.id === newest.id) return known.model;
  const row = db.get<{ modelJson: string }>(
    'SELECT modelJson FROM payScoreModel WHERE id = ?',
    newest.id,
  );
  if (!row) return null;
  const model = JSON.parse(row.modelJson) as PayModel;
  parsed.set(db, { id: newest.id, model });
  return model;
}

export function newestReport(db: ReadDb): ModelRow | null {
  const row = db.get<Omit<ModelRow, 'report'> & { reportJson: string }>(
    'SELECT id, at, cases, payers, reportJson FROM payScoreModel ORDER BY at DESC, id DESC LIMIT 1',
  );
  if (!row) return null;
  const { reportJson, ...columns } = row;
  return { ...columns, report: JSON.parse(reportJson) as TrainReport };
}
