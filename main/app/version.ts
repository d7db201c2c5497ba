import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in the package's own manifest, above this file in the sources and above the bundle when built. */
export function applicationVersion(from: string = import.meta.dirname): string {
  try {
    const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as {
      name?: string;
      version?: string;
    };
    if (manifest.name === 'dialdesk') return manifest.version ?? '0.0.0';
  } catch {
    // not here: look further up
  }
  const parent = dirname(from);
  return parent === from ? '0.0.0' : applicationVersion(parent);
}
