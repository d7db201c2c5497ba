import type { ContactRules } from '../../contact-rules/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { callableOf } from '../lists/index.ts';
import { readOrders } from '../numbers/index.ts';
import { dialingModeOf, readCampaignSettings } from '../settings/index.ts';
import type { EntryVerdict, NumberQuestion } from '../types.ts';
import { chooseNumbers } from './choose-number.ts';
import { type SampledEntry, sampleOf } from './list-sample.ts';

/** What is asked of a list: now, and at later instants of the day. */
export interface DryRunQuestion {
  campaignId: string;
  /** epoch ms */
  now: number;
  /** later ones, epoch ms, in order */
  hours: number[];
}

/** Counts of the sample; `scale` brings them to the whole list. */
export interface DryRunCounts {
  /** entries that are pending or waiting */
  entries: number;
  sampled: number;
  scale: number;
  /** of `sampled`, those whom the filter leaves out */
  excluded: number;
  noNumber: number;
  callableNow: number;
  callableToday: number;
  /** now or one day */
  callableEver: number;
  /** in the order of `hours` */
  byHour: number[];
  stoppedBy: { rule: string; pack: string; because: string; entries: number }[];
  numberKinds: { kind: string; entries: number }[];
}

/** entries asked about in one step: some milliseconds */
const ENTRIES_AT_ONCE = 50;

/**
 * How a list would be called, found by asking the door about a sample of it, now and at each hour: nobody is dialed,
 * nothing is reserved and no decision is recorded. One part of the work for each step.
 */
export function* dryRun(
  read: ReadDb,
  rules: ContactRules,
  question: DryRunQuestion,
): Generator<undefined, DryRunCounts> {
  const { campaignId, now, hours } = question;
  const sample = sampleOf(read, campaignId);
  const counts = emptyCounts(sample.open, sample.rows.length, hours.length);
  const stopped = new Map<string, DryRunCounts['stoppedBy'][number]>();
  const kinds = new Map<string, number>();
  yield;
  for (let from = 0; from < sample.rows.length; from += ENTRIES_AT_ONCE) {
    const some = sample.rows.slice(from, from + ENTRIES_AT_ONCE);
    counts.excluded += some.filter(({ excluded }) => excluded === 1).length;
    const asked = questionsOf(
      read,
      campaignId,
      some.filter(({ excluded }) => excluded === 0),
    );
    addKinds(read, asked, now, kinds);
    const verdicts = chooseNumbers(rules, read, asked, now);
    const isToday = asked.map(() => false);
    asked.forEach(({ entry, numbers }, index) => {
      const verdict = verdicts[index];
      if (numbers.length === 0 || verdict === undefined) counts.noNumber += 1;
      else if (!verdict.allowed) addStopped(stopped, verdict);
      if (verdict?.allowed || (verdict?.until ?? null) !== null) counts.callableEver += 1;
      if (!verdict?.allowed || entry.nextAt > now) return;
      counts.callableNow += 1;
      isToday[index] = true;
    });
    yield;
    for (const [hour, at] of hours.entries()) {
      chooseNumbers(rules, read, asked, at).forEach((verdict, index) => {
        if (!verdict.allowed || (asked[index]?.entry.nextAt ?? 0) > at) return;
        counts.byHour[hour] = (counts.byHour[hour] ?? 0) + 1;
        isToday[index] = true;
      });
      yield;
    }
    counts.callableToday += isToday.filter(Boolean).length;
  }
  counts.stoppedBy = [...stopped.values()].sort((one, other) => other.entries - one.entries);
  counts.numberKinds = [...kinds]
    .map(([kind, entries]) => ({ kind, entries }))
    .sort((one, other) => other.entries - one.entries);
  return counts;
}

interface Asked extends NumberQuestion {
  entry: SampledEntry;
}

function questionsOf(read: ReadDb, campaignId: string, rows: readonly SampledEntry[]): Asked[] {
  const { settings, callerId } = campaignOf(read, campaignId);
  const mode = dialingModeOf(settings.mode);
  const { recordCalls } = settings;
  const callable = callableOf(
    read,
    rows.map(({ debtorId }) => debtorId),
  );
  return rows.map((entry, index) => {
    const { numbers = [], debtId = null } = callable[index] ?? {};
    return { entry, debtorId: entry.debtorId, debtId, mode, callerId, recordCalls, numbers };
  });
}

function campaignOf(read: ReadDb, campaignId: string) {
  const row = read.get<{ settingsJson: string; callerId: string | null }>(
    `SELECT c.settingsJson, n.e164 AS callerId FROM campaign c
      LEFT JOIN callerId n ON n.id = c.callerIdId AND n.deletedAt IS NULL WHERE c.id = ?`,
    campaignId,
  );
  return {
    settings: readCampaignSettings(row?.settingsJson ?? '{}'),
    callerId: row?.callerId ?? null,
  };
}

/** The kind of the number that would be tried first at this hour, or else of the first there is. */
function addKinds(
  read: ReadDb,
  asked: readonly Asked[],
  at: number,
  kinds: Map<string, number>,
): void {
  const withNumber = asked.filter(({ numbers }) => numbers.length > 0);
  const [first] = withNumber;
  if (first === undefined) return;
  const { settings } = campaignOf(read, first.entry.campaignId);
  const rules = { rules: settings.numbers, absentWaitMs: settings.lookup.absentWaitMs, at };
  const orders = readOrders(
    read,
    withNumber.map(({ debtorId }) => debtorId),
    rules,
  );
  for (const [index, { numbers }] of withNumber.entries()) {
    const kind = orders[index]?.numbers[0]?.kind ?? kindOf(read, numbers[0]?.contactPointId ?? '');
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
}

function kindOf(read: ReadDb, contactPointId: string): string {
  const sql = 'SELECT kind FROM contactPoint WHERE id = ?';
  return read.get<{ kind: string }>(sql, contactPointId)?.kind ?? 'other';
}

function addStopped(
  stopped: Map<string, DryRunCounts['stoppedBy'][number]>,
  { rule, pack, because }: Extract<EntryVerdict, { allowed: false }>,
): void {
  const key = JSON.stringify([rule, pack, because]);
  const known = stopped.get(key) ?? { rule, pack, because, entries: 0 };
  known.entries += 1;
  stopped.set(key, known);
}

function emptyCounts(entries: number, sampled: number, hours: number): DryRunCounts {
  return {
    entries,
    sampled,
    scale: sampled === 0 ? 0 : entries / sampled,
    excluded: 0,
    noNumber: 0,
    callableNow: 0,
    callableToday: 0,
    callableEver: 0,
    byHour: new Array<number>(hours).fill(0),
    stoppedBy: [],
    numberKinds: [],
  };
}
