import type { Database } from 'better-sqlite3';
import { invariant } from '#shared/errors/index.ts';
import { createReadDb } from './connection/read-db.ts';
import { DEFAULT_PRIORITY, type WriterClient } from './connection/writer-client.ts';
import type { Store } from './types.ts';

/** Puts a reading connection and a writer together. */
export function assembleStore(reader: Database, writer: WriterClient): Store {
  return {
    read: createReadDb(reader),
    write(map, name, input, options = {}) {
      invariant(Object.hasOwn(map, name), `there is no write ${name} in this map`);
      return writer.write({
        name,
        input,
        priority: options.priority ?? DEFAULT_PRIORITY,
        commandId: options.commandId ?? null,
        // the map that the caller names is the type of what comes back
      }) as Promise<never>;
    },
    async close() {
      // first the reader: the log can be emptied only when nobody reads from it
      if (reader.open) reader.close();
      await writer.close();
    },
  };
}
