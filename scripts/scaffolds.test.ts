import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './lib/paths.mjs';
import { scaffoldCommand } from './lib/scaffold-command.mjs';
import { scaffoldMigration } from './lib/scaffold-migration.mjs';

const index = `import { migration0001 } from './0001-first-tables.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [migration0001];
`;

describe('new migration', () => {
  it('takes the next number, and comes with a test that fails until it is written', () => {
    const scaffold = scaffoldMigration('add-plan', ['0001-first-tables.ts', 'index.ts'], index);
    expect(Object.keys(scaffold.files)).toEqual(['0002-add-plan.ts', '0002-add-plan.test.ts']);
    expect(scaffold.files['0002-add-plan.ts']).toContain('version: 2,');
    expect(scaffold.files['0002-add-plan.test.ts']).toContain('expect.fail');
    expect(scaffold.index).toContain("import { migration0002 } from './0002-add-plan.ts';");
    expect(scaffold.index).toContain('= [migration0001, migration0002];');
  });

  it('fits the index as it is', () => {
    const text = readFileSync(join(root, 'main/store/migrations/index.ts'), 'utf8');
    expect(scaffoldMigration('x', ['0998-y.ts'], text).index).toContain('migration0999]');
  });

  it('refuses a name that is no file name', () => {
    expect(() => scaffoldMigration('Add Plan', [], index)).toThrow(/kebab-case/);
  });
});

describe('new command', () => {
  const contract = readFileSync(join(root, 'shared/contract/agent.contract.ts'), 'utf8');

  it('is declared at the end of its area, inside the commands', () => {
    const text = scaffoldCommand('agent.take-a-break', contract);
    const at = text.indexOf("'agent.take-a-break'");
    expect(at).toBeGreaterThan(text.indexOf('defineCommands({'));
    expect(at).toBeLessThan(text.indexOf('\n});', text.indexOf('defineCommands({')));
  });

  it('refuses one that exists, and a name of another form', () => {
    expect(() => scaffoldCommand('agent.ready', contract)).toThrow(/exists/);
    expect(() => scaffoldCommand('ready', contract)).toThrow(/area\.verb/);
  });
});
