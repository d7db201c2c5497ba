import { createHash } from 'node:crypto';
import { AppError } from '#shared/errors/index.ts';
import type { ContactChannel } from '#shared/rule-packs/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { mediaTogether } from './media-together.ts';
import type { ReadReply } from './read-reply.ts';

/** Why a channel is held that nobody has plainly refused: until a person has read the reply. */
export const unclearReason = 'opt-out.unclear';

export interface ApplyReply {
  debtorId: string;
  /** the number or address that it came from; null: not on record */
  contactPointId: string | null;
  /** by which it came */
  channel: ContactChannel;
  reading: ReadReply;
  /** of the reply in the history; the same reply is applied once. Null: always */
  interactionId: string | null;
}

/** What the history of a debtor tells of it; another area writes it, in the same transaction. */
export type OptOutTrace = (
  db: WriteDb,
  context: WriteContext,
  trace: { debtorId: string; contactPointId: string | null; kind: string; note: string | null },
) => void;

interface NewHold {
  kind: 'mediumOptOut' | 'cease';
  medium: ContactChannel | null;
  contactPointId: string | null;
  reason: string | null;
}

/** Writes of opt-outs, for the writer thread. */
export function createOptOutWrites(leaveTrace: OptOutTrace) {
  return {
    /**
     * Holds what a reply asks to be left alone: effective with the transaction, everywhere. A reply that is not plain holds
     * the channel by which it came, until a person lifts that.
     * @returns the holds that are new
     * @throws AppError `contract.not-found`
     */
    'optOut.apply': (
      db: WriteDb,
      context: WriteContext,
      input: ApplyReply,
    ): { holdIds: string[] } => {
      if (!db.get('SELECT 1 FROM debtor WHERE id = ? AND deletedAt IS NULL', input.debtorId)) {
        throw new AppError('contract.not-found', 'no such debtor');
      }
      const holdIds: string[] = [];
      for (const hold of holdsOf(input)) {
        const ids = withTwins(hold).flatMap((one) => setHold(db, context, input, one) ?? []);
        if (ids.length === 0) continue;
        holdIds.push(...ids);
        const { debtorId, contactPointId } = input;
        leaveTrace(db, context, { debtorId, contactPointId, kind: hold.kind, note: hold.reason });
      }
      return { holdIds };
    },
  };
}

function holdsOf({ reading, channel, contactPointId }: ApplyReply): NewHold[] {
  const { verdict, scope, media, words: reason } = reading;
  const optOut = { kind: 'mediumOptOut', contactPointId: null, reason } as const;
  if (verdict === 'none') return [];
  if (verdict === 'unclear') return [{ ...optOut, medium: channel, reason: unclearReason }];
  if (scope === 'all') return [{ kind: 'cease', medium: null, contactPointId: null, reason }];
  // an address that is not on record cannot be held alone: then its whole medium is
  if (scope === 'address' && contactPointId !== null) {
    return [{ ...optOut, medium: null, contactPointId }];
  }
  return (media.length > 0 ? media : [channel]).map((medium) => ({ ...optOut, medium }));
}

/** A hold of one medium is one of all that people mean by its name. */
function withTwins(hold: NewHold): NewHold[] {
  if (hold.medium === null) return [hold];
  return mediaTogether(hold.medium).map((medium) => ({ ...hold, medium }));
}

/** @returns null when it is held already, or was held for this reply once */
function setHold(
  db: WriteDb,
  context: WriteContext,
  { debtorId, interactionId }: ApplyReply,
  hold: NewHold,
): string | null {
  const { kind, medium, contactPointId } = hold;
  const what = `${interactionId} ${kind} ${medium} ${contactPointId}`;
  if (interactionId !== null && isKnown(db, debtorId, [idOf(what), idOf(`${what} ${debtorId}`)]))
    return null;
  // of each debtor: a reply that was given to somebody else by mistake holds whom it is from all the same
  const id = interactionId === null ? context.newId() : idOf(`${what} ${debtorId}`);
  // a person may lift what was unclear: what is plain gets a hold of its own beside it
  const held = db.get(
    `SELECT 1 FROM hold WHERE debtorId = ? AND kind = ? AND medium IS ? AND contactPointId IS ? AND debtId IS NULL
       AND liftedAt IS NULL AND deletedAt IS NULL AND "until" IS NULL AND (reason IS NOT ? OR ? = ?)`,
    debtorId,
    kind,
    medium,
    contactPointId,
    unclearReason,
    hold.reason,
    unclearReason,
  );
  if (held) return null;
  db.insert('hold', { id, debtorId, ...hold, since: context.now, until: null });
  return id;
}

/** Earlier ids did not name the debtor. */
function isKnown(db: WriteDb, debtorId: string, ids: readonly string[]): boolean {
  return ids.some(
    (id) => db.get('SELECT 1 FROM hold WHERE id = ? AND debtorId = ?', id, debtorId) !== undefined,
  );
}

/** The same id for the same reply and hold, in the shape of a UUID. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(`opt-out ${text}`).digest('hex').slice(0, 32);
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-8$4-$5');
}
