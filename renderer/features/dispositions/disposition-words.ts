import type { TFunction } from 'i18next';
import type { DispositionCode, DispositionEffect } from '#shared/contract/index.ts';
import { toDuration } from '../campaigns/duration-unit.ts';

/** The firm's own name of an outcome, or the one that comes with Dialdesk; an own code without a name by itself. */
export function dispositionName(
  one: Pick<DispositionCode, 'code' | 'label'>,
  t: TFunction,
): string {
  return one.label || t(`disposition.${one.code}`, { defaultValue: one.code });
}

/** What an outcome does, in a line: "tried again after 2 days, with another number". */
export function nextWords(one: Pick<DispositionCode, 'effect' | 'next'>, t: TFunction): string {
  const { retryAfterMs, otherNumber, leavesAllLists, noteRequired } = one.next;
  const { value, unit } = toDuration(retryAfterMs ?? dayMs);
  return [
    one.effect === 'retry'
      ? t('outcomes.does-retry', { after: t(`outcomes.after-${unit}`, { count: value }) })
      : t(`outcomes.does-${one.effect}`),
    one.effect === 'retry' && otherNumber ? t('outcomes.does-other-number') : null,
    leavesAllLists ? t('outcomes.does-leave-all') : null,
    noteRequired ? t('outcomes.does-note') : null,
  ]
    .filter(Boolean)
    .join(', ');
}

const dayMs = 86_400_000;

/** Digits that no other active outcome has, and its own. */
export function freeKeys(
  all: readonly Pick<DispositionCode, 'code' | 'key' | 'active'>[],
  code: string | null,
): string[] {
  const taken = all.filter((one) => one.active && one.code !== code).map((one) => one.key);
  return ['1', '2', '3', '4', '5', '6', '7', '8', '9'].filter((key) => !taken.includes(key));
}

/** A code out of a name: "Zapłaci w piątek" → "zaplaciWPiatek"; '' when nothing of it can be one. */
export function codeOf(name: string): string {
  const words = name
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .normalize('NFD')
    .replace(/[^A-Za-z0-9 ]/g, '')
    .split(' ')
    .filter(Boolean)
    .map((word) => word.toLowerCase());
  const code = words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
    .replace(/^\d+/, '')
    .slice(0, 40);
  return code.length < 2 ? '' : code.charAt(0).toLowerCase() + code.slice(1);
}

export const effects: readonly DispositionEffect[] = [
  'done',
  'retry',
  'callback',
  'promise',
  'wrongNumber',
  'doNotCall',
];
