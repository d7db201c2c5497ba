import type { ImportKind } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/index.ts';

/** What a list of jobs says of one beside how far it is. */
export interface ListedJob {
  importJobId: string;
  fileName: string;
  /** the portfolio or the do-not-call list; empty: all portfolios */
  target: string;
  startedAt: number;
  personName: string | null;
}

const SELECT = `SELECT j.id AS importJobId, j.fileName, j.startedAt, p.displayName AS personName,
    coalesce(f.name, json_extract(j.mappingJson, '$.listName'), '') AS target
  FROM importJob j LEFT JOIN portfolio f ON f.id = j.portfolioId LEFT JOIN person p ON p.id = j.personId
  WHERE (? IS NULL OR j.kind = ?) ORDER BY j.id DESC LIMIT ?`;

/** The newest first: ids grow. */
export function listJobRows(db: ReadDb, kind: ImportKind | null, limit: number): ListedJob[] {
  return db.all<ListedJob>(SELECT, kind, kind, limit);
}
