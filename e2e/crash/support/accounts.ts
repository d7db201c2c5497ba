import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CallRecord, numbersCalledTwice } from '../../../main/practice/index.ts';
import type { ReadDb } from '../../../main/store/index.ts';
import { tableRules } from '../../../main/store/index.ts';
import { openRecording } from '../../../main/telephony/recording/index.ts';
import type { Disposal } from './working-agent.ts';

/**
 * Holds the store, the carrier's log and the agents' own memory against each other. Each function gives what does not
 * agree, in words; nothing means that the accounts are in order.
 */
export function auditAttempts(read: ReadDb, calls: readonly CallRecord[]): string[] {
  const attempts = read.all<{
    id: string;
    callId: string;
    state: string;
    dialedAt: number | null;
    joinedAt: number | null;
    endedAt: number | null;
    attemptResult: string | null;
    reservationId: string | null;
    interactionId: string | null;
    sipCallId: string | null;
    dialogEndedAt: number | null;
  }>(
    `SELECT a.id, a.callId, a.state, a.dialedAt, a.joinedAt, a.endedAt, a.attemptResult, a.reservationId, a.interactionId,
       d.sipCallId, d.endedAt AS dialogEndedAt FROM attempt a LEFT JOIN dialog d ON d.id = a.id`,
  );
  const problems: string[] = [];
  for (const attempt of attempts) {
    const say = (problem: string) => problems.push(`attempt ${attempt.id}: ${problem}`);
    if (attempt.endedAt === null || attempt.state !== 'ended') say('has no end');
    if (attempt.attemptResult === null) say('has no result');
    if ((attempt.dialedAt === null) !== (attempt.sipCallId === null))
      say('was dialed without a dialog, or the reverse');
    if (attempt.sipCallId !== null && attempt.dialogEndedAt === null)
      say('its dialog is still to be ended');
    if (attempt.dialedAt === null && attempt.attemptResult !== 'cancelled')
      say(`never left, and is ${attempt.attemptResult}`);
    const wanted = attempt.dialedAt === null ? 'released' : 'used';
    const reservation = read.get<{ reservation: string }>(
      'SELECT reservation FROM contactEvent WHERE id = ?',
      attempt.reservationId,
    );
    if (reservation?.reservation !== wanted)
      say(`its reservation is ${reservation?.reservation ?? 'missing'}, not ${wanted}`);
    if (attempt.dialedAt !== null) problems.push(...auditHistory(read, attempt));
  }
  return [...problems, ...auditCarrier(attempts, calls)];
}

function auditHistory(
  read: ReadDb,
  attempt: { id: string; callId: string; joinedAt: number | null; interactionId: string | null },
): string[] {
  const problems: string[] = [];
  const interactions = read.all('SELECT id FROM interaction WHERE callId = ?', attempt.callId);
  if (interactions.length !== 1)
    problems.push(`attempt ${attempt.id}: ${interactions.length} rows of history`);
  const counted = (kind: string) =>
    read.get<{ n: number }>(
      'SELECT COUNT(*) AS n FROM interactionEvent WHERE interactionId = ? AND kind = ?',
      attempt.interactionId,
      kind,
    )?.n ?? 0;
  const joins = attempt.joinedAt === null ? 0 : 1;
  if (counted('callEnded') !== 1) problems.push(`attempt ${attempt.id}: no single end in history`);
  if (counted('joined') !== joins) problems.push(`attempt ${attempt.id}: joins in history`);
  if (counted('disposed') !== joins)
    problems.push(
      `attempt ${attempt.id}: ${counted('disposed')} outcomes in history, not ${joins}`,
    );
  return problems;
}

function auditCarrier(
  attempts: readonly { sipCallId: string | null }[],
  calls: readonly CallRecord[],
): string[] {
  const known = new Set(attempts.map((attempt) => attempt.sipCallId));
  const unknown = calls.filter((call) => !known.has(call.sipCallId));
  const open = calls.filter((call) => call.stillUp || call.endedAt === null);
  return [
    ...numbersCalledTwice(calls).map((number) => `${number} was called twice`),
    ...unknown.map((call) => `call ${call.callNumber} at the carrier has no attempt`),
    ...open.map((call) => `call ${call.callNumber} (${call.behaviour}) never ended at the carrier`),
  ];
}

