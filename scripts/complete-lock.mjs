#!/usr/bin/env node
// Run after `npm install` where the registry holds the binaries of this platform only: npm then
// leaves those of the others out of package-lock.json, and `npm ci` refuses such a file anywhere.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeLockedPackages } from './lib/lock-platforms.mjs';
import { root } from './lib/paths.mjs';

const path = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const { packages, added } = completeLockedPackages(lock.packages);
if (added.length > 0) writeFileSync(path, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
console.log(added.length > 0 ? `added to package-lock.json: ${added.join(', ')}` : 'complete');
