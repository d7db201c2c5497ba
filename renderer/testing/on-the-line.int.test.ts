import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const executable = process.env.DIALDESK_CHROMIUM ?? '/usr/bin/chromium';
const folder = mkdtempSync(join(tmpdir(), 'dialdesk-on-the-line-'));
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
};
/** what the fixtures' card holds and nobody may see under the veil */
const secrets = ['1,152.50', '2,845.50', '2845,50', 'FV/2026/0817', 'Nest Telekom', 'PL61'];
const debtWords: Record<string, RegExp> = {
  en: /\bdebts?\b|\bowed?\b/i,
  pl: /dług|zadłuż|wierzyc/i,
  ru: /долг|задолж|кредитор/i,
  zh: /债|欠/,
};

describe.skipIf(!existsSync(executable))('a call whose other end nobody knows', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let origin: string;

  beforeAll(async () => {
    const { build } = await import('vite');
    await build({
      configFile: join(import.meta.dirname, '../vite.config.ts'),
      mode: 'harness',
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    });
    server = createServer((request, response) => {
      const path = normalize(new URL(request.url ?? '/', 'http://h').pathname);
      const file = join(folder, path);
      if (!existsSync(file)) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain' });
      response.end(readFileSync(file));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    browser = await chromium.launch({
      executablePath: executable,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(scenario: string, language = 'en'): Promise<void> {
    await page?.context().close();
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
    });
    page = await context.newPage();
    await page.goto(`${origin}/dev.html?scenario=${scenario}&language=${language}#/workspace`);
    await page.locator('main h1').waitFor();
    await page.locator('#party-title, [data-permission]').first().waitFor();
  }
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const sent = (name: string): Promise<unknown[]> =>
    page.evaluate(
      (wanted) =>
        (globalThis as unknown as { dialdeskSent: { name: string; input: unknown }[] }).dialdeskSent
          .filter((command) => command.name === wanted)
          .map(({ input }) => input),
      name,
    );
  const top = async (selector: string): Promise<number> =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => element.getBoundingClientRect().top);

  it.each(['en', 'pl', 'ru', 'zh'])(
    'shows nothing that discloses, in %s',
    async (language) => {
      for (const scenario of ['lineUnknown', 'lineThird', 'lineThirdEnded']) {
        await open(scenario, language);
        const html = await page.content();
        for (const secret of secrets) expect(html, secret).not.toContain(secret);
        expect(await page.locator('main article').first().textContent()).not.toMatch(
          debtWords[language] ?? /$^/,
        );
      }
    },
    60_000,
  );

  it('opens by one key for each answer and one to confirm, and hardly moves', async () => {
    await open('lineUnknown');
    const before = await top('[data-permission]');
    await press('b', 'i');
    expect(await sent('call.identify')).toEqual([]);
    await press('z', 'i');
    await page.getByText('2,845.50').first().waitFor();
    expect(await sent('call.identify')).toMatchObject([{ checks: ['birthDate', 'postalCode'] }]);
    expect(Math.abs((await top('[data-permission]')) - before)).toBeLessThan(24);
    // and closes again
    await press('Shift+I');
    await page.locator('#party-title').waitFor();
    expect(await page.content()).not.toContain('2,845.50');
  }, 30_000);

  it('takes two keys for a flag, however quick, and neither means anything else', async () => {
    await open('lineUnknown');
    await press('f', 'd');
    await page.getByText('Dispute: set').first().waitFor();
    await press('f', 'l');
    await page.getByText('Has a lawyer: set').first().waitFor();
    await press('f', 'm', 'Enter');
    await page.getByText('Refuses this channel · Call: set').first().waitFor();
    await press('f', 'w');
    await page
      .getByText(/^Wrong number · .*: set$/)
      .first()
      .waitFor();
    expect(await sent('flag.set')).toMatchObject([
      { kind: 'dispute' },
      { kind: 'lawyer' },
      { kind: 'mediumOptOut', medium: 'call' },
      { kind: 'wrongNumber', contactPointId: '00000000-0000-7000-8000-000000000030' },
    ]);
    expect(await page.getByRole('dialog', { name: 'Flags' }).count()).toBe(0);
    await press('f', 'z');
    await page.getByText('Wrong number: lifted').first().waitFor();
    expect(await sent('flag.lift')).toHaveLength(1);
  }, 30_000);

  it('hides for good when it is somebody else, and says why amounts cannot be opened', async () => {
    await open('lineUnknown');
    await press('o');
    await page.getByText('Never say why you call', { exact: false }).waitFor();
    await press('r', 'p', 'l', 'w');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await press('c');
    await page.getByRole('dialog', { name: 'Callback' }).waitFor();
    expect(await page.content()).not.toContain('2,845.50');
  }, 30_000);

  it('ends where a law demands the recording that was refused', async () => {
    await open('lineAsksRecording');
    await press('Shift+N');
    expect(await sent('call.refuse-recording')).toHaveLength(1);
    await open('lineMustEnd');
    await page.getByRole('alert').getByText('This call must end').waitFor();
  }, 30_000);
});
