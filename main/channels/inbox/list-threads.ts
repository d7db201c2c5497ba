import type { InboxThread, InboxView } from '#shared/contract/index.ts';
import type { Channel } from '#shared/domain/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import { snippetOf } from './take-writes.ts';
import { requireThread, type ThreadRow } from './thread-rows.ts';

type Shown = Unbranded<InboxThread>;

/** Each with an index that holds its order: constant texts, so that statements are kept. */
const viewSql: Readonly<Record<InboxView, string>> = {
  open: `t.state = 'open'`,
  mine: `t.state = 'open' AND t.assignedTo = ?`,
  unassigned: `t.state = 'open' AND t.assignedTo IS NULL`,
  unmatched: `t.state = 'open' AND t.debtorId IS NULL`,
  snoozed: `t.state = 'snoozed'`,
  done: `t.state = 'done'`,
};
const COLUMNS =
  't.id, t.debtorId, t.peer, t.state, t.snoozedUntil, t.assignedTo, t.lastAt, t.lastInAt, t.unread, t.channels';
/** As the indexes of channels have it, word for word. */
const channelSql: Readonly<Partial<Record<Channel, string>>> = {
  sms: `AND instr(t.channels, 'sms') > 0`,
  mms: `AND instr(t.channels, 'mms') > 0`,
  email: `AND instr(t.channels, 'email') > 0`,
};
const scopeSql = (view: InboxView, channel: Channel | null) =>
  `FROM inboxThread t WHERE ${viewSql[view]} AND t.deletedAt IS NULL ${
    channel === null ? '' : (channelSql[channel] ?? 'AND 0')
  }`;
const pageSql = (view: InboxView, channel: Channel | null) =>
  `SELECT ${COLUMNS} ${scopeSql(view, channel)} AND t.lastAt < ? ORDER BY t.lastAt DESC LIMIT ?`;
const tiesSql = (view: InboxView, channel: Channel | null) =>
  `SELECT ${COLUMNS} ${scopeSql(view, channel)} AND t.lastAt = ?`;
/** More are not told apart: a badge shows no more, and every one that is counted is read. */
const COUNTED = 1_000;
const countSql = (view: InboxView) =>
  `SELECT count(*) AS count FROM (SELECT 1 ${scopeSql(view, null)} LIMIT ${COUNTED})`;

export interface ListAsked {
  view: InboxView;
  channel: Channel | null;
  /** epoch ms; null: from the newest */
  before: number | null;
  limit: number;
  personId: string;
}

/**
 * One page, newest first. Threads of one instant are never parted, since the next page begins after it: a page may be
 * longer than was asked for.
 */
export function listThreads(read: ReadDb, asked: ListAsked): { threads: Shown[]; more: boolean } {
  const { view, channel, personId, limit } = asked;
  const before = asked.before ?? Number.MAX_SAFE_INTEGER;
  const scope = view === 'mine' ? [personId] : [];
  const rows = read.all<ThreadRow>(pageSql(view, channel), ...scope, before, limit + 1);
  const page = rows.slice(0, limit);
  const [last, next] = [page.at(-1), rows[limit]];
  if (last !== undefined && next?.lastAt === last.lastAt) {
    const known = new Set(page.map(({ id }) => id));
    const ties = read.all<ThreadRow>(tiesSql(view, channel), ...scope, last.lastAt);
    page.push(...ties.filter(({ id }) => !known.has(id)));
    const rest = read.all(pageSql(view, channel), ...scope, last.lastAt, 1);
    return { threads: showThreads(read, page), more: rest.length > 0 };
  }
  return { threads: showThreads(read, page), more: rows.length > limit };
}

/** How many stand in each view, up to a thousand; each is counted on its own index. */
export function countThreads(read: ReadDb, personId: string): Record<InboxView, number> {
  const count = (view: InboxView, ...params: unknown[]) =>
    read.get<{ count: number }>(countSql(view), ...params)?.count ?? 0;
  return {
    open: count('open'),
    mine: count('mine', personId),
    unassigned: count('unassigned'),
    unmatched: count('unmatched'),
    snoozed: count('snoozed'),
    done: count('done'),
  };
}

