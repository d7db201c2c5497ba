#!/usr/bin/env node
// The command `dialdesk`. Whatever Node starts it, the command itself runs under the pinned one.
import { buildStaleOrExit } from './lib/build.mjs';
import { ensureInstalledOrExit } from './lib/ensure-installed.mjs';
import { handOver } from './lib/hand-over.mjs';

const args = process.argv.slice(2);
ensureInstalledOrExit();
if (args[0] === 'bench') {
  // benchmarks are no part of the application: they start it and measure it from outside
  await buildStaleOrExit();
  await handOver('bench/run.ts', args.slice(1));
} else {
  await buildStaleOrExit({ only: ['main'] });
  await handOver('dist/main/command.mjs', args);
}