export function auditOutcomes(read: ReadDb, disposals: readonly Disposal[]): string[] {
  const problems: string[] = [];
  for (const disposal of disposals) {
    const say = (problem: string) => problems.push(`outcome of ${disposal.callId}: ${problem}`);
    if (disposal.acknowledged !== 'yes')
      say(`not acknowledged: ${JSON.stringify(disposal.acknowledged)}`);
    const row = read.get<{ dispositionCode: string | null; interactionId: string }>(
      'SELECT dispositionCode, interactionId FROM attempt WHERE callId = ?',
      disposal.callId,
    );
    if (row?.dispositionCode !== disposal.code) say(`the store has ${row?.dispositionCode}`);
    const notes = read.all<{ text: string }>(
      'SELECT text FROM interactionContent WHERE interactionId = ?',
      row?.interactionId,
    );
    if (notes.length !== 1 || notes[0]?.text !== disposal.note) say(`${notes.length} notes`);
    const promises = read.all<{ amountMinor: number }>(
      'SELECT amountMinor FROM promiseToPay WHERE interactionId = ?',
      row?.interactionId,
    );
    const wanted = disposal.amountMinor === null ? [] : [disposal.amountMinor];
    if (JSON.stringify(promises.map((each) => each.amountMinor)) !== JSON.stringify(wanted))
      say(`promises ${JSON.stringify(promises)}, not ${JSON.stringify(wanted)}`);
  }
  const joined = read.all<{ callId: string }>(
    'SELECT callId FROM attempt WHERE joinedAt IS NOT NULL',
  );
  const disposed = new Set(disposals.map((disposal) => disposal.callId));
  for (const { callId } of joined)
    if (!disposed.has(callId)) problems.push(`joined call ${callId} was never given to an agent`);
  const promises = read.get<{ n: number }>('SELECT COUNT(*) AS n FROM promiseToPay')?.n;
  const promised = disposals.filter((disposal) => disposal.amountMinor !== null).length;
  if (promises !== promised) problems.push(`${promises} promises in the store, not ${promised}`);
  return problems;
}

export function auditEntries(read: ReadDb): string[] {
  const entries = read.all<{
    id: string;
    status: string;
    attempts: number;
    dialed: number;
    joined: number;
    undisposed: number;
  }>(
    `SELECT e.id, e.status, e.attempts,
       (SELECT COUNT(*) FROM attempt a WHERE a.entryId = e.id AND a.dialedAt IS NOT NULL) AS dialed,
       (SELECT COUNT(*) FROM attempt a WHERE a.entryId = e.id AND a.joinedAt IS NOT NULL) AS joined,
       (SELECT COUNT(*) FROM attempt a WHERE a.entryId = e.id AND a.joinedAt IS NOT NULL AND a.disposedAt IS NULL)
         AS undisposed FROM contactListEntry e`,
  );
  return entries.flatMap((entry) => {
    const problems: string[] = [];
    if (entry.attempts !== entry.dialed)
      problems.push(`counts ${entry.attempts} attempts, ${entry.dialed} were dialed`);
    if (entry.status === 'done' && entry.dialed === 0) problems.push('done without a call');
    if (entry.status === 'pending' && entry.dialed > 0) problems.push('pending after a call');
    if (entry.status === 'inProgress') problems.push('is in progress with nobody on it');
    if (entry.undisposed > 0) problems.push('a conversation without an outcome');
    return problems.map((problem) => `entry ${entry.id} (${entry.status}): ${problem}`);
  });
}

