import { invariant } from '#shared/errors/index.ts';
import type { Handlers } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import { findScript, listScripts } from './script-rows.ts';
import { scriptWrites } from './script-writes.ts';

/** Commands of `script.*`: what agents read from. */
export function createScriptHandlers(store: Store): Handlers {
  return {
    'script.list': () => ({ scripts: listScripts(store.read) }),
    'script.save': async (input, { principal, commandId }) => {
      const { scriptId } = await store.write(
        scriptWrites,
        'script.save',
        { ...input, personId: principal.personId },
        commandId === null ? {} : { commandId },
      );
      const saved = findScript(store.read, scriptId);
      invariant(saved, 'a script that was written can be read');
      return saved;
    },
    'script.remove': async ({ scriptId }, { principal, commandId }) => {
      await store.write(
        scriptWrites,
        'script.remove',
        { scriptId, personId: principal.personId },
        commandId === null ? {} : { commandId },
      );
      return {};
    },
  };
}
