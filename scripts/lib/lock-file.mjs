import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const retryMs = 50;

/**
 * Runs work while holding a lock file, so that two builds started at once do not write over each
 * other. A lock whose owner is gone is taken over.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {{ timeoutMs?: number }} [options]
 * @returns {Promise<T>}
 * @throws Error when another living process holds the lock for longer than `timeoutMs`
 */
export async function withLockFile(path, work, { timeoutMs = 180_000 } = {}) {
  mkdirSync(dirname(path), { recursive: true });
  const deadlineMs = performance.now() + timeoutMs;
  while (!tryLock(path)) {
    const owner = readOwner(path);
    if (owner !== undefined && !isAlive(owner)) rmSync(path, { force: true });
    else if (performance.now() > deadlineMs) throw new Error(`process ${owner} holds ${path}`);
    else await delay(retryMs);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** @param {string} path */
function tryLock(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} path
 * @returns {number | undefined} undefined while the owner is still writing its id, or has left
 */
function readOwner(path) {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
