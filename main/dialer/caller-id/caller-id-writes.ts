import type { CallerIdProof } from '#shared/contract/caller-id.contract.ts';
import { AppError } from '#shared/errors/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../../store/types.ts';
import { type PoolEvent, type PoolState, transition } from './pool-machine.ts';
import type { Schedule } from './schedule.ts';

export interface SaveNumber {
  /** null: a new one */
  callerIdId: string | null;
  trunkId?: string | undefined;
  e164?: string | undefined;
  label?: string | undefined;
  proof?: CallerIdProof | undefined;
  schedule?: Schedule | undefined;
  maxPerHour?: number | null | undefined;
  personId: string | null;
}

/** What a source says of one of our numbers. */
export interface SaveReport {
  e164: string;
  kind: 'listed' | 'delisted' | 'complaint';
  source: string;
  note: string | null;
}

export const callerIdWrites = {
  /** @throws AppError `contract.not-found`, `caller-id.exists` */
  'caller-id.save': (
    db: WriteDb,
    context: WriteContext,
    input: SaveNumber,
  ): { callerIdId: string } => save(db, context, input),

  /**
   * Takes an event to the state of a number. What happens by itself spares the last number that a running campaign has: it
   * stays, with the reason beside it.
   * @returns false: it meant nothing
   * @throws AppError `contract.not-found`, `caller-id.last-of-campaign` when a person asked for it
   */
  'caller-id.apply': (
    db: WriteDb,
    context: WriteContext,
    input: { callerIdId: string; event: PoolEvent },
  ): boolean => apply(db, context, input.callerIdId, input.event),

  /** @returns numbers of ours whose state changed */
  'caller-id.add-reports': (
    db: WriteDb,
    context: WriteContext,
    input: { reports: SaveReport[]; personId: string | null },
  ): string[] => input.reports.flatMap((report) => addReport(db, context, report, input.personId)),
};

function save(db: WriteDb, context: WriteContext, input: SaveNumber): { callerIdId: string } {
  const { callerIdId, proof, schedule, personId } = input;
  const columns = {
    ...given('label', input.label),
    ...given('maxPerHour', input.maxPerHour),
    ...(schedule === undefined ? {} : { scheduleJson: JSON.stringify(schedule) }),
    ...(proof === undefined
      ? {}
      : { proofJson: JSON.stringify({ ...proof, at: context.now, personId }) }),
  };
  if (callerIdId === null) return insert(db, context, input, columns);
  requireNumber(db, callerIdId);
  if (Object.keys(columns).length > 0) db.update('callerId', callerIdId, columns);
  return { callerIdId };
}

function insert(
  db: WriteDb,
  context: WriteContext,
  { trunkId, e164 }: SaveNumber,
  columns: Record<string, unknown>,
): { callerIdId: string } {
  const isThere = db.get(
    'SELECT 1 FROM callerId WHERE trunkId = ? AND e164 = ? AND deletedAt IS NULL',
    trunkId,
    e164,
  );
  if (isThere) throw new AppError('caller-id.exists', 'the trunk has this number already');
  const callerIdId = context.newId();
  const createdAt = context.now;
  db.insert('callerId', { id: callerIdId, trunkId, e164, label: '', ...columns, createdAt });
  return { callerIdId };
}

function given(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value };
}

interface StateRow {
  state: PoolState['kind'];
  stateReason: string | null;
  restUntil: number | null;
  rests: number;
}

function requireNumber(db: ReadDb, callerIdId: string): StateRow {
  const row = db.get<StateRow>(
    'SELECT state, stateReason, restUntil, rests FROM callerId WHERE id = ? AND deletedAt IS NULL',
    callerIdId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such number');
  return row;
}

/** What a person asks for is refused instead, and says why. */
const BY_HAND: ReadonlySet<PoolEvent['type']> = new Set(['rest', 'retire', 'activate']);

function apply(db: WriteDb, context: WriteContext, callerIdId: string, event: PoolEvent): boolean {
  const row = requireNumber(db, callerIdId);
  const before = {
    kind: row.state,
    reason: row.stateReason,
    until: row.restUntil,
    rests: row.rests,
  } as PoolState;
  const after = transition(before, event, context.now);
  if (after === null) return false;
  if (before.kind === 'active' && after.kind !== 'active' && isLastOfCampaign(db, callerIdId)) {
    if (BY_HAND.has(event.type))
      throw new AppError('caller-id.last-of-campaign', 'a running campaign has no other number');
    if (row.stateReason === after.reason) return false;
    db.update('callerId', callerIdId, { stateReason: after.reason, stateSince: context.now });
    return true;
  }
  db.update('callerId', callerIdId, {
    state: after.kind,
    stateReason: after.reason,
    stateSince: context.now,
    restUntil: after.kind === 'resting' ? after.until : null,
    rests: after.rests,
  });
  return true;
}

/** Numbers of each campaign that is running or paused: its pool, or its own number where the pool is empty. */
function isLastOfCampaign(db: ReadDb, callerIdId: string): boolean {
  const campaigns = db.all<{ callerIdId: string | null; settingsJson: string }>(
    `SELECT callerIdId, settingsJson FROM campaign WHERE status IN ('running','paused') AND deletedAt IS NULL`,
  );
  return campaigns.some((campaign) => {
    const numbers = numbersOf(campaign);
    return (
      numbers.includes(callerIdId) && !numbers.some((id) => id !== callerIdId && isShown(db, id))
    );
  });
}

/** Numbers that a campaign may show. */
export function numbersOf(campaign: { callerIdId: string | null; settingsJson: string }): string[] {
  const settings = JSON.parse(campaign.settingsJson) as { callerIds?: { pool?: string[] } };
  const pool = settings.callerIds?.pool ?? [];
  if (pool.length > 0) return pool;
  return campaign.callerIdId === null ? [] : [campaign.callerIdId];
}

function isShown(db: ReadDb, callerIdId: string): boolean {
  const row = db.get<{ state: string }>(
    'SELECT state FROM callerId WHERE id = ? AND deletedAt IS NULL',
    callerIdId,
  );
  return row?.state === 'active';
}

const EVENTS = { listed: 'listed', delisted: 'delisted', complaint: 'complained' } as const;

/** A number may be on several trunks: all of them rest. Whether it is on a list is said once for each source. */
function addReport(
  db: WriteDb,
  context: WriteContext,
  { e164, kind, source, note }: SaveReport,
  personId: string | null,
): string[] {
  const at = context.now;
  db.insert('callerIdReport', {
    id: context.newId(),
    e164,
    kind,
    source,
    note,
    at,
    personId,
    createdAt: at,
  });
  // Off one list, and still on another: it stays at rest.
  if (kind === 'delisted' && sourcesListing(db, e164).length > 0) return [];
  return db
    .all<{ id: string }>('SELECT id FROM callerId WHERE e164 = ? AND deletedAt IS NULL', e164)
    .map(({ id }) => id)
    .filter((id) => apply(db, context, id, { type: EVENTS[kind] }));
}

/** Sources whose last word about a number is that they list it. */
export function sourcesListing(db: ReadDb, e164: string): string[] {
  return db
    .all<{ source: string }>(
      `SELECT source FROM (
         SELECT source, kind, row_number() OVER (PARTITION BY source ORDER BY at DESC, id DESC) AS place
           FROM callerIdReport WHERE e164 = ? AND kind IN ('listed','delisted'))
       WHERE place = 1 AND kind = 'listed'`,
      e164,
    )
    .map(({ source }) => source);
}
