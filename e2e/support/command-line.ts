import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs `npx dialdesk …` as a person would. @returns the JSON of its last line */
export async function dialdesk<Answer>(...args: string[]): Promise<Answer> {
  const program = join(root, 'scripts', 'dialdesk.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args]);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Answer;
}
