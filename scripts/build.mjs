#!/usr/bin/env node
import { buildStaleOrExit } from './lib/build.mjs';
import { ensureInstalledOrExit } from './lib/ensure-installed.mjs';

ensureInstalledOrExit();
const startedMs = performance.now();
const built = await buildStaleOrExit();
const seconds = ((performance.now() - startedMs) / 1000).toFixed(2);
console.log(
  built.length > 0 ? `built ${built.join(', ')} in ${seconds} s` : `up to date (${seconds} s)`,
);
