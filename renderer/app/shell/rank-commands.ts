import { foldText } from '#shared/util/index.ts';

/**
 * Those whose label fits what was typed: every word of it begins a word of the label, or stands inside it. The best
 * first, equals in their order; all of them when nothing was typed.
 */
export function rankCommands<Item>(
  items: readonly Item[],
  typed: string,
  label: (item: Item) => string,
): Item[] {
  const words = foldText(typed).split(' ').filter(Boolean);
  return items
    .map((item) => ({ item, rank: rankOf(foldText(label(item)), words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ item }) => item);
}

/** 0: does not fit; 1: inside a word; 2: begins words; 3: begins the label */
function rankOf(label: string, words: readonly string[]): number {
  const ranks = words.map((word) => {
    if (label.startsWith(word)) return 3;
    if (` ${label}`.includes(` ${word}`)) return 2;
    return label.includes(word) ? 1 : 0;
  });
  return ranks.length === 0 ? 1 : Math.min(...ranks);
}
