import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveHarness } from './harness-server.mjs';

const executable = process.env.DIALDESK_CHROMIUM ?? '/usr/bin/chromium';
const idOf = (number: number): string =>
  `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

describe.skipIf(!existsSync(executable))('the inbox by its keys', () => {
  let harness: Awaited<ReturnType<typeof serveHarness>>;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    harness = await serveHarness();
    browser = await chromium.launch({
      executablePath: executable,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    harness?.stop();
  });

  async function open(path = '/inbox'): Promise<void> {
    await page?.context().close();
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Warsaw',
    });
    page = await context.newPage();
    await page.goto(`${harness.origin}/dev.html?scenario=desk&role=lead&language=en#${path}`);
    await page.locator('[data-conversation]').waitFor();
  }
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = (number: number) => page.locator(`[data-thread="${idOf(number)}"]:focus`);
  const sent = (name: string): Promise<Record<string, unknown>[]> =>
    page.evaluate(
      (wanted) =>
        (
          globalThis as unknown as {
            dialdeskSent: { name: string; input: Record<string, unknown> }[];
          }
        ).dialdeskSent
          .filter((command) => command.name === wanted)
          .map(({ input }) => input),
      name,
    );

  it('letters and arrows move, Enter opens and marks as read', async () => {
    await open();
    await press('j');
    await focused(1900).waitFor();
    await press('j');
    await focused(1901).waitFor();
    await press('ArrowDown');
    await focused(1902).waitFor();
    await press('k');
    await focused(1901).waitFor();
    expect(await sent('inbox.mark-read')).toEqual([]);
    await press('Enter');
    await expect
      .poll(() => sent('inbox.mark-read'))
      .toEqual([{ inboxThreadId: idOf(1901), read: true }]);
  });

  it('a conversation that is done makes room for the next, and comes back by one key', async () => {
    await open(`/inbox?thread=${idOf(1900)}`);
    await press('e');
    await focused(1901).waitFor();
    expect(await sent('inbox.done')).toMatchObject([{ inboxThreadId: idOf(1900) }]);
    await press('Shift+Z');
    await expect.poll(() => sent('inbox.reopen')).toMatchObject([{ inboxThreadId: idOf(1900) }]);
  });

  it('a conversation is put off to eight in the morning by two keys', async () => {
    await open(`/inbox?thread=${idOf(1900)}`);
    await press('z');
    await page.getByRole('dialog', { name: 'Snooze' }).waitFor();
    await press('2');
    await focused(1901).waitFor();
    // the harness stands still at 21 November, 14:05 in Warsaw
    expect(await sent('inbox.snooze')).toMatchObject([
      { inboxThreadId: idOf(1900), until: Date.UTC(2026, 10, 22, 7) },
    ]);
  });

  it('what is taken is given back by the same key', async () => {
    await open(`/inbox?thread=${idOf(1900)}`);
    await press('a');
    await expect.poll(() => sent('inbox.assign')).toMatchObject([{ personId: idOf(1) }]);
    await open(`/inbox?thread=${idOf(1902)}`);
    await press('a');
    await expect.poll(() => sent('inbox.assign')).toMatchObject([{ personId: null }]);
  });

  it('an answer takes every letter, goes out by Ctrl and Enter only, and is kept when it is left', async () => {
    await open(`/inbox?thread=${idOf(1900)}`);
    const field = page.locator('[data-reply] textarea');
    await press('r');
    await page.locator('[data-reply] textarea:focus').waitFor();
    await page.keyboard.type('Ja, rzecz ma się tak: e u m a z.');
    expect(await field.inputValue()).toBe('Ja, rzecz ma się tak: e u m a z.');
    await press('Escape');
    await page.locator('[data-reply]').waitFor({ state: 'detached' });
    await press('r');
    await page.locator('[data-reply] textarea:focus').waitFor();
    expect(await field.inputValue()).toBe('Ja, rzecz ma się tak: e u m a z.');
    await page
      .locator('[data-reply] button[data-sends]:not([aria-disabled="true"])')
      .filter({ hasText: 'Send the SMS' })
      .waitFor();
    expect(await sent('message.send')).toEqual([]);
    await press('Control+Enter');
    await page.locator('[data-reply]').waitFor({ state: 'detached' });
    expect(await sent('message.send')).toMatchObject([
      { inboxThreadId: idOf(1900), contactPointId: idOf(30), channel: 'sms' },
    ]);
    expect(await sent('inbox.done')).toEqual([]);
  });

  it('what is nobody’s is searched for, not answered', async () => {
    await open(`/inbox?thread=${idOf(1901)}`);
    await press('r');
    await page.getByPlaceholder('Find a debtor').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('kowal');
    // what is found by these letters, not who was open last
    await page.locator('[role=option] mark').first().waitFor();
    await press('Enter');
    await expect
      .poll(() => sent('inbox.match'))
      .toMatchObject([{ inboxThreadId: idOf(1901), addContactPoint: true }]);
    expect(await page.locator('[data-reply]').count()).toBe(0);
  });

  it('what is nobody’s says why it cannot be answered, and is given to whom it may be from by one digit', async () => {
    await open(`/inbox?thread=${idOf(1901)}`);
    await page.getByText('No answer can be written yet').waitFor();
    await press('2');
    await expect.poll(() => sent('inbox.match')).toMatchObject([{ debtorId: idOf(11) }]);
  });

  it('a wrong match is taken back by two keys, and what stays in force is said with the way to lift it', async () => {
    await open(`/inbox?thread=${idOf(1903)}`);
    await press('m');
    await page.getByRole('button', { name: 'Take it back' }).and(page.locator(':focus')).waitFor();
    await press('Enter');
    await expect
      .poll(() => sent('inbox.unmatch'))
      .toMatchObject([{ inboxThreadId: idOf(1903), interactionId: expect.any(String) }]);
    const news = page.getByRole('dialog').filter({ hasText: 'Taken back from Ганна Коваленко' });
    await news.getByText('What it asked for stays in force for Ганна Коваленко').waitFor();
    await news.getByRole('button', { name: 'Card' }).click();
    await expect.poll(() => new URL(page.url()).hash).toContain('/debtor/');
  });
});
