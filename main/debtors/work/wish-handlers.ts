import type { Handlers } from '../../contract-server/types.ts';
import type { Work } from './work-context.ts';

/** Commands of what the debtor wishes, and of texts that went out. */
export function wishHandlers(work: Work): Handlers {
  return {
    'contact.add-block': async (input, context) => {
      const { personalBlockId } = await work('contact.add-block', input, context);
      return { personalBlockId };
    },
    'contact.lift-block': async (input, context) => {
      await work('contact.lift-block', input, context);
      return {};
    },
    'contact.state-place': async (input, context) => {
      const { statedPlaceId } = await work('contact.state-place', input, context);
      return { statedPlaceId };
    },
    'contact.end-place': async (input, context) => {
      await work('contact.end-place', input, context);
      return {};
    },
    'contact.set-zone-doubt': async (input, context) => {
      await work('contact.set-zone-doubt', input, context);
      return {};
    },
    'contact.record-notice': async (input, context) => {
      const { noticeSentId } = await work('contact.record-notice', input, context);
      return { noticeSentId };
    },
    'contact.remove-notice': async (input, context) => {
      await work('contact.remove-notice', input, context);
      return {};
    },
  };
}
