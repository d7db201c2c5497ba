/**
 * The files of a new migration.
 * @param {string} name what it does, in kebab case: `add-payment-plan`
 * @param {readonly string[]} existing names of the files in the migrations folder
 * @param {string} index text of its index.ts
 * @returns {{ files: Record<string, string>, index: string }} new files by name, and the new index
 * @throws Error when the name is not of that form, or the index is not as expected
 */
export function scaffoldMigration(name, existing, index) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw new Error(`not kebab-case: ${name}`);
  const numbers = existing.map((file) => Number(/^(\d{4})-/.exec(file)?.[1] ?? 0));
  const version = Math.max(0, ...numbers) + 1;
  const number = String(version).padStart(4, '0');
  const file = `${number}-${name}`;
  return {
    files: {
      [`${file}.ts`]: migrationText(version, number, name),
      [`${file}.test.ts`]: testText(number, file),
    },
    index: addToIndex(index, number, file),
  };
}

/**
 * @param {number} version
 * @param {string} number
 * @param {string} name
 */
function migrationText(version, number, name) {
  return `import type { Migration } from './migration.ts';

export const migration${number}: Migration = {
  version: ${version},
  name: '${name}',
  sql: \`
\`,
};
`;
}

/**
 * Fails until it is written: a migration is tested with rows of the version before.
 * @param {string} number
 * @param {string} file
 */
function testText(number, file) {
  return `import { expect, it } from 'vitest';
import { migration${number} } from './${file}.ts';

it('keeps the rows of the version before', () => {
  expect.fail(\`put rows of version \${migration${number}.version - 1} in, migrate, look at them\`);
});
`;
}

/**
 * @param {string} index
 * @param {string} number
 * @param {string} file
 */
function addToIndex(index, number, file) {
  const list = /(readonly Migration\[\] = \[)([^\]]*)\]/;
  const firstOther = /^import type \{ Migration \}/m;
  if (!list.test(index) || !firstOther.test(index)) throw new Error('index.ts has another form');
  return index
    .replace(firstOther, `import { migration${number} } from './${file}.ts';\n$&`)
    .replace(list, (_, start, items) => {
      const kept = items.trim().replace(/,$/, '');
      return `${start}${kept === '' ? '' : `${kept}, `}migration${number}]`;
    });
}
