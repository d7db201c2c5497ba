import type { BulkAction } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb, WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { applyBulk } from './apply-bulk.ts';
import { idsFromBytes } from './id-table.ts';

/** Debtors of one part: one transaction, short enough for calls to pass between two. */
export const DEBTORS_IN_PART = 250;

export interface BulkRow {
  id: string;
  personId: string | null;
  actionJson: string;
  /** null: for debtors who were named one by one */
  filterJson: string | null;
  state: 'collecting' | 'running' | 'finished' | 'cancelled' | 'failed';
  total: number | null;
  done: number;
  changed: number;
  startedAt: number;
  finishedAt: number | null;
}

const COLUMNS =
  'id, personId, actionJson, filterJson, state, total, done, changed, startedAt, finishedAt';

export function findBulk(read: ReadDb, bulkJobId: string): BulkRow | undefined {
  return read.get<BulkRow>(`SELECT ${COLUMNS} FROM bulkJob WHERE id = ?`, bulkJobId);
}

/** The newest first. */
export function loadBulks(read: ReadDb, limit: number): BulkRow[] {
  return read.all<BulkRow>(
    `SELECT ${COLUMNS} FROM bulkJob ORDER BY startedAt DESC, id DESC LIMIT ?`,
    limit,
  );
}

/** Writes of actions for many debtors. A job and its parts are this file's own affairs; what it does to debtors is logged. */
export const bulkWrites = {
  'list.startBulk': startBulk,
  'list.addBulkPart': (
    db: WriteDb,
    _context: WriteContext,
    input: { bulkJobId: string; position: number; ids: Uint8Array },
  ): void => addPart(db, input.bulkJobId, input.position, input.ids),
  'list.beginBulk': (
    db: WriteDb,
    _context: WriteContext,
    input: { bulkJobId: string; total: number },
  ): void => {
    db.run(
      "UPDATE bulkJob SET state = 'running', total = ? WHERE id = ? AND state = 'collecting'",
      input.total,
      input.bulkJobId,
    );
  },
  'list.runBulkPart': runPart,
  'list.endBulk': endBulk,
  /** A job that a dead run was still collecting begins anew. */
  'list.recollectBulk': (
    db: WriteDb,
    _context: WriteContext,
    input: { bulkJobId: string },
  ): void => {
    db.run('DELETE FROM bulkPart WHERE bulkJobId = ?', input.bulkJobId);
  },
} satisfies WriteMap;

interface StartBulk {
  personId: string;
  action: Unbranded<BulkAction>;
  /** one of both */
  filterJson: string | null;
  ids: Uint8Array | null;
}

/** @throws AppError `contract.not-found` for a campaign that is not there */
function startBulk(db: WriteDb, context: WriteContext, input: StartBulk): { bulkJobId: string } {
  const { personId, action, filterJson, ids } = input;
  if (action.kind === 'addToCampaign') requireCampaign(db, action.campaignId);
  const bulkJobId = context.newId();
  db.insert('bulkJob', {
    id: bulkJobId,
    personId,
    actionJson: JSON.stringify(action),
    filterJson,
    state: ids === null ? 'collecting' : 'running',
    total: ids === null ? null : ids.length / 16,
    startedAt: context.now,
  });
  if (ids !== null) {
    const step = DEBTORS_IN_PART * 16;
    for (let at = 0; at < ids.length; at += step) {
      addPart(db, bulkJobId, at / step, ids.subarray(at, at + step));
    }
  }
  return { bulkJobId };
}

function requireCampaign(db: ReadDb, campaignId: string): void {
  const known = db.get('SELECT 1 FROM campaign WHERE id = ? AND deletedAt IS NULL', campaignId);
  if (!known) throw new AppError('contract.not-found', 'no such campaign');
}

function addPart(db: WriteDb, bulkJobId: string, position: number, ids: Uint8Array): void {
  db.insert('bulkPart', { bulkJobId, position, debtorIds: Buffer.from(ids) });
}

/**
 * The next part of a job: what it does and that it is done are one transaction, so nothing is done twice or left out,
 * wherever the engine stops.
 * @returns whether there is more
 */
function runPart(
  db: WriteDb,
  context: WriteContext,
  input: { bulkJobId: string },
): { more: boolean } {
  const job = findBulk(db, input.bulkJobId);
  if (job?.state !== 'running') return { more: false };
  const part = db.get<{ position: number; debtorIds: Uint8Array }>(
    'SELECT position, debtorIds FROM bulkPart WHERE bulkJobId = ? ORDER BY position LIMIT 1',
    job.id,
  );
  if (!part) {
    endBulk(db, context, { bulkJobId: job.id, state: 'finished' });
    return { more: false };
  }
  const ids = idsFromBytes(part.debtorIds);
  const action = JSON.parse(job.actionJson) as Unbranded<BulkAction>;
  const chunk = db.beginChunk('list.bulk');
  const changed = applyBulk(db, context, action, ids, job.personId);
  chunk.end();
  db.run('DELETE FROM bulkPart WHERE bulkJobId = ? AND position = ?', job.id, part.position);
  db.run(
    'UPDATE bulkJob SET done = done + ?, changed = changed + ? WHERE id = ?',
    ids.length,
    changed,
    job.id,
  );
  return { more: true };
}

function endBulk(
  db: WriteDb,
  context: WriteContext,
  input: { bulkJobId: string; state: 'finished' | 'cancelled' | 'failed' },
): void {
  db.run(
    "UPDATE bulkJob SET state = ?, finishedAt = ? WHERE id = ? AND state IN ('collecting', 'running')",
    input.state,
    context.now,
    input.bulkJobId,
  );
  db.run('DELETE FROM bulkPart WHERE bulkJobId = ?', input.bulkJobId);
}
