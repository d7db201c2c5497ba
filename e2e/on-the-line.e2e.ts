import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DebtorId } from '#shared/domain/index.ts';
import { practiceNumberAt } from '../main/contact-rules/index.ts';
import { hasPeer } from '../main/testing/peers.ts';
import { AgentPage } from './support/agent-page.ts';
import { TestBrowser } from './support/browser.ts';
import { LeadPage } from './support/lead-page.ts';
import { keepEvidence } from './support/on-failure.ts';
import { Product } from './support/product.ts';
import { until } from './support/until.ts';

const CAMPAIGN = 'Who is on the line';
const CREDITOR = 'Northern Energy Ltd';
const people = [
  { reference: 'LINE-1', name: 'Amelia Whitfield', place: 720, balance: '1234.56' },
  { reference: 'LINE-2', name: 'Oliver Ashworth', place: 722, balance: '2345.67' },
].map((person) => ({
  ...person,
  mobile: practiceNumberAt('GB', person.place) ?? '',
  home: practiceNumberAt('GB', person.place + 1) ?? '',
}));
const shown = (balance: string): string => `£${balance.slice(0, 1)},${balance.slice(1)}`;
const csv = [
  'Debtor reference,Full name,Mobile phone,Home phone,Date of birth,Postal code,Language,Country,Debt reference,Creditor,Currency,Balance,Due date',
  ...people.map(({ reference, name, mobile, home, balance }) =>
    [
      reference,
      name,
      mobile,
      home,
      '1984-05-17',
      'LS1 4AP',
      'en',
      'GB',
      `D-${reference}`,
      CREDITOR,
      'GBP',
      balance,
      '2026-03-31',
    ].join(','),
  ),
  '',
].join('\r\n');

describe.skipIf(!hasPeer('chromium'))('who is on the line', () => {
  const scenarioFile = join(tmpdir(), `dialdesk-e2e-line-${process.pid}.json`);
  let product: Product;
  let browser: TestBrowser;
  let agent: AgentPage;
  let main: Locator;

  beforeAll(async () => {
    const tone = { kind: 'tone', hz: 700, levelDbfs: -20, afterMs: 150 };
    writeFileSync(
      scenarioFile,
      JSON.stringify({ name: 'all answer', seed: 1, numbers: [], otherwise: tone }),
    );
    product = new Product({ scenarioFile });
    browser = await TestBrowser.open();
    const { page } = await browser.newPage();
    agent = new AgentPage(page);
    await agent.logIn(await product.address());
    const lead = new LeadPage(page);
    main = lead.main;
    await lead.chooseFile({ name: 'line.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await lead.commitImport('Line');
    await lead.createCampaign(CAMPAIGN, {
      'Numbers and retries': { 'Attempts for each debtor': '1' },
    });
    await agent.goReady();
    await lead.goTo('/campaigns', 'Campaigns');
    await lead.startCampaign(CAMPAIGN);
  });

  beforeEach(() =>
    keepEvidence(
      () => [browser],
      () => product,
    ),
  );

  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    rmSync(scenarioFile, { force: true });
  });

  const panel = (name: string) => agent.page.getByRole('region', { name });
  /** everything in the page: what is read, copied, hovered over or told to a screen reader */
  const html = () => agent.page.content();
  const personOf = (card: string) => {
    const person = people.find(({ name }) => card.includes(name));
    if (!person) throw new Error(`the card of ${card}`);
    return person;
  };
  const expectVeiled = async ({ balance }: (typeof people)[number]): Promise<void> => {
    const page = await html();
    for (const secret of [shown(balance), balance, CREDITOR]) {
      expect(page, secret).not.toContain(secret);
    }
    expect(await main.textContent()).not.toMatch(/\bdebts?\b/i);
    expect(await agent.page.title()).not.toMatch(/debt/i);
  };

  it('a pushed call comes veiled: no amount, no creditor, not the word', async () => {
    const person = personOf(await agent.connected());
    await panel('Who is on the line?').waitFor();
    await expectVeiled(person);
    // what shows amounts cannot be opened either
    await agent.press('r', 'p', 'l');
    expect(await agent.page.getByRole('dialog').count()).toBe(0);
    await expectVeiled(person);
  });

  it('keys say that it is the debtor, and everything is there', async () => {
    const person = personOf((await agent.debtorName.textContent()) ?? '');
    await agent.identify();
    await main.getByText(shown(person.balance)).first().waitFor();
    await main.getByText(CREDITOR).first().waitFor();
    const { call } = await product.rpc('call.current', {});
    expect(call?.party).toMatchObject({ state: 'identified' });
    expect(call?.party.checks.length).toBeGreaterThan(0);
  });

  it('two keys set a dispute, and another number of the debtor is refused at once', async () => {
    const person = personOf((await agent.debtorName.textContent()) ?? '');
    const point = main.getByRole('listitem').filter({ hasText: /home/ });
    await point.getByRole('button', { name: /^Call: May be called now/ }).waitFor();
    await agent.press('f', 'd');
    await agent.page.getByText('Dispute: set').first().waitFor();
    await point.getByRole('button', { name: /^Call: Contact is on hold/ }).waitFor();
    const { rows } = await product.rpc('debtor.list', { search: person.reference });
    const debtorId = rows[0]?.debtorId as DebtorId;
    const { holds } = await product.rpc('debtor.card', { debtorId });
    expect(holds.map(({ kind }) => kind)).toEqual(['dispute']);
    // the same keys again set nothing twice
    await agent.press('f', 'd', 'Escape');
    expect((await product.rpc('debtor.card', { debtorId })).holds).toHaveLength(1);
  });

  it('a debtor who refuses to be recorded is not', async () => {
    await agent.recording();
    await agent.press('Shift+N');
    await agent.call.getByText('Recording refused').waitFor();
    await agent.hangUp();
    await agent.dispose('7');
  });

  it('somebody else learns nothing, and a callback is offered', async () => {
    const person = personOf(await agent.connected());
    await panel('Who is on the line?').waitFor();
    await agent.press('o');
    await panel('Somebody else is on the line').waitFor();
    await expectVeiled(person);
    await agent.press('c');
    const sheet = agent.page.getByRole('dialog', { name: 'Callback' });
    await sheet.waitFor();
    await agent.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await until('the engine knows', async () => {
      const { call } = await product.rpc('call.current', {});
      return call?.party.state === 'thirdPerson';
    });
    await agent.hangUp();
    await expectVeiled(person);
    expect(await agent.outcome.getByRole('button', { name: 'Promise to pay' }).count()).toBe(0);
    await agent.dispose('6');
    browser.checkPages();
  });
});
