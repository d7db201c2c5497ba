import type { AgentToday } from '../agents/index.ts';
import { storedObligations } from '../contact-rules/index.ts';
import type { ReadDb } from '../store/index.ts';
import { type CallView, countMissed, inOrder, partyOfCall } from '../telephony/call/index.ts';

/** The last view of a call that has ended, from the rows that stand for it. */
export function endedCallView(db: ReadDb, callId: string): CallView | null {
  return endedAttempt(db, callId) ?? endedInbound(db, callId);
}

function endedAttempt(db: ReadDb, callId: string): CallView | null {
  const row = db.get<{
    mode: string;
    campaignId: string | null;
    debtorId: string | null;
    contactPointId: string | null;
    number: string;
    personId: string | null;
    reservedAt: number;
    answeredAt: number | null;
    joinedAt: number | null;
    endedAt: number | null;
    attemptResult: string | null;
    endedBy: string | null;
    decisionId: string | null;
  }>(
    `SELECT mode, campaignId, debtorId, contactPointId, number, personId, reservedAt, answeredAt, joinedAt, endedAt,
       attemptResult, endedBy, decisionId FROM attempt WHERE callId = ?`,
    callId,
  );
  if (!row) return null;
  const { reservedAt, decisionId, ...rest } = row;
  return {
    ...rest,
    callId,
    direction: 'out',
    state: 'ended',
    startedAt: reservedAt,
    muted: false,
    recording: 'off',
    recordingId: null,
    party: partyOfCall(db, callId),
    obligations: decisionId === null ? [] : inOrder(storedObligations(db, decisionId)),
    mode: row.mode as CallView['mode'],
    attemptResult: row.attemptResult as CallView['attemptResult'],
    endedBy: row.endedBy as CallView['endedBy'],
  };
}

/** A call that came in has no attempt: its history row and the events of it say the same. */
function endedInbound(db: ReadDb, callId: string): CallView | null {
  const row = db.get<{
    debtorId: string | null;
    contactPointId: string | null;
    number: string | null;
    startedAt: number;
    personId: string | null;
    joinedAt: number | null;
    endedAt: number | null;
    endJson: string | null;
  }>(
    `SELECT i.debtorId, i.contactPointId, i.peer AS number, i.at AS startedAt, j.personId, j.at AS joinedAt,
       e.at AS endedAt, e.dataJson AS endJson FROM interaction i
       LEFT JOIN interactionEvent j ON j.interactionId = i.id AND j.kind = 'joined'
       LEFT JOIN interactionEvent e ON e.interactionId = i.id AND e.kind = 'callEnded'
      WHERE i.callId = ? AND i.direction = 'in' LIMIT 1`,
    callId,
  );
  if (!row) return null;
  const { endJson, ...rest } = row;
  const end = JSON.parse(endJson ?? '{}') as Partial<Pick<CallView, 'attemptResult' | 'endedBy'>>;
  return {
    ...rest,
    callId,
    direction: 'in',
    mode: null,
    state: 'ended',
    campaignId: null,
    answeredAt: row.joinedAt,
    muted: false,
    recording: 'off',
    recordingId: null,
    party: partyOfCall(db, callId),
    obligations: [],
    attemptResult: end.attemptResult ?? null,
    endedBy: end.endedBy ?? null,
  };
}

/** An agent's own figures since local midnight of this machine. */
export function agentToday(db: ReadDb, personId: string, now: number): AgentToday {
  const since = new Date(now).setHours(0, 0, 0, 0);
  const calls = db.get<{ calls: number; conversations: number; talkTimeMs: number | null }>(
    `SELECT COUNT(*) AS calls, COUNT(joinedAt) AS conversations,
       SUM(CASE WHEN joinedAt IS NOT NULL THEN COALESCE(endedAt, ?) - joinedAt END) AS talkTimeMs
       FROM attempt WHERE reservedAt >= ? AND personId = ?`,
    now,
    since,
    personId,
  );
  const promises = db.all<{ currency: string; amountMinor: number; n: number }>(
    `SELECT currency, SUM(amountMinor) AS amountMinor, COUNT(*) AS n FROM promiseToPay
      WHERE personId = ? AND createdAt >= ? AND deletedAt IS NULL GROUP BY currency`,
    personId,
    since,
  );
  const callbacks = db.get<{ n: number }>(
    `SELECT COUNT(*) AS n FROM callback WHERE status = 'open' AND at <= ? AND deletedAt IS NULL
       AND (personId IS NULL OR personId = ?)`,
    now,
    personId,
  );
  return {
    calls: calls?.calls ?? 0,
    conversations: calls?.conversations ?? 0,
    talkTimeMs: calls?.talkTimeMs ?? 0,
    promises: promises.reduce((sum, row) => sum + row.n, 0),
    promisedMinor: promises.map(({ currency, amountMinor }) => ({ currency, amountMinor })),
    callbacksDue: callbacks?.n ?? 0,
    missedInbound: countMissed(db),
  };
}
