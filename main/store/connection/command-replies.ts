import type { Database } from 'better-sqlite3';

export const REPLY_KEPT_MS = 7 * 24 * 3_600_000;

/**
 * First replies of commands, kept in the transaction of their write, so that a client that repeats
 * a command after a lost connection gets the same answer and nothing happens twice. A command may
 * make several writes: each has its own reply.
 */
export interface CommandReplies {
  find(commandId: string, writeName: string): { value: unknown } | undefined;
  keep(commandId: string, writeName: string, value: unknown, now: number): void;
  /** @returns how many were too old */
  purge(now: number): number;
}

export function createCommandReplies(database: Database): CommandReplies {
  const find = database.prepare(
    'SELECT replyJson FROM commandReply WHERE commandId = ? AND writeName = ?',
  );
  const keep = database.prepare(
    'INSERT INTO commandReply (commandId, writeName, at, replyJson) VALUES (?, ?, ?, ?)',
  );
  const purge = database.prepare('DELETE FROM commandReply WHERE at < ?');
  return {
    find(commandId, writeName) {
      const row = find.get(commandId, writeName) as { replyJson: string } | undefined;
      return row && { value: (JSON.parse(row.replyJson) as { value?: unknown }).value };
    },
    keep(commandId, writeName, value, now) {
      // wrapped, because a write that answers nothing has no JSON of its own
      keep.run(commandId, writeName, now, JSON.stringify({ value }));
    },
    purge: (now) => purge.run(now - REPLY_KEPT_MS).changes,
  };
}
