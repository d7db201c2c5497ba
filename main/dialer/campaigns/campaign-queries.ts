import type { CampaignCounters, CampaignSettings, CampaignStatus } from '#shared/contract/index.ts';
import type { AttemptResult } from '#shared/domain/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { isFiltered, NO_DATE } from '../lists/index.ts';
import { readCampaignSettings } from '../settings/index.ts';

export interface CampaignRecord {
  campaignId: string;
  name: string;
  portfolioId: string;
  portfolioName: string;
  trunkId: string | null;
  callerIdId: string | null;
  status: CampaignStatus;
  settings: CampaignSettings;
  /** null: everyone */
  personIds: string[] | null;
  createdAt: number;
}

interface Row extends Omit<CampaignRecord, 'settings' | 'personIds'> {
  settingsJson: string;
  personIdsJson: string | null;
}

const SELECT = `SELECT c.id AS campaignId, c.name, c.portfolioId, COALESCE(p.name, '') AS portfolioName, c.trunkId,
  c.callerIdId, c.status, c.settingsJson, c.personIdsJson, c.createdAt
  FROM campaign c LEFT JOIN portfolio p ON p.id = c.portfolioId`;

export function listCampaigns(db: ReadDb): CampaignRecord[] {
  return db.all<Row>(`${SELECT} WHERE c.deletedAt IS NULL ORDER BY c.createdAt DESC`).map(record);
}

export function findCampaign(db: ReadDb, campaignId: string): CampaignRecord | null {
  const row = db.get<Row>(`${SELECT} WHERE c.id = ? AND c.deletedAt IS NULL`, campaignId);
  return row ? record(row) : null;
}

export function callerNumber(db: ReadDb, callerIdId: string | null): string | null {
  if (callerIdId === null) return null;
  const row = db.get<{ e164: string }>(
    'SELECT e164 FROM callerId WHERE id = ? AND deletedAt IS NULL',
    callerIdId,
  );
  return row?.e164 ?? null;
}

/**
 * Everything on the lead's page, counted from the rows that history and reports read too. An entry whom the rules block
 * until a date waits; one without a date is skipped, for as long as that lasts.
 * @param now epoch ms
 */
export function countCampaign(db: ReadDb, campaignId: string, now: number): CampaignCounters {
  const entries = new Map(
    db
      .all<{ status: string; n: number }>(
        'SELECT status, COUNT(*) AS n FROM contactListEntry WHERE campaignId = ? GROUP BY status',
        campaignId,
      )
      .map((row) => [row.status, row.n]),
  );
  const count = (status: string) => entries.get(status) ?? 0;
  const blockedPending = countBlocked(db, campaignId, 'pending', now + 1);
  const withoutDate =
    countBlocked(db, campaignId, 'pending', NO_DATE) +
    countBlocked(db, campaignId, 'waiting', NO_DATE);
  return {
    entries: [...entries.values()].reduce((sum, n) => sum + n, 0),
    pending: count('pending') - blockedPending,
    waiting: count('waiting') + blockedPending - withoutDate,
    inProgress: count('inProgress'),
    done: count('done'),
    skipped: count('skipped') + withoutDate,
    ...countAttempts(db, campaignId),
    dispositions: countDispositions(db, campaignId),
    promises: countPromises(db, campaignId),
  };
}

function countBlocked(
  db: ReadDb,
  campaignId: string,
  status: 'pending' | 'waiting',
  from: number,
): number {
  const row = db.get<{ n: number }>(
    `SELECT COUNT(*) AS n FROM contactListEntry
      WHERE campaignId = ? AND status = ? AND max(nextAt, blockedUntil) >= ?`,
    campaignId,
    status,
    from,
  );
  return row?.n ?? 0;
}

type WithStrategy = Pick<CampaignRecord, 'campaignId' | 'settings'>;

/**
 * Whether the list says of everybody what the conditions of now say. After they were changed it does not until the list is
 * put in order again: those whom the former ones left out may be called.
 */
export function isLeftOutKnown(db: ReadDb, { campaignId, settings }: WithStrategy): boolean {
  const { strategy } = settings;
  if (!isFiltered(db, campaignId, strategy)) return false;
  if (Object.values(strategy.filter).some((condition) => condition !== undefined)) return true;
  const left = `SELECT 1 FROM contactListEntry
    WHERE campaignId = ? AND status IN ('pending','waiting') AND excluded = 1 LIMIT 1`;
  return db.get(left, campaignId) === undefined;
}

