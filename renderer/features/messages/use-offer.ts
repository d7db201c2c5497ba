import { useEffect } from 'react';
import type { CommandInput } from '#shared/contract/index.ts';
import { useServices } from '../../app/services.ts';
import { type QueryData, useQueryData } from '../../app/use-query-data.ts';
import type { MessageOffer } from './message-draft.ts';

/** Addresses, templates and the best message, kept current: rules, exceptions and the card can change while it is read. */
export function useOffer(input: CommandInput<'message.offer'>): QueryData<MessageOffer> {
  const { client } = useServices();
  const data = useQueryData('message.offer', input);
  const { reload } = data;
  const { debtorId } = input;
  useEffect(() => {
    const again = (changed: { debtorId: string | null }): void => {
      if (changed.debtorId === debtorId) reload();
    };
    const stops = [
      client.on('contact.override-changed', again),
      client.on('debtor.changed', again),
      client.on('template.changed', reload),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [client, debtorId, reload]);
  return data;
}
