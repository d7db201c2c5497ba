import { existsSync } from 'node:fs';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveHarness } from './harness-server.mjs';

const executable = process.env.DIALDESK_CHROMIUM ?? '/usr/bin/chromium';

describe.skipIf(!existsSync(executable))('a message in the middle of a call', () => {
  let harness: Awaited<ReturnType<typeof serveHarness>>;
  let browser: Browser;
  let page: Page;
  let sheet: Locator;

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

  async function open(scenario: string): Promise<void> {
    await page?.context().close();
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      timezoneId: 'Europe/Warsaw',
    });
    page = await context.newPage();
    sheet = page.getByRole('dialog');
    await page.goto(`${harness.origin}/dev.html?scenario=${scenario}&language=en#/workspace`);
    await page.getByRole('heading', { level: 1, name: 'Anna Kowalczyk-Wójcik' }).waitFor();
  }
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** the sheet is there with its message, by the key of its kind */
  async function openBy(key: string): Promise<void> {
    await press(key);
    await sheet.getByRole('radiogroup', { name: 'Templates' }).waitFor();
  }
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

  it.each([
    ['s', 's'],
    ['m', 'Enter'],
    ['e', 'e'],
  ])('leaves by two keys: %s, then %s', async (first, second) => {
    await open('message');
    await openBy(first);
    await press(second);
    await sheet.waitFor({ state: 'detached' });
    expect(await sent('message.send')).toMatchObject([
      { templateId: '00000000-0000-7000-8000-000000001700', callId: expect.any(String) },
    ]);
    // it went as it was offered: nobody had to ask for the preview a second time
    expect(await sent('message.preview')).toEqual([]);
  });

  it.each(['Escape', 'Enter'])('after it was closed by %s, Enter presses nothing', async (key) => {
    await open('message');
    await openBy('s');
    await press(key);
    await sheet.waitFor({ state: 'detached' });
    // the focus is put back a moment after the sheet has gone
    await page.evaluate(
      () => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted))),
    );
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  });

  it('gives the focus back to the button that opened it', async () => {
    await open('message');
    const opener = page.getByRole('button', { name: /^SMS/ }).last();
    await opener.focus();
    await press('Enter');
    await sheet.getByRole('radiogroup', { name: 'Templates' }).waitFor();
    await press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await expect
      .poll(() => opener.evaluate((element) => element === document.activeElement))
      .toBe(true);
  });

  it('shows the sender that was chosen, of those that the gateway may show', async () => {
    await open('messageSenders');
    await openBy('s');
    await sheet.getByRole('combobox', { name: 'Sender' }).click();
    await page.getByRole('option', { name: 'from +48220000000' }).click();
    await sheet.getByRole('combobox', { name: 'Sender' }).getByText('+48220000000').waitFor();
    await sheet.getByRole('radio', { checked: true }).last().focus();
    await press('s');
    await sheet.waitFor({ state: 'detached' });
    expect(await sent('message.send')).toMatchObject([{ sender: '+48220000000' }]);
  });

  it('a second key that comes before the picture sends when the picture is there', async () => {
    await open('messageFilesLater');
    await openBy('m');
    await press('m', 'm');
    expect(await sent('message.send')).toEqual([]);
    await sheet.waitFor({ state: 'detached' });
    expect(await sent('message.send')).toHaveLength(1);
  });

  it('what is changed after that key is not sent by it', async () => {
    await open('messageFilesLater');
    await openBy('m');
    await press('m', '2');
    await sheet.getByRole('radio', { name: /Potwierdzenie planu/, checked: true }).waitFor();
    await sheet.getByText('Preparing the files').waitFor({ state: 'detached' });
    expect(await sent('message.send')).toEqual([]);
  });

  it('digits choose a template outside fields, and are digits inside them', async () => {
    await open('message');
    await openBy('s');
    await press('4');
    await sheet.getByText('prosimy o kontakt', { exact: false }).first().waitFor();
    await press('t');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type(' do 12:30');
    await expect
      .poll(() => sheet.getByRole('textbox').inputValue())
      .toMatch(/Nest Telekom do 12:30$/);
    await press('Control+Enter');
    await sheet.waitFor({ state: 'detached' });
    expect(await sent('message.send')).toMatchObject([
      {
        templateId: '00000000-0000-7000-8000-000000001703',
        text: expect.stringMatching(/do 12:30$/),
      },
    ]);
  });

  it('keeps what was typed when the sheet is closed, and the card stays usable', async () => {
    await open('message');
    await openBy('s');
    await press('0', 't');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('Half a sent');
    await press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await openBy('s');
    await expect.poll(() => sheet.getByRole('textbox').inputValue()).toBe('Half a sent');
    // a look at a template throws nothing away
    await sheet.getByRole('radio', { name: /Kwota i rachunek/ }).click();
    await sheet.getByRole('radio', { name: /Own words/ }).click();
    await expect.poll(() => sheet.getByRole('textbox').inputValue()).toBe('Half a sent');
    expect(await sent('message.send')).toEqual([]);
  });

  it('counts parts with every key, and names the character that makes them dear', async () => {
    await open('message');
    await openBy('s');
    await press('0', 't');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('a'.repeat(160));
    await sheet.getByText('1 part', { exact: true }).waitFor();
    await sheet.getByText('0 left', { exact: true }).waitFor();
    await page.keyboard.type('ą');
    await sheet.getByText('3 parts', { exact: true }).waitFor();
    await sheet.getByText('because of “ą”', { exact: true }).waitFor();
  });

  it('is not sent by Enter on a button that does something else', async () => {
    await open('message');
    await openBy('e');
    await sheet.getByRole('button', { name: 'Attach' }).focus();
    await press('Enter');
    await page.getByRole('menuitem').first().waitFor();
    expect(await sent('message.send')).toEqual([]);
  });

  it('is not sent while the rules refuse it, but can be sent at the time they name', async () => {
    await open('messageRefused');
    await openBy('s');
    await sheet.getByText('The rules do not allow it now').waitFor();
    await sheet
      .getByText(/PL-H-01/)
      .first()
      .waitFor();
    await press('s', 'Enter');
    expect(await sent('message.send')).toEqual([]);
    await press('l');
    await sheet.getByText('Not now, but at that time').waitFor();
    await press('Enter');
    await sheet.waitFor({ state: 'detached' });
    const [input] = await sent('message.send');
    expect(input?.dueAt).toBeGreaterThan(Date.UTC(2026, 10, 22, 8, 4));
  });

  it('an exception is asked for where the message is written', async () => {
    await open('messageRefused');
    await openBy('s');
    await sheet.getByRole('button', { name: 'Why, and ask for an exception' }).click();
    await sheet.getByLabel('Why is an exception needed?').fill('He asked for the account now');
    await sheet.getByRole('button', { name: 'Ask for an exception', exact: true }).click();
    await expect
      .poll(() => sent('contact.request-override'))
      .toMatchObject([{ channel: 'sms', reason: 'He asked for the account now' }]);
  });

  it('shows nothing of the debt while nobody is identified, and sends what does not name it', async () => {
    await open('messageVeiled');
    await openBy('s');
    // what may go is proposed first
    await sheet.getByText('prosimy o kontakt', { exact: false }).first().waitFor();
    await press('1');
    await sheet.getByText('This message names the debt').waitFor();
    const html = await page.content();
    for (const secret of ['1 284,50', 'NT-104-2231', 'pay.example']) {
      expect(html).not.toContain(secret);
    }
    await press('Enter');
    expect(await sent('message.send')).toEqual([]);
    await press('4');
    await sheet.getByText('prosimy o kontakt', { exact: false }).first().waitFor();
    await press('Enter');
    await sheet.waitFor({ state: 'detached' });
    expect(await sent('message.send')).toHaveLength(1);
  });

  it('shows a mail without its scripts, its foreign pictures and its links', async () => {
    await open('message');
    const outside: string[] = [];
    page.on('request', (request) => {
      if (/tracker|pay\.example/.test(request.url())) outside.push(request.url());
    });
    await openBy('e');
    const frame = sheet.locator('iframe');
    await frame.waitFor();
    const source = (await frame.getAttribute('srcdoc')) ?? '';
    expect(source).toContain('6 rat po 214,08 zł');
    expect(source).not.toMatch(/<script|tracker\.example|href=/);
    expect(source).toContain("default-src 'none'");
    expect(await frame.getAttribute('sandbox')).toBe('');
    await sheet.getByText('1 picture that would be loaded from elsewhere is not shown').waitFor();
    expect(outside).toEqual([]);
  });

  it('appears on the card at once, then delivered, then answered, and the focus stays', async () => {
    await open('messageLive');
    await openBy('s');
    await press('s');
    await sheet.waitFor({ state: 'detached' });
    const history = page.getByRole('region', { name: 'Entries' });
    await history.getByText('delivered', { exact: true }).first().waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.tagName);
    const before = await focused();
    await history.getByText('Zapłacę w piątek, dziękuję.').waitFor();
    await page
      .locator('[aria-live=polite]', { hasText: 'Answer by SMS: Zapłacę w piątek' })
      .waitFor({ state: 'attached' });
    expect(await focused()).toBe(before);
    await history.getByRole('button', { name: 'Reply' }).first().click();
    await sheet.getByRole('radio', { name: /Own words/, checked: true }).waitFor();
  });
});
