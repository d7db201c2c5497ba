import type { TFunction } from 'i18next';

/** A rule pack as people call it; one of the firm's own by its title. */
export function packName(id: string, t: TFunction, title = id): string {
  return t(`rule-pack.name.${id}`, { defaultValue: title });
}
