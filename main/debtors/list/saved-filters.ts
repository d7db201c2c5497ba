import type { CommandOutput, Principal } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Handlers, Unbranded } from '../../contract-server/types.ts';
import type { ReadDb, Store, WriteContext, WriteDb, WriteMap } from '../../store/index.ts';

type SavedFilter = Unbranded<CommandOutput<'list.save-filter'>>;

interface SaveFilter {
  savedFilterId: string | null;
  name: string;
  filterJson: string;
  shared: boolean;
  personId: string;
  /** may share, and change what is shared */
  isLead: boolean;
}

export const savedFilterWrites = {
  'list.saveFilter': saveFilter,
  'list.deleteFilter': (
    db: WriteDb,
    _context: WriteContext,
    input: { savedFilterId: string; personId: string; isLead: boolean },
  ): void => {
    requireOwn(db, input.savedFilterId, input);
    db.remove('savedFilter', input.savedFilterId);
  },
} satisfies WriteMap;

interface Row {
  id: string;
  name: string;
  personId: string;
  shared: number;
  filterJson: string;
  createdAt: number;
}

function saveFilter(
  db: WriteDb,
  context: WriteContext,
  input: SaveFilter,
): { savedFilterId: string } {
  const { savedFilterId, name, filterJson, personId } = input;
  if (input.shared && !input.isLead) throw refused();
  const columns = { name, filterJson, shared: input.shared };
  if (savedFilterId !== null) {
    requireOwn(db, savedFilterId, input);
    db.update('savedFilter', savedFilterId, columns);
    return { savedFilterId };
  }
  const id = context.newId();
  db.insert('savedFilter', { id, personId, ...columns, createdAt: context.now });
  return { savedFilterId: id };
}

/** @throws AppError `contract.not-found`, `access.refused` */
function requireOwn(
  db: ReadDb,
  id: string,
  { personId, isLead }: { personId: string; isLead: boolean },
): void {
  const row = find(db, id);
  if (!row || (row.personId !== personId && row.shared === 0)) {
    throw new AppError('contract.not-found', 'no such filter');
  }
  if (row.shared === 1 && !isLead) throw refused();
}

function refused(): AppError {
  return new AppError('access.refused', 'shared filters are for leads to make and change');
}

function find(read: ReadDb, id: string): Row | undefined {
  return read.get<Row>(
    'SELECT id, name, personId, shared, filterJson, createdAt FROM savedFilter WHERE id = ? AND deletedAt IS NULL',
    id,
  );
}

/** Commands of the filters that people keep. */
export function createSavedFilterHandlers(store: Store): Handlers {
  const shown = (row: Row, personId: string): SavedFilter => {
    const { filter, sort } = JSON.parse(row.filterJson) as Pick<SavedFilter, 'filter' | 'sort'>;
    return {
      savedFilterId: row.id,
      name: row.name,
      filter,
      sort,
      shared: row.shared === 1,
      own: row.personId === personId,
      createdAt: row.createdAt,
    };
  };
  return {
    'list.saved-filters': (_input, { principal }) => ({
      filters: store.read
        .all<Row>(
          `SELECT id, name, personId, shared, filterJson, createdAt FROM savedFilter
            WHERE deletedAt IS NULL AND (personId = ? OR shared = 1) ORDER BY name, id`,
          principal.personId,
        )
        .map((row) => shown(row, principal.personId)),
    }),
    'list.save-filter': async (input, { principal, commandId }) => {
      const { savedFilterId = null, name, filter, sort = null, shared } = input;
      const filterJson = JSON.stringify({ filter, sort });
      const saved = await store.write(
        savedFilterWrites,
        'list.saveFilter',
        { savedFilterId, name, filterJson, shared, ...who(principal) },
        commandId === null ? {} : { commandId },
      );
      const row = find(store.read, saved.savedFilterId);
      if (!row) throw new AppError('contract.not-found', 'this filter was deleted');
      return shown(row, principal.personId);
    },
    'list.delete-filter': async ({ savedFilterId }, { principal, commandId }) => {
      const input = { savedFilterId, ...who(principal) };
      const options = commandId === null ? {} : { commandId };
      await store.write(savedFilterWrites, 'list.deleteFilter', input, options);
      return {};
    },
  };
}

function who({ personId, role }: Principal): { personId: string; isLead: boolean } {
  return { personId, isLead: role !== 'agent' };
}
