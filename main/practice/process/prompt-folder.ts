import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of prompts that ships with the program: above this file in the sources, above the bundle when built. */
export function practicePromptFolder(from: string = import.meta.dirname): string {
  const folder = join(from, 'resources/practice/prompts');
  if (existsSync(folder)) return folder;
  const parent = dirname(from);
  return parent === from ? folder : practicePromptFolder(parent);
}
