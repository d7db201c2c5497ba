import type { NumberRules } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { type AnswerGroup, groupChance, numberChance, type Tally } from './answer-chance.ts';
import { answerGroup } from './answer-group.ts';
import { readProfiles } from './answer-profiles.ts';
import { localHour, slotOf } from './debtor-clock.ts';
import { type DebtorPlace, debtorZone, placesSql } from './debtor-zone.ts';
import { type KnownNumber, type NumberChoice, orderNumbers } from './order-numbers.ts';

export interface NumbersAsked {
  rules: NumberRules;
  /** of the campaign's look-up */
  absentWaitMs: number;
  /** epoch ms */
  at: number;
  /** others of these debtors are as if they were not there; absent: all numbers */
  only?: ReadonlySet<string>;
}

/** An agreed call may come a little early. */
const EARLY_MS = 15 * 60_000;

interface PointRow extends Omit<KnownNumber, 'triesToday' | 'agreed'> {
  debtorId: string;
  timeZonesJson: string;
}

/** A callback whose minute has come. */
interface Agreement {
  debtorId: string;
  /** null: at any number */
  contactPointId: string | null;
  createdAt: number;
}

interface PlaceRow extends DebtorPlace {
  debtorId: string;
  country: string | null;
  jurisdiction: string;
}

/** A day of any clock began less than so long ago. */
const LONGEST_DAY_MS = 25 * 3_600_000;

// The list of ids stays outside, so that every row is found by an index, for one debtor as for a hundred.
const pointsSql = `SELECT c.debtorId, c.id AS contactPointId, c.value AS number, c.kind, c."rank", c.lastTriedAt,
    c.nextTryAt, c.lineStatus, c.lineStatusAt, c.reachableSince, c.timeZonesJson
  FROM json_each(?) AS asked CROSS JOIN contactPoint c ON c.debtorId = asked.value
  WHERE c.deletedAt IS NULL AND c.status = 'active' AND c.kind IN ('mobile','home','work','other')
  ORDER BY asked.key, c.id`;
const kindsSql = `SELECT d.debtorId, min(d.debtKind) AS debtKind
  FROM json_each(?) AS asked CROSS JOIN debt d ON d.debtorId = asked.value
  WHERE d.deletedAt IS NULL AND d.status = 'open' GROUP BY d.debtorId`;
const talliesSql = `SELECT t.contactPointId, t.slot, t.tries, t.answers
  FROM json_each(?) AS asked CROSS JOIN answerTally t ON t.contactPointId = asked.value`;
const agreedSql = `SELECT b.debtorId, b.contactPointId, b.createdAt
  FROM json_each(?) AS asked CROSS JOIN callback b ON b.debtorId = asked.value
  WHERE b.status = 'open' AND b.at <= ? AND b.deletedAt IS NULL`;
const triesSql = `SELECT a.contactPointId, a.dialedAt
  FROM json_each(?) AS asked CROSS JOIN attempt a ON a.debtorId = asked.value
  WHERE a.reservedAt > ? AND a.dialedAt IS NOT NULL AND a.contactPointId IS NOT NULL`;

/**
 * For each debtor, in their order: which numbers may be tried at an instant and which first, by the table of hours and by
 * what was learnt. Reads only; what contact rules say is asked for those numbers afterwards.
 */
