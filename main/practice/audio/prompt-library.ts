import { readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { readWav } from './wav.ts';

/**
 * Finds prompts by name, first beside the scenario, then in the folder that ships with the program, and keeps them in
 * memory. A name is a path without `.wav`: `pl/anna/hello`.
 */
export class PromptLibrary {
  readonly #folders: readonly string[];
  readonly #samples = new Map<string, Int16Array>();

  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  /** @throws AppError `practice.no-prompt` when no folder has it, `practice.bad-prompt` when it cannot be read */
  samples(name: string): Int16Array {
    const known = this.#samples.get(name);
    if (known) return known;
    const samples = readWav(this.#read(name), name);
    this.#samples.set(name, samples);
    return samples;
  }

  #read(name: string): Buffer {
    const relative = normalize(`${name}.wav`);
    if (!relative.startsWith('..')) {
      for (const folder of this.#folders) {
        const file = tryRead(join(folder, relative));
        if (file) return file;
      }
    }
    throw new AppError('practice.no-prompt', `no prompt is named "${name}"`, { details: { name } });
  }
}

function tryRead(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
