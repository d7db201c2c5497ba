import type { Words } from './rule-words.ts';

/** The name of a pack; those that ship have one in every language, a firm's own are as the firm wrote them. */
export function packTitle(
  pack: { packId: string; title: string; own?: boolean },
  { t }: Words,
): string {
  if (pack.own) return pack.title;
  return t(`rule-pack.name.${pack.packId}`, { defaultValue: pack.title });
}
