import { afterEach, describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../testing/open-test-store.ts';
import { tableRules } from './table-classes.ts';

let store: TestStore;
afterEach(() => store.close());

function columnsByTable(): Map<string, Set<string>> {
  store = openTestStore();
  const rows = store.read.all<{ tableName: string; columnName: string }>(
    `SELECT t.name AS tableName, c.name AS columnName
     FROM sqlite_schema t JOIN pragma_table_info(t.name) c
     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'`,
  );
  const grouped = Map.groupBy(rows, (row) => row.tableName);
  return new Map(
    [...grouped].map(([table, own]) => [table, new Set(own.map((o) => o.columnName))]),
  );
}

describe('table classes', () => {
  it('name every table of the schema, and no other', () => {
    expect(Object.keys(tableRules).sort()).toEqual([...columnsByTable().keys()].sort());
  });

  it('give an id to every table that is logged', () => {
    const columns = columnsByTable();
    const logged = Object.entries(tableRules).filter(([, rule]) => rule.class !== 'local');
    for (const [table] of logged) expect(columns.get(table)?.has('id'), table).toBe(true);
  });

  it('list late columns that exist', () => {
    const columns = columnsByTable();
    for (const [table, rule] of Object.entries(tableRules)) {
      for (const column of rule.lateColumns ?? []) {
        expect(columns.get(table)?.has(column), `${table}.${column}`).toBe(true);
      }
    }
  });
});
