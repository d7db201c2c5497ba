import type { Channel, Direction } from '#shared/domain/index.ts';
import type { EventKind } from '#shared/rule-packs/index.ts';
import { foldText } from '#shared/util/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../../../store/index.ts';

const DAY_MS = 86_400_000;
/** no rule looks back further */
const LOOK_BACK_MS = 400 * DAY_MS;

/** A contact of a former agency, as it was written into the history. */
export interface FormerContact {
  interactionId: string;
  debtorId: string;
  debtId: string | null;
  channel: Channel;
  direction: Direction;
  /** epoch ms */
  at: number;
  /** the number, as the file has it */
  peer: string | null;
  /** what came of it, in words */
  text: string;
}

/**
 * Lets a contact of a former agency count for the rules: caps and waits do not begin anew with a new agency. What the
 * words do not say is taken as a conversation, which is the stricter reading. The events carry the id of the
 * interaction as that of their call, so that an undo finds them.
 */
export function writeFormerContact(
  db: WriteDb,
  context: WriteContext,
  contact: FormerContact,
): void {
  if (contact.at < context.now - LOOK_BACK_MS) return;
  const kinds = kindsOf(contact);
  if (kinds.length === 0) return;
  const { debtorId, debtId, direction, at, interactionId } = contact;
  const channel = contact.channel === 'ivr' ? 'call' : contact.channel;
  const number = numberOf(db, contact);
  for (const kind of kinds) {
    db.insert('contactEvent', {
      ...{ id: context.newId(), at, kind, direction, channel, debtorId, debtId, ...number },
      ...{ flagsJson: '[]', callId: interactionId, reservation: null },
    });
  }
}

/** What was imported is taken back: it counts no longer. The rows stay, as those of reservations that were given back. */
export function releaseFormerContact(db: WriteDb, interactionId: string): void {
  const rows = db.all<{ id: string }>(
    'SELECT id FROM contactEvent WHERE callId = ? AND decisionId IS NULL AND reservation IS NULL',
    interactionId,
  );
  for (const { id } of rows) db.update('contactEvent', id, { reservation: 'released' });
}

/** in the languages of the program, without marks and in lower case */
const notReached =
  /no answer|not answer|unanswered|not reached|busy|engaged|voice ?mail|answering machine|not in service|disconnected|nie odebr|nieodebr|nie odbier|brak odpowiedzi|zajet|poczta glosowa|skrzynka|niedostepn|wylaczon|не отвеч|не ответ|нет ответа|не взял|занят|автоответчик|недоступ|отключен|无人接|未接|占线|忙音|关机|停机|语音信箱/;

function kindsOf({ channel, direction, text }: FormerContact): EventKind[] {
  switch (channel) {
    case 'call':
    case 'ivr':
      if (direction === 'in') return ['conversation'];
      return notReached.test(foldText(text))
        ? ['attempt']
        : ['attempt', 'humanAnswered', 'conversation'];
    case 'voiceMessage':
      return direction === 'in' ? ['message'] : ['attempt', 'messageLeft'];
    case 'sms':
    case 'mms':
    case 'email':
    case 'chat':
    case 'letter':
      return ['message'];
    case 'visit':
      return ['visit'];
    default:
      return [];
  }
}

const byTelephone: ReadonlySet<Channel> = new Set(['call', 'ivr', 'voiceMessage', 'sms', 'mms']);
/** so many last digits tell one number of a person from another, however its prefix is written */
const TELLING_DIGITS = 9;

/** The debtor's number that is meant; without one the event fits every number of theirs. */
function numberOf(
  db: ReadDb,
  { channel, peer, debtorId }: FormerContact,
): { number: string | null; contactPointId: string | null } {
  const digits = (peer ?? '').replace(/\D/g, '');
  const unknown = { number: null, contactPointId: null };
  if (!byTelephone.has(channel) || digits.length < TELLING_DIGITS) return unknown;
  const point = db.get<{ id: string; value: string }>(
    `SELECT id, value FROM contactPoint WHERE debtorId = ? AND substr(value, ?) = ? AND kind NOT IN ('email', 'messenger')
       AND deletedAt IS NULL ORDER BY id LIMIT 1`,
    debtorId,
    -TELLING_DIGITS,
    digits.slice(-TELLING_DIGITS),
  );
  return point ? { number: point.value, contactPointId: point.id } : unknown;
}
