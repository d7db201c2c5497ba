import { useEffect } from 'react';
import { useConnection, useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';

/** How many agents wait for a lead to decide on an exception; 0 for those who do not decide. */
export function useWaitingExceptions(): number {
  const { client } = useServices();
  const decides = useConnection(({ principal }) =>
    principal ? principal.role === 'lead' || principal.role === 'admin' : false,
  );
  const data = useQueryData(
    'contact.list-overrides',
    decides ? { state: 'requested', limit: 200 } : null,
  );
  const { reload } = data;
  useEffect(
    () => (decides ? client.on('contact.override-changed', reload) : undefined),
    [client, decides, reload],
  );
  return decides ? (data.value?.overrides.length ?? 0) : 0;
}
