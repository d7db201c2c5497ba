import type { TFunction } from 'i18next';
import { formatPhone } from '../../app/format/index.ts';

/** Who it is when no debtor is known: the number or address, in the form people read. */
export function peerText(peer: string | null, t: TFunction): string {
  return peer === null ? t('inbox.unknown-sender') : formatPhone(peer);
}
