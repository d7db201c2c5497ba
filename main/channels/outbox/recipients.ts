import type { MessagePreview } from '#shared/contract/index.ts';
import type { Purpose } from '#shared/rule-packs/index.ts';
import type { ContactRules, Decision } from '../../contact-rules/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import type { MessageChannel } from '../types.ts';
import { contactRequest } from './contact-request.ts';

export type Recipient = NonNullable<Unbranded<MessagePreview>['to']>;

/** An address of the debtor with what the door says now. */
export interface AskedRecipient {
  recipient: Recipient;
  decision: Decision;
}

interface PointRow {
  id: string;
  value: string;
  label: string | null;
}

/** What can be sent to: a text goes to a mobile, whoever's it is. */
const kindOf = { sms: 'mobile', mms: 'mobile', email: 'email' } as const;

/** Addresses of a debtor that a channel reaches, in the debtor's order, each with the door's word. */
export function askRecipients(
  read: ReadDb,
  rules: Pick<ContactRules, 'decideMany'>,
  about: {
    debtorId: string;
    channel: MessageChannel;
    debtId: string | null;
    purpose: Purpose;
    personId: string | null;
  },
  at: number,
): AskedRecipient[] {
  const points = read.all<PointRow>(
    `SELECT id, value, label FROM contactPoint
     WHERE debtorId = ? AND kind = ? AND status = 'active' AND deletedAt IS NULL
     ORDER BY "rank", createdAt, id`,
    about.debtorId,
    kindOf[about.channel],
  );
  const requests = points.map(({ id, value }) =>
    contactRequest({ ...about, contactPointId: id, toAddress: value, bulkId: null }),
  );
  return rules.decideMany(read, requests, at).map((decision, index) => {
    const { id, value, label } = points[index] as PointRow;
    return {
      recipient: { contactPointId: id, value, label, permission: toPermission(decision) },
      decision,
    };
  });
}

/** The one that is meant, else the first that may be written to, else the first. */
export function chooseRecipient(
  asked: readonly AskedRecipient[],
  contactPointId: string | undefined,
): AskedRecipient | null {
  if (contactPointId !== undefined)
    return asked.find(({ recipient }) => recipient.contactPointId === contactPointId) ?? null;
  return asked.find(({ decision }) => decision.allowed) ?? asked[0] ?? null;
}

function toPermission(decision: Decision): Recipient['permission'] {
  const { allowed, blockedBy, nextAllowedAt, overridable, override } = decision;
  return {
    allowed,
    blockedBy: blockedBy.map(({ rule, pack, because, until }) => ({ rule, pack, because, until })),
    nextAllowedAt,
    overridable,
    override,
  };
}

/** The debt that it is about: the one that is named, or the only open one. null: which one is not known. */
export function debtOf(
  read: ReadDb,
  debtorId: string,
  debtIds: readonly string[] | undefined,
): string | null {
  if (debtIds !== undefined) return debtIds.length === 1 ? (debtIds[0] ?? null) : null;
  const rows = read.all<{ id: string }>(
    `SELECT id FROM debt WHERE debtorId = ? AND deletedAt IS NULL AND status = 'open' LIMIT 2`,
    debtorId,
  );
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}

/** The debtor that an id stands for: those that were merged are one. null: there is none. */
export function keptDebtor(read: ReadDb, debtorId: string): string | null {
  let id: string | null = debtorId;
  for (let step = 0; step < 20 && id !== null; step += 1) {
    const row: { mergedInto: string | null; deletedAt: number | null } | undefined = read.get(
      'SELECT mergedInto, deletedAt FROM debtor WHERE id = ?',
      id,
    );
    if (row === undefined) return null;
    if (row.mergedInto === null) return row.deletedAt === null ? id : null;
    id = row.mergedInto;
  }
  return null;
}
