import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { HostPrograms } from '../../app/doctor.ts';
import { projectRoot } from '../built-files.ts';
import { findBrowser, isExecutable } from '../node/find-browser.ts';
import { electronFiles, findElectron } from './electron-binary.ts';

/** What this machine has to show a window with, and of programs that tests need. */
export function findHostPrograms(): HostPrograms {
  const { env, platform } = process;
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '');
  return {
    window: {
      electron: findElectron(electronFiles(projectRoot())) !== null,
      browser: findBrowser({ platform, env, home: homedir(), isExecutable }) !== null,
    },
    has: (program) => folders.some((folder) => isExecutable(join(folder, program))),
  };
}
