import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of our package.json: above this file in the sources, above the bundle when built. */
export function projectRoot(from: string = import.meta.dirname): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  return parent === from ? from : projectRoot(parent);
}

/** The built window, or the one that `DIALDESK_RENDERER` names; null when it was not built. */
export function builtRenderer(root: string = projectRoot()): string | null {
  const folder = process.env.DIALDESK_RENDERER ?? join(root, 'dist', 'renderer');
  return existsSync(join(folder, 'index.html')) ? folder : null;
}
