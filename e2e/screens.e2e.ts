import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasPeer } from '../main/testing/peers.ts';
import { AgentPage, focusedField } from './support/agent-page.ts';
import { TestBrowser } from './support/browser.ts';
import { LeadPage } from './support/lead-page.ts';
import { keepEvidence } from './support/on-failure.ts';
import { OwnCarrier } from './support/own-carrier.ts';
import { Product } from './support/product.ts';
import { DEBTOR_HZ, steadyScenario } from './support/scenarios.ts';
import { ScreenTour, type Stop } from './support/screen-tour.ts';
import { useCarrier } from './support/use-carrier.ts';

const sample = fileURLToPath(new URL('../resources/samples/portfolio-pl.csv', import.meta.url));

describe.skipIf(!hasPeer('chromium'))('every screen, in both themes and four languages', () => {
  let product: Product;
  let browser: TestBrowser;
  let carrier: OwnCarrier;
  let agent: AgentPage;
  let lead: LeadPage;
  let tour: ScreenTour;
  let firmNumber: string;
  /** a made-up person with a past */
  let debtor: { debtorId: string; number: string };
  const ids = { campaign: '', portfolio: '', trunk: '', importFile: '', importJob: '' };

  beforeAll(async () => {
    [carrier, browser] = await Promise.all([OwnCarrier.start(steadyScenario), TestBrowser.open()]);
    product = new Product();
    const { page } = await browser.newPage();
    agent = new AgentPage(page);
    lead = new LeadPage(page);
    tour = new ScreenTour(page);
    await agent.logIn(await product.address());
    firmNumber = await useCarrier(product, carrier);
    await readIds();
  });

  beforeEach(() =>
    keepEvidence(
      () => [browser],
      () => product,
    ),
  );

  /** What a try that failed has left open would stand before the next one. */
  beforeEach(async () => {
    const { page } = agent;
    if ((await page.getByRole('dialog').count()) > 0) await page.keyboard.press('Escape');
  });

  afterAll(async () => {
    await browser?.close();
    await carrier?.stop();
    await product?.stop();
  });

  async function readIds(): Promise<void> {
    const [campaign] = (await product.rpc('campaign.list', {})).campaigns;
    const [trunk] = (await product.rpc('telephony.list-trunks', {})).trunks;
    ids.campaign = campaign?.campaignId ?? '';
    ids.portfolio = campaign?.portfolioId ?? '';
    ids.trunk = trunk?.trunkId ?? '';
    debtor = await debtorWithPast();
  }

  async function debtorWithPast(): Promise<{ debtorId: string; number: string }> {
    const { rows } = await product.rpc('debtor.list', { limit: 50 });
    let best = { length: -1, debtorId: '', number: '' };
    for (const { debtorId } of rows) {
      const card = await product.rpc('debtor.card', { debtorId });
      const number = card.contactPoints.find(({ value }) => value.startsWith('+'))?.value;
      const length = card.historyTotal + card.debts.length + card.promises.length;
      if (number && length > best.length) best = { length, debtorId, number };
    }
    return best;
  }

  /** A page of the window by its address. */
  const at = (name: string, path: () => string, readme?: 'light' | 'dark'): Stop => ({
    name,
    open: async (page) => {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#${path()}`);
      await page
        .getByRole('main')
        .getByRole('heading', { level: 1 })
        .waitFor({ state: 'attached' });
    },
    ...(readme ? { readme } : {}),
  });

  /** Something that opens over the page, and closes with Escape. */
  const popup = (name: string, role: 'menu' | 'dialog' | 'listbox', open: Stop['open']): Stop => ({
    name,
    async open(page) {
      await open(page);
      await page.getByRole(role).first().waitFor();
    },
    async close(page) {
      await page.keyboard.press('Escape');
      await page.getByRole(role).first().waitFor({ state: 'detached' });
    },
  });

  function expectNothing(): void {
    expect(tour.findings.splice(0)).toEqual([]);
  }

  it('has something to show: calls, outcomes, a missed call, an import', async () => {
    await agent.goReady();
    await lead.goTo('/campaigns', 'Campaigns');
    await lead.main.getByRole('button', { name: /^Start: / }).click();
    for (const outcome of ['1', '2', '7']) {
      await agent.connected();
      await agent.hears(DEBTOR_HZ);
      await agent.recording();
      if (outcome === '7')
        await product.rpc('campaign.pause', { campaignId: ids.campaign as never });
      await agent.hangUp();
      if (outcome === '2') {
        await agent.press('2');
        await agent.type('40');
        await agent.press('Enter');
        await agent.connected();
      } else await agent.press(outcome);
    }
    await agent.outcome.waitFor({ state: 'detached' });
    await agent.press('y');
    await agent.state('Not ready').waitFor();
    await carrier.callIn({ from: debtor.number, to: firmNumber, talk: { hangUpAfterMs: 300 } });
    await agent.page.getByText('no agent was free').waitFor();
    await lead.chooseFile({
      name: 'wierzytelności.csv',
      mimeType: 'text/csv',
      buffer: readFileSync(sample).subarray(0, 20_000),
    });
    ids.importFile = new URL(lead.page.url()).hash.slice(1);
    await lead.commitImport('Wierzytelności');
    ids.importJob = new URL(lead.page.url()).hash.slice(1);
    await lead.chooseFile(sample);
    ids.importFile = new URL(lead.page.url()).hash.slice(1);
  });

  it('between calls and on the lead’s pages', async () => {
    await tour.walk([
      at('workspace-between-calls', () => '/workspace'),
      at('missed', () => '/missed'),
      at('portfolio', () => `/portfolio?portfolio=${ids.portfolio}`, 'light'),
      at('debtor', () => `/debtor/${debtor.debtorId}`),
      at('campaigns', () => '/campaigns'),
      at('campaign', () => `/campaigns/${ids.campaign}`),
      at('campaign-new', () => `/campaigns/new?portfolio=${ids.portfolio}`),
      at('campaign-strategy', () => `/campaigns/${ids.campaign}?tab=preparation&part=strategy`),
      at('numbers', () => '/numbers'),
      at('look-ups', () => '/numbers?tab=lookup'),
      at('live-campaign', () => `/live?campaign=${ids.campaign}`),
      at('import-file', () => '/import'),
      at('import-check', () => ids.importFile, 'light'),
      at('import-result', () => ids.importJob),
      at('people', () => '/people'),
      at('audit', () => '/people?tab=audit'),
      at('settings-own', () => '/settings?section=own'),
      at('settings-trunks', () => '/settings?section=trunks'),
      at('settings-trunk', () => `/settings?section=trunks&trunk=${ids.trunk}`),
      at('settings-outcomes', () => '/settings?section=dispositions'),
      at('settings-scripts', () => '/settings?section=scripts'),
      at('settings-rules', () => '/settings?section=rules'),
      at('not-found', () => '/nowhere'),
    ]);
    expectNothing();
  });

  it('what opens over a page', async () => {
    const banner = (page: Page) => page.getByRole('banner').getByRole('button');
    await tour.walk([
      at('workspace', () => '/workspace'),
      popup('palette', 'dialog', async (page) => {
        await page.keyboard.press('Control+k');
        await focusedField(page).waitFor();
        await page.keyboard.type('kowal');
        await page.getByRole('option', { name: /Kowal/ }).first().waitFor();
      }),
      popup('palette-nothing-found', 'dialog', async (page) => {
        await page.keyboard.press('Control+k');
        await focusedField(page).waitFor();
        await page.keyboard.type('qqqq');
        await page.getByRole('option', { disabled: true }).waitFor();
      }),
      popup('shortcuts', 'dialog', (page) => page.keyboard.press('?')),
      popup('state-menu', 'menu', (page) => banner(page).first().click()),
      popup('person-menu', 'menu', (page) => banner(page).last().click()),
    ]);
    expectNothing();
  });

  it('a call that rings, and one that is talked, held and typed in', async () => {
    await agent.goTo('/workspace');
    await agent.goReady();
    const talk = { steps: [{ tone: { hz: DEBTOR_HZ, levelDbfs: -20 } }] };
    await carrier.callIn({ from: debtor.number, to: firmNumber, talk });
    await agent.incoming.waitFor();
    // rings for 15 s: one language is enough for what the others show again below
    await agent.press('a');
    await agent.connected();
    await agent.page.getByRole('region', { name: 'Who is on the line?' }).waitFor();
    await tour.walk([at('who-is-on-the-line', () => '/workspace', 'light')]);
    await agent.identify();
    const keypad: Stop = {
      name: 'talking-keypad',
      open: (page) => page.keyboard.press('k'),
      close: (page) => page.keyboard.press('Escape'),
    };
    const list = (page: Page) => page.getByRole('main').getByRole('combobox').first();
    await tour.walk([
      at('live', () => '/live', 'dark'),
      at('talking', () => '/workspace', 'light'),
      keypad,
      popup('history-filter', 'listbox', (page) => list(page).click()),
    ]);
    await agent.press('h');
    await agent.call.getByText('On hold').waitFor();
    await agent.press('u');
    await tour.walk([{ name: 'held-muted', open: async () => {} }]);
    const form = agent.page.getByRole('form');
    for (const [key, name] of [
      ['r', 'talking-promise'],
      ['c', 'talking-callback'],
      ['l', 'talking-plan'],
    ] as const) {
      await agent.press(key);
      await form.waitFor();
      await tour.walk([{ name, open: async (page) => page.mouse.move(0, 0) }]);
      await agent.press('Escape');
      await form.waitFor({ state: 'detached' });
    }
    expectNothing();
  });

  it('the wrap-up', async () => {
    await agent.leaveField();
    await agent.press('h');
    await agent.call.getByText('Talking').waitFor();
    await agent.hangUp();
    await agent.note('Pays on Friday; asks for the balance in writing.');
    await tour.walk([{ name: 'wrap-up', open: async () => {}, readme: 'dark' }]);
    await agent.press('2');
    await agent.page.getByRole('form').waitFor();
    await agent.leaveField();
    await tour.walk([{ name: 'wrap-up-promise', open: async () => {} }]);
    await agent.dispose('1');
    expectNothing();
  });

  it('the login', async () => {
    const { origin } = new URL((await product.engine()).url.replace('ws', 'http'));
    for (const locale of ['en-US', 'pl-PL', 'ru-RU', 'zh-CN']) {
      const { page } = await browser.newPage({ locale });
      await page.goto(origin);
      await page.getByRole('main').getByRole('textbox').waitFor();
      await page.locator(`html[lang="${locale.slice(0, 2)}"]`).waitFor();
      const own = new ScreenTour(page);
      await own.look({ name: 'login', open: async () => {} }, locale.slice(0, 2) as 'en');
      expect(own.findings).toEqual([]);
    }
  });

  it('was looked at in all of them, without an error in the page', () => {
    expect(tour.looked).toBeGreaterThanOrEqual(8 * 30);
    browser.checkPages();
  });
});
