import { useEffect, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { type LiveCalls, noCalls, withCall, withSnapshot } from './live-calls.ts';

/** Every call that is up, kept current by events; the snapshot is fetched again after a reconnection. */
export function useLiveCalls(): { live: LiveCalls; error: unknown; reload: () => void } {
  const { client } = useServices();
  const data = useQueryData('call.list-live', {});
  const [live, setLive] = useState(noCalls);
  const { value } = data;

  useEffect(() => {
    if (value) setLive((now) => withSnapshot(now, value.calls));
  }, [value]);
  useEffect(() => {
    const listeners = [
      client.on('call.changed', ({ call }) => setLive((now) => withCall(now, call))),
      client.on('call.ended', ({ call }) =>
        setLive((now) => withCall(now, { ...call, state: 'ended' })),
      ),
    ];
    return () => {
      for (const stop of listeners) stop();
    };
  }, [client]);
  return { live, error: data.state === 'failed' ? data.error : null, reload: data.reload };
}
