/**
 * Text as it is compared and searched: lower case, without diacritics, single spaces.
 * "Wójcik-ŁĄCKA " → "wojcik-lacka". Letters that Unicode does not decompose (ł, ø, đ, ß) are mapped.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[łøđßæœ]/g, (letter) => UNDECOMPOSED[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim();
}

const UNDECOMPOSED: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
};
