#!/usr/bin/env node
// biome-ignore-all lint/suspicious/noConsole: a tool that talks to a person
/*
 * Opens every designed state of the screens in Chromium under the real content security policy, checks each with axe
 * and takes a picture of it. Build first: `vite build -c renderer/vite.config.ts --mode harness`.
 *
 *   node renderer/testing/screens.mjs [--out DIR] [--only NAME] [--quick | --rotate] [--no-axe]
 *
 * Exit status 1 when axe finds anything or the page logs an error.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { screens } from './screen-list.mjs';

const root = fileURLToPath(
  new URL(process.env.DIALDESK_HARNESS ?? '../../dist/renderer-harness/', import.meta.url),
);
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);
const axePath = '/axe.min.js';
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
};
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'";
const { values: options } = parseArgs({
  options: {
    out: { type: 'string' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    rotate: { type: 'boolean', default: false },
    'no-axe': { type: 'boolean', default: false },
  },
});

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://h');
  const path = normalize(pathname);
  try {
    const body = path === axePath ? axeSource : readFileSync(join(root, path));
    response.writeHead(200, {
      'cache-control': path.endsWith('.html') ? 'no-store' : 'max-age=3600, immutable',
      'content-type': types[extname(path)] ?? 'application/octet-stream',
      // mails bring styles of their own, as the product's policy allows
      'content-security-policy': searchParams.has('inlineStyles')
        ? policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
        : policy,
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
const address = server.address();
const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
if (options.out) mkdirSync(options.out, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.DIALDESK_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const wide = { width: 1920, height: 1080 };
const normal = { width: 1280, height: 800 };
/** every state in both themes; languages and sizes on the states where text is long */
function* variants(screen, index) {
  if (options.rotate) {
    const language = ['en', 'pl', 'ru', 'zh'][index % 4];
    // themes change every four screens, so that each language meets both
    yield { theme: index % 8 < 4 ? 'light' : 'dark', language, size: normal };
    return;
  }
  yield { theme: 'light', language: 'en', size: normal };
  if (options.quick) return;
  yield { theme: 'dark', language: 'en', size: normal };
  for (const language of ['pl', 'ru', 'zh']) {
    yield { theme: 'light', language, size: normal };
    yield { theme: 'dark', language, size: normal };
  }
  if (screen.wide) yield { theme: 'light', language: 'pl', size: wide };
  // 200 % zoom of a 1280 px window
  yield { theme: 'light', language: 'ru', size: { width: 640, height: 400 } };
}

let problems = 0;
let looked = 0;
const chosen = screens.filter(({ name }) => !options.only || name.includes(options.only));
const looks = chosen
  .flatMap((screen, index) =>
    [...variants(screen, index)].map((variant) => ({ screen, ...variant })),
  )
  .values();
/** two pages are as many as two cores draw without waiting for each other */
const atOnce = 2;

async function look(context, { screen, theme, language, size }) {
  const label = `${screen.name}-${theme}-${language}-${size.width}`;
  const page = await context.newPage();
  await page.setViewportSize(size);
  const said = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(String(error)));
  const query = new URLSearchParams({
    scenario: screen.scenario,
    theme,
    language,
    role: screen.role ?? 'agent',
    nav: screen.navigation ?? '',
    ...(screen.inlineStyles ? { inlineStyles: '1' } : {}),
  });
  await page.goto(`${origin}/dev.html?${query}#${screen.path ?? '/workspace'}`);
  await page.waitForSelector('main h1', { state: 'attached', timeout: 30_000 });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForTimeout(150);
  await screen.act?.(page);
  await page.waitForTimeout(screen.settleMs ?? 100);
  if (options.out) await page.screenshot({ path: join(options.out, `${label}.png`) });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 1) said.push(`the page is ${overflow} px wider than the window`);
  looked += 1;
  if (!options['no-axe']) {
    await page.addScriptTag({ url: axePath });
    const { violations } = await page.evaluate(() =>
      /** @type {any} */ (globalThis).axe.run(
        // Base UI's focus guards are focusable and hidden on purpose: they hand the focus on at once
        { exclude: [['[data-base-ui-focus-guard]']] },
        {
          // of what is in order only the fact counts, and every style sheet is our own
          resultTypes: ['violations'],
          preload: false,
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
          // an open menu, list or sheet stands beside the landmarks on purpose: it belongs to its button
          rules: {
            region: {
              enabled:
                document.querySelector('[role=menu], [role=listbox], [role=dialog]') === null,
            },
          },
        },
      ),
    );
    for (const { id, help, nodes } of violations) {
      for (const node of nodes)
        said.push(
          `axe ${id}: ${help}: ${node.target.join(' ')}: ${node.failureSummary?.replace(/\s+/g, ' ')}`,
        );
    }
  }
  await page.close();
  for (const text of said) console.error(`${label}: ${text}`);
  problems += said.length;
}

/** One for many looks, so that the scripts are compiled once; what a look keeps in the window is gone at the next. */
async function newContext() {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Warsaw',
    bypassCSP: false,
  });
  await context.addInitScript(() => {
    if (globalThis.top !== globalThis.self) return; // a mail in its sandbox has no storage
    localStorage.clear();
    sessionStorage.clear();
  });
  return context;
}

// the browser's pages take the next look as soon as they are done with one
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    const context = await newContext();
    for (const one of looks) await look(context, one);
  }),
);
await browser.close();
server.close();
console.log(`${looked} screens, ${problems} problems`);
process.exitCode = problems > 0 ? 1 : 0;
