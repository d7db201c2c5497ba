import type { ReadDb } from '../../store/types.ts';

/** Rows of the store from which facts are made. Instants in epoch ms. */
export interface DebtorRow {
  id: string;
  jurisdiction: string;
  timeZonesJson: string;
  synthetic: number;
  createdAt: number;
  /** whether somebody worked the portfolio before us; null: the debtor is in none */
  priorContact: string | null;
}
export interface ContactPointRow {
  id: string;
  debtorId: string;
  kind: string;
  value: string;
  status: string;
  timeZonesJson: string;
  zoneDoubt: number;
  hoursJson: string | null;
  deletedAt: number | null;
}
export interface HoldRow {
  debtorId: string;
  kind: string;
  medium: string | null;
  contactPointId: string | null;
  debtId: string | null;
  since: number;
  until: number | null;
  maxDays: number | null;
}
export interface BlockRow {
  debtorId: string;
  contactPointId: string | null;
  daysJson: string;
  fromTime: string;
  toTime: string;
  timeZone: string | null;
  channelsJson: string | null;
}
export interface PlaceRow {
  debtorId: string;
  timeZonesJson: string;
  label: string | null;
  until: number | null;
}
export interface ConsentRow {
  debtorId: string;
  contactPointId: string | null;
  channel: string | null;
  kind: string;
  givenAt: number;
  withdrawnAt: number | null;
}
export interface NoticeRow {
  debtorId: string;
  debtId: string | null;
  notice: string;
  sentAt: number;
}
export interface LetterRow {
  debtorId: string;
  debtId: string | null;
  kind: string;
  sentAt: number;
}
export interface DebtRow {
  debtorId: string;
  id: string;
  creditorName: string;
  status: string;
}
export interface EventRow {
  id: string;
  at: number;
  kind: string;
  direction: 'in' | 'out';
  channel: string;
  debtorId: string;
  debtId: string | null;
  number: string | null;
  flagsJson: string;
  target: string | null;
}
export interface OverrideRow {
  id: string;
  debtorId: string;
  contactPointId: string | null;
  channel: string;
  rulesJson: string;
  expiresAt: number;
  decidedBy: string | null;
  reason: string | null;
}

/** All that the store holds about one debtor, for the door. */
export interface DebtorRows {
  debtor: DebtorRow;
  points: ContactPointRow[];
  /** deleted ones, as a merge leaves them of a number both had: what was said about them still counts */
  formerPoints: ContactPointRow[];
  holds: HoldRow[];
  blocks: BlockRow[];
  /** the newest stated place in force; null: none */
  place: PlaceRow | null;
  consents: ConsentRow[];
  notices: NoticeRow[];
  letters: LetterRow[];
  debts: DebtRow[];
  overrides: OverrideRow[];
}

// Each text is asked once for a whole list of debtors; CROSS JOIN keeps the list outside, so that every row is found
// by an index and nothing is scanned.
const debtorsSql = `SELECT d.id, d.jurisdiction, d.timeZonesJson, d.synthetic, d.createdAt, p.priorContact
  FROM json_each(?) AS asked CROSS JOIN debtor d ON d.id = asked.value
  LEFT JOIN portfolio p ON p.id = d.portfolioId WHERE d.deletedAt IS NULL`;
const pointsSql = `SELECT c.id, c.debtorId, c.kind, c.value, c.status, c.timeZonesJson, c.zoneDoubt, c.hoursJson, c.deletedAt
  FROM json_each(?) AS asked CROSS JOIN contactPoint c ON c.debtorId = asked.value
  ORDER BY asked.key, c.id`;
const holdsSql = `SELECT h.debtorId, h.kind, h.medium, h.contactPointId, h.debtId, h.since, h."until", h.maxDays
  FROM json_each(?) AS asked CROSS JOIN hold h ON h.debtorId = asked.value
  WHERE h.liftedAt IS NULL AND h.deletedAt IS NULL ORDER BY asked.key, h.id`;
