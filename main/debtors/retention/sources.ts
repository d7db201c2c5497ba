import type { ReadDb, WriteContext, WriteDb } from '../../store/index.ts';
import type { Artefact } from './retention-types.ts';

/** A record that may be old enough to go. */
export interface Candidate {
  id: string;
  /** when it happened; of a consent: when it ended */
  at: number;
  debtorId: string | null;
  /** null when no debtor is known */
  jurisdiction: string | null;
  /** of a recording */
  fileName: string | null;
  bytes: number | null;
}

/** Where a page begins: after this record, in order of instant and id. */
export interface Place {
  at: number;
  id: string;
}

/** One kind of record in one table. Texts of statements are constant. */
export interface RetentionSource {
  artefact: Artefact;
  name: string;
  /** the oldest first, only what has not been removed before */
  page(read: ReadDb, after: Place, before: number, limit: number): Candidate[];
  /** Takes the personal part out; that something happened stays. Can be repeated. */
  remove(db: WriteDb, context: WriteContext, id: string): void;
}

/** Messages whose body can be removed. */
const MESSAGE_CHANNELS = `('sms', 'mms', 'email', 'chat', 'voiceMessage')`;
const CONTACT_CHANNELS = `('call', 'sms', 'mms', 'email', 'chat', 'voiceMessage', 'ivr')`;

const recordings: RetentionSource = {
  artefact: 'recording',
  name: 'recording',
  page: (read, after, before, limit) =>
    read.all(
      `SELECT r.id, r.startedAt AS at, r.debtorId, d.jurisdiction, r.fileName, r.bytes
       FROM recording r LEFT JOIN debtor d ON d.id = r.debtorId
       WHERE r.keyHex IS NOT NULL AND r.startedAt >= ? AND r.startedAt < ? AND (r.startedAt > ? OR r.id > ?)
         AND r.state <> 'recording'
       ORDER BY r.startedAt, r.id LIMIT ?`,
      after.at,
      before,
      after.at,
      after.id,
      limit,
    ),
  remove(db, _context, id) {
    db.update('recording', id, { keyHex: null, state: 'erased' });
    db.run('DELETE FROM waveform WHERE id = ?', id);
  },
};

const messages: RetentionSource = {
  artefact: 'message',
  name: 'message',
  page: (read, after, before, limit) =>
    read.all(
      `SELECT c.id, i.at, i.debtorId, d.jurisdiction, NULL AS fileName, length(c.text) AS bytes
       FROM interaction i JOIN interactionContent c ON c.interactionId = i.id
         LEFT JOIN debtor d ON d.id = i.debtorId
       WHERE i.at >= ? AND i.at < ? AND (i.at > ? OR c.id > ?) AND i.channel IN ${MESSAGE_CHANNELS}
         AND c.text IS NOT NULL
       ORDER BY i.at, c.id LIMIT ?`,
      after.at,
      before,
      after.at,
      after.id,
      limit,
    ),
  remove(db, context, id) {
    db.update('interactionContent', id, { text: null, erasedAt: context.now });
    const row = db.get<{ interactionId: string }>(
      'SELECT interactionId FROM interactionContent WHERE id = ?',
      id,
    );
    if (row) removeCopies(db, row.interactionId);
  },
};

/** What is sent is kept beside the history too, and what was read out of a reply. */
function removeCopies(db: WriteDb, interactionId: string): void {
  const sent = db.all<{ id: string }>(
    'SELECT id FROM message WHERE interactionId = ? AND contentJson IS NOT NULL',
    interactionId,
  );
  for (const { id } of sent) db.update('message', id, { contentJson: null });
  const received = db.all<{ id: string }>(
    'SELECT id FROM inboundMessage WHERE interactionId = ? AND optOutJson IS NOT NULL',
    interactionId,
  );
  for (const { id } of received) db.update('inboundMessage', id, { optOutJson: null });
}

const contacts: RetentionSource = {
  artefact: 'contactLog',
  name: 'contact',
  page: (read, after, before, limit) =>
    read.all(
      `SELECT i.id, i.at, i.debtorId, d.jurisdiction, NULL AS fileName, NULL AS bytes
       FROM interaction i LEFT JOIN debtor d ON d.id = i.debtorId
       WHERE i.at >= ? AND i.at < ? AND (i.at > ? OR i.id > ?) AND i.peer IS NOT NULL
         AND i.channel IN ${CONTACT_CHANNELS}
       ORDER BY i.at, i.id LIMIT ?`,
      after.at,
      before,
      after.at,
      after.id,
      limit,
    ),
  remove(db, _context, id) {
    const row = db.get<{ callId: string | null }>(
      'SELECT callId FROM interaction WHERE id = ?',
      id,
    );
    db.update('interaction', id, { peer: null });
    removeAddresses(db, id);
    const callId = row?.callId ?? null;
    if (callId === null) return;
    const attempts = db.all<{ id: string }>(
      "SELECT id FROM attempt WHERE callId = ? AND endedAt IS NOT NULL AND number <> ''",
      callId,
    );
    for (const attempt of attempts) db.update('attempt', attempt.id, { number: '' });
  },
};

