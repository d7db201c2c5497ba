import { regionLabel } from '../../app/format/names.ts';
import type { Words } from './rule-words.ts';

/** A place of a pack in the reader's language: "Poland", "United States · MA"; `*` is everywhere. */
export function placeName(place: string, { t, locale }: Words): string {
  if (place === '*') return t('rule-pages.everywhere');
  const [country = place, ...parts] = place.split('-');
  // a pack for a union of countries has a code of its own, which not every reader's system can name
  return [regionLabel(country, locale), ...parts].join(' · ');
}
