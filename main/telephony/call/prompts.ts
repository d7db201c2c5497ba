import { existsSync } from 'node:fs';
import { join } from 'node:path';

export type PromptName = 'recording-notice' | 'abandonment' | 'inbound-no-agent' | 'audio-test';

/** Finds announcements: `<directory>/<language>/<name>.wav`, English when the language has none. */
export class Prompts {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** @returns a path of an 8 kHz mono WAV file */
  file(name: PromptName, language: string): string {
    const wanted = join(this.#directory, language.slice(0, 2), `${name}.wav`);
    return existsSync(wanted) ? wanted : join(this.#directory, 'en', `${name}.wav`);
  }
}
