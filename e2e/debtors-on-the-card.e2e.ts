import iconv from 'iconv-lite';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CommandOutput } from '#shared/contract/index.ts';
import type { DebtorId } from '#shared/domain/index.ts';
import { hasPeer } from '../main/testing/peers.ts';
import { AgentPage } from './support/agent-page.ts';
import { TestBrowser } from './support/browser.ts';
import { LeadPage } from './support/lead-page.ts';
import { keepEvidence } from './support/on-failure.ts';
import { Product } from './support/product.ts';

/** as Excel saves it in the Polish locale */
const portfolio = (balance: string) =>
  iconv.encode(
    [
      'Nr klienta;Nazwisko;Imię;Telefon komórkowy;Nr umowy;Wierzyciel pierwotny;Kwota do zapłaty;Waluta;Termin płatności',
      `K-1;Żółkiewska;Łucja;100 200 731;U/2026/0001;Kredyt S.A.;${balance};PLN;12.03.2026`,
      'K-2;Brzęczyszczykiewicz;Grzegorz;100 200 302;U/2026/0003;Kredyt S.A.;500,00;PLN;31.12.2025',
      '',
    ].join('\r\n'),
    'windows-1250',
  );

describe.skipIf(!hasPeer('chromium'))('a debtor who was found, in Chromium', () => {
  let product: Product;
  let browser: TestBrowser;
  let agent: AgentPage;
  let lead: LeadPage;
  let debtorId: DebtorId;
  let main: Locator;

  const card = (): Promise<CommandOutput<'debtor.card'>> =>
    product.rpc('debtor.card', { debtorId });
  const history = (text: RegExp) =>
    main.getByRole('region', { name: 'History' }).getByRole('article', { name: text });
  const importPortfolio = async (balance: string) => {
    const buffer = portfolio(balance);
    await lead.chooseFile({ name: 'karta.csv', mimeType: 'text/csv', buffer });
    await lead.commitImport('Karta');
  };
  /** Opens a form by its key, with the keyboard in its first field. */
  const open = async (key: string, title: string): Promise<Locator> => {
    await agent.leaveField();
    await agent.press(key);
    const sheet = agent.page.getByRole('dialog', { name: title });
    await sheet.waitFor();
    return sheet;
  };

  beforeAll(async () => {
    product = new Product();
    browser = await TestBrowser.open();
    const { page } = await browser.newPage();
    agent = new AgentPage(page);
    await agent.logIn(await product.address());
    lead = new LeadPage(page);
    main = lead.main;
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
  });

  it('is imported by a lead, and found from anywhere by the end of a phone number', async () => {
    await importPortfolio('1 200,50');
    await agent.leaveField();
    await agent.press('Control+k');
    await agent.type('200731');
    await agent.page.getByRole('option', { name: /Żółkiewska/ }).waitFor();
    await agent.press('Enter');
    await agent.debtorName.getByText('Łucja Żółkiewska').waitFor();
    debtorId = decodeURIComponent(agent.page.url().split('/debtor/')[1] ?? '') as DebtorId;
  });

  it('promises to pay: by keyboard, on the card and in the history', async () => {
    const sheet = await open('r', 'Promise to pay');
    await agent.press('Control+a');
    await agent.type('150');
    await agent.press('Enter');
    await sheet.waitFor({ state: 'detached' });
    await history(/Promise/)
      .first()
      .waitFor();
    const [promise] = (await card()).promises;
    expect(promise).toMatchObject({ amountMinor: 15_000, currency: 'PLN', status: 'open' });
  });

  it('agrees on a plan, which is shown before it is made', async () => {
    const sheet = await open('l', 'Payment plan');
    const count = sheet.getByLabel('How many');
    await count.fill('3');
    await sheet.getByRole('region', { name: 'Schedule' }).getByRole('row').nth(3).waitFor();
    await count.press('Enter');
    await sheet.waitFor({ state: 'detached' });
    await history(/Payment plan agreed/).waitFor();
    const [plan] = (await card()).plans;
    expect(plan?.status).toBe('active');
    const amounts = plan?.instalments.map(({ amountMinor }) => amountMinor) ?? [];
    expect(amounts).toHaveLength(3);
  });

  it('pays a part: what is open is less by it', async () => {
    const before = (await card()).debts[0]?.balanceMinor ?? 0;
    const sheet = await open('p', 'Payment by hand');
    await agent.press('Control+a');
    await agent.type('100');
    await sheet.getByRole('region', { name: 'It covers' }).waitFor();
    await agent.press('Enter');
    await sheet.waitFor({ state: 'detached' });
    await history(/^Payment,/).waitFor();
    const { debts, payments } = await card();
    expect(payments[0]).toMatchObject({ amountMinor: 10_000, status: 'booked' });
    // interest may have been charged with it
    expect(debts[0]?.balanceMinor).toBeGreaterThanOrEqual(before - 10_000);
    expect(debts[0]?.balanceMinor).toBeLessThan(before);
  });

  it('is as before when the import that changed the debt is undone, work included', async () => {
    const before = await card();
    await importPortfolio('1 900,00');
    expect((await card()).debts).not.toEqual(before.debts);
    await main.getByRole('button', { name: 'Undo', exact: true }).click();
    await agent.page
      .getByRole('alertdialog')
      .or(agent.page.getByRole('dialog'))
      .getByRole('button', { name: 'Undo', exact: true })
      .click();
    await main.getByText('The import was undone').waitFor();
    const after = await card();
    expect(after.debts).toEqual(before.debts);
    expect(after.promises).toHaveLength(1);
    expect(after.payments).toEqual(before.payments);
    browser.checkPages();
  });
});
