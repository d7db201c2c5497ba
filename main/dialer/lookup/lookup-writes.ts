import type { LineStatus } from '#shared/contract/lookup.contract.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { applyStatus } from './apply-status.ts';
import { type SaveGateway, saveGateway } from './gateway-rows.ts';
import { inputOf, type JobView } from './job-rows.ts';
import type { NumberAnswer } from './provider.ts';

export interface CreateJob {
  gatewayId: string;
  portfolioId: string | null;
  campaignId: string | null;
  numbers: number;
  fromCache: number;
  currency: string;
  budgetMicro: number | null;
  absentWaitMs: number;
  personId: string | null;
}

export interface RecordAnswers {
  jobId: string;
  provider: string;
  currency: string;
  items: { id: string; answer: NumberAnswer | null }[];
  /** what was set aside for this question */
  reservedMicro: number;
  /** what each number is counted with where the provider does not say */
  priceMicro: number;
}

export const lookupWrites = {
  'lookup.save-gateway': (db: WriteDb, context: WriteContext, input: SaveGateway) =>
    saveGateway(db, context, input),

  'lookup.remove-gateway': (
    db: WriteDb,
    _context: WriteContext,
    input: { lookupGatewayId: string },
  ): void => {
    // The key goes with it: the row stays for what was asked through it.
    db.update('gateway', input.lookupGatewayId, { secret: null });
    db.remove('gateway', input.lookupGatewayId);
  },

  'lookup.create-job': (
    db: WriteDb,
    context: WriteContext,
    { absentWaitMs, ...columns }: CreateJob,
  ): { lookupJobId: string } => {
    const id = context.newId();
    db.insert('lookupJob', {
      id,
      ...columns,
      state: 'running',
      inputJson: JSON.stringify({ absentWaitMs, filled: false }),
      createdAt: context.now,
    });
    return { lookupJobId: id };
  },

  'lookup.add-items': (
    db: WriteDb,
    context: WriteContext,
    { jobId, numbers }: { jobId: string; numbers: readonly string[] },
  ): void => {
    for (const number of numbers)
      db.run(
        'INSERT INTO lookupItem (id, jobId, number) VALUES (?, ?, ?)',
        context.newId(),
        jobId,
        number,
      );
  },

  /** Answers that are fresh enough, for contact points that came later than they. */
  'lookup.apply-cached': (
    db: WriteDb,
    context: WriteContext,
    {
      jobId,
      answers,
    }: { jobId: string; answers: { number: string; status: LineStatus; at: number }[] },
  ): void => {
    const { absentWaitMs } = inputOf(db, jobId);
    for (const answer of answers) applyStatus(db, context, { ...answer, absentWaitMs });
  },

  'lookup.filled': (db: WriteDb, _context: WriteContext, { jobId }: { jobId: string }): void => {
    const inputJson = JSON.stringify({ ...inputOf(db, jobId), filled: true });
    db.update('lookupJob', jobId, { inputJson });
  },

  /** Before the question leaves: from now on its price counts, whatever becomes of this process. */
  'lookup.take': (
    db: WriteDb,
    context: WriteContext,
    { jobId, itemIds, costMicro }: { jobId: string; itemIds: readonly string[]; costMicro: number },
  ): void => {
    for (const id of itemIds)
      db.run('UPDATE lookupItem SET askedAt = ? WHERE id = ?', context.now, id);
    addCost(db, jobId, costMicro);
  },

  /** The provider said that it did not take the question. */
  'lookup.give-back': (
    db: WriteDb,
    _context: WriteContext,
    { jobId, itemIds, costMicro }: { jobId: string; itemIds: readonly string[]; costMicro: number },
  ): void => {
    for (const id of itemIds) db.run('UPDATE lookupItem SET askedAt = NULL WHERE id = ?', id);
    addCost(db, jobId, -costMicro);
  },

  'lookup.record': (db: WriteDb, context: WriteContext, input: RecordAnswers): void =>
    record(db, context, input),

  'lookup.end-job': (
    db: WriteDb,
    context: WriteContext,
    { jobId, state, error }: { jobId: string; state: JobView['state']; error: string | null },
  ): void => {
    db.update('lookupJob', jobId, { state, error, finishedAt: context.now });
    if (state === 'finished') db.run('DELETE FROM lookupItem WHERE jobId = ?', jobId);
  },
};

interface JobCounts {
  done: number;
  failed: number;
  costMicro: number;
  foundJson: string;
}

function countsOf(db: WriteDb, jobId: string): JobCounts {
  const row = db.get<JobCounts>(
    'SELECT done, failed, costMicro, foundJson FROM lookupJob WHERE id = ?',
    jobId,
  );
  return row ?? { done: 0, failed: 0, costMicro: 0, foundJson: '{}' };
}

function addCost(db: WriteDb, jobId: string, costMicro: number): void {
  const before = countsOf(db, jobId).costMicro;
  db.update('lookupJob', jobId, { costMicro: Math.max(0, before + costMicro) });
}

function record(db: WriteDb, context: WriteContext, input: RecordAnswers): void {
  const { jobId, items, reservedMicro, priceMicro } = input;
  const counts = countsOf(db, jobId);
  const found = JSON.parse(counts.foundJson) as Partial<Record<LineStatus, number>>;
  const jobInput = inputOf(db, jobId);
  const { absentWaitMs } = jobInput;
  let highestMicro = jobInput.highestMicro ?? 0;
  let costMicro = 0;
  for (const { id, answer } of items) {
    db.run('UPDATE lookupItem SET doneAt = ? WHERE id = ?', context.now, id);
    // A number that was taken and not answered was paid for.
    costMicro += answer?.costMicro ?? priceMicro;
    highestMicro = Math.max(highestMicro, answer?.costMicro ?? 0);
    if (answer === null) continue;
    found[answer.status] = (found[answer.status] ?? 0) + 1;
    insertLookup(db, context, input, answer);
    applyStatus(db, context, { ...answer, at: context.now, absentWaitMs });
  }
  const answered = items.filter(({ answer }) => answer !== null).length;
  db.update('lookupJob', jobId, {
    done: counts.done + answered,
    failed: counts.failed + items.length - answered,
    costMicro: Math.max(0, counts.costMicro - reservedMicro + costMicro),
    foundJson: JSON.stringify(found),
    inputJson: JSON.stringify({ ...jobInput, highestMicro }),
  });
}

function insertLookup(
  db: WriteDb,
  context: WriteContext,
  { jobId, provider, currency, priceMicro }: RecordAnswers,
  { ported, costMicro, ...answer }: NumberAnswer,
): void {
  db.insert('numberLookup', {
    id: context.newId(),
    ...answer,
    ported: ported === null ? null : Number(ported),
    provider,
    at: context.now,
    costMicro: costMicro ?? priceMicro,
    currency,
    jobId,
  });
}
