import { invariant } from '#shared/errors/index.ts';
import { insertAuditEntry } from '../../access/writes.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import type { RetentionResult } from './retention-types.ts';
import { retentionSources } from './sources.ts';

/** Writes of the job that removes what need not and may not be kept any longer. Each can be repeated. */
export const retentionWrites = {
  'retention.begin': (
    db: WriteDb,
    context: WriteContext,
    input: { retentionRunId: string; personId: string | null },
  ): void => {
    // at most one runs: one that a dead engine left did what it did, and is begun anew
    const dead = db.all<{ id: string }>("SELECT id FROM retentionRun WHERE state = 'running'");
    for (const { id } of dead) {
      const columns = { state: 'failed', error: 'retention.interrupted', finishedAt: context.now };
      db.update('retentionRun', id, columns);
    }
    db.insert('retentionRun', {
      id: input.retentionRunId,
      startedAt: context.now,
      state: 'running',
      personId: input.personId,
    });
  },
  'retention.remove': (
    db: WriteDb,
    context: WriteContext,
    input: { source: string; ids: readonly string[] },
  ): void => {
    const source = retentionSources.find(({ name }) => name === input.source);
    invariant(source, `no source of records ${input.source}`);
    for (const id of input.ids) source.remove(db, context, id);
  },
  'retention.finish': (
    db: WriteDb,
    context: WriteContext,
    input: { retentionRunId: string; results: readonly RetentionResult[]; error: string | null },
  ): void => {
    const { retentionRunId, results, error } = input;
    db.update('retentionRun', retentionRunId, {
      state: error === null ? 'finished' : 'failed',
      finishedAt: context.now,
      resultJson: JSON.stringify(results),
      error,
    });
    const removed = results.reduce((sum, result) => sum + result.removed, 0);
    if (removed === 0) return;
    insertAuditEntry(db, context, {
      action: 'retention.removed',
      personId: null,
      details: { retentionRunId, results },
    });
  },
  'retention.set': (
    db: WriteDb,
    context: WriteContext,
    input: { artefact: string; jurisdiction: string; chosen: string | null; personId: string },
  ): void => {
    const { artefact, jurisdiction, chosen, personId } = input;
    const periods = JSON.parse(readChosenJson(db)) as Record<string, string>;
    const key = `${artefact}/${jurisdiction}`;
    if (chosen === null) delete periods[key];
    else periods[key] = chosen;
    saveSetting(db, context, CHOSEN_SETTING, periods);
    insertAuditEntry(db, context, {
      action: 'retention.period-set',
      personId,
      details: { artefact, jurisdiction, chosen },
    });
  },
  'retention.mark': (
    db: WriteDb,
    context: WriteContext,
    input: { marks: Readonly<Record<string, number>>; signature: string },
  ): void => saveSetting(db, context, MARKS_SETTING, input),
} satisfies WriteMap;

/** What the firm chose, by `<artefact>/<place>`. */
export const CHOSEN_SETTING = 'retention/chosen';
/** How far each source was looked through, under which periods. */
export const MARKS_SETTING = 'retention/marks';

function readChosenJson(db: WriteDb): string {
  const row = db.get<{ valueJson: string }>(
    'SELECT valueJson FROM setting WHERE id = ?',
    CHOSEN_SETTING,
  );
  return row?.valueJson ?? '{}';
}

function saveSetting(db: WriteDb, context: WriteContext, id: string, value: unknown): void {
  const columns = { valueJson: JSON.stringify(value), updatedAt: context.now };
  if (db.get('SELECT 1 FROM setting WHERE id = ?', id) === undefined)
    db.insert('setting', { id, ...columns });
  else db.update('setting', id, columns);
}
