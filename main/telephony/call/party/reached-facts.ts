import type { Target } from '#shared/rule-packs/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../../../store/types.ts';
import { partyOfCall } from './party-rows.ts';

interface EventRow {
  id: string;
  kind: 'humanAnswered' | 'conversation';
  direction: 'in' | 'out';
  target: Target | null;
}

/** Who was reached, in the words of the rule packs; null: nobody has said, which counts as whom the call was for. */
export function targetOfCall(db: ReadDb, callId: string): Target | null {
  const { state } = partyOfCall(db, callId);
  if (state === 'identified') return 'debtor';
  return state === 'thirdPerson' ? 'thirdParty' : null;
}

/**
 * Makes the facts of a call that are written already agree with who was on the line. With a third person there was no
 * conversation with the debtor (contact rules §2): that somebody answered remains. Harmless when repeated.
 */
export function agreeFactsWithParty(db: WriteDb, context: WriteContext, callId: string): void {
  const rows = db.all<EventRow>(
    `SELECT id, kind, direction, target FROM contactEvent
      WHERE callId = ? AND reservation IS NULL AND kind IN ('humanAnswered','conversation') ORDER BY id`,
    callId,
  );
  if (rows.length === 0) return;
  const target = targetOfCall(db, callId);
  for (const row of rows) {
    const isWrong = target === null ? row.target === 'thirdParty' : row.target !== target;
    if (isWrong) db.update('contactEvent', row.id, { target });
  }
  if (target === 'thirdParty') noConversation(db, rows);
  else if (wasJoined(db, callId)) conversationAgain(db, context, rows);
}

function noConversation(db: WriteDb, rows: readonly EventRow[]): void {
  for (const row of rows)
    if (row.kind === 'conversation') db.update('contactEvent', row.id, { kind: 'humanAnswered' });
}

/** It was the debtor after all. */
function conversationAgain(db: WriteDb, context: WriteContext, rows: readonly EventRow[]): void {
  if (rows.some(({ kind }) => kind === 'conversation')) return;
  const last = rows.at(-1);
  if (last === undefined) return;
  // What an outgoing call tells first is that somebody answered, and that stays; a call that came in tells one thing.
  if (last.direction === 'in' || rows.length > 1)
    db.update('contactEvent', last.id, { kind: 'conversation' });
  else copyAsConversation(db, context, last.id);
}

function copyAsConversation(db: WriteDb, context: WriteContext, eventId: string): void {
  const row = db.get<Record<string, unknown>>(
    `SELECT at, direction, channel, debtorId, debtId, contactPointId, number, mode, flagsJson, callId, decisionId, target
       FROM contactEvent WHERE id = ?`,
    eventId,
  );
  db.insert('contactEvent', {
    ...row,
    id: context.newId(),
    kind: 'conversation',
    reservation: null,
  });
}

/** An agent was on the line: a call that was abandoned never was a conversation. */
function wasJoined(db: ReadDb, callId: string): boolean {
  const row = db.get(
    `SELECT 1 FROM interaction i JOIN interactionEvent e ON e.interactionId = i.id AND e.kind = 'joined'
      WHERE i.callId = ? LIMIT 1`,
    callId,
  );
  return row !== undefined;
}
