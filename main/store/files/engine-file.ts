import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from './write-file-atomic.ts';

/** `engine.json`: where commands find the engine that holds the directory. Its owner's alone. */
export const engineFile = z.object({
  pid: z.number().int(),
  /** of the contract's WebSocket */
  url: z.string(),
  sipUrl: z.string(),
  /** a file that holds the token of a machine principal */
  tokenFile: z.string(),
  startedAt: z.number().int(),
});
export type EngineFile = z.infer<typeof engineFile>;

const FILE_NAME = 'engine.json';

export function writeEngineFile(dataDir: string, content: EngineFile): void {
  writeFileAtomic(join(dataDir, FILE_NAME), `${JSON.stringify(content)}\n`);
}

/** @returns null when there is none, or it is not readable as one */
export function readEngineFile(dataDir: string): EngineFile | null {
  try {
    return engineFile.parse(JSON.parse(readFileSync(join(dataDir, FILE_NAME), 'utf8')));
  } catch {
    // a hint for commands: without it they are told that the directory is in use
    return null;
  }
}

export function removeEngineFile(dataDir: string): void {
  rmSync(join(dataDir, FILE_NAME), { force: true });
}
