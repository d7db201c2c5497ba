import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandInput, CommandName, CommandOutput } from '#shared/contract/index.ts';
import { toast } from '../components/toast.tsx';
import { announce } from './announcer.ts';
import { errorText } from './errors.ts';
import { useServices } from './services.ts';

/**
 * Runs a command for a person: a failure is shown as a toast and announced at once.
 * @returns `run` gives the reply, or null when it failed; `busy` while one is under way
 */
export function useCommand<Name extends CommandName>(
  name: Name,
): { run: (input: CommandInput<Name>) => Promise<CommandOutput<Name> | null>; busy: boolean } {
  const { client } = useServices();
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const run = useCallback(
    async (input: CommandInput<Name>) => {
      setBusy(true);
      try {
        return await client.send(name, input);
      } catch (error) {
        const text = errorText(error, t);
        toast('failed', text);
        announce(text, 'assertive');
        return null;
      } finally {
        setBusy(false);
      }
    },
    [client, name, t],
  );
  return { run, busy };
}
