import type { ReadDb, WriteContext, WriteDb } from '../store/index.ts';

/** Settings of the firm and of each person, by name (`person/<id>/<key>`, `trunk-port/<id>`). */
export const settingWrites = {
  'setting.set': (
    db: WriteDb,
    context: WriteContext,
    input: { id: string; value: unknown },
  ): void => {
    const columns = { valueJson: JSON.stringify(input.value ?? null), updatedAt: context.now };
    if (db.get('SELECT 1 FROM setting WHERE id = ?', input.id) === undefined)
      db.insert('setting', { id: input.id, ...columns });
    else db.update('setting', input.id, columns);
  },
};

export function readSetting(db: ReadDb, id: string): unknown {
  const row = db.get<{ valueJson: string }>('SELECT valueJson FROM setting WHERE id = ?', id);
  return row === undefined ? undefined : JSON.parse(row.valueJson);
}

/** All settings whose name begins with `prefix`, without it. */
export function readSettings(db: ReadDb, prefix: string): Record<string, unknown> {
  const rows = db.all<{ id: string; valueJson: string }>(
    'SELECT id, valueJson FROM setting WHERE id >= ? AND id < ?',
    prefix,
    `${prefix}\u{10ffff}`,
  );
  return Object.fromEntries(
    rows.map((row) => [row.id.slice(prefix.length), JSON.parse(row.valueJson) as unknown]),
  );
}
