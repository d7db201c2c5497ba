import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Files by path from the root; objects are written as JSON. */
export type Tree = Record<string, string | object>;

/**
 * Writes a small project into a temporary folder, which is removed after the test.
 * @returns absolute path of the folder
 */
export function aTree(files: Tree): string {
  const root = mkdtempSync(join(tmpdir(), 'dialdesk-tree-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  writeTree(root, files);
  return root;
}

/** Adds files to a tree, or replaces them. */
export function writeTree(root: string, files: Tree): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
    writeFileSync(join(root, path), text);
  }
}
