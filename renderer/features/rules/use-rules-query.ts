import { useEffect } from 'react';
import type { CommandInput, CommandName, CommandOutput } from '#shared/contract/index.ts';
import { useServices } from '../../app/services.ts';
import { type QueryData, useQueryData } from '../../app/use-query-data.ts';

/** Like `useQueryData`, and again whenever packs, reviews or settings have changed. */
export function useRulesQuery<Name extends CommandName>(
  name: Name,
  input: CommandInput<Name> | null,
): QueryData<CommandOutput<Name>> {
  const { client } = useServices();
  const data = useQueryData(name, input);
  const { reload } = data;
  useEffect(() => client.on('rules.changed', reload), [client, reload]);
  return data;
}