/** @throws AppError `contract.not-found` */
export function showThread(read: ReadDb, inboxThreadId: string): Shown {
  const [shown] = showThreads(read, [requireThread(read, inboxThreadId)]);
  return shown as Shown;
}

interface NewestRow {
  threadId: string;
  matchedBy: Shown['matchedBy'];
  optOutJson: string | null;
  interactionId: string;
}

/** Adds names and the newest words to rows of threads. */
function showThreads(read: ReadDb, rows: readonly ThreadRow[]): Shown[] {
  const names = namesOf(read, rows);
  return rows.map((row) => {
    const newest = newestIn(read, row.id);
    const words = row.debtorId === null ? null : newestWords(read, row.debtorId);
    const text = words ?? (newest === null ? null : wordsOf(read, newest.interactionId));
    return {
      inboxThreadId: row.id,
      debtorId: row.debtorId,
      displayName: names.get(row.debtorId ?? '') ?? null,
      peer: row.peer,
      channels: row.channels.split(' ').filter(Boolean) as Channel[],
      state: row.state,
      snoozedUntil: row.snoozedUntil,
      assignedTo: row.assignedTo,
      assignedToName: names.get(row.assignedTo ?? '') ?? null,
      lastAt: row.lastAt,
      lastDirection: row.lastInAt !== null && row.lastInAt >= row.lastAt ? 'in' : 'out',
      snippet: snippetOf(text ?? { text: null, subject: null }),
      unread: row.unread,
      matchedBy: newest?.matchedBy ?? null,
      optOut: readOptOut(newest?.optOutJson ?? null),
    };
  });
}

/** Of debtors and colleagues. */
function namesOf(read: ReadDb, rows: readonly ThreadRow[]): Map<string, string> {
  const ids = (of: (row: ThreadRow) => string | null) =>
    JSON.stringify([...new Set(rows.flatMap((row) => of(row) ?? []))]);
  const found = read.all<{ id: string; displayName: string }>(
    `SELECT d.id, d.displayName FROM json_each(?) j JOIN debtor d ON d.id = j.value
     UNION ALL SELECT p.id, p.displayName FROM json_each(?) j JOIN person p ON p.id = j.value`,
    ids((row) => row.debtorId),
    ids((row) => row.assignedTo),
  );
  return new Map(found.map(({ id, displayName }) => [id, displayName]));
}

function newestIn(read: ReadDb, threadId: string): NewestRow | null {
  return (
    read.get<NewestRow>(
      `SELECT threadId, matchedBy, optOutJson, interactionId FROM inboundMessage
       WHERE threadId = ? ORDER BY at DESC LIMIT 1`,
      threadId,
    ) ?? null
  );
}

interface Words {
  text: string | null;
  subject: string | null;
}

/** Of the newest message of a debtor, ours or theirs. */
function newestWords(read: ReadDb, debtorId: string): Words | null {
  const row = read.get<{ id: string }>(
    `SELECT id FROM interaction WHERE debtorId = ? AND channel IN ('sms', 'mms', 'email')
     ORDER BY at DESC, id DESC LIMIT 1`,
    debtorId,
  );
  return row ? wordsOf(read, row.id) : null;
}

function wordsOf(read: ReadDb, interactionId: string): Words {
  const rows = read.all<{ kind: string; text: string }>(
    `SELECT kind, text FROM interactionContent
     WHERE interactionId = ? AND kind IN ('body', 'subject') AND erasedAt IS NULL AND text IS NOT NULL`,
    interactionId,
  );
  const of = (kind: string) => rows.find((row) => row.kind === kind)?.text ?? null;
  return { text: of('body'), subject: of('subject') };
}

/** What a reply asks for, for people. */
export function readOptOut(optOutJson: string | null): Shown['optOut'] {
  if (optOutJson === null) return null;
  const { verdict, words } = JSON.parse(optOutJson) as NonNullable<Shown['optOut']>;
  return { verdict, words };
}
