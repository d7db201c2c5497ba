import type { RulesSettings } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { insertAuditEntry } from '../../access/writes.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/types.ts';
import { siteSettingId } from '../door/read-site.ts';
import { bumpFirmRules } from './firm-rules.ts';
import { actorsSettingId, identificationSettingId, readRulesSettings } from './rules-settings.ts';

export const rulesSettingWrites = {
  'rules.set-settings': setSettings,
} satisfies WriteMap;

interface SetSettings {
  changed: Partial<RulesSettings>;
  personId: string | null;
}

/** What is not named stays. @throws AppError `contact-rules.bad-settings` */
function setSettings(
  db: WriteDb,
  context: WriteContext,
  { changed, personId }: SetSettings,
): RulesSettings {
  const { site, actors, identification } = changed;
  if (identification) assertEnough(identification);
  if (site) save(db, context, siteSettingId, { jurisdictions: [...new Set(site)] });
  if (actors) save(db, context, actorsSettingId, { actors: [...new Set(actors)] });
  if (identification) save(db, context, identificationSettingId, identification);
  if (site ?? actors ?? identification) {
    bumpFirmRules(db, context);
    const details = { ...changed };
    insertAuditEntry(db, context, { action: 'rules.settings-saved', personId, details });
  }
  return readRulesSettings(db);
}

/** Nobody could be identified by more answers than are asked for; one answer asked twice counts once. */
function assertEnough({ person, company, needed }: RulesSettings['identification']): void {
  for (const checks of [person, company]) {
    if (new Set(checks).size !== checks.length) {
      throw new AppError('contact-rules.bad-settings', 'something is asked twice');
    }
    if (needed > checks.length) {
      throw new AppError('contact-rules.bad-settings', 'more must match than is asked for');
    }
  }
}

function save(db: WriteDb, context: WriteContext, id: string, value: unknown): void {
  const columns = { valueJson: JSON.stringify(value), updatedAt: context.now };
  if (db.get('SELECT 1 FROM setting WHERE id = ?', id) === undefined) {
    db.insert('setting', { id, ...columns });
  } else db.update('setting', id, columns);
}
