import * as layers from '../layers.mjs';
import { isInside } from './layer-places.mjs';

/** @import { Place } from './layer-places.mjs' */

/**
 * One import between two files.
 * @typedef {{ from: Place, to: Place, typeOnly: boolean }} FileImport
 *
 * A broken rule: its short name and why it exists.
 * @typedef {{ rule: string, reason: string }} Broken
 */

/**
 * Rules on imports of our own files. The first broken one is reported.
 * @type {readonly ((edge: FileImport) => Broken | undefined)[]}
 */
export const fileRules = [
  topLevelFolders,
  entriesAndTestsOnly,
  isolated,
  forbidden,
  direction,
  entrance,
];

/** @param {FileImport} edge @returns {Broken | undefined} */
function topLevelFolders({ from, to }) {
  if (from.folder === to.folder) return undefined;
  const allowed = lookUp(layers.folderImports, from.folder);
  if (allowed === undefined || includes(allowed.folders, to.folder)) return undefined;
  const exempt = layers.folderImportExceptions.some(
    (exception) => isInside(from.path, exception.from) && to.folder === exception.to,
  );
  if (exempt) return undefined;
  return { rule: `${from.folder} does not import ${to.folder}`, reason: allowed.reason };
}

/** @param {FileImport} edge @returns {Broken | undefined} */
function entriesAndTestsOnly({ from, to }) {
  const room = layers.entriesOnly.find((folder) => isInside(to.path, folder));
  if (room === undefined || from.folder !== 'main') return undefined;
  const mayEnter =
    isInside(from.path, 'main/entries') ||
    layers.entriesOnly.some((folder) => isInside(from.path, folder));
  if (mayEnter) return undefined;
  return { rule: `${room} is for entries and tests`, reason: 'the application works without it' };
}

/** @param {FileImport} edge @returns {Broken | undefined} */
function isolated(edge) {
  const { from, to } = edge;
  const reason = from.area && lookUp(layers.isolatedAreas, from.area);
  if (!reason || to.folder !== 'main' || to.area === from.area || isPortType(edge))
    return undefined;
  return { rule: `${from.area} imports no area`, reason };
}

/** @param {FileImport} edge @returns {Broken | undefined} */
function forbidden({ from, to }) {
  for (const { from: sources, to: targets, reason } of layers.forbiddenAreas) {
    const source = sources.find((folder) => isInside(from.path, folder));
    const target = targets.find((folder) => isInside(to.path, folder));
    if (source && target) return { rule: `${source} never imports ${target}`, reason };
  }
  return undefined;
}

/** @param {FileImport} edge @returns {Broken | undefined} */
function direction(edge) {
  const { from, to } = edge;
  if (from.rank < 0 || to.rank <= from.rank || isPortType(edge)) return undefined;
  return {
    rule: `${layerName(from)} does not import ${layerName(to)}`,
    reason: `${layers.mainLayers.join(' → ')} → shared: a lower layer knows no higher one`,
  };
}

/** @param {FileImport} edge */
function isPortType({ to, typeOnly }) {
  return typeOnly && to.path === layers.portsFile;
}

/** @param {Place} place */
function layerName({ area }) {
  return area ?? 'main';
}

/** @param {FileImport} edge @returns {Broken | undefined} */
function entrance(edge) {
  const { from, to, typeOnly } = edge;
  if (from.folder !== 'main' || to.area === undefined || to.area === from.area) return undefined;
  const open = [...layers.enteredAnywhere, ...Object.keys(layers.openFolders)];
  if (open.some((folder) => isInside(to.path, folder))) return undefined;
  if (layers.testHelpers.some((folder) => isInside(from.path, folder))) return undefined;
  if (isPortType(edge) || layers.publicFiles.always.includes(to.fileInArea)) return undefined;
  if (typeOnly && layers.publicFiles.typesOnly.test(to.fileInArea)) return undefined;
  const below = from.area !== undefined && isInside(to.path, from.area);
  return {
    rule: `${to.area} is entered through its index.ts`,
    reason: below
      ? 'each sub-folder here is an area of its own'
      : 'what is inside an area may change without asking its neighbours',
  };
}

/**
 * Rules on imports of packages and of Node's modules.
 * @param {Place} from
 * @param {{ kind: 'package', name: string } | { kind: 'node' }} target
 * @returns {Broken | undefined}
 */
export function brokenPackageRule(from, target) {
  if (target.kind === 'node') {
    const reason = lookUp(layers.foldersWithoutNode, from.folder);
    return reason ? { rule: `${from.folder} imports no Node module`, reason } : undefined;
  }
  const allowed = lookUp(layers.allowedPackages, from.folder);
  if (allowed && !allowed.packages.includes(target.name)) {
    return {
      rule: `${from.folder} imports only ${allowed.packages.join(', ')}`,
      reason: allowed.reason,
    };
  }
  const confined = lookUp(layers.confinedPackages, target.name);
  const isSource = lookUp(layers.folderImports, from.folder) !== undefined;
  if (!confined || !isSource || confined.folders.some((folder) => isInside(from.path, folder)))
    return undefined;
  return {
    rule: `only ${confined.folders.join(', ')} may import ${target.name}`,
    reason: confined.reason,
  };
}

/**
 * @param {readonly string[]} list
 * @param {string} item
 */
function includes(list, item) {
  return list.includes(item);
}

/**
 * @template T
 * @param {Record<string, T>} table
 * @param {string} key
 * @returns {T | undefined}
 */
function lookUp(table, key) {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
