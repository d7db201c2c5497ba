import type { Handlers } from '../../contract-server/types.ts';
import { listRates } from '../ledger/list-rates.ts';
import type { DebtorWorkParts } from './work-context.ts';
import { readFirmRates, readWorkSettings } from './work-settings.ts';
import { workWrites } from './work-writes.ts';

export function settingHandlers({ store }: DebtorWorkParts): Handlers {
  return {
    'interest-rate.list': ({ jurisdiction }) => ({
      tables: listRates(readFirmRates(store.read), jurisdiction),
    }),
    'interest-rate.save': async (input, { principal, commandId }) => {
      const write = { ...input, personId: principal.personId };
      const options = commandId === null ? {} : { commandId };
      await store.write(workWrites, 'interest-rate.save', write, options);
      return {};
    },
    'work.settings': () => readWorkSettings(store.read),
    'work.save-settings': ({ ...changed }, { principal, commandId }) => {
      const given = Object.fromEntries(
        Object.entries(changed).filter(([, value]) => value !== undefined),
      );
      const write = { ...given, personId: principal.personId };
      const options = commandId === null ? {} : { commandId };
      return store.write(workWrites, 'work.save-settings', write, options);
    },
  };
}
