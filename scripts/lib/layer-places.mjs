import { posix } from 'node:path';
import { entriesOnly, foldersOfAreas, mainLayers } from '../layers.mjs';

/**
 * Where a file stands in the tree.
 * @typedef {object} Place
 * @property {string} path from the root
 * @property {string} folder top-level folder
 * @property {string | undefined} area in `main`: `main/store`, `main/telephony/sip`; elsewhere none
 * @property {string} fileInArea path from the area's folder
 * @property {number} rank of its layer in `main`: higher may import lower; -1 elsewhere
 */

/**
 * @param {string} path from the root, with `/`
 * @returns {Place}
 */
export function placeOf(path) {
  const parts = path.split('/');
  const folder = parts[0] ?? '';
  if (folder !== 'main' || parts.length < 3) {
    return { path, folder, area: undefined, fileInArea: path, rank: -1 };
  }
  const group = `main/${parts[1]}`;
  let area = group;
  for (let depth = 2; foldersOfAreas.includes(area) && parts.length > depth + 1; depth++) {
    area = `${area}/${parts[depth]}`;
  }
  return { path, folder, area, fileInArea: path.slice(area.length + 1), rank: rankOf(group) };
}

/** @param {string} group such as `main/store` */
function rankOf(group) {
  // practice and testing stand right below entries
  if (entriesOnly.includes(group)) return mainLayers.length - 1.5;
  const index = mainLayers.indexOf(group.slice('main/'.length));
  return mainLayers.length - 1 - (index === -1 ? mainLayers.indexOf('areas') : index);
}

/**
 * @param {string} path
 * @param {string} folder
 */
export function isInside(path, folder) {
  return path === folder || path.startsWith(`${folder}/`);
}

/**
 * What a specifier means.
 * @typedef {{ kind: 'file', path: string } | { kind: 'package', name: string } | { kind: 'node' }} Target
 */

/**
 * Resolves a specifier without looking at the disk: imports carry their extension here.
 * @param {string} fromPath
 * @param {string} specifier
 * @returns {Target}
 */
export function resolveSpecifier(fromPath, specifier) {
  const bare = specifier.replace(/\?.*$/, '');
  if (bare.startsWith('node:')) return { kind: 'node' };
  if (bare.startsWith('#')) return { kind: 'file', path: bare.slice(1) };
  if (bare.startsWith('.')) {
    return { kind: 'file', path: posix.join(posix.dirname(fromPath), bare) };
  }
  const [scope, name] = bare.split('/');
  return { kind: 'package', name: bare.startsWith('@') ? `${scope}/${name}` : (scope ?? bare) };
}
