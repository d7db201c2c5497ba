// Bundles one part. Runs under the pinned Node, in a process of its own, so that the scripts that
// decide whether to build load no dependency: `node scripts/bundle.mjs <part> <output folder>`.
import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildParts, esbuildOptions, foldersOfPdf, fontsOfLetters } from './lib/build-parts.mjs';
import { root } from './lib/paths.mjs';

const [name, outputFolder] = process.argv.slice(2);
const part = buildParts(root).find((candidate) => candidate.name === name);
if (part === undefined || outputFolder === undefined) {
  throw new Error(`nothing to bundle: ${name} ${outputFolder}`);
}
if (part.name === 'renderer') await bundleRenderer(outputFolder);
else await bundleWithEsbuild(part, outputFolder);
if (part.name === 'main') {
  copyFonts(outputFolder);
  copyPdfFolders(outputFolder);
}

/**
 * @param {import('./lib/build-parts.mjs').BuildPart} part
 * @param {string} outputFolder
 */
async function bundleWithEsbuild(part, outputFolder) {
  const { build, formatMessages } = await import('esbuild');
  try {
    await build({ ...esbuildOptions(part, outputFolder), absWorkingDir: root });
  } catch (error) {
    const { errors } = /** @type {import('esbuild').BuildFailure} */ (error);
    if (errors === undefined) throw error;
    const messages = await formatMessages(errors, { kind: 'error', color: false });
    console.error(messages.join('\n').trimEnd());
    process.exitCode = 1;
  }
}

/**
 * The thread that draws letters reads them as files.
 * @param {string} outputFolder
 */
function copyFonts(outputFolder) {
  const folder = join(outputFolder, 'fonts');
  mkdirSync(folder, { recursive: true });
  for (const path of fontsOfLetters) {
    copyFileSync(join(root, 'node_modules', path), join(folder, basename(path)));
  }
}

/**
 * The thread that draws pages of PDFs reads them as files. Scripts among them (a second form of the decoders, and an
 * interpreter for scripts inside PDFs) are left out: nothing in a PDF is run.
 * @param {string} outputFolder
 */
function copyPdfFolders(outputFolder) {
  for (const path of foldersOfPdf) {
    cpSync(join(root, 'node_modules', path), join(outputFolder, 'pdf', basename(path)), {
      recursive: true,
      filter: (source) => !/\.js$|quickjs/i.test(source),
    });
  }
}

/** @param {string} outputFolder */
async function bundleRenderer(outputFolder) {
  const { build } = await import('vite');
  try {
    await build({
      root: join(root, 'renderer'),
      configFile: join(root, 'renderer', 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: outputFolder, emptyOutDir: true },
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
