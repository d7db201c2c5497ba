import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasPeer } from '../main/testing/peers.ts';
import { AgentPage } from './support/agent-page.ts';
import { TestBrowser } from './support/browser.ts';
import { LeadPage } from './support/lead-page.ts';
import { keepEvidence } from './support/on-failure.ts';
import { OwnCarrier } from './support/own-carrier.ts';
import { Product } from './support/product.ts';
import { steadyScenario } from './support/scenarios.ts';
import { useCarrier } from './support/use-carrier.ts';

const PACK = 'One call a day';
const ASKED = 'The debtor asked to be called again within the hour.';
const GRANTED = 'Agreed: it is the wish of the debtor.';

/** A firm's rule from its first letter to the record of the call that was an exception from it. */
describe.skipIf(!hasPeer('chromium'))('own rules, exceptions and decisions', () => {
  let product: Product;
  let browser: TestBrowser;
  let carrier: OwnCarrier;
  let lead: LeadPage;
  let agent: AgentPage;
  let debtor: { id: string; name: string; number: string };

  beforeAll(async () => {
    [carrier, browser] = await Promise.all([OwnCarrier.start(steadyScenario), TestBrowser.open()]);
    product = new Product();
    const { page } = await browser.newPage();
    await new AgentPage(page).logIn(await product.address());
    lead = new LeadPage(page);
    await useCarrier(product, carrier);
    const { personId } = await product.rpc('access.add-person', {
      displayName: 'Second Agent',
      role: 'agent',
    });
    const { url } = await product.rpc('access.invite', { personId });
    agent = new AgentPage((await browser.newPage()).page);
    await agent.logIn(url);
    await agent.goReady();
    debtor = await anyDebtor();
  });

  beforeEach(() =>
    keepEvidence(
      () => [browser],
      () => product,
    ),
  );

  afterAll(async () => {
    await browser?.close();
    await carrier?.stop();
    await product?.stop();
  });

  async function anyDebtor(): Promise<{ id: string; name: string; number: string }> {
    const { rows } = await product.rpc('debtor.list', { limit: 50 });
    for (const row of rows) {
      const card = await product.rpc('debtor.card', { debtorId: row.debtorId });
      const phone = card.contactPoints.find(
        ({ value, permission }) => value.startsWith('+') && permission?.allowed,
      );
      if (phone) return { id: row.debtorId, name: card.displayName, number: phone.value };
    }
    throw new Error('nobody of the demo portfolio may be called');
  }

  async function callByHand(): Promise<void> {
    await agent.goTo('/workspace');
    await agent.leaveField();
    await agent.press('d');
    await agent.type(debtor.number);
    await agent.press('Enter');
  }

  const calls = async () =>
    (await carrier.calls()).filter(({ to }) => to.includes(debtor.number.slice(1)));

  it('are written, tried on debtors and published by an administrator', async () => {
    await lead.goTo('/rules/own', 'Rules');
    await lead.page.keyboard.press('n');
    await lead.page.getByLabel('Name of the pack').fill(PACK);
    await lead.page.getByRole('button', { name: 'Begin a draft' }).click();
    await lead.title(PACK).waitFor();
    await lead.main.getByRole('button', { name: 'Add a rule' }).click();
    await lead.page.getByRole('menuitem', { name: 'Limit of contacts' }).click();
    const rule = lead.main.getByRole('region', { name: 'OWN-01 Limit of contacts' });
    await rule.getByText('At most 1 attempt in 1 calendar day, per person').waitFor();
    await lead.main.getByText('It can be published').waitFor();

    await lead.main.getByRole('button', { name: 'Try it on debtors' }).click();
    await lead.page.locator('[data-figure="sampled"]').waitFor();
    expect(Number(await lead.figure('sampled'))).toBeGreaterThan(0);

    await lead.main.getByRole('button', { name: 'Publish' }).click();
    const sheet = lead.page.getByRole('dialog', { name: 'Publish' });
    await sheet.getByText('At most 1 attempt in 1 calendar day, per person').waitFor();
    await sheet.getByRole('button', { name: 'Publish now' }).click();
    const published = lead.main.getByRole('row').filter({ hasText: PACK });
    await published.getByText('In force').waitFor();
  });

  it('refuse the second call of a day on the card, and name the rule', async () => {
    await callByHand();
    await agent.connected();
    await agent.hangUp();
    await agent.dispose('7');
    expect(await calls()).toHaveLength(1);

    await agent.goTo(`/debtor/${debtor.id}`);
    await agent.page
      .getByRole('main')
      .getByText(/OWN-01/)
      .first()
      .waitFor();
  });

  it('admit an exception that an agent asks for and a lead grants with a reason', async () => {
    await agent.page
      .getByRole('button', { name: /Too many contacts already/ })
      .first()
      .click();
    await agent.page.getByLabel('Why is an exception needed?').fill(ASKED);
    await agent.page.getByRole('button', { name: 'Ask for an exception' }).click();
    await agent.page
      .getByRole('region', { name: 'Exception' })
      .getByText('A lead is asked')
      .waitFor();

    await lead.page.getByRole('link', { name: /^Rules.*1$/ }).waitFor();
    await lead.goTo('/rules/exceptions', 'Rules');
    await lead.main.getByText(ASKED).waitFor();
    await lead.main.getByLabel('Why you decide so').fill(GRANTED);
    await lead.main.getByRole('button', { name: 'Grant' }).click();
    await lead.main.getByText('Nobody waits for an exception').waitFor();
    await agent.page.getByText('Allowed once').first().waitFor();
    await agent.press('Escape');
  });

  it('let that one call out, and the record says why', async () => {
    await callByHand();
    await agent.connected();
    await agent.hangUp();
    await agent.dispose('7');
    expect(await calls()).toHaveLength(2);

    await lead.goTo(`/rules/decisions?debtor=${debtor.id}&answer=overridden`, 'Rules');
    const decision = lead.main.getByRole('row').filter({ hasText: GRANTED });
    await decision.getByText('By exception').waitFor();
    await decision.getByRole('link').first().click();
    await lead.title('Decision').waitFor();
    await lead.main.getByText('Answered again: the same').waitFor();
    browser.checkPages();
  });
});
