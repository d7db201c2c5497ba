#!/usr/bin/env node
// node scripts/new-command.mjs debtor.archive
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { scaffoldCommand } from './lib/scaffold-command.mjs';

const name = process.argv[2] ?? '';
const file = `shared/contract/${name.split('.')[0]}.contract.ts`;
try {
  const path = join(root, file);
  writeFileSync(path, scaffoldCommand(name, readFileSync(path, 'utf8')));
  console.log(`${file}: ${name} declared`);
  console.log(
    'Next: its roles, input, output and errors; a handler in its area; texts of new error codes.',
  );
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}
