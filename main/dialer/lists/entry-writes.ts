import type { CampaignSettings } from '#shared/contract/index.ts';
import type { AttemptResult } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { firstNumberAt } from '../numbers/index.ts';
import { readCampaignSettings } from '../settings/index.ts';
import { blockColumns } from './blocks.ts';
import { retryDelayMs } from './retry.ts';
import { endSilence, rememberSilence } from './silence.ts';

interface EntryRow {
  id: string;
  campaignId: string;
  status: 'pending' | 'waiting' | 'inProgress' | 'done' | 'skipped';
  nextAt: number;
  blockedUntil: number;
  attempts: number;
  debtorId: string;
  callbackAt: number | null;
  silentAt: number | null;
  excluded: 0 | 1;
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
  // what was promised holds whatever the strategy says of the debtor now
  const isOwed = entry.callbackAt !== null || entry.silentAt !== null;
  if (entry.excluded === 1 && !isOwed) return false;
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

/** A promised call that is about to be made is put off with its entry; one further ahead keeps its minute. */
const ABOUT_TO_CALL_MS = 60_000;

/**
 * It cannot be called right now, and no rule is the cause: somebody is talking to this debtor, or an agent passed it on.
 * An entry that left its list meanwhile, or is being called, stays as it is; a promised minute and a later retry hold.
 */
export function postponeEntry(
  db: WriteDb,
  context: WriteContext,
  entryId: string,
  until: number,
): void {
  const { status, nextAt, callbackAt } = load(db, entryId);
  if (status !== 'pending' && status !== 'waiting') return;
  const isPromised = callbackAt !== null && callbackAt > context.now + ABOUT_TO_CALL_MS;
  const next = Math.max(nextAt, isPromised ? callbackAt : until);
  set(db, context, entryId, { status: 'waiting', nextAt: next });
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
 * @param used the contact point that was called, with what `recordTry` wrote of it; null: a number that is on no card
 */
export function settleEntry(
  db: WriteDb,
  context: WriteContext,
  entryId: string,
  result: AttemptResult,
  used: string | null = null,
): void {
  const entry = load(db, entryId);
  if (entry.status === 'inProgress') place(db, context, entry, result, used);
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
  used: string | null = null,
): void {
  const entry = load(db, entryId);
  if (entry.status === 'waiting' || entry.status === 'done')
    place(db, context, entry, result, used);
}

function place(
  db: WriteDb,
  context: WriteContext,
  entry: EntryRow,
  result: AttemptResult,
  used: string | null,
): void {
  const entryId = entry.id;
  if (result === 'answered') {
    endSilence(db, context, entry.debtorId);
    return set(db, context, entryId, { lastResult: result });
  }
  if (result === 'abandoned') rememberSilence(db, context, entry.debtorId, entryId);
  const settings = settingsOf(entry);
  const nextAt =
    entry.attempts >= settings.retry.maxAttemptsPerDebtor
      ? null
      : nextTryAt(db, context.now, settings, result, used);
  if (nextAt === null)
    return set(db, context, entryId, { status: 'done', lastResult: result, doneReason: result });
  set(db, context, entryId, {
    status: 'waiting',
    nextAt: notBeforeCallback(entry, nextAt, context.now),
    lastResult: result,
    doneReason: null,
  });
}

/** Whoever pushed a call away or met silence was there: their other numbers wait as long. */
const ABOUT_THE_PERSON: ReadonlySet<AttemptResult> = new Set(['rejected', 'abandoned']);

/** When the first of the debtor's numbers may be tried. @returns null: none, or not again by itself */
function nextTryAt(
  db: WriteDb,
  now: number,
  settings: CampaignSettings,
  result: AttemptResult,
  used: string | null,
): number | null {
  const delayMs = retryDelayMs(result, settings);
  // a number that does not exist says nothing of the debtor's others
  const isDead = result === 'invalidNumber';
  if (delayMs === null && !isDead) return null;
  const usedAt = now + (delayMs ?? 0);
  if (used === null) return isDead ? null : usedAt;
  const { otherNumberAfterMs } = settings.numbers;
  const othersAt =
    ABOUT_THE_PERSON.has(result) || otherNumberAfterMs === null
      ? usedAt
      : Math.min(usedAt, now + otherNumberAfterMs);
  return firstNumberAt(db, used, { usedAt, othersAt: Math.max(othersAt, now + SHORTEST_WAIT_MS) });
}

/** The debtor was told when we call: not before. */
function notBeforeCallback({ callbackAt }: EntryRow, at: number, now: number): number {
  return callbackAt !== null && callbackAt > now ? Math.max(at, callbackAt) : at;
}

export type DisposedEffect =
  | 'done'
  | 'retry'
  | 'callback'
  | 'promise'
  | 'wrongNumber'
  | 'doNotCall';

export interface DisposedOutcome {
  effect: DisposedEffect;
  callbackAt: number | null;
  /** numbers of the debtor besides the one that was used */
  otherNumbers: boolean;
  /** retry: after so long; absent: a day */
  retryAfterMs?: number | undefined;
}

/** Puts an entry where the agent's verdict sends it. */
export function settleDisposedEntry(
  db: WriteDb,
  context: WriteContext,
  entryId: string,
  outcome: DisposedOutcome,
): void {
  const entry = load(db, entryId);
  const done = () =>
    set(db, context, entryId, {
      status: 'done',
      doneReason: outcome.effect,
      callbackAt: null,
      callbackPersonId: null,
    });
  const wait = (nextAt: number) => set(db, context, entryId, { status: 'waiting', nextAt });
  switch (outcome.effect) {
    case 'callback':
      return outcome.callbackAt === null ? done() : wait(outcome.callbackAt);
    case 'retry': {
      const nextAt = context.now + (outcome.retryAfterMs ?? RETRY_AFTER_TALK_MS);
      return entry.attempts >= settingsOf(entry).retry.maxAttemptsPerDebtor
        ? done()
        : wait(notBeforeCallback(entry, nextAt, context.now));
    }
    case 'wrongNumber':
      return outcome.otherNumbers
        ? wait(notBeforeCallback(entry, context.now, context.now))
        : done();
    default:
      return done();
  }
}

function load(db: WriteDb, entryId: string): EntryRow {
  const entry = db.get<EntryRow>(
    `SELECT e.id, e.campaignId, e.debtorId, e.status, e.nextAt, e.blockedUntil, e.attempts, e.callbackAt, e.silentAt,
        e.excluded, c.settingsJson
       FROM contactListEntry e JOIN campaign c ON c.id = e.campaignId WHERE e.id = ?`,
    entryId,
  );
  if (!entry) throw new AppError('campaign.unknown-entry', 'no such entry of a contact list');
  return entry;
}

function settingsOf(entry: EntryRow): CampaignSettings {
  return readCampaignSettings(entry.settingsJson);
}

function set(
  db: WriteDb,
  context: WriteContext,
  entryId: string,
  columns: Record<string, unknown>,
): void {
  db.update('contactListEntry', entryId, { ...columns, updatedAt: context.now });
}