export function readOrders(
  db: ReadDb,
  debtorIds: readonly string[],
  { rules, absentWaitMs, at, only }: NumbersAsked,
): NumberChoice[] {
  const ids = JSON.stringify(debtorIds);
  const rows = db
    .all<PointRow>(pointsSql, ids)
    .filter(({ contactPointId }) => only === undefined || only.has(contactPointId));
  const points = Map.groupBy(rows, ({ debtorId }) => debtorId);
  const agreements = Map.groupBy(
    db.all<Agreement>(agreedSql, ids, at + EARLY_MS),
    ({ debtorId }) => debtorId,
  );
  const places = byDebtor(db.all<PlaceRow>(placesSql, at, at, ids));
  const facts = rules.learn ? learntFacts(db, ids, points, at) : null;
  const triesOf = readTries(db, points, at);
  return debtorIds.map((debtorId) => {
    const own = points.get(debtorId) ?? [];
    const place = places.get(debtorId);
    const zone = debtorZone(place, own[0]?.timeZonesJson);
    const today = localHour(at, zone).day;
    const agreed = agreements.get(debtorId) ?? [];
    const known = own.map((point) => ({
      ...point,
      nextTryAt: isOverruled(point, agreed) ? 0 : point.nextTryAt,
      agreed: agreed.some(({ contactPointId }) => contactPointId === point.contactPointId),
      triesToday: (triesOf.get(point.contactPointId) ?? []).filter(
        (dialedAt) => localHour(dialedAt, zone).day === today,
      ).length,
    }));
    return orderNumbers(known, {
      rules,
      absentWaitMs,
      at,
      zone,
      chanceOf: (number, moment, order) =>
        facts === null || place === undefined
          ? 0
          : facts.chanceOf(
              number.contactPointId,
              groupOf(number.kind, place, facts.debtKindOf(debtorId)),
              slotOf(moment),
              order,
            ),
    });
  });
}

/** The debtor agreed to a call after the try because of which the number rests. */
function isOverruled(
  { contactPointId, lastTriedAt }: PointRow,
  agreed: readonly Agreement[],
): boolean {
  return agreed.some(
    (one) =>
      (one.contactPointId === null || one.contactPointId === contactPointId) &&
      (lastTriedAt ?? 0) <= one.createdAt,
  );
}

function learntFacts(
  db: ReadDb,
  ids: string,
  points: ReadonlyMap<string, readonly PointRow[]>,
  at: number,
) {
  const kinds = byDebtor(db.all<{ debtorId: string; debtKind: string }>(kindsSql, ids));
  const tried = [...points.values()].flat().filter(({ lastTriedAt }) => lastTriedAt !== null);
  const asked = JSON.stringify(tried.map(({ contactPointId }) => contactPointId));
  const rows =
    tried.length === 0 ? [] : db.all<Tally & { contactPointId: string }>(talliesSql, asked);
  const tallies = Map.groupBy(rows, ({ contactPointId }) => contactPointId);
  const profileOf = readProfiles(db, at);
  return {
    debtKindOf: (debtorId: string) => kinds.get(debtorId)?.debtKind ?? null,
    chanceOf: (contactPointId: string, group: AnswerGroup, slot: string, place: number) =>
      numberChance(
        groupChance(profileOf, group, slot, place),
        slot,
        tallies.get(contactPointId) ?? [],
      ),
  };
}

/** When numbers were dialed lately; asked only of debtors who were. */
function readTries(
  db: ReadDb,
  points: ReadonlyMap<string, readonly PointRow[]>,
  at: number,
): Map<string, number[]> {
  const since = at - LONGEST_DAY_MS;
  const recent = [...points].filter(([, own]) =>
    own.some(({ lastTriedAt }) => lastTriedAt !== null && lastTriedAt > since),
  );
  const tries = new Map<string, number[]>();
  if (recent.length === 0) return tries;
  const ids = JSON.stringify(recent.map(([debtorId]) => debtorId));
  const rows = db.all<{ contactPointId: string; dialedAt: number }>(triesSql, ids, since);
  for (const { contactPointId, dialedAt } of rows) {
    const own = tries.get(contactPointId) ?? [];
    tries.set(contactPointId, [...own, dialedAt]);
  }
  return tries;
}

function groupOf(kind: string, { country, jurisdiction }: PlaceRow, debtKind: string | null) {
  return answerGroup({ kind, country, jurisdiction, debtKind });
}

function byDebtor<Row extends { debtorId: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.debtorId, row]));
}