const blocksSql = `SELECT b.debtorId, b.contactPointId, b.daysJson, b.fromTime, b.toTime, b.timeZone, b.channelsJson
  FROM json_each(?) AS asked CROSS JOIN personalBlock b ON b.debtorId = asked.value
  WHERE b.liftedAt IS NULL AND b.deletedAt IS NULL ORDER BY asked.key, b.id`;
const placesSql = `SELECT s.debtorId, s.timeZonesJson, s.label, s."until"
  FROM json_each(?) AS asked CROSS JOIN statedPlace s ON s.debtorId = asked.value
  WHERE s.endedAt IS NULL AND s.deletedAt IS NULL AND s.since <= ? AND (s."until" IS NULL OR s."until" > ?)
  ORDER BY asked.key, s.since, s.id`;
const consentsSql = `SELECT c.debtorId, c.contactPointId, c.channel, c.kind, c.givenAt, c.withdrawnAt
  FROM json_each(?) AS asked CROSS JOIN consent c ON c.debtorId = asked.value
  WHERE c.deletedAt IS NULL ORDER BY asked.key, c.id`;
const noticesSql = `SELECT n.debtorId, n.debtId, n.notice, n.sentAt
  FROM json_each(?) AS asked CROSS JOIN noticeSent n ON n.debtorId = asked.value
  WHERE n.deletedAt IS NULL ORDER BY asked.key, n.id`;
const lettersSql = `SELECT l.debtorId, l.debtId, t.kind, l.sentAt
  FROM json_each(?) AS asked CROSS JOIN document l ON l.debtorId = asked.value
  JOIN letterTemplate t ON t.id = l.templateId
  WHERE l.sentAt IS NOT NULL AND l.deletedAt IS NULL ORDER BY asked.key, l.id`;
const debtsSql = `SELECT d.debtorId, d.id, d.creditorName, d.status
  FROM json_each(?) AS asked CROSS JOIN debt d ON d.debtorId = asked.value
  WHERE d.deletedAt IS NULL ORDER BY asked.key, d.id`;
const overridesSql = `SELECT o.id, o.debtorId, o.contactPointId, o.channel, o.rulesJson, o.expiresAt, o.decidedBy, o.reason
  FROM json_each(?) AS asked CROSS JOIN contactOverride o ON o.debtorId = asked.value
  WHERE o.state = 'granted' AND o.expiresAt > ? AND o.deletedAt IS NULL ORDER BY asked.key, o.id`;

const eventColumns =
  'e.id, e.at, e.kind, e.direction, e.channel, e.debtorId, e.debtId, e.number, e.flagsJson, e.target';
const eventsSql = `SELECT ${eventColumns}
  FROM json_each(?) AS asked CROSS JOIN contactEvent e ON e.debtorId = asked.value AND e.at >= ?
  WHERE e.reservation IS NOT 'released'`;
// most events of a number are the person's own: the index alone says so, and only rows of others are read
const eventsOfOthersSql = `SELECT asked.key AS pair, ${eventColumns}
  FROM json_each(?) AS asked
  CROSS JOIN contactEvent i ON i.number = json_extract(asked.value, '$[0]') AND i.at >= ?
    AND i.reservation IS NOT 'released' AND i.debtorId <> json_extract(asked.value, '$[1]')
  CROSS JOIN contactEvent e ON e.id = i.id`;

/**
 * Reads all that facts are made of, for many debtors with one statement for each table.
 * @param at epoch ms: stated places and overrides in force then
 * @returns by debtor id; ids that are gone are missing
 */
