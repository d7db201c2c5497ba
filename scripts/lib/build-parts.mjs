import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * One part of the application that is built, and rebuilt, on its own.
 * @typedef {object} BuildPart
 * @property {'main' | 'preload' | 'renderer'} name also its folder in `dist`
 * @property {readonly string[]} inputs files and folders whose content decides whether it is stale
 * @property {readonly string[]} entries what is bundled, as paths from the root
 */

/** What every part depends on: versions of tools and libraries, and how the build is done. */
const common = [
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'scripts/lib/build-parts.mjs',
  'scripts/bundle.mjs',
  'shared',
];

/**
 * The parts that exist in this tree. A part appears with its first entry.
 * @param {string} projectRoot
 * @returns {BuildPart[]}
 */
export function buildParts(projectRoot) {
  /** @type {BuildPart[]} */
  const parts = [
    {
      name: 'main',
      inputs: [
        ...common,
        'main',
        'resources/interest-rates',
        'resources/limitation',
        'resources/scripts',
      ],
      entries: entriesIn(projectRoot, 'main/entries'),
    },
    { name: 'preload', inputs: [...common, 'preload'], entries: entriesIn(projectRoot, 'preload') },
    {
      name: 'renderer',
      inputs: [...common, 'renderer', 'resources/locales', 'resources/icons', 'resources/sounds'],
      entries: ['renderer/index.html'].filter((file) => existsSync(join(projectRoot, file))),
    },
  ];
  return parts.filter((part) => part.entries.length > 0);
}

/**
 * Every TypeScript file directly in a folder is an entry; tests and declarations are not.
 * @param {string} projectRoot
 * @param {string} folder
 * @returns {string[]}
 */
function entriesIn(projectRoot, folder) {
  if (!existsSync(join(projectRoot, folder))) return [];
  return readdirSync(join(projectRoot, folder))
    .filter((name) => /^[a-z0-9-]+\.ts$/.test(name))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/**
 * Left outside the bundles: binaries find their files beside themselves, and electron exists only
 * inside Electron.
 */
export const externalPackages = [
  '@napi-rs/canvas',
  'better-sqlite3',
  'node-datachannel',
  'serialport',
  'electron',
];

/**
 * Fonts that letters embed, with their licence (SIL Open Font License 1.1), which must go with them.
 * `main/debtors/documents/pdf/letter-fonts.ts` names them too.
 */
export const fontsOfLetters = [
  '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  '@expo-google-fonts/noto-sans/LICENSE_FONT',
];

/**
 * What drawing a page of a PDF reads: character maps, the fonts that need not be embedded, decoders of its pictures.
 * With the licences that lie beside them. `main/channels/mms/media/pdf-files.ts` names the folders too.
 */
export const foldersOfPdf = ['cmaps', 'standard_fonts', 'wasm', 'iccs'].map(
  (name) => `pdfjs-dist/${name}`,
);

/**
 * zod brings its messages in fifty languages, and they cannot be shaken off. Ours are read by developers and by the
 * contract's error replies alone, in English: three processes and a thread need not load and keep the others.
 * @type {import('esbuild').Plugin}
 */
const zodInEnglish = {
  name: 'zod-in-english',
  setup(build) {
    build.onResolve({ filter: /\/locales\/index\.js$/ }, ({ importer, resolveDir }) =>
      /[\\/]zod[\\/]/.test(importer)
        ? { path: join(resolveDir, '..', 'locales', 'en.js') }
        : undefined,
    );
  },
};

const slowDecoder = 'return s.split("").map((ch) => ch.charCodeAt(0) - 32);';
const decoderOnce =
  'let codes = pegDecoded.get(s);' +
  'if (codes === undefined) pegDecoded.set(s, (codes = s.split("").map((ch) => ch.charCodeAt(0) - 32)));' +
  'return codes;';

/**
 * sip.js decodes the 230 tables of its grammar anew for every header that it parses, which was half of the engine's
 * work in a campaign and most of its garbage. They never change: here they are decoded once.
 * @type {import('esbuild').Plugin}
 */
const sipGrammarOnce = {
  name: 'sip-grammar-once',
  setup(build) {
    const grammar = /[\\/]sip\.js[\\/]lib[\\/]grammar[\\/]pegjs[\\/]dist[\\/]grammar\.js$/;
    build.onLoad({ filter: grammar }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes(slowDecoder)) throw new Error('sip.js has another grammar: look again');
      const contents = text.replace(slowDecoder, decoderOnce);
      return { contents: `const pegDecoded = new Map();\n${contents}`, loader: 'js' };
    });
  },
};

/**
 * How esbuild makes a part of the main side or the preload.
 * @param {BuildPart} part
 * @param {string} outputFolder absolute
 * @returns {import('esbuild').BuildOptions}
 */
export function esbuildOptions(part, outputFolder) {
  const shared = /** @type {const} */ ({
    bundle: true,
    platform: 'node',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'silent',
    legalComments: 'none',
    external: externalPackages,
  });
  const plugins = [zodInEnglish, sipGrammarOnce];
  const entryPoints = part.entries.map((entry) => ({ in: entry, out: basename(entry, '.ts') }));
  if (part.name === 'preload') {
    // a sandboxed preload is one CommonJS file: it can require nothing but electron
    const outExtension = { '.js': '.cjs' };
    return {
      ...shared,
      plugins,
      entryPoints,
      outdir: outputFolder,
      format: 'cjs',
      target: 'es2024',
      outExtension,
    };
  }
  return {
    ...shared,
    plugins,
    entryPoints,
    outdir: outputFolder,
    format: 'esm',
    target: 'node24',
    outExtension: { '.js': '.mjs' },
    banner: { js: commonJsShim },
  };
}

/** Bundled CommonJS packages call `require` for Node's own modules, which ESM does not have. */
const commonJsShim =
  "import { createRequire as createRequireForBundle } from 'node:module';" +
  'const require = createRequireForBundle(import.meta.url);';
