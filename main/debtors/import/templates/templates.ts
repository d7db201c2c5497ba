import type { Handlers } from '../../../contract-server/types.ts';
import type { Store } from '../../../store/index.ts';
import { loadTemplates } from './load-templates.ts';
import { templateWrites } from './template-writes.ts';

/** Commands on mapping templates. */
export function createTemplates(store: Store): Handlers {
  const onceBy = (commandId: string | null) => (commandId === null ? {} : { commandId });
  return {
    'import.save-template': ({ name, kind, mapping, headers }, { commandId }) => {
      const mappingJson = JSON.stringify(mapping);
      const input = { name, kind, mappingJson, headersJson: JSON.stringify(headers) };
      return store.write(templateWrites, 'importTemplate.save', input, onceBy(commandId));
    },
    'import.list-templates': ({ kind }) => ({ templates: loadTemplates(store.read, kind ?? null) }),
    'import.delete-template': async (input, { commandId }) => {
      await store.write(templateWrites, 'importTemplate.delete', input, onceBy(commandId));
      return {};
    },
  };
}
