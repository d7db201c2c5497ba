import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { InboxItem, InboxThread } from '#shared/contract/index.ts';
import type { InboxThreadId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { navigate } from '../../app/router.ts';
import { useServices } from '../../app/services.ts';
import { toast } from '../../components/index.ts';
import { whatStays } from './what-stays.ts';

export interface TakenBack {
  /** the thread of the debtor that they are in */
  inboxThreadId: InboxThreadId;
  debtorId: string;
  name: string;
  items: readonly InboxItem[];
  /** their number or address became one of the debtor's */
  addedPoint: boolean;
}

/**
 * Messages that were given to the wrong debtor go back to those that are nobody's. What stays in force for the debtor is
 * said, with the way to lift it.
 * @returns of the asked function: the thread that they are in now; null when the engine said no
 */
export function useTakeBack(): (what: TakenBack) => Promise<InboxThread | null> {
  const { client } = useServices();
  const { t } = useTranslation();
  return useCallback(
    async ({ inboxThreadId, debtorId, name, items, addedPoint }) => {
      let now: InboxThread | null = null;
      try {
        for (const { direction, interactionId } of items) {
          if (direction !== 'in' || interactionId === null) continue;
          now = await client.send('inbox.unmatch', { inboxThreadId, interactionId });
        }
      } catch (error) {
        const text = errorText(error, t);
        toast('failed', text);
        announce(text, 'assertive');
        return now;
      }
      const said = t('inbox.said-taken-back', { name });
      const stays = whatStays(items, addedPoint).map((one) => t(`inbox.stays-${one}`, { name }));
      announce([said, ...stays].join(' '));
      const card = { label: t('inbox.open-card'), run: () => navigate(`/debtor/${debtorId}`) };
      toast('done', said, stays.join(' ') || undefined, stays.length > 0 ? [card] : []);
      return now;
    },
    [client, t],
  );
}
