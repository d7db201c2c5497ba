import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { pinnedNodePath, root, toolScriptPath } from './paths.mjs';

/**
 * @typedef {object} RunOptions
 * @property {Record<string, string | undefined>} [env] added to this process's own
 * @property {boolean} [capture] collect the output instead of passing it through
 * @property {string} [cwd] the project's root by default
 * @property {number} [timeoutMs] after which the program is ended; none by default
 *
 * @typedef {object} RunResult
 * @property {number} code 128 + n when a signal ended it
 * @property {string} output stdout and stderr in the order they came; empty without `capture`
 */

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>} never rejects for a failing program; code 127 when it did not start
 */
export function run(command, args, options = {}) {
  const { env, capture = false, cwd = root, timeoutMs } = options;
  return new Promise((resolve) => {
    const chunks = /** @type {Buffer[]} */ ([]);
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    const stopTimer = timeoutMs === undefined ? () => {} : endAfter(child, timeoutMs);
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    const output = () => Buffer.concat(chunks).toString('utf8');
    child.on('error', (error) => resolve({ code: 127, output: output() + error.message }));
    child.on('close', (code) => {
      stopTimer();
      resolve({ code: code ?? 128, output: output() });
    });
  });
}

const graceMs = 10_000;

/**
 * Asks a program to end, and ends it when it does not.
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} timeoutMs
 * @returns {() => void} calls it off
 */
function endAfter(child, timeoutMs) {
  const ask = setTimeout(() => child.kill('SIGTERM'), timeoutMs);
  const force = setTimeout(() => child.kill('SIGKILL'), timeoutMs + graceMs);
  return () => {
    clearTimeout(ask);
    clearTimeout(force);
  };
}

/**
 * Runs a script of the project, or one of its tools, under the pinned Node.
 * @param {string} script path from the root, or absolute
 * @param {readonly string[]} [args]
 * @param {RunOptions} [options]
 */
export function runUnderPinnedNode(script, args = [], options = {}) {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  return run(pinnedNodePath(), [script, ...args], {
    ...options,
    env: { PATH: path, ...options.env },
  });
}

/**
 * Runs the command of an installed package under the pinned Node.
 * @param {string} packageName such as `vitest`
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function runTool(packageName, args, options = {}) {
  const command = packageName === 'typescript' ? 'tsc' : undefined;
  return runUnderPinnedNode(toolScriptPath(packageName, command), args, options);
}
