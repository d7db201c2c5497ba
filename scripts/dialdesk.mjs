#!/usr/bin/env node
// The command `dialdesk`. Whatever Node starts it, the command itself runs under the pinned one.
import { buildStaleOrExit } from './lib/build.mjs';
import { ensureInstalledOrExit } from './lib/ensure-installed.mjs';
import { handOver } from './lib/hand-over.mjs';

ensureInstalledOrExit();
await buildStaleOrExit({ only: ['main'] });
await handOver('dist/main/command.mjs', process.argv.slice(2));
