import type { Letterhead } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { ImageSize } from './image-size.ts';

export const LETTERHEAD_SETTING = 'document.letterhead';

export type Logo = ImageSize & { base64: string };

/** What stands on every letter of the firm. */
export interface LetterheadSetting {
  letterhead: Letterhead;
  logo: Logo | null;
}

const EMPTY: Letterhead = {
  name: '',
  street: '',
  postalCode: '',
  city: '',
  country: '',
  ids: [],
  phone: '',
  email: '',
  website: '',
  bankName: '',
  bankAccount: '',
  footer: '',
};

export function readLetterhead(read: ReadDb): LetterheadSetting {
  const row = read.get<{ valueJson: string }>(
    'SELECT valueJson FROM setting WHERE id = ?',
    LETTERHEAD_SETTING,
  );
  const known = row === undefined ? null : (JSON.parse(row.valueJson) as LetterheadSetting);
  return { letterhead: { ...EMPTY, ...known?.letterhead }, logo: known?.logo ?? null };
}
