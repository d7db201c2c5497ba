import { AppError } from '#shared/errors/index.ts';
import type { Handlers } from '../../contract-server/index.ts';
import type { ReadDb, Store } from '../../store/index.ts';
import { comparePeriods, parsePeriod } from './period.ts';
import type { RetentionJob } from './retention-job.ts';
import type { Artefact, RetentionResult } from './retention-types.ts';
import { retentionWrites } from './retention-writes.ts';

export interface RetentionHandlersParts {
  store: Store;
  job: RetentionJob;
  now(): number;
}

interface RunRow {
  retentionRunId: string;
  startedAt: number;
  finishedAt: number | null;
  state: 'running' | 'finished' | 'failed';
  personName: string | null;
  resultJson: string;
}

/** Commands `rules.*` about how long records are kept. */
export function createRetentionHandlers({ store, job, now }: RetentionHandlersParts): Handlers {
  return {
    'rules.get-retention': () => ({ periods: job.periods() }),
    'rules.set-retention': async ({ artefact, jurisdiction, chosen }, { principal, commandId }) => {
      if (chosen !== null) assertLawful(job, artefact, jurisdiction, chosen, now());
      const input = { artefact, jurisdiction, chosen, personId: principal.personId };
      const options = commandId === null ? {} : { commandId };
      await store.write(retentionWrites, 'retention.set', input, options);
      return { periods: job.periods() };
    },
    'rules.preview-retention': async () => {
      const { results, complete } = await job.preview();
      return { results, complete };
    },
    'rules.run-retention': async (_input, { principal }) =>
      loadRun(store.read, await job.run(principal.personId)),
    'rules.list-retention-runs': ({ limit }) => ({
      runs: store.read
        .all<RunRow>(`${RUNS} ORDER BY r.startedAt DESC, r.id DESC LIMIT ?`, limit)
        .map(toRun),
    }),
  };
}

const RUNS = `SELECT r.id AS retentionRunId, r.startedAt, r.finishedAt, r.state, p.displayName AS personName, r.resultJson
  FROM retentionRun r LEFT JOIN person p ON p.id = r.personId`;

function loadRun(read: ReadDb, retentionRunId: string) {
  const row = read.get<RunRow>(`${RUNS} WHERE r.id = ?`, retentionRunId);
  if (!row) throw new AppError('contract.not-found', 'no such run');
  return toRun(row);
}

function toRun({ resultJson, ...run }: RunRow) {
  return { ...run, results: JSON.parse(resultJson) as RetentionResult[] };
}

/** @throws AppError `retention.bad-period`, `retention.too-short` with what law says */
function assertLawful(
  job: RetentionJob,
  artefact: Artefact,
  jurisdiction: string,
  chosen: string,
  now: number,
): void {
  const { years, months, days } = parsePeriod(chosen);
  if (years + months + days === 0) {
    throw new AppError('retention.bad-period', 'nothing is removed on the day it is made');
  }
  const { atLeast, atLeastSource } = job.periodOf(artefact, jurisdiction);
  if (atLeast === null || comparePeriods(chosen, atLeast, now) >= 0) return;
  throw new AppError('retention.too-short', 'law wants it kept longer', {
    details: { atLeast, source: atLeastSource },
  });
}
