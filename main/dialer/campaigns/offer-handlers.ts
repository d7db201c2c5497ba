import type { Handlers } from '../../contract-server/types.ts';
import type { Campaigns } from './campaigns.ts';

/** Commands of `preview.*`: debtors whom an agent sees before the call. */
export function createOfferHandlers(campaigns: Campaigns): Handlers {
  return {
    'preview.current': (_input, { principal }) => ({
      offer: campaigns.offerOf(principal.personId),
    }),
    'preview.dial': (input, { principal }) =>
      campaigns.dialOffer(principal.personId, input.entryId),
    'preview.hold': (input, { principal }) => ({
      offer: campaigns.holdOffer(principal.personId, input.entryId),
    }),
    'preview.skip': async (input, { principal }) => {
      const { entryId, reason, note } = input;
      await campaigns.skipOffer(principal.personId, entryId, reason, note ?? null);
      return {};
    },
  };
}
