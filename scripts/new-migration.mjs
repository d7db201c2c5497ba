#!/usr/bin/env node
// node scripts/new-migration.mjs add-payment-plan
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { scaffoldMigration } from './lib/scaffold-migration.mjs';

const name = process.argv[2] ?? '';
const folder = join(root, 'main', 'store', 'migrations');
try {
  const index = readFileSync(join(folder, 'index.ts'), 'utf8');
  const scaffold = scaffoldMigration(name, readdirSync(folder), index);
  for (const [file, text] of Object.entries(scaffold.files)) {
    writeFileSync(join(folder, file), text, { flag: 'wx' });
    console.log(`main/store/migrations/${file}`);
  }
  writeFileSync(join(folder, 'index.ts'), scaffold.index);
  console.log('Next: its SQL, its test, and a class for each new table in table-classes.ts.');
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}
