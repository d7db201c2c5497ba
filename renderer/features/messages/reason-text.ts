import type { TFunction } from 'i18next';
import type { Message } from '#shared/contract/index.ts';

/** Why a message failed or waits, in words, with what the gateway said; '' when there is nothing to say. */
export function reasonText(
  { reason, detail }: { reason: string | null; detail?: string | null },
  t: TFunction,
): string {
  const known = reason === null ? null : t(`errors.${reason}`, { defaultValue: reason });
  return [known, detail].filter(Boolean).join(' · ');
}

/** Something went wrong, or is not as it should be: it is worth a line of its own. */
export function tellsReason({ state, reason, detail }: Message): boolean {
  const grave =
    state === 'failed' || state === 'expired' || state === 'unknown' || state === 'queued';
  return grave && (reason !== null || detail !== null);
}
