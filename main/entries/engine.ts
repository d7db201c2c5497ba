import { runEngineProcess } from '../app/run-engine.ts';
import { ownSpawn } from '../shell/own-spawn.ts';
import { findParentPort } from './parent-port.ts';

void runEngineProcess({ args: process.argv.slice(2), parent: findParentPort(), spawn: ownSpawn() });
