#!/usr/bin/env node
// Starts the real Electron on a new practice store and looks, through Chromium's debugging protocol, at what the unit tests look at
// with a stand-in: that the window comes up, that its page has no Node, and that it reaches the engine. Where the binary is not
// installed it says so and fails: a smoke test that did not run has shown nothing.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildStaleOrExit } from './lib/build.mjs';
import { ensureInstalledOrExit } from './lib/ensure-installed.mjs';
import { root } from './lib/paths.mjs';

const readyLimitMs = 30_000;

ensureInstalledOrExit();
const program = electronProgram();
if (program === null) {
  console.error(
    'Not run: the Electron binary is not installed. `npx install-electron` fetches it where the network allows.',
  );
  process.exit(1);
}
await buildStaleOrExit();

const dataDir = mkdtempSync(join(tmpdir(), 'dialdesk-smoke-'));
const needsNoSandbox = process.platform === 'linux' && process.getuid?.() === 0;
const electron = spawn(
  program,
  [
    ...(needsNoSandbox ? ['--no-sandbox'] : []),
    '--remote-debugging-port=0',
    join(root, 'dist', 'main', 'electron-main.mjs'),
    '--data',
    dataDir,
  ],
  { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
);

let failures = 0;
try {
  await windowReady();
  check('the window is ready', true);
  await lookAtPage();
} catch (error) {
  check(error instanceof Error ? error.message : String(error), false);
} finally {
  await end();
  rmSync(dataDir, { recursive: true, force: true });
}
if (needsNoSandbox) console.log('Run as root: the sandbox was off, so it was not tested.');
process.exit(failures === 0 ? 0 : 1);

/** @returns {string | null} */
function electronProgram() {
  try {
    const folder = join(root, 'node_modules', 'electron');
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** @returns {Promise<void>} */
function windowReady() {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no window in 30 s')), readyLimitMs);
    electron.on('message', (message) => {
      clearTimeout(timer);
      if (/** @type {{ type?: string }} */ (message).type === 'window-ready') resolve();
    });
    electron.on('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`Electron ended with ${code} before its window was ready`));
    });
  });
}

async function lookAtPage() {
  const page = await findPage();
  const evaluate = await openPage(page.webSocketDebuggerUrl);
  check('the page has our origin', (await evaluate('location.origin')) === 'dialdesk://app');
  check(
    'the page has no Node',
    (await evaluate('typeof require + typeof process')) === 'undefinedundefined',
  );
  check('the preload offers the bridge', (await evaluate('dialdesk.kind')) === 'electron');
  check('no script is evaluated', (await evaluate(evalProbe)) === 'refused');
  check('nothing outside is reached', (await evaluate(outsideProbe)) === 'refused');
  check('the microphone is allowed', (await evaluate(microphoneProbe)) === 'granted');
  check('the engine answers the page', (await evaluate(engineProbe)) === 'ok');
  check(
    'no other window opens',
    (await evaluate('String(window.open("https://example.com"))')) === 'null',
  );
}

const evalProbe = `(() => { try { new Function('return 1')(); return 'ran'; } catch { return 'refused'; } })()`;
const outsideProbe = `fetch('https://example.com').then(() => 'reached', () => 'refused')`;
const microphoneProbe = `navigator.permissions.query({ name: 'microphone' }).then((it) => it.state)`;
const engineProbe = `dialdesk.engine().then(({ url }) => fetch(url + '/health')).then((it) => it.json())
  .then((it) => (it.ok ? 'ok' : 'no'))`;

/** @returns {Promise<{ webSocketDebuggerUrl: string }>} */
async function findPage() {
  const file = join(dataDir, 'electron', 'DevToolsActivePort');
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if (existsSync(file)) {
      const [port] = readFileSync(file, 'utf8').split('\n');
      const list = await fetch(`http://127.0.0.1:${port}/json/list`);
      const pages = /** @type {{ url: string, webSocketDebuggerUrl: string }[]} */ (
        await list.json()
      );
      const page = pages.find(({ url }) => url.startsWith('dialdesk:'));
      if (page) return page;
    }
    await wait(200);
  }
  throw new Error('the debugging protocol shows no page of ours');
}

/**
 * @param {string} address
 * @returns {Promise<(expression: string) => Promise<unknown>>}
 */
async function openPage(address) {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('the debugging protocol refuses'));
  });
  let nextId = 1;
  return (expression) =>
    new Promise((resolve) => {
      const id = nextId;
      nextId += 1;
      socket.addEventListener('message', ({ data }) => {
        const message = JSON.parse(data);
        if (message.id === id) resolve(message.result?.result?.value);
      });
      const params = { expression, awaitPromise: true, returnByValue: true };
      socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
    });
}

/**
 * @param {string} what
 * @param {boolean} holds
 */
function check(what, holds) {
  console.log(`${holds ? 'ok' : 'FAILED'}  ${what}`);
  if (!holds) failures += 1;
}

async function end() {
  if (electron.exitCode !== null || electron.signalCode !== null) return;
  electron.kill('SIGTERM');
  const ended = new Promise((resolve) => electron.once('exit', resolve));
  await Promise.race([ended, wait(10_000)]);
  if (electron.exitCode === null && electron.signalCode === null) electron.kill('SIGKILL');
}
