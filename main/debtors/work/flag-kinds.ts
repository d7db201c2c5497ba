/** The word of rule packs for a flag; the others are the same in both. */
const STORED: Readonly<Record<string, string>> = { insolvency: 'bankrupt' };

export function storedFlag(kind: string): string {
  return STORED[kind] ?? kind;
}

export function shownFlag(kind: string): string {
  return Object.keys(STORED).find((shown) => STORED[shown] === kind) ?? kind;
}
