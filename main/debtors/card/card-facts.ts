import type { DebtorCard, Relation } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';
import { shownFlag } from '../work/flag-kinds.ts';

type Card = Unbranded<DebtorCard>;

const DAY_MS = 24 * 3_600_000;

/** Holds in force: dispute, lawyer, opt-outs and the like. Ends are exclusive. */
export function loadHolds(read: ReadDb, debtorId: string, now: number): Card['holds'] {
  const holds = read.all<Card['holds'][number]>(
    `SELECT h.id AS holdId, h.kind, h.medium, h.contactPointId, h.debtId, h.since, h."until", h.maxDays,
       h.reason, p.displayName AS agentName
     FROM hold h LEFT JOIN person p ON p.id = h.personId
     WHERE h.debtorId = ? AND h.deletedAt IS NULL AND h.liftedAt IS NULL AND h.since <= ?
       AND (h."until" IS NULL OR h."until" > ?)
       AND (h.maxDays IS NULL OR h.since + h.maxDays * ${DAY_MS} > ?)
     ORDER BY h.kind, h.since`,
    debtorId,
    now,
    now,
    now,
  );
  return holds.map((hold) => ({ ...hold, kind: shownFlag(hold.kind) }));
}

/** Those that still hold first. */
export function loadConsents(read: ReadDb, debtorId: string): Card['consents'] {
  return read.all(
    `SELECT c.id AS consentId, c.kind, c.channel, c.contactPointId, c.givenAt, c.source, c.note,
       c.withdrawnAt, p.displayName AS agentName
     FROM consent c LEFT JOIN person p ON p.id = c.personId
     WHERE c.debtorId = ? AND c.deletedAt IS NULL
     ORDER BY c.withdrawnAt IS NOT NULL, c.givenAt DESC, c.id`,
    debtorId,
  );
}

/** Papers, and what went out with a message; not the drafts of messages that were looked at and never sent. */
export function loadDocuments(read: ReadDb, debtorId: string): Card['documents'] {
  return read.all(
    `SELECT id AS documentId, name, kind, mediaType, debtId, createdAt, bytes FROM document
     WHERE debtorId = ? AND deletedAt IS NULL AND erasedAt IS NULL
       AND (kind <> 'messageMedia' OR EXISTS (SELECT 1 FROM messageAttachment a WHERE a.documentId = document.id))
     ORDER BY createdAt DESC, id DESC`,
    debtorId,
  );
}

type RelationRow = Omit<Unbranded<Relation>, 'maySpeak' | 'inverse'> & {
  maySpeak: number;
  inverse: number;
};

/** Relations entered on this card, and those of other cards that name this debtor. */
export function loadRelations(read: ReadDb, debtorId: string): Card['relations'] {
  const rows = read.all<RelationRow>(
    `SELECT id AS relationId, kind, name, otherDebtorId, contact, maySpeak, note, 0 AS inverse
     FROM relation WHERE debtorId = ? AND deletedAt IS NULL
     UNION ALL
     SELECT r.id, r.kind, d.displayName, r.debtorId, NULL, r.maySpeak, r.note, 1
     FROM relation r JOIN debtor d ON d.id = r.debtorId AND d.deletedAt IS NULL
     WHERE r.otherDebtorId = ? AND r.deletedAt IS NULL
     ORDER BY inverse, kind, name`,
    debtorId,
    debtorId,
  );
  return rows.map((row) => ({ ...row, maySpeak: row.maySpeak === 1, inverse: row.inverse === 1 }));
}

/** Merges in force, the newest first: the only one that can be undone is the first. */
export function loadMergedFrom(read: ReadDb, debtorId: string): Card['mergedFrom'] {
  return read.all(
    `SELECT m.id AS debtorMergeId, m.mergedDebtorId AS debtorId, d.displayName, d.externalRef, m.at,
       p.displayName AS agentName
     FROM debtorMerge m JOIN debtor d ON d.id = m.mergedDebtorId LEFT JOIN person p ON p.id = m.personId
     WHERE m.keptDebtorId = ? AND m.undoneAt IS NULL ORDER BY m.at DESC, m.id DESC`,
    debtorId,
  );
}
