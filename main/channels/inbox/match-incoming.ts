import type { ReadDb } from '../../store/types.ts';
import type { MessageChannel } from '../types.ts';
import { referencesIn } from './references.ts';

/** What is known of a message that came in. */
export interface MatchAsked {
  gatewayId: string;
  channel: MessageChannel;
  /** E.164, or an e-mail address in lower case */
  from: string;
  subject: string | null;
  text: string | null;
  /** ids of our messages that it answers, by its headers, oldest first */
  ourMessageIds: readonly string[];
  answersProviderId: string | null;
}

export type MatchedBy = 'thread' | 'reference' | 'number' | 'address';

export interface Match {
  debtorId: string;
  by: MatchedBy;
  /** the debtor's own number or address that it came from; null: it is on no record of theirs */
  contactPointId: string | null;
  /** the one that its reference names */
  debtId: string | null;
  /** of ours, that it answers */
  messageId: string | null;
}

/** Somebody whose it may be. */
export interface Candidate {
  debtorId: string;
  by: MatchedBy;
  contactPointId: string | null;
}

/** A message of ours this long ago is what somebody with a shared number answers. */
const LATELY_MS = 30 * 86_400_000;

/**
 * Whose a message is: by the message of ours that it answers, by one reference of a case or debt in its words, by its
 * number or address. Null when nobody, or more than one, could be meant.
 */
export function matchIncoming(db: ReadDb, asked: MatchAsked, now: number): Match | null {
  const answered = answeredMessage(db, asked);
  if (answered !== null) {
    const { debtorId, id: messageId } = answered;
    return {
      debtorId,
      by: 'thread',
      messageId,
      debtId: null,
      contactPointId: pointOf(db, debtorId, asked.from),
    };
  }
  const named = namedDebtors(db, asked);
  const [only] = named;
  if (only !== undefined && new Set(named.map((one) => one.debtorId)).size === 1) {
    const owners = ownersOf(db, asked.from);
    // a number of one debtor and the reference of another: that is for a person to say
    if (owners.length > 0 && !owners.some((one) => one.debtorId === only.debtorId)) return null;
    const debtIds = new Set(named.flatMap(({ debtId }) => debtId ?? []));
    const [debtId = null] = debtIds.size === 1 ? debtIds : [];
    const contactPointId = pointOf(db, only.debtorId, asked.from);
    return { debtorId: only.debtorId, by: 'reference', contactPointId, debtId, messageId: null };
  }
  const owner = ownerOf(db, asked, now);
  if (owner === null) return null;
  const by = asked.channel === 'email' ? 'address' : 'number';
  return { ...owner, by, debtId: null, messageId: null };
}

/** Everybody who could be meant, the surest first. */
export function findCandidates(db: ReadDb, asked: MatchAsked): Candidate[] {
  const by = asked.channel === 'email' ? 'address' : 'number';
  const all: Candidate[] = [
    ...namedDebtors(db, asked).map(({ debtorId }) => ({
      debtorId,
      by: 'reference' as const,
      contactPointId: pointOf(db, debtorId, asked.from),
    })),
    ...ownersOf(db, asked.from).map((owner) => ({ ...owner, by: by as MatchedBy })),
  ];
  return [...new Map(all.reverse().map((one) => [one.debtorId, one])).values()].reverse();
}

/** The newest message of ours that it answers, of a debtor who is still there. */
function answeredMessage(
  db: ReadDb,
  { gatewayId, answersProviderId, ourMessageIds }: MatchAsked,
): { id: string; debtorId: string } | null {
  const byProvider =
    answersProviderId === null
      ? undefined
      : db.get<{ messageId: string }>(
          'SELECT messageId FROM messagePart WHERE gatewayId = ? AND providerId = ?',
          gatewayId,
          answersProviderId,
        )?.messageId;
  const ids = [...(byProvider === undefined ? [] : [byProvider]), ...[...ourMessageIds].reverse()];
  for (const id of ids) {
    const row = db.get<{ id: string; debtorId: string }>(
      `SELECT m.id, coalesce(d.mergedInto, d.id) AS debtorId FROM message m JOIN debtor d ON d.id = m.debtorId
       WHERE m.id = ? AND d.erasedAt IS NULL`,
      id,
    );
    if (row && isThere(db, row.debtorId)) return row;
  }
  return null;
}

function isThere(db: ReadDb, debtorId: string): boolean {
  return db.get('SELECT 1 FROM debtor WHERE id = ? AND deletedAt IS NULL', debtorId) !== undefined;
}

interface NamedDebtor {
  debtorId: string;
  debtId: string | null;
}

/** Debtors whose own reference, or that of a debt, stands in the words. */
function namedDebtors(db: ReadDb, { subject, text }: MatchAsked): NamedDebtor[] {
  const references = referencesIn(`${subject ?? ''}\n${text ?? ''}`);
  if (references.length === 0) return [];
  const asked = JSON.stringify(references);
  const debtors = db.all<NamedDebtor>(
    `SELECT d.id AS debtorId, NULL AS debtId FROM json_each(?) j CROSS JOIN debtor d ON d.externalRef = j.value
     WHERE d.deletedAt IS NULL AND d.erasedAt IS NULL LIMIT 20`,
    asked,
  );
  const debts = db.all<NamedDebtor>(
    `SELECT b.debtorId, b.id AS debtId FROM json_each(?) j CROSS JOIN debt b ON b.externalRef = j.value
     JOIN debtor d ON d.id = b.debtorId
     WHERE b.deletedAt IS NULL AND d.deletedAt IS NULL AND d.erasedAt IS NULL LIMIT 20`,
    asked,
  );
  return [...debts, ...debtors];
}

interface Owner {
  debtorId: string;
  contactPointId: string | null;
}

/** Who has this number or address; one that was found to be another's counts for nobody. */
function ownersOf(db: ReadDb, from: string): Owner[] {
  return db.all<Owner>(
    `SELECT p.debtorId, min(p.id) AS contactPointId FROM contactPoint p JOIN debtor d ON d.id = p.debtorId
     WHERE p.value = ? AND p.deletedAt IS NULL AND p.status IN ('active', 'dead')
       AND d.deletedAt IS NULL AND d.erasedAt IS NULL
     GROUP BY p.debtorId ORDER BY p.debtorId LIMIT 20`,
    from,
  );
}

/** The only owner, or the only one of several to whom we wrote there lately. */
function ownerOf(db: ReadDb, { from }: MatchAsked, now: number): Owner | null {
  const owners = ownersOf(db, from);
  const [only = null] = owners;
  if (owners.length <= 1) return only;
  const written = owners.filter(
    ({ debtorId }) =>
      db.get(
        `SELECT 1 FROM message WHERE debtorId = ? AND queuedAt > ? AND toAddress = ?
           AND state IN ('permitted', 'sent', 'delivered', 'read', 'unknown') LIMIT 1`,
        debtorId,
        now - LATELY_MS,
        from,
      ) !== undefined,
  );
  const [one = null] = written;
  return written.length === 1 ? one : null;
}

export function pointOf(db: ReadDb, debtorId: string, value: string): string | null {
  const row = db.get<{ id: string }>(
    `SELECT id FROM contactPoint WHERE value = ? AND debtorId = ? AND deletedAt IS NULL
     ORDER BY status <> 'active', id LIMIT 1`,
    value,
    debtorId,
  );
  return row?.id ?? null;
}