export async function auditRecordings(read: ReadDb, dataDir: string): Promise<string[]> {
  const directory = join(dataDir, 'recordings');
  const rows = read.all<{ id: string; state: string; fileName: string; keyHex: string }>(
    'SELECT id, state, fileName, keyHex FROM recording',
  );
  const known = new Set(rows.map((row) => row.fileName));
  const problems = readdirSync(directory)
    .filter((name) => !known.has(name))
    .map((name) => `${name} has no row`);
  for (const row of rows) {
    if (row.state === 'recording') problems.push(`recording ${row.id} was left open`);
    const opened = await openRecording(
      join(directory, row.fileName),
      Buffer.from(row.keyHex, 'hex'),
    )
      .then(async (recording) => {
        const found = { durationMs: recording.durationMs, state: recording.state };
        await recording.close();
        return found;
      })
      .catch((error: unknown) => String(error));
    if (row.state === 'failed' && typeof opened === 'object')
      problems.push(`recording ${row.id} is called failed and can be played`);
    if (row.state !== 'failed' && typeof opened === 'string')
      problems.push(`recording ${row.id} is ${row.state}: ${opened}`);
  }
  return problems;
}

/** Every row of a table that takes part in sync stands in the change log, and was never inserted twice. */
export function auditChanges(read: ReadDb): string[] {
  const inserted = new Map<string, number>();
  const count = (table: string, id: string) =>
    inserted.set(`${table} ${id}`, (inserted.get(`${table} ${id}`) ?? 0) + 1);
  let last = '';
  const problems: string[] = [];
  for (const change of read.all<{
    tableName: string;
    rowId: string;
    op: string;
    hlc: string;
    columnsJson: string;
  }>('SELECT tableName, rowId, op, hlc, columnsJson FROM change ORDER BY seq')) {
    if (change.hlc <= last) problems.push(`change ${change.hlc} is not newer than the one before`);
    last = change.hlc;
    if (change.op === 'insert') count(change.tableName, change.rowId);
    if (change.op !== 'chunk') continue;
    const { tables } = JSON.parse(change.columnsJson) as { tables: Record<string, string[]> };
    for (const [table, ids] of Object.entries(tables)) for (const id of ids) count(table, id);
  }
  for (const [table, rule] of Object.entries(tableRules)) {
    if (rule.class === 'local') continue;
    for (const { id } of read.all<{ id: string }>(`SELECT id FROM ${table}`)) {
      const times = inserted.get(`${table} ${id}`) ?? 0;
      if (times !== 1) problems.push(`${table} ${id} stands ${times} times in the change log`);
    }
  }
  const [integrity] = read.all<{ integrity_check: string }>('PRAGMA integrity_check');
  if (integrity?.integrity_check !== 'ok') problems.push(`store: ${integrity?.integrity_check}`);
  return problems;
}

/** In which states the engine died, seen from what recovery wrote about each attempt. */
export function statesAtDeath(read: ReadDb, calls: readonly CallRecord[]): Record<string, number> {
  const rows = read.all<{
    sipCallId: string | null;
    dialedAt: number | null;
    ringingAt: number | null;
    answeredAt: number | null;
    joinedAt: number | null;
    recorded: string | null;
  }>(
    `SELECT d.sipCallId, a.dialedAt, a.ringingAt, a.answeredAt, a.joinedAt,
       (SELECT state FROM recording r WHERE r.callId = a.callId LIMIT 1) AS recorded
       FROM attempt a LEFT JOIN dialog d ON d.id = a.id WHERE a.sipReason = 'engine restarted'`,
  );
  const atCarrier = new Map(calls.map((call) => [call.sipCallId, call]));
  const states: Record<string, number> = {};
  for (const row of rows) {
    const call = row.sipCallId === null ? undefined : atCarrier.get(row.sipCallId);
    const state =
      row.joinedAt !== null
        ? row.recorded === 'recovered'
          ? 'talking with a recording'
          : 'talking'
        : row.answeredAt !== null
          ? 'answered'
          : call?.answeredAt != null
            ? 'answered, not known to the engine'
            : row.ringingAt !== null
              ? 'ringing'
              : row.dialedAt === null
                ? 'reserved'
                : call === undefined
                  ? 'durable, INVITE never left'
                  : 'dialing';
    states[state] = (states[state] ?? 0) + 1;
  }
  return states;
}
