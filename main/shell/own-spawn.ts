import { nodeSpawn } from './node/spawn.ts';
import type { SpawnPort } from './ports.ts';
import { createSpawnThroughShell } from './utility/spawn-through-shell.ts';
import { findShellPort } from './utility/utility-ports.ts';

/** How this process starts others: through the shell in Electron's utility processes, by itself everywhere else. */
export function ownSpawn(): SpawnPort {
  const shellPort = findShellPort();
  return shellPort === null ? nodeSpawn : createSpawnThroughShell(shellPort);
}