export function readDebtorRows(
  db: ReadDb,
  debtorIds: readonly string[],
  at: number,
): Map<string, DebtorRows> {
  const found = new Map<string, DebtorRows>();
  if (debtorIds.length === 0) return found;
  const ids = JSON.stringify(debtorIds);
  for (const debtor of db.all<DebtorRow>(debtorsSql, ids)) found.set(debtor.id, noRows(debtor));
  const into = <Row extends { debtorId: string }>(
    rows: readonly Row[],
    add: (to: DebtorRows, row: Row) => void,
  ) => {
    for (const row of rows) {
      const to = found.get(row.debtorId);
      if (to) add(to, row);
    }
  };
  into(db.all<ContactPointRow>(pointsSql, ids), (to, row) => {
    (row.deletedAt === null ? to.points : to.formerPoints).push(row);
  });
  into(db.all<HoldRow>(holdsSql, ids), (to, row) => to.holds.push(row));
  into(db.all<BlockRow>(blocksSql, ids), (to, row) => to.blocks.push(row));
  into(db.all<PlaceRow>(placesSql, ids, at, at), (to, row) => {
    to.place = row;
  });
  into(db.all<ConsentRow>(consentsSql, ids), (to, row) => to.consents.push(row));
  into(db.all<NoticeRow>(noticesSql, ids), (to, row) => to.notices.push(row));
  into(db.all<LetterRow>(lettersSql, ids), (to, row) => to.letters.push(row));
  into(db.all<DebtRow>(debtsSql, ids), (to, row) => to.debts.push(row));
  into(db.all<OverrideRow>(overridesSql, ids, at), (to, row) => to.overrides.push(row));
  return found;
}

function noRows(debtor: DebtorRow): DebtorRows {
  return {
    debtor,
    points: [],
    formerPoints: [],
    holds: [],
    blocks: [],
    place: null,
    consents: [],
    notices: [],
    letters: [],
    debts: [],
    overrides: [],
  };
}

/**
 * History of persons since `from`; a reservation that was given back is none.
 * @param personKeys debtor ids, or `number:+48…` for numbers of nobody we know
 */
export function readEvents(
  db: ReadDb,
  personKeys: readonly string[],
  from: number,
): Map<string, EventRow[]> {
  const found = new Map<string, EventRow[]>();
  if (personKeys.length === 0) return found;
  for (const row of db.all<EventRow>(eventsSql, JSON.stringify(personKeys), from)) {
    const known = found.get(row.debtorId);
    if (known) known.push(row);
    else found.set(row.debtorId, [row]);
  }
  return found;
}

/** A number, and the person whose own events are left out. */
export type NumberOfPerson = readonly [number: string, personKey: string];

/** What others had on these numbers since `from`, by place in the list. */
export function readEventsOfOthers(
  db: ReadDb,
  numbers: readonly NumberOfPerson[],
  from: number,
): Map<number, EventRow[]> {
  const found = new Map<number, EventRow[]>();
  if (numbers.length === 0) return found;
  type Row = EventRow & { pair: number };
  for (const { pair, ...row } of db.all<Row>(eventsOfOthersSql, JSON.stringify(numbers), from)) {
    const known = found.get(pair);
    if (known) known.push(row);
    else found.set(pair, [row]);
  }
  return found;
}

/** so many are enough to know that a contact is not the first, also of one debt among several */
const formerContacts = 20;
const formerContactsSql = `SELECT ${eventColumns}
  FROM json_each(?) AS asked CROSS JOIN contactEvent e ON e.debtorId = asked.value AND e.at >= ? AND e.at < ?
  WHERE e.direction = 'out' AND e.kind IN ('conversation', 'effectiveCall', 'message')
    AND e.reservation IS NOT 'released' ORDER BY e.debtorId, e.at DESC, e.id DESC`;

/** The newest contacts of each person before `to` in which something was told to them, the newest first. */
export function readFormerContacts(
  db: ReadDb,
  personKeys: readonly string[],
  from: number,
  to: number,
): Map<string, EventRow[]> {
  const found = new Map<string, EventRow[]>();
  if (personKeys.length === 0 || from >= to) return found;
  for (const row of db.all<EventRow>(formerContactsSql, JSON.stringify(personKeys), from, to)) {
    const known = found.get(row.debtorId);
    if (known === undefined) found.set(row.debtorId, [row]);
    else if (known.length < formerContacts) known.push(row);
  }
  return found;
}
