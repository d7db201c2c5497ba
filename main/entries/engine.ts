// first of all: it comes before what allocates
import '../app/small-young-space.ts';
import { runEngineProcess } from '../app/run-engine.ts';
import { ownSpawn } from '../shell/own-spawn.ts';
import { findParentPort } from './parent-port.ts';

void runEngineProcess({ args: process.argv.slice(2), parent: findParentPort(), spawn: ownSpawn() });
