import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasPeer } from '../main/testing/peers.ts';
import { AgentPage } from './support/agent-page.ts';
import { TestBrowser } from './support/browser.ts';
import { keepEvidence } from './support/on-failure.ts';
import { Product } from './support/product.ts';

describe.skipIf(!hasPeer('chromium'))('who is let in', () => {
  let product: Product;
  let browser: TestBrowser;
  let stranger: Server;
  let first: string;

  beforeAll(async () => {
    product = new Product();
    browser = await TestBrowser.open();
    stranger = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>Elsewhere</title>');
    });
    await new Promise<void>((listening) => stranger.listen(0, '127.0.0.1', listening));
    first = await product.address();
  });

  beforeEach(() =>
    keepEvidence(
      () => [browser],
      () => product,
    ),
  );

  afterAll(async () => {
    stranger?.close();
    await browser?.close();
    await product?.stop();
  });

  const strangerAddress = () => `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
  const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();

  async function audited(action: RegExp): Promise<boolean> {
    const { entries } = await product.rpc('access.list-audit', { limit: 100 });
    return entries.some((entry) => action.test(entry.action));
  }

  it('a page from elsewhere on this machine gets no connection and reads nothing', async () => {
    const { page } = await browser.newPage();
    await page.goto(strangerAddress());
    const { origin } = new URL(first);
    const told = await page.evaluate(async (engine) => {
      const open = (path: string, protocol: string) =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(engine.replace('http', 'ws') + path, protocol);
          socket.onopen = () => resolve('open');
          socket.onerror = () => resolve('refused');
        });
      const read = (path: string) =>
        fetch(engine + path).then(
          () => 'read',
          () => 'refused',
        );
      return {
        contract: await open('/contract', 'dialdesk.v1'),
        sip: await open('/sip?ticket=0', 'sip'),
        page: await read('/'),
        health: await read('/health'),
      };
    }, origin);
    expect(told).toEqual({
      contract: 'refused',
      sip: 'refused',
      page: 'refused',
      health: 'refused',
    });
    expect(await audited(/^contract\.upgrade-refused$/)).toBe(true);
  });

  it('a page that is framed or opened by another one is not shown', async () => {
    const { page } = await browser.newPage();
    await page.goto(strangerAddress());
    const { origin } = new URL(first);
    await page.evaluate((engine) => {
      const frame = document.createElement('iframe');
      frame.src = engine;
      document.body.append(frame);
    }, origin);
    const shown = page.frameLocator('iframe').locator('#root');
    await page.waitForLoadState();
    expect(await shown.count()).toBe(0);
  });

  it('a wrong code is refused, and said so', async () => {
    const { page } = await browser.newPage();
    const wrong = first.replace(/[0-9a-f]{64}$/, '0'.repeat(64));
    await page.goto(wrong);
    await heading(page, 'Log in');
    expect(await audited(/^access\.login-refused$/)).toBe(true);
  });

  it('a code works once: the second window is told that it was used', async () => {
    const { page, watch } = await browser.newPage();
    await new AgentPage(page).logIn(first);
    expect(page.url()).not.toContain('login=');
    const second = await browser.newPage();
    await second.page.goto(first);
    await heading(second.page, 'Log in');
    await second.page.getByText('This invitation was already used or is too old.').waitFor();
    await page.reload();
    await page.getByRole('banner').waitFor();
    watch.check();
  });

  it('a window without a code is asked for an invitation', async () => {
    const { page } = await browser.newPage();
    await page.goto(new URL(first).origin);
    await heading(page, 'Log in');
    await page.getByText('Nobody is logged in in this window yet.').waitFor();
  });
});
