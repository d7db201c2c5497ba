import type { TFunction } from 'i18next';
import type { Disposition } from '#shared/contract/index.ts';

/** An outcome by the firm's own name, else by the one that comes with Dialdesk. */
export function dispositionName(
  { code, label }: Pick<Disposition, 'code' | 'label'>,
  t: TFunction,
): string {
  return label ?? t(`disposition.${code}`, { defaultValue: code });
}
