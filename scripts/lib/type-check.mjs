import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runTool } from './run.mjs';

const folders = ['shared', 'main', 'preload', 'renderer', 'scripts', 'e2e', 'bench'];

/**
 * Every TypeScript project of the tree: one or more `tsconfig*.json` per top-level folder.
 * @param {readonly string[]} [only] folders to look at
 * @returns {string[]} paths from the root
 */
export function typeScriptProjects(only = folders) {
  return only.flatMap((folder) => {
    const names = listFolder(join(root, folder));
    return names
      .filter((name) => /^tsconfig(\.[a-z]+)?\.json$/.test(name))
      .sort()
      .map((name) => `${folder}/${name}`);
  });
}

/** @param {string} folder */
function listFolder(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A project with no files of its own yet is not an error. */
const noInputs = /error TS18003/;

/**
 * Type-checks one project.
 * @param {string} project path of its tsconfig from the root
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function typeCheck(project) {
  const result = await runTool('typescript', ['-p', project, '--pretty', 'false'], {
    capture: true,
  });
  return noInputs.test(result.output) ? { code: 0, output: '' } : result;
}
