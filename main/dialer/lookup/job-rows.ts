import type { LineStatus, LookupJob } from '#shared/contract/lookup.contract.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';

export type JobView = Unbranded<LookupJob>;

/** What a job goes by besides its columns. */
export interface JobInput {
  /** a phone that is switched off waits so long */
  absentWaitMs: number;
  /** all its numbers are rows */
  filled: boolean;
  /** the most that the provider said it took for one number, millionths; absent: it said nothing */
  highestMicro?: number;
}

interface Row extends Omit<JobView, 'found'> {
  foundJson: string;
}

const SELECT = `SELECT j.id AS lookupJobId, j.gatewayId AS lookupGatewayId,
    COALESCE(json_extract(g.settingsJson, '$.name'), '') AS gatewayName, j.portfolioId, j.campaignId, j.state, j.numbers,
    j.fromCache, j.done, j.failed, j.costMicro, j.budgetMicro, j.currency, j.foundJson, j.error, j.createdAt, j.finishedAt
  FROM lookupJob j LEFT JOIN gateway g ON g.id = j.gatewayId`;

export function listJobs(db: ReadDb, limit: number): JobView[] {
  return db.all<Row>(`${SELECT} ORDER BY j.createdAt DESC, j.id DESC LIMIT ?`, limit).map(view);
}

export function runningJobs(db: ReadDb): JobView[] {
  return db.all<Row>(`${SELECT} WHERE j.state = 'running' ORDER BY j.createdAt`).map(view);
}

export function findJob(db: ReadDb, lookupJobId: string): JobView | null {
  const row = db.get<Row>(`${SELECT} WHERE j.id = ?`, lookupJobId);
  return row ? view(row) : null;
}

export function inputOf(db: ReadDb, lookupJobId: string): JobInput {
  const row = db.get<{ inputJson: string }>(
    'SELECT inputJson FROM lookupJob WHERE id = ?',
    lookupJobId,
  );
  return JSON.parse(row?.inputJson ?? '{"absentWaitMs":0,"filled":false}') as JobInput;
}

/** The most that a gateway's provider ever said it took for one number, in any job; 0: it never said. */
export function highestTold(db: ReadDb, lookupGatewayId: string): number {
  const row = db.get<{ highest: number | null }>(
    `SELECT max(json_extract(inputJson, '$.highestMicro')) AS highest FROM lookupJob WHERE gatewayId = ?`,
    lookupGatewayId,
  );
  return row?.highest ?? 0;
}

function view({ foundJson, ...row }: Row): JobView {
  return { ...row, found: JSON.parse(foundJson) as Partial<Record<LineStatus, number>> };
}

export interface OpenItem {
  id: string;
  number: string;
}

/** Numbers that have no answer yet; those that a dead run asked about are among them. */
export function openItems(db: ReadDb, lookupJobId: string, limit: number): OpenItem[] {
  return db.all<OpenItem>(
    'SELECT id, number FROM lookupItem WHERE jobId = ? AND doneAt IS NULL ORDER BY id LIMIT ?',
    lookupJobId,
    limit,
  );
}
