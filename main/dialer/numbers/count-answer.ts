import type { WriteContext, WriteDb } from '../../store/types.ts';
import { type Counts, profileKeys } from './answer-chance.ts';
import { answerGroup } from './answer-group.ts';
import { localHour, slotOf } from './debtor-clock.ts';
import { type DebtorPlace, debtorZone, placesSql } from './debtor-zone.ts';

export interface CountedTry {
  debtorId: string;
  contactPointId: string;
  /** when it was dialed, epoch ms */
  at: number;
  /** 0: it was counted already, and turned out to be answered */
  tries: number;
  answers: number;
}

interface Place extends DebtorPlace {
  country: string | null;
  jurisdiction: string;
}

/** Habits change: what was seen so long ago counts half. */
const HALF_LIFE_MS = 90 * 86_400_000;

/** Adds one try to what is known of a number at that hour of the debtor's clock, and of all numbers alike. */
export function countAnswer(db: WriteDb, context: WriteContext, counted: CountedTry): void {
  const { debtorId, contactPointId, at } = counted;
  const point = db.get<{ kind: string; timeZonesJson: string }>(
    'SELECT kind, timeZonesJson FROM contactPoint WHERE id = ?',
    contactPointId,
  );
  const place = db.get<Place>(placesSql, at, at, JSON.stringify([debtorId]));
  if (!point || !place) return;
  const slot = slotOf(localHour(at, debtorZone(place, point.timeZonesJson)));
  addTally(db, context, slot, counted);
  const debt = db.get<{ debtKind: string | null }>(
    "SELECT min(debtKind) AS debtKind FROM debt WHERE debtorId = ? AND deletedAt IS NULL AND status = 'open'",
    debtorId,
  );
  const { country, jurisdiction } = place;
  const group = answerGroup({
    kind: point.kind,
    country,
    jurisdiction,
    debtKind: debt?.debtKind ?? null,
  });
  for (const key of profileKeys(group, slot)) addProfile(db, context.now, key, counted);
}

function addTally(
  db: WriteDb,
  context: WriteContext,
  slot: string,
  { debtorId, contactPointId, tries, answers }: CountedTry,
): void {
  const id = `${contactPointId}|${slot}`;
  const row = db.get<Counts>('SELECT tries, answers FROM answerTally WHERE id = ?', id);
  const updatedAt = context.now;
  if (row === undefined)
    db.insert('answerTally', {
      id,
      debtorId,
      contactPointId,
      slot,
      tries: Math.max(1, tries),
      answers,
      updatedAt,
    });
  else
    db.update('answerTally', id, {
      tries: row.tries + tries,
      answers: row.answers + answers,
      updatedAt,
    });
}

function addProfile(db: WriteDb, now: number, key: string, { tries, answers }: CountedTry): void {
  const row = db.get<Counts & { updatedAt: number }>(
    'SELECT tries, answers, updatedAt FROM answerProfile WHERE id = ?',
    key,
  );
  // a clock that was set back makes nothing heavier
  const kept = row === undefined ? 0 : 2 ** (-Math.max(0, now - row.updatedAt) / HALF_LIFE_MS);
  db.run(
    'INSERT OR REPLACE INTO answerProfile (id, tries, answers, updatedAt) VALUES (?, ?, ?, ?)',
    key,
    (row?.tries ?? 0) * kept + tries,
    (row?.answers ?? 0) * kept + answers,
    now,
  );
}
