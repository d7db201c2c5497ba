import type { DryRun } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Handlers, Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import { readCampaignSettings } from '../settings/index.ts';
import type { DryRunCounts } from './dry-run.ts';
import type { Screening } from './screening.ts';

export interface DryRunHandlersParts {
  read: ReadDb;
  clock: { now(): number };
  screening: Pick<Screening, 'dryRun'>;
}

interface CampaignRow {
  settingsJson: string;
  personIdsJson: string | null;
  callerIdId: string | null;
}

/** What a campaign's calls have given so far, or what is common. */
interface Rates {
  answerChance: number;
  /** talk and wrap-up of one answer */
  handleMs: number;
  /** of one call that nobody answers */
  lineMs: number;
  guessed: boolean;
}

const HOUR_MS = 3_600_000;
/** so many calls say more of a campaign than what is common */
const LEAST_CALLS = 100;
const COMMON_ANSWER = 0.12;
const COMMON_TALK_MS = 90_000;
const WRAP_UP_MS = 20_000;
const LINE_MS = 22_000;
/** part of the time that agents of a campaign are busy at best */
const OCCUPANCY = 0.75;

/** `campaign.dry-run`: how many calls, how long, with which numbers and what rules stop, without calling anybody. */
export function createDryRunHandlers({ read, clock, screening }: DryRunHandlersParts): Handlers {
  return {
    'campaign.dry-run': async ({ campaignId, agents }) => {
      const row = campaignOf(read, campaignId);
      const now = clock.now();
      const hours = hoursLeft(now);
      const counts = await screening.dryRun({ campaignId, now, hours });
      return answer(read, { campaignId, row, now, hours, agents, counts });
    },
  };
}

interface Found {
  campaignId: string;
  row: CampaignRow;
  now: number;
  hours: number[];
  agents: number | undefined;
  counts: DryRunCounts;
}

function answer(read: ReadDb, found: Found): Unbranded<DryRun> {
  const { campaignId, row, now, counts } = found;
  const scaled = (count: number) => Math.round(count * counts.scale);
  const agents = found.agents ?? agentsOf(read, row);
  const rates = ratesOf(read, campaignId, row);
  const expectedCalls = scaled(counts.callableEver);
  const expectedAnswers = expectedCalls * rates.answerChance;
  return {
    campaignId,
    at: now,
    entries: counts.entries,
    sampled: counts.sampled,
    callableNow: scaled(counts.callableNow),
    callableToday: scaled(counts.callableToday),
    expectedCalls,
    expectedAnswers: Math.round(expectedAnswers * 10) / 10,
    agents,
    expectedHours: hoursOf(row, rates, expectedCalls, agents),
    byHour: found.hours.map((at, hour) => ({ at, callable: scaled(counts.byHour[hour] ?? 0) })),
    stoppedBy: counts.stoppedBy.map((by) => ({ ...by, entries: scaled(by.entries) })),
    noNumber: scaled(counts.noNumber),
    excluded: scaled(counts.excluded),
    numberKinds: counts.numberKinds.map((of) => ({ ...of, entries: scaled(of.entries) })),
    callerIds: callerIdsOf(read, row, expectedCalls),
    guessed: rates.guessed,
  };
}

/** @throws AppError `contract.not-found` */
function campaignOf(read: ReadDb, campaignId: string): CampaignRow {
  const row = read.get<CampaignRow>(
    'SELECT settingsJson, personIdsJson, callerIdId FROM campaign WHERE id = ? AND deletedAt IS NULL',
    campaignId,
  );
  if (row) return row;
  throw new AppError('contract.not-found', 'no such campaign');
}

/** Full hours from the next one to the end of the firm's day, which is that of the machine. */
function hoursLeft(now: number): number[] {
  const hours: number[] = [];
  const at = new Date(now);
  const day = at.getDate();
  at.setMinutes(60, 0, 0);
  for (; at.getDate() === day; at.setTime(at.getTime() + HOUR_MS)) hours.push(at.getTime());
  return hours;
}

function agentsOf(read: ReadDb, { personIdsJson }: CampaignRow): number {
  const assigned = personIdsJson === null ? [] : (JSON.parse(personIdsJson) as string[]);
  if (assigned.length > 0) return assigned.length;
  const sql = `SELECT count(*) AS n FROM person WHERE role = 'agent' AND active = 1 AND deletedAt IS NULL`;
  return Math.max(1, read.get<{ n: number }>(sql)?.n ?? 1);
}

function ratesOf(read: ReadDb, campaignId: string, { settingsJson }: CampaignRow): Rates {
  const wrapUpMs = Math.min(readCampaignSettings(settingsJson).wrapUpMs ?? WRAP_UP_MS, WRAP_UP_MS);
  const made = read.get<{ calls: number; answers: number; talks: number; talkMs: number | null }>(
    `SELECT count(*) AS calls, count(answeredAt) AS answers, count(joinedAt) AS talks,
        avg(CASE WHEN joinedAt IS NOT NULL THEN endedAt - joinedAt END) AS talkMs
      FROM (SELECT answeredAt, joinedAt, endedAt FROM attempt
        WHERE campaignId = ? AND dialedAt IS NOT NULL AND endedAt IS NOT NULL
        ORDER BY reservedAt DESC LIMIT 5000)`,
    campaignId,
  );
  if (made === undefined || made.calls < LEAST_CALLS || made.talks === 0)
    return {
      answerChance: COMMON_ANSWER,
      handleMs: COMMON_TALK_MS + wrapUpMs,
      lineMs: LINE_MS,
      guessed: true,
    };
  return {
    answerChance: made.answers / made.calls,
    handleMs: (made.talkMs ?? COMMON_TALK_MS) + wrapUpMs,
    lineMs: LINE_MS,
    guessed: false,
  };
}

/** Agents have to talk, and lines have to ring: whichever takes longer. Null: there is nobody to call. */
function hoursOf(
  { settingsJson }: CampaignRow,
  { answerChance, handleMs, lineMs }: Rates,
  calls: number,
  agents: number,
): number | null {
  if (calls === 0) return null;
  const { maxConcurrentCalls } = readCampaignSettings(settingsJson);
  const talkMs = (calls * answerChance * handleMs) / (agents * OCCUPANCY);
  const ringMs = (calls * lineMs) / maxConcurrentCalls;
  return Math.round((Math.max(talkMs, ringMs) / HOUR_MS) * 100) / 100;
}

/** Which number is shown is learnt as calls are made; before that, each of the pool has its equal share. */
function callerIdsOf(read: ReadDb, { settingsJson, callerIdId }: CampaignRow, calls: number) {
  const { pool } = readCampaignSettings(settingsJson).callerIds;
  const ids = pool.length > 0 ? pool : callerIdId === null ? [] : [callerIdId];
  const rows = read.all<{ e164: string; label: string }>(
    `SELECT e164, label FROM callerId WHERE id IN (SELECT value FROM json_each(?))
      AND state = 'active' AND deletedAt IS NULL ORDER BY e164`,
    JSON.stringify(ids),
  );
  return rows.map((row) => ({ ...row, calls: Math.round(calls / rows.length) }));
}
