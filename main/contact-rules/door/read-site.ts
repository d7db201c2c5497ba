import type { ReadDb } from '../../store/types.ts';

/** Setting row with `{ jurisdictions: string[] }`: the places our own agents call from. */
export const siteSettingId = 'contactRules.site';

/** Places of our own site (ISO 3166); their packs apply to every contact. */
export function siteJurisdictions(db: ReadDb): string[] {
  const row = db.get<{ valueJson: string }>(
    'SELECT valueJson FROM setting WHERE id = ?',
    siteSettingId,
  );
  if (!row) return [];
  const value = JSON.parse(row.valueJson) as { jurisdictions?: unknown };
  return Array.isArray(value.jurisdictions)
    ? value.jurisdictions.filter((place) => typeof place === 'string')
    : [];
}

/** Epoch ms of the newest event or decision; ids are UUIDv7, so the greatest is the newest. */
export function newestContactRowAt(db: ReadDb): number | null {
  const rows = [
    db.get<{ at: number }>('SELECT at FROM contactEvent ORDER BY id DESC LIMIT 1'),
    db.get<{ at: number }>('SELECT at FROM contactDecision ORDER BY id DESC LIMIT 1'),
  ];
  const instants = rows.flatMap((row) => (row ? [row.at] : []));
  return instants.length === 0 ? null : Math.max(...instants);
}
