import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Random } from '#shared/util/index.ts';
import { writeFileAtomic } from '../../store/index.ts';

const FILE_NAME = 'shell.json';
const content = z.object({ port: z.number().int().min(1).max(65_535) });

/** Below the ranges from which systems take ports for outgoing connections (RFC 6335 §6 and their own habits). */
const LOWEST_PORT = 20_000;
const PORTS = 10_000;

/**
 * The port of one data directory's engine. It stays the same over restarts, so that an open window finds the engine again under
 * the origin that its credential belongs to.
 */
export class RememberedPort {
  readonly #dataDir: string;
  readonly #random: Random;

  constructor(dataDir: string, random: Random) {
    this.#dataDir = dataDir;
    this.#random = random;
  }

  /** the port of last time, or a new one */
  choose(): number {
    return this.#read() ?? this.chooseAnother();
  }

  /** a new one: the other was taken */
  chooseAnother(): number {
    return LOWEST_PORT + Math.floor(this.#random.next() * PORTS);
  }

  remember(port: number): void {
    if (this.#read() === port) return;
    writeFileAtomic(join(this.#dataDir, FILE_NAME), `${JSON.stringify({ port })}\n`);
  }

  #read(): number | null {
    try {
      const file = readFileSync(join(this.#dataDir, FILE_NAME), 'utf8');
      return content.parse(JSON.parse(file)).port;
    } catch {
      // none yet, or damaged: another port is as good
      return null;
    }
  }
}
