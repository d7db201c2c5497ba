import { type RulesSettings, rulesSettings } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { siteSettingId } from '../door/read-site.ts';
import { badPack } from '../packs/parse-pack.ts';

export const actorsSettingId = 'contactRules.actors';
export const identificationSettingId = 'contactRules.identification';

/** Asked until a firm says otherwise: two of what most debtors know and others rarely do. */
export const defaultIdentification: RulesSettings['identification'] = {
  person: ['fullName', 'birthDate', 'reference', 'postalCode', 'nationalIdEnd'],
  company: ['companyName', 'taxId', 'reference', 'fullName'],
  needed: 2,
};

/**
 * Settings of the contact rules, straight from their rows; packs are not looked at.
 * @throws AppError `contact-rules.bad-pack` for a row that cannot be read: a place left out would allow too much
 */
export function readRulesSettings(db: ReadDb): RulesSettings {
  const site = readRow(db, siteSettingId);
  const actors = readRow(db, actorsSettingId);
  const parsed = rulesSettings.safeParse({
    site: site === undefined ? [] : field(site, 'jurisdictions'),
    actors: actors === undefined ? [] : field(actors, 'actors'),
    identification: readRow(db, identificationSettingId) ?? defaultIdentification,
  });
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0]);
  throw damaged(name);
}

function readRow(db: ReadDb, id: string): unknown {
  const row = db.get<{ valueJson: string }>('SELECT valueJson FROM setting WHERE id = ?', id);
  if (row === undefined) return undefined;
  try {
    return JSON.parse(row.valueJson);
  } catch {
    throw damaged(id);
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function damaged(name: string) {
  return badPack([{ pack: 'settings', rule: null, field: name, problem: 'cannot be read' }]);
}
