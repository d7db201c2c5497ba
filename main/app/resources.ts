import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Where the files that ship with the program lie: above this file in the sources, above the bundle when built, beside
 * the archive in a packaged application.
 */
export function resourcesDirectory(from: string = import.meta.dirname): string {
  const packaged = process.env.DIALDESK_RESOURCES;
  if (packaged !== undefined) return packaged;
  const directory = join(from, 'resources');
  if (existsSync(join(directory, 'rule-packs'))) return directory;
  const parent = dirname(from);
  return parent === from ? directory : resourcesDirectory(parent);
}
