// Who may import whom, as data. `lib/layer-rules.mjs` applies it; `check-layers.mjs` reports.
// Tests (`*.test.ts`, `*.int.test.ts`, `e2e/`) may reach anywhere; nothing may reach into them.

/** Top-level folders whose files are read. */
export const sourceFolders = ['shared', 'main', 'preload', 'renderer', 'scripts', 'e2e', 'bench'];

/** What each top-level folder may import besides itself. Folders not named here are free. */
export const folderImports = {
  shared: { folders: [], reason: 'shared knows neither side: both import it' },
  main: { folders: ['shared'], reason: 'renderer → shared ← main' },
  preload: { folders: ['shared'], reason: 'the preload is a bridge: it holds no logic of ours' },
  renderer: {
    folders: ['shared'],
    reason: 'renderer → shared ← main: the two meet in the contract',
  },
};

/** Exceptions to {@link folderImports}, by folder of the importing file. */
export const folderImportExceptions = [
  {
    from: 'main/debtors',
    to: 'resources',
    reason:
      'rates, limitation and scripts are small data of the law: bundled, so that the writer thread reads no files',
  },
  {
    from: 'main/testing',
    to: 'scripts',
    reason: 'tests find the peers they need as npm test does',
  },
];

/** Folders that import no module of Node. */
export const foldersWithoutNode = {
  shared: 'both sides import it, and a browser has no Node',
  renderer: 'it runs in a browser, with Node integration off',
  preload: 'a sandboxed preload has no Node',
};

/** Folders that import only these packages. */
export const allowedPackages = {
  shared: { packages: ['zod'], reason: 'shared stays free of either side’s libraries' },
  preload: { packages: ['electron'], reason: 'a sandboxed preload can require electron alone' },
};

/** Packages that only these folders import; other folders go through what they export. */
export const confinedPackages = {
  electron: {
    folders: ['main/shell/electron', 'preload'],
    reason: 'the engine runs without Electron; what a shell does goes through main/shell/ports.ts',
  },
  'sip.js': {
    folders: ['main/telephony/sip', 'renderer/telephony'],
    reason: 'it is confined so that another transaction layer can take its place',
  },
  'node-datachannel': {
    folders: ['main/telephony/media'],
    reason: 'a native crash may end the media process only, and werift must be able to replace it',
  },
  'better-sqlite3': {
    folders: ['main/store', 'main/testing'],
    reason: 'one writer thread owns the database; others are given a ReadDb or WriteDb',
  },
};

/** Inside `main`, highest first; a lower layer never imports a higher one. Areas are the rest. */
export const mainLayers = ['entries', 'shell', 'app', 'areas', 'store'];

/** Imported by entries and tests alone; they themselves may import every layer below entries. */
export const entriesOnly = ['main/practice', 'main/testing'];

/** Folders of `main` whose sub-folders are areas of their own, each with an index.ts. */
export const foldersOfAreas = [
  'main/telephony',
  'main/dialer',
  'main/channels',
  'main/channels/sms',
];

/** Types that lower layers may import from above, because they declare what is supplied to them. */
export const portsFile = 'main/shell/ports.ts';

/** The files by which an area is entered. */
export const publicFiles = {
  /** `writes.ts`: what the writer thread takes, which should load nothing else of an area */
  always: ['index.ts', 'types.ts', 'writes.ts'],
  /** as types only: what travels between processes */
  typesOnly: /-protocol\.ts$/,
};

/** Folders inside an area whose files others import directly. */
export const openFolders = {
  'main/channels/ports.ts': 'what the parts of channels promise each other: types alone',
  'main/channels/mms/media/media-thread.ts':
    'the thread of media enters here; the engine must not load decoders',
  'main/channels/mms/mm7/index.ts': 'one more adapter, beside the fitting of media that all share',
  'main/debtors/documents': 'the thread of letters enters here; the engine must not load fonts',
  'main/debtors/export': 'the thread of exports enters here; the index would load parsers there',
  'main/debtors/list':
    'the thread of lists enters here; the index would load parsers and letters there',
  'main/dialer/screening':
    'the thread of screening enters here; the index would load its near end and the contract there',
  'main/practice/gateways/process/index.ts':
    'the process of practice gateways enters here; the index would load the carrier',
  'main/telephony/media/rtp': 'formats without state; the index would load the native binding',
  'main/telephony/media/sound': 'formats without state; the index would load the native binding',
};

/** Folders of test helpers, which reach inside areas as tests do. */
export const testHelpers = ['main/testing'];

/** Folders of `main` that are no areas: what stands above them imports any of their files. */
export const enteredAnywhere = ['main/entries', 'main/shell', 'main/app', 'main/testing'];

/** Areas that never import these others, whatever file it is. */
export const forbiddenAreas = [
  {
    from: ['main/telephony', 'main/agents', 'main/access', 'main/store'],
    to: ['main/dialer', 'main/ivr', 'main/channels', 'main/reports'],
    reason: 'they serve every way of contact and know none; app/ wires them through interfaces',
  },
  {
    from: ['main/dialer', 'main/debtors', 'main/contact-rules'],
    to: ['main/channels'],
    reason: 'messages stand on debtors and rules, and beside calls; app/ wires them',
  },
  {
    from: ['main/channels'],
    to: ['main/dialer', 'main/agents'],
    reason: 'a message needs no dialer; app/ wires what they tell each other',
  },
  {
    from: ['main/channels/sms', 'main/channels/mms', 'main/channels/email'],
    to: [
      'main/channels/outbox',
      'main/channels/inbox',
      'main/channels/templates',
      'main/channels/gateways',
    ],
    reason: 'an adapter knows its gateway and main/channels/types.ts, nothing of rules and debtors',
  },
];

/** Areas that import no other part of `main` (types of the ports apart). */
export const isolatedAreas = {
  'main/contract-server': 'it is generic: areas register their handlers with it',
};

/** Words that may not stay in a comment: an issue is the place for what is left to do. */
export const forbiddenInComments = ['TODO', 'FIXME', '@ts-ignore'];

/** Members of `it`, `test` and `describe` that make a run pass without running. */
export const forbiddenTestModifiers = ['only', 'skip'];