/**
 * How many are on the list and are not called, because the strategy's conditions do not fit them. A call that was promised
 * to one of them is made all the same.
 * @returns null until everybody was looked at with the conditions that hold now
 */
export function countLeftOut(db: ReadDb, campaign: WithStrategy): number | null {
  if (!isLeftOutKnown(db, campaign)) return null;
  const row = db.get<{ n: number }>(
    `SELECT COUNT(*) AS n FROM contactListEntry
      WHERE campaignId = ? AND status IN ('pending','waiting') AND excluded = 1`,
    campaign.campaignId,
  );
  return row?.n ?? 0;
}

type AttemptCounters = Pick<
  CampaignCounters,
  | 'attempts'
  | 'answered'
  | 'connected'
  | 'abandoned'
  | 'busy'
  | 'noAnswer'
  | 'failed'
  | 'interrupted'
  | 'talkTimeMs'
>;

function countAttempts(db: ReadDb, campaignId: string): AttemptCounters {
  const rows = db.all<{
    result: AttemptResult | null;
    n: number;
    answered: number;
    joined: number;
    talkTimeMs: number | null;
  }>(
    `SELECT attemptResult AS result, COUNT(*) AS n, COUNT(answeredAt) AS answered, COUNT(joinedAt) AS joined,
       SUM(CASE WHEN joinedAt IS NOT NULL AND endedAt IS NOT NULL THEN endedAt - joinedAt END) AS talkTimeMs
       FROM attempt WHERE campaignId = ? AND dialedAt IS NOT NULL GROUP BY attemptResult`,
    campaignId,
  );
  const sum = (pick: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + pick(row), 0);
  const of = (...results: AttemptResult[]) =>
    sum((row) => (row.result !== null && results.includes(row.result) ? row.n : 0));
  return {
    attempts: sum((row) => row.n),
    answered: sum((row) => row.answered),
    connected: sum((row) => row.joined),
    abandoned: of('abandoned'),
    busy: of('busy'),
    noAnswer: of('noAnswer'),
    failed: of('invalidNumber', 'networkFailure', 'rejected'),
    interrupted: of('interrupted'),
    talkTimeMs: sum((row) => row.talkTimeMs ?? 0),
  };
}

function countDispositions(db: ReadDb, campaignId: string): Record<string, number> {
  return Object.fromEntries(
    db
      .all<{ code: string; n: number }>(
        `SELECT dispositionCode AS code, COUNT(*) AS n FROM attempt
          WHERE campaignId = ? AND dispositionCode IS NOT NULL GROUP BY dispositionCode`,
        campaignId,
      )
      .map((row) => [row.code, row.n]),
  );
}

function countPromises(db: ReadDb, campaignId: string): number {
  const row = db.get<{ n: number }>(
    `SELECT COUNT(*) AS n FROM promiseToPay p JOIN attempt a ON a.interactionId = p.interactionId
      WHERE a.campaignId = ? AND p.deletedAt IS NULL`,
    campaignId,
  );
  return row?.n ?? 0;
}

export interface AttemptListRow {
  attemptId: string;
  debtorId: string;
  debtorName: string;
  state: string;
  attemptResult: string | null;
  dispositionCode: string | null;
  reservedAt: number;
  answeredAt: number | null;
  joinedAt: number | null;
  endedAt: number | null;
}

export function listAttempts(db: ReadDb, campaignId: string, limit: number): AttemptListRow[] {
  return db.all<AttemptListRow>(
    `SELECT a.id AS attemptId, COALESCE(a.debtorId, '') AS debtorId, COALESCE(d.displayName, '') AS debtorName, a.state,
       a.attemptResult, a.dispositionCode, a.reservedAt, a.answeredAt, a.joinedAt, a.endedAt
       FROM attempt a LEFT JOIN debtor d ON d.id = a.debtorId
      WHERE a.campaignId = ? ORDER BY a.reservedAt DESC LIMIT ?`,
    campaignId,
    limit,
  );
}

function record(row: Row): CampaignRecord {
  const { settingsJson, personIdsJson, ...rest } = row;
  return {
    ...rest,
    settings: readCampaignSettings(settingsJson),
    personIds: personIdsJson === null ? null : (JSON.parse(personIdsJson) as string[]),
  };
}

/** An entry is in progress: a call, or an outcome that an agent still has to record. */
export function hasCallsOwed(db: ReadDb, campaignId: string): boolean {
  const sql = `SELECT 1 FROM contactListEntry WHERE campaignId = ? AND status = 'inProgress' LIMIT 1`;
  return db.get(sql, campaignId) !== undefined;
}
