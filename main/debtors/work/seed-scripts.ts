import samples from '../../../resources/scripts/samples.json' with { type: 'json' };
import type { WriteContext, WriteDb } from '../../store/index.ts';

const SEEDED = 'work/scripts-seeded';

/** Puts the sample scripts into a new store, once: what the firm deletes stays deleted. */
export function seedScripts(db: WriteDb, context: WriteContext): void {
  if (db.get('SELECT 1 FROM setting WHERE id = ?', SEEDED) !== undefined) return;
  for (const { name, language, debtKind, sections } of samples.scripts) {
    db.insert('script', {
      id: context.newId(),
      name,
      language,
      debtKind,
      bodyJson: JSON.stringify({ sample: true, sections }),
    });
  }
  db.insert('setting', { id: SEEDED, valueJson: 'true', updatedAt: context.now });
}