/** That a message was sent or came stays; to whom does not. */
function removeAddresses(db: WriteDb, interactionId: string): void {
  const sent = db.all<{ id: string }>(
    "SELECT id FROM message WHERE interactionId = ? AND state <> 'queued'",
    interactionId,
  );
  for (const { id } of sent) db.update('message', id, { toAddress: '', detail: null });
  const received = db.all<{ id: string }>(
    'SELECT id FROM inboundMessage WHERE interactionId = ?',
    interactionId,
  );
  const emptied = { fromAddress: '', toAddress: null, headerId: null, referencesJson: '[]' };
  for (const { id } of received) db.update('inboundMessage', id, emptied);
}

const events: RetentionSource = {
  artefact: 'contactLog',
  name: 'contactEvent',
  page: (read, after, before, limit) =>
    read.all(
      `SELECT e.id, e.at, e.debtorId, d.jurisdiction, NULL AS fileName, NULL AS bytes
       FROM contactEvent e LEFT JOIN debtor d ON d.id = e.debtorId
       WHERE e.number IS NOT NULL AND e.at >= ? AND e.at < ? AND (e.at > ? OR e.id > ?)
       ORDER BY e.at, e.id LIMIT ?`,
      after.at,
      before,
      after.at,
      after.id,
      limit,
    ),
  remove: (db, _context, id) => db.update('contactEvent', id, { number: null }),
};

const decisions: RetentionSource = {
  artefact: 'decision',
  name: 'decision',
  // ids grow with time: the order of ids is that of instants
  page: (read, after, before, limit) =>
    read.all(
      `SELECT c.id, c.at, c.debtorId, d.jurisdiction, NULL AS fileName, length(f.facts) AS bytes
       FROM contactDecision c LEFT JOIN contactDecisionFacts f ON f.id = c.id
         LEFT JOIN debtor d ON d.id = c.debtorId
       WHERE c.id > ? AND c.at < ? AND (c.number IS NOT NULL OR length(f.facts) > 0)
       ORDER BY c.id LIMIT ?`,
      after.id === '' ? firstIdAt(after.at) : after.id,
      before,
      limit,
    ),
  remove(db, _context, id) {
    const row = db.get<{ requestJson: string }>(
      'SELECT requestJson FROM contactDecision WHERE id = ?',
      id,
    );
    db.update('contactDecision', id, {
      number: null,
      requestJson: withoutNumber(row?.requestJson ?? '{}'),
    });
    if (db.get('SELECT 1 FROM contactDecisionFacts WHERE id = ?', id) !== undefined)
      db.update('contactDecisionFacts', id, { facts: '' });
  },
};

const consents: RetentionSource = {
  artefact: 'consent',
  name: 'consent',
  page: (read, after, before, limit) =>
    read.all(
      `SELECT c.id, c.withdrawnAt AS at, c.debtorId, d.jurisdiction, NULL AS fileName, NULL AS bytes
       FROM consent c LEFT JOIN debtor d ON d.id = c.debtorId
       WHERE c.id > ? AND c.withdrawnAt < ? AND (c.source <> '' OR c.note IS NOT NULL)
       ORDER BY c.id LIMIT ?`,
      after.id,
      before,
      limit,
    ),
  remove: (db, _context, id) => db.update('consent', id, { note: null, source: '' }),
};

export const retentionSources: readonly RetentionSource[] = [
  recordings,
  messages,
  contacts,
  events,
  decisions,
  consents,
];

/** No UUIDv7 of that instant or later is smaller (RFC 9562 §5.7: the first 48 bits are the time). */
function firstIdAt(at: number): string {
  const time = Math.max(0, at).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}`;
}

/** The number asked about goes; what was asked stays. */
function withoutNumber(requestJson: string): string {
  const { number: _number, ...request } = JSON.parse(requestJson) as Record<string, unknown>;
  return JSON.stringify(request);
}
