import type { RetryRules } from '#shared/contract/index.ts';
import type { AttemptResult } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { retryDelayMs } from './retry.ts';

interface EntryRow {
  id: string;
  campaignId: string;
  status: 'pending' | 'waiting' | 'inProgress' | 'done' | 'skipped';
  nextAt: number;
  attempts: number;
  settingsJson: string;
}

const SHORTEST_WAIT_MS = 1_000;
/** After an answer whose outcome only asks for another try. */
const RETRY_AFTER_TALK_MS = 24 * 3_600_000;

/** Takes an entry for an attempt, unless another attempt has it or it is not due. */
export function takeEntry(db: WriteDb, context: WriteContext, entryId: string): boolean {
  const entry = load(db, entryId);
  const due =
    entry.status === 'pending' || (entry.status === 'waiting' && entry.nextAt <= context.now);
  if (!due) return false;
  set(db, context, entryId, { status: 'inProgress' });
  return true;
}

/** The door said no: wait until it may say yes, or leave the list when no date is in sight. */
export function deferEntry(
  db: WriteDb,
  context: WriteContext,
  entryId: string,
  refusal: { nextAllowedAt: number | null; because: string },
): void {
  if (refusal.nextAllowedAt === null) {
    set(db, context, entryId, { status: 'skipped', doneReason: refusal.because });
  } else {
    // Never at once: an entry that is due and refused again would be asked for in a loop.
    const nextAt = Math.max(refusal.nextAllowedAt, context.now + SHORTEST_WAIT_MS);
    set(db, context, entryId, { status: 'waiting', nextAt });
  }
}

/** The attempt never started: the entry is as it was before. */
export function giveEntryBack(db: WriteDb, context: WriteContext, entryId: string): void {
  const entry = load(db, entryId);
  if (entry.status === 'inProgress')
    set(db, context, entryId, { status: entry.attempts === 0 ? 'pending' : 'waiting' });
}

/** An INVITE may have left: it counts. */
export function countAttempt(db: WriteDb, context: WriteContext, entryId: string): void {
  set(db, context, entryId, { attempts: load(db, entryId).attempts + 1 });
}

/**
 * Puts an entry where the network's verdict sends it. A call that was joined stays in progress until its
 * outcome is recorded.
 */
export function settleEntry(
  db: WriteDb,
  context: WriteContext,
  entryId: string,
  result: AttemptResult,
): void {
  const entry = load(db, entryId);
  if (entry.status === 'inProgress') place(db, context, entry, result);
}

/**
 * The verdict was another after all: an answer crossed our hanging up. Nothing happens once the entry is in progress again
 * or an agent has settled it.
 */
export function resettleEntry(
  db: WriteDb,
  context: WriteContext,
  entryId: string,
  result: AttemptResult,
): void {
  const entry = load(db, entryId);
  if (entry.status === 'waiting' || entry.status === 'done') place(db, context, entry, result);
}

function place(db: WriteDb, context: WriteContext, entry: EntryRow, result: AttemptResult): void {
  const entryId = entry.id;
  if (result === 'answered') return set(db, context, entryId, { lastResult: result });
  const retry = retryOf(entry);
  const delayMs = retryDelayMs(result, retry);
  if (delayMs === null || entry.attempts >= retry.maxAttemptsPerDebtor)
    return set(db, context, entryId, { status: 'done', lastResult: result, doneReason: result });
  set(db, context, entryId, {
    status: 'waiting',
    nextAt: context.now + delayMs,
    lastResult: result,
    doneReason: null,
  });
}

export type DisposedEffect =
  | 'done'
  | 'retry'
  | 'callback'
  | 'promise'
  | 'wrongNumber'
  | 'doNotCall';

/** Puts an entry where the agent's verdict sends it. */
export function settleDisposedEntry(
  db: WriteDb,
  context: WriteContext,
  entryId: string,
  outcome: { effect: DisposedEffect; callbackAt: number | null; otherNumbers: boolean },
): void {
  const entry = load(db, entryId);
  const done = () => set(db, context, entryId, { status: 'done', doneReason: outcome.effect });
  const wait = (nextAt: number) => set(db, context, entryId, { status: 'waiting', nextAt });
  switch (outcome.effect) {
    case 'callback':
      return outcome.callbackAt === null ? done() : wait(outcome.callbackAt);
    case 'retry':
      return entry.attempts >= retryOf(entry).maxAttemptsPerDebtor
        ? done()
        : wait(context.now + RETRY_AFTER_TALK_MS);
    case 'wrongNumber':
      return outcome.otherNumbers ? wait(context.now) : done();
    default:
      return done();
  }
}

function load(db: WriteDb, entryId: string): EntryRow {
  const entry = db.get<EntryRow>(
    `SELECT e.id, e.campaignId, e.status, e.nextAt, e.attempts, c.settingsJson
       FROM contactListEntry e JOIN campaign c ON c.id = e.campaignId WHERE e.id = ?`,
    entryId,
  );
  if (!entry) throw new AppError('campaign.unknown-entry', 'no such entry of a contact list');
  return entry;
}

function retryOf(entry: EntryRow): RetryRules {
  return (JSON.parse(entry.settingsJson) as { retry: RetryRules }).retry;
}

function set(
  db: WriteDb,
  context: WriteContext,
  entryId: string,
  columns: Record<string, unknown>,
): void {
  db.update('contactListEntry', entryId, { ...columns, updatedAt: context.now });
}
