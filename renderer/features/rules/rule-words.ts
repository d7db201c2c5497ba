import type { TFunction } from 'i18next';
import { isIsoDuration } from '#shared/rule-packs/index.ts';
import { readerLocale } from '../../app/format/reader-locale.ts';

/** What a text about a rule is written with: the reader's words and the reader's way with numbers. */
export interface Words {
  t: TFunction;
  /** language of the screen, e.g. `pl` */
  locale: string;
}

export type WordList =
  | 'channel'
  | 'event'
  | 'flag'
  | 'purpose'
  | 'target'
  | 'number'
  | 'mode'
  | 'scope'
  | 'hold'
  | 'element'
  | 'topic'
  | 'notice'
  | 'fact'
  | 'anchor'
  | 'artefact'
  | 'actor'
  | 'consent'
  | 'when'
  | 'caller-must'
  | 'rate'
  | 'check';

/** One word of the closed lists of rule packs; what no list knows is shown as it stands. */
export function word({ t }: Words, list: WordList, name: string): string {
  return t(`rule-word.${list}.${name}`, { defaultValue: name });
}

/** Several words, joined as the language joins them: "person and debt". */
export function wordsOf(words: Words, list: WordList, names: readonly string[]): string {
  return joined(
    words,
    names.map((name) => word(words, list, name)),
  );
}

export function joined({ locale }: Words, parts: readonly string[]): string {
  return new Intl.ListFormat(readerLocale(locale), { type: 'conjunction' }).format(parts);
}

const unitLetters = [
  ['Y', 'year'],
  ['M', 'month'],
  ['W', 'week'],
  ['D', 'day'],
] as const;
const clockLetters = [
  ['H', 'hour'],
  ['M', 'minute'],
  ['S', 'second'],
] as const;

/** An ISO 8601 duration in words ("3 years", "72 hours"); text that is none stays as it is. */
export function durationText(iso: string, locale: string): string {
  if (!isIsoDuration(iso)) return iso;
  const [date = '', clock = ''] = iso.slice(1).split('T');
  const parts = [
    ...unitParts(date, unitLetters, locale),
    ...unitParts(clock, clockLetters, locale),
  ];
  return parts.join(' ');
}

function unitParts(
  text: string,
  letters: readonly (readonly [string, string])[],
  locale: string,
): string[] {
  return letters.flatMap(([letter, unit]) => {
    const count = new RegExp(`(\\d+)${letter}`).exec(text)?.[1];
    if (count === undefined) return [];
    const format = new Intl.NumberFormat(readerLocale(locale), {
      style: 'unit',
      unit,
      unitDisplay: 'long',
    });
    return format.format(Number(count));
  });
}

export function percentText(percent: number, locale: string): string {
  const format = { style: 'percent', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(readerLocale(locale), format).format(percent / 100);
}
