import { runCommand } from '../app/command/run-command.ts';
import { runEngineProcess } from '../app/run-engine.ts';
import { runCarrierProcess } from '../practice/index.ts';
import { findHostPrograms } from '../shell/launch/host-programs.ts';
import { nodeSpawn } from '../shell/node/spawn.ts';

await runCommand(process.argv.slice(2), {
  engine: (args) => void runEngineProcess({ args, parent: null, spawn: nodeSpawn }),
  practiceCarrier: (args) => runCarrierProcess(args),
  host: findHostPrograms,
});
