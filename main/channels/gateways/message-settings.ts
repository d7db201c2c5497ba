import { type MessageSettings, messageSettings } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { MESSAGE_SETTING } from './setting-name.ts';

/** Settings of messages of the whole firm; those that were never set are the usual ones. */
export function readMessageSettings(db: ReadDb): MessageSettings {
  const row = db.get<{ valueJson: string }>(
    'SELECT valueJson FROM setting WHERE id = ?',
    MESSAGE_SETTING,
  );
  return messageSettings.parse(row === undefined ? {} : JSON.parse(row.valueJson));
}
