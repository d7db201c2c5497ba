import { runCheckpointThread } from '../store/index.ts';

runCheckpointThread();
