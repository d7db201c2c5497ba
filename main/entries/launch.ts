import { launch } from '../shell/launch/launch.ts';
import { nodeSpawn } from '../shell/node/spawn.ts';

process.exit(await launch(process.argv.slice(2), nodeSpawn));
