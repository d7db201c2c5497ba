import { useCallback, useEffect, useRef, useState } from 'react';
import type { CommandInput, CommandName, CommandOutput } from '#shared/contract/index.ts';
import { useConnection, useServices } from './services.ts';

export type QueryData<Value> =
  | { state: 'loading'; value: Value | null; reload: () => void }
  | { state: 'ready'; value: Value; reload: () => void }
  | { state: 'failed'; value: Value | null; error: unknown; reload: () => void };

/**
 * Fetches with a reading command and again when the input changes, after a reconnection, and on `reload`. The former
 * value stays while the next one is on its way, so that nothing flickers; a late reply to an old input is dropped.
 * @param input null: fetch nothing yet
 */
export function useQueryData<Name extends CommandName>(
  name: Name,
  input: CommandInput<Name> | null,
): QueryData<CommandOutput<Name>> {
  const { client } = useServices();
  const epoch = useConnection(({ state }) => (state.kind === 'connected' ? state.since : null));
  const [data, setData] = useState<{
    state: 'loading' | 'ready' | 'failed';
    value: CommandOutput<Name> | null;
    error: unknown;
  }>({ state: 'loading', value: null, error: null });
  const [turn, setTurn] = useState(0);
  const latest = useRef(0);
  const key = JSON.stringify(input);

  // `turn` and `epoch` are there to fetch again
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `input`
  useEffect(() => {
    if (input === null || epoch === null) return;
    latest.current += 1;
    const own = latest.current;
    client.send(name, input).then(
      (value) => {
        if (own === latest.current) setData({ state: 'ready', value, error: null });
      },
      (error: unknown) => {
        if (own === latest.current) setData((now) => ({ ...now, state: 'failed', error }));
      },
    );
    return () => {
      latest.current += 1;
    };
  }, [client, name, key, turn, epoch]);

  const reload = useCallback(() => setTurn((now) => now + 1), []);
  return { ...data, reload } as QueryData<CommandOutput<Name>>;
}
