import type { CallRecord } from '../../main/practice/index.ts';
import type { DeskCall } from './desk-messages.ts';
import type { AttemptRow, RecordingRow } from './read-evidence.ts';
import { agentToneHz, debtorHz } from './world.ts';

/** a tone is found to within this; those of two agents, or two debtors, are further apart */
const SAME_TONE_HZ = 15;
/** an agent hears less than this too seldom to be sure which tone it was */
const LEAST_HEARD_MS = 1_500;
/** the debtor hears first that the call is recorded, and only then it is: a shorter talk leaves nothing */
const NOTICE_MS = 3_000;

export interface Disagreements {
  /** INVITEs that no attempt stands for */
  invitesWithoutRow: string[];
  /** attempts that say an INVITE left, which the carrier has not seen */
  rowsWithoutInvite: string[];
  /** INVITEs, or attempts of one call, that appear more than once */
  doubled: string[];
  /** one says answered and the other not */
  answeredByOneAlone: string[];
  /** another number was called than was written down */
  otherNumber: string[];
}

type Carried = Pick<CallRecord, 'sipCallId' | 'to' | 'answeredAt'>;
type Written = Pick<AttemptRow, 'attemptId' | 'sipCallId' | 'number' | 'answeredAt'>;

/** Holds the engine's rows against the carrier's own records: every INVITE has one attempt, and the reverse. */
export function disagreements(
  carried: readonly Carried[],
  written: readonly Written[],
): Disagreements {
  const rows = new Map(written.map((row) => [row.sipCallId, row]));
  const seen = new Map(carried.map((call) => [call.sipCallId, call]));
  const sent = written.filter(({ sipCallId }) => sipCallId !== null);
  const both = carried.flatMap((call) => {
    const row = rows.get(call.sipCallId);
    return row === undefined ? [] : [{ call, row }];
  });
  return {
    invitesWithoutRow: ids(carried.filter(({ sipCallId }) => !rows.has(sipCallId))),
    rowsWithoutInvite: ids(sent.filter(({ sipCallId }) => !seen.has(sipCallId ?? ''))),
    doubled: [...repeated(carried), ...repeated(sent)],
    answeredByOneAlone: ids(
      both
        .filter(({ call, row }) => (call.answeredAt === null) !== (row.answeredAt === null))
        .map(({ row }) => row),
    ),
    otherNumber: ids(both.filter(({ call, row }) => call.to !== row.number).map(({ row }) => row)),
  };
}

/** Calls at the same time, at most. */
export function mostAtOnce(calls: readonly Pick<CallRecord, 'invitedAt' | 'endedAt'>[]): number {
  const changes = calls.flatMap(({ invitedAt, endedAt }) => [
    { at: invitedAt, by: 1 },
    ...(endedAt === null ? [] : [{ at: endedAt, by: -1 }]),
  ]);
  // an end and a beginning in one millisecond: the line was free
  changes.sort((one, other) => one.at - other.at || one.by - other.by);
  let now = 0;
  return changes.reduce((most, { by }) => {
    now += by;
    return Math.max(most, now);
  }, 0);
}

/** Numbers that were on two lines at once. */
export function onTwoLines(
  calls: readonly Pick<CallRecord, 'to' | 'invitedAt' | 'endedAt'>[],
): string[] {
  const byNumber = Map.groupBy(calls, ({ to }) => to);
  return [...byNumber].flatMap(([to, own]) => (mostAtOnce(own) > 1 ? [to] : []));
}

/** Calls in which the agent did not hear their debtor's tone, or the debtor not their agent's. */
export function crossedLines(
  desks: readonly DeskCall[],
  attempts: readonly AttemptRow[],
  carried: readonly CallRecord[],
): string[] {
  const rows = new Map(attempts.map((row) => [row.callId, row]));
  const calls = new Map(carried.map((call) => [call.sipCallId, call]));
  return desks.flatMap((desk) => {
    const call = calls.get(rows.get(desk.callId)?.sipCallId ?? '');
    if (desk.hungUpAt - desk.toldAt < LEAST_HEARD_MS) return [];
    if (call === undefined) return [`${desk.callId}: the carrier has no such call`];
    const agent = call.media?.dominantHz ?? null;
    const isRight =
      same(desk.heardHz, debtorHz(call.behaviour)) && same(agent, agentToneHz(desk.agentIndex));
    if (isRight) return [];
    return [
      `${desk.callId}: agent ${desk.agentIndex} heard ${desk.heardHz}, debtor heard ${agent}`,
    ];
  });
}

/** Conversations that somebody else ended than the agent, who ends all of them here. */
export function cutShort(
  attempts: readonly AttemptRow[],
  carried: readonly CallRecord[],
): string[] {
  const calls = new Map(carried.map((call) => [call.sipCallId, call]));
  return attempts.flatMap(({ callId, sipCallId, joinedAt, endedAt, endedBy }) => {
    if (joinedAt === null) return [];
    const seen = calls.get(sipCallId ?? '')?.endedBy;
    if (endedBy === 'agent' && seen === 'engine') return [];
    return [
      `${callId}: ended by ${endedBy}, at the carrier by ${seen}, ${(endedAt ?? joinedAt) - joinedAt} ms`,
    ];
  });
}

/** Conversations, but the shortest, that have not exactly one recording that is complete. */
export function notRecorded(
  attempts: readonly AttemptRow[],
  recordings: readonly RecordingRow[],
): string[] {
  const ofCall = Map.groupBy(recordings, ({ callId }) => callId);
  return attempts.flatMap(({ callId, joinedAt, endedAt }) => {
    if (joinedAt === null || (endedAt ?? joinedAt) - joinedAt < NOTICE_MS) return [];
    const own = ofCall.get(callId) ?? [];
    const [one] = own;
    const isWhole = own.length === 1 && one?.state === 'complete' && (one.durationMs ?? 0) > 0;
    const talkMs = (endedAt ?? joinedAt) - joinedAt;
    return isWhole ? [] : [`${callId}: ${talkMs} ms, recorded ${JSON.stringify(own)}`];
  });
}

const same = (one: number | null, other: number | null): boolean =>
  one !== null && other !== null && Math.abs(one - other) <= SAME_TONE_HZ;

function ids(items: readonly ({ sipCallId: string | null } | { attemptId: string })[]): string[] {
  return items.map((item) => ('attemptId' in item ? item.attemptId : (item.sipCallId ?? '')));
}

function repeated(items: readonly { sipCallId: string | null }[]): string[] {
  const values = items.map(({ sipCallId }) => sipCallId ?? '');
  return values.filter((value, index) => values.indexOf(value) !== index);
}
