#!/usr/bin/env node
import { buildStaleOrExit } from './lib/build.mjs';
import { ensureInstalledOrExit } from './lib/ensure-installed.mjs';
import { handOver } from './lib/hand-over.mjs';

ensureInstalledOrExit();
await buildStaleOrExit();
await handOver('dist/main/launch.mjs', process.argv.slice(2));
