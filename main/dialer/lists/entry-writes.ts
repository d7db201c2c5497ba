import type { RetryRules } from '#shared/contract/index.ts';
import type { AttemptResult } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { readCampaignSettings } from '../campaign-settings.ts';
import { blockColumns } from './blocks.ts';
import { retryDelayMs } from './retry.ts';

interface EntryRow {
  id: string;
  campaignId: string;
  status: 'pending' | 'waiting' | 'inProgress' | 'done' | 'skipped';
  nextAt: number;
  blockedUntil: number;
  attempts: number;
  settingsJson: string;
}

const SHORTEST_WAIT_MS = 1_000;
/** After an answer whose outcome only asks for another try. */
const RETRY_AFTER_TALK_MS = 24 * 3_600_000;

/** Takes an entry for an attempt, unless another attempt has it or it is not due. */
export function takeEntry(db: WriteDb, context: WriteContext, entryId: string): boolean {
  const entry = load(db, entryId);
  if (entry.status !== 'pending' && entry.status !== 'waiting') return false;
  if (entry.status === 'waiting' && entry.nextAt > context.now) return false;
  if (entry.blockedUntil > context.now) return false;
  set(db, context, entryId, { status: 'inProgress' });
  return true;
}

/** What the door said of an entry that was about to be dialed. */
export interface EntryRefusal {
  /** epoch ms; null: not before a fact changes */
  nextAllowedAt: number | null;
  because: string;
  rule?: string | undefined;
  pack?: string | undefined;
}

/**
 * The door said no: the entry stays on its list and waits until it may say yes. Without a date it waits for a fact to
 * change, which screening sees. When a retry was due is not forgotten: a block that is lifted leaves it as it was.
 */
export function deferEntry(
  db: WriteDb,
  context: WriteContext,
  entryId: string,
  { nextAllowedAt, because, rule, pack }: EntryRefusal,
): void {
  giveEntryBack(db, context, entryId);
  // Never at once: an entry that is due and refused again would be asked for in a loop.
  const until =
    nextAllowedAt === null ? null : Math.max(nextAllowedAt, context.now + SHORTEST_WAIT_MS);
  const block = { until, rule: rule ?? because, pack: pack ?? 'door', because };
  set(db, context, entryId, blockColumns(block));
}

/** It cannot be called right now, and no rule is the cause: somebody is talking to this debtor. */
export function postponeEntry(
  db: WriteDb,
  context: WriteContext,
  entryId: string,
  until: number,
): void {
  set(db, context, entryId, { status: 'waiting', nextAt: until });
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
    `SELECT e.id, e.campaignId, e.status, e.nextAt, e.blockedUntil, e.attempts, c.settingsJson
       FROM contactListEntry e JOIN campaign c ON c.id = e.campaignId WHERE e.id = ?`,
    entryId,
  );
  if (!entry) throw new AppError('campaign.unknown-entry', 'no such entry of a contact list');
  return entry;
}

function retryOf(entry: EntryRow): RetryRules {
  return readCampaignSettings(entry.settingsJson).retry;
}

function set(
  db: WriteDb,
  context: WriteContext,
  entryId: string,
  columns: Record<string, unknown>,
): void {
  db.update('contactListEntry', entryId, { ...columns, updatedAt: context.now });
}
