import type { ImapFlow } from 'imapflow';
import type { Clock } from '#shared/util/index.ts';
import type { AdapterParts, GatewayEvent } from '../../types.ts';
import { readMail } from '../incoming/mail-events.ts';
import { parseMail } from '../incoming/parse-mail.ts';
import { mostMailBytes } from './imap-login.ts';
import {
  advanced,
  cursorName,
  firstCursor,
  formatCursor,
  type MailboxCursor,
  readCursor,
} from './mailbox-cursor.ts';

export interface VisitParts {
  mailbox: string;
  ownAddress: string;
  clock: Clock;
  events: AdapterParts['events'];
  cursors: AdapterParts['cursors'];
  log: AdapterParts['log'];
}

const BATCH_MAILS = 20;
const BATCH_BYTES = 8_000_000;

/** The cursor as it is, or a first one that is kept at once: what comes from now on is ours to read. */
export async function currentCursor(parts: VisitParts): Promise<MailboxCursor> {
  const name = cursorName(parts.mailbox);
  const kept = readCursor(parts.cursors.read(name));
  if (kept !== null) return kept;
  const first = firstCursor(parts.clock.now());
  await parts.cursors.write(name, formatCursor(first));
  return first;
}

/**
 * Takes what is new in the open mailbox, oldest first. The cursor moves only over what is durable; nothing is marked, moved
 * or deleted.
 * @throws Error of the connection; with the code `STORE` when the store could not take it
 */
export async function takeNewMail(client: ImapFlow, parts: VisitParts): Promise<void> {
  const { mailbox } = client;
  if (mailbox === false) throw new Error('no mailbox is open');
  const uidValidity = String(mailbox.uidValidity);
  let cursor = await currentCursor(parts);
  const isKnown = cursor.uidValidity === uidValidity;
  const uids = isKnown ? await uidsAfter(client, cursor.lastUid) : await uidsSince(client, cursor);
  let batch = emptyBatch();
  const flush = async (lastUid: number) => {
    await store(parts, batch.events);
    cursor = advanced(cursor, uidValidity, lastUid, parts.clock.now());
    await parts.cursors.write(cursorName(parts.mailbox), formatCursor(cursor));
    batch = emptyBatch();
  };
  for (const uid of uids) {
    const taken = await takeMail(client, uid, parts);
    batch.events.push(...taken.events);
    batch.mails += 1;
    batch.bytes += taken.bytes;
    if (batch.mails >= BATCH_MAILS || batch.bytes >= BATCH_BYTES) await flush(uid);
  }
  // a mailbox without anything to take still has a UIDVALIDITY that is now known
  const last = uids.at(-1) ?? (isKnown ? cursor.lastUid : Math.max(0, mailbox.uidNext - 1));
  if (batch.mails > 0 || !isKnown) await flush(last);
}

function emptyBatch(): { events: GatewayEvent[]; mails: number; bytes: number } {
  return { events: [], mails: 0, bytes: 0 };
}

async function store(parts: VisitParts, events: readonly GatewayEvent[]): Promise<void> {
  if (events.length === 0) return;
  try {
    await parts.events(events);
  } catch (cause) {
    throw Object.assign(new Error('the store did not take it', { cause }), { code: 'STORE' });
  }
}

async function uidsAfter(client: ImapFlow, lastUid: number): Promise<number[]> {
  const found = await client.search({ uid: `${lastUid + 1}:*` }, { uid: true });
  // `*` is the newest mail, also when it is an old one
  return sorted(found || []).filter((uid) => uid > lastUid);
}

async function uidsSince(client: ImapFlow, { since }: MailboxCursor): Promise<number[]> {
  // SINCE knows days only, in the server's own zone
  const found = await client.search({ since: new Date(since - 24 * 3_600_000) }, { uid: true });
  if (!found || found.length === 0) return [];
  const mails = await client.fetchAll(found, { uid: true, internalDate: true }, { uid: true });
  return sorted(
    mails
      .filter(({ internalDate }) => (instantOf(internalDate) ?? since) >= since)
      .map(({ uid }) => uid),
  );
}

function sorted(uids: readonly number[]): number[] {
  return [...uids].sort((one, other) => one - other);
}

async function takeMail(
  client: ImapFlow,
  uid: number,
  parts: VisitParts,
): Promise<{ events: GatewayEvent[]; bytes: number }> {
  const query = {
    uid: true,
    internalDate: true,
    size: true,
    source: { start: 0, maxLength: mostMailBytes },
  };
  const fetched = await client.fetchOne(String(uid), query, { uid: true });
  // somebody removed it meanwhile
  if (!fetched || fetched.source === undefined) return { events: [], bytes: 0 };
  const mail = await parseMail(fetched.source);
  const receivedAt = instantOf(fetched.internalDate);
  const read = readMail(mail, { ownAddress: parts.ownAddress, receivedAt });
  const cut = (fetched.size ?? 0) > fetched.source.length;
  parts.log('mail read', {
    uid,
    kind: read.kind,
    bytes: fetched.source.length,
    damaged: mail.damaged,
    cut,
  });
  return { events: read.events, bytes: fetched.source.length };
}

function instantOf(date: Date | string | undefined): number | null {
  const at = date === undefined ? Number.NaN : new Date(date).getTime();
  return Number.isFinite(at) ? at : null;
}
