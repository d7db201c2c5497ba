import type { ReadDb } from '../../store/types.ts';
import type { MessageChannel } from '../types.ts';
import { type Candidate, findCandidates } from './match-incoming.ts';
import type { ThreadRow } from './thread-rows.ts';

export interface ShownCandidate {
  debtorId: string;
  displayName: string;
  externalRef: string;
  why: Candidate['by'];
  contactPointId: string | null;
}

/** The newest messages are looked at; more of them say nothing new. */
const LOOKED_AT = 10;

/** Whose an unmatched thread might be, by what its messages say and where they come from. */
export function loadCandidates(read: ReadDb, { id, debtorId }: ThreadRow): ShownCandidate[] {
  if (debtorId !== null) return [];
  const messages = read.all<{
    gatewayId: string;
    channel: MessageChannel;
    from: string;
    subject: string | null;
    text: string | null;
  }>(
    `SELECT b.gatewayId, b.channel, b.fromAddress AS "from",
       (SELECT c.text FROM interactionContent c WHERE c.interactionId = b.interactionId AND c.kind = 'subject') AS subject,
       (SELECT c.text FROM interactionContent c WHERE c.interactionId = b.interactionId AND c.kind = 'body') AS text
     FROM inboundMessage b WHERE b.threadId = ? ORDER BY b.at DESC LIMIT ${LOOKED_AT}`,
    id,
  );
  const found = messages.flatMap((message) =>
    findCandidates(read, { ...message, ourMessageIds: [], answersProviderId: null }),
  );
  const candidates = [...new Map(found.reverse().map((one) => [one.debtorId, one])).values()];
  return candidates.reverse().flatMap(({ debtorId: candidateId, by, contactPointId }) => {
    const debtor = read.get<{ displayName: string; externalRef: string }>(
      'SELECT displayName, externalRef FROM debtor WHERE id = ?',
      candidateId,
    );
    return debtor ? [{ debtorId: candidateId, ...debtor, why: by, contactPointId }] : [];
  });
}
