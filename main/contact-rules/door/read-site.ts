import type { ReadDb } from '../../store/types.ts';

/** Setting row with `{ jurisdictions: string[] }`: the places our own agents call from. */
export const siteSettingId = 'contactRules.site';

/** Epoch ms of the newest event or decision; ids are UUIDv7, so the greatest is the newest. */
export function newestContactRowAt(db: ReadDb): number | null {
  const rows = [
    db.get<{ at: number }>('SELECT at FROM contactEvent ORDER BY id DESC LIMIT 1'),
    db.get<{ at: number }>('SELECT at FROM contactDecision ORDER BY id DESC LIMIT 1'),
  ];
  const instants = rows.flatMap((row) => (row ? [row.at] : []));
  return instants.length === 0 ? null : Math.max(...instants);
}
