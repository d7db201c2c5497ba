import type { InboxItem } from '#shared/contract/index.ts';

/**
 * What a debtor keeps after messages that were not theirs were taken back: what these asked for acted at once and is lifted
 * by a person only, and a number or address that was added is a fact of the card.
 * @returns keys of `inbox.stays-*`
 */
export function whatStays(
  items: readonly Pick<InboxItem, 'optOut' | 'automatic'>[],
  addedPoint: boolean,
): ('opt-out' | 'point')[] {
  const asked = items.some(({ optOut, automatic }) => optOut !== null && !automatic);
  return [...(asked ? (['opt-out'] as const) : []), ...(addedPoint ? (['point'] as const) : [])];
}
