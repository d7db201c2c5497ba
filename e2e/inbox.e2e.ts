import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CommandOutput } from '#shared/contract/index.ts';
import { hasPeer } from '../main/testing/peers.ts';
import { AgentPage } from './support/agent-page.ts';
import { TestBrowser } from './support/browser.ts';
import { LeadPage } from './support/lead-page.ts';
import { keepEvidence } from './support/on-failure.ts';
import { Product } from './support/product.ts';
import { until } from './support/until.ts';

/** The practice debtor behind a number with this ending takes a message and asks something back. */
const ASKING = '+48100888891';
/** Nobody's, until somebody says whose. */
const STRANGE = '+48100777712';
/** The rules want the way out to be in every message. */
const ASKED = 'Please call us back. To opt out reply STOP.';
const ANSWER = 'Thank you, we will call you in the afternoon. To opt out reply STOP.';

/** What comes in, from the first unread line to the last key; and a gateway that says what is wrong with it. */
describe.skipIf(!hasPeer('chromium'))('the inbox and the gateways', () => {
  let product: Product;
  let browser: TestBrowser;
  let lead: LeadPage;
  let debtor: { id: string; name: string; reference: string };

  beforeAll(async () => {
    browser = await TestBrowser.open();
    product = new Product();
    const { page } = await browser.newPage();
    await new AgentPage(page).logIn(await product.address());
    lead = new LeadPage(page);
    const { rows } = await product.rpc('debtor.list', { limit: 1 });
    const [row] = rows;
    if (!row) throw new Error('the demo has no debtors');
    debtor = { id: row.debtorId, name: row.displayName, reference: row.externalRef };
    await until('practice gateways', async () => {
      const { gateways } = await product.rpc('gateway.list', {});
      return gateways.some(
        ({ settings, state }) => settings.kind === 'smpp' && state.kind === 'ready',
      );
    });
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

  const row = (inboxThreadId: string) => lead.main.locator(`[data-thread="${inboxThreadId}"]`);
  const conversation = () => lead.main.getByRole('region', { name: 'Conversation' });
  const press = (key: string) => lead.page.keyboard.press(key);
  const threads = (view: 'open' | 'unmatched' | 'snoozed' | 'done' = 'open') =>
    product.rpc('inbox.list', { view });
  const threadOf = (inboxThreadId: string): Promise<CommandOutput<'inbox.thread'>> =>
    product.rpc('inbox.thread', { inboxThreadId: inboxThreadId as never });
  const theThread = () =>
    until('a thread of the debtor', async () =>
      (await threads()).threads.find(({ debtorId }) => debtorId === debtor.id),
    );
  const cameIn = async (inboxThreadId: string): Promise<number> =>
    (await threadOf(inboxThreadId)).items.filter(
      ({ direction, from }) => direction === 'in' && from === ASKING,
    ).length;

  /** Goes down to the first line by its key, and waits until it has the focus. */
  async function toFirstLine(inboxThreadId: string): Promise<void> {
    await row(inboxThreadId).waitFor();
    await press('j');
    await lead.main.locator(`[data-thread="${inboxThreadId}"]:focus`).waitFor();
    await conversation().getByRole('article').first().waitFor();
  }

  it('show a reply at once, which is answered from there by keys alone', async () => {
    const point = await product.rpc('contact-point.add', {
      debtorId: debtor.id as never,
      kind: 'mobile',
      value: ASKING,
    });
    await product.rpc('message.send', {
      debtorId: debtor.id as never,
      channel: 'sms',
      contactPointId: point.contactPointId,
      text: ASKED,
    });
    await lead.page.getByRole('link', { name: /^Inbox.*1$/ }).waitFor();
    const { inboxThreadId } = await theThread();

    await lead.goTo('/inbox', 'Inbox');
    await toFirstLine(inboxThreadId);
    await press('Enter');
    await lead.main.locator(`[data-thread="${inboxThreadId}"][data-unread="false"]`).waitFor();
    await press('r');
    await lead.main.locator('[data-reply] textarea:focus').waitFor();
    await lead.page.keyboard.type(ANSWER);
    await lead.main
      .locator('[data-reply] button[data-sends]:not([aria-disabled="true"])')
      .filter({ hasText: 'Send the SMS' })
      .waitFor();
    await press('Control+Enter');
    await lead.main.locator('[data-reply]').waitFor({ state: 'detached' });

    const sent = conversation().getByRole('article').filter({ hasText: ANSWER });
    await sent.locator('[data-delivery="delivered"]').waitFor();
    await until('the next question', async () => (await cameIn(inboxThreadId)) === 2);
    await conversation().getByText(ASKED).waitFor();
  });

  it('put a conversation off, take that back, and end it, by keys alone', async () => {
    const { inboxThreadId } = await theThread();
    await lead.goTo('/workspace', '');
    await lead.goTo('/inbox', 'Inbox');
    await toFirstLine(inboxThreadId);
    await press('z');
    await lead.page.getByRole('dialog', { name: 'Snooze' }).locator(':focus').waitFor();
    await press('1');
    await row(inboxThreadId).waitFor({ state: 'detached' });
    expect((await threads('snoozed')).threads.map((one) => one.inboxThreadId)).toEqual([
      inboxThreadId,
    ]);

    await press('Shift+Z');
    await toFirstLine(inboxThreadId);
    expect((await threads('snoozed')).threads).toEqual([]);

    await press('e');
    await row(inboxThreadId).waitFor({ state: 'detached' });
    await lead.goTo('/inbox?view=done', 'Inbox');
    await row(inboxThreadId).waitFor();
    expect((await threads()).counts.open).toBe(0);
  });

  it('keep a message from a strange number until somebody says whose it is', async () => {
    const text = 'I have a letter of yours, what is it about?';
    await comesBySmsapi(STRANGE, text);
    const thread = await until(
      'an unmatched thread',
      async () => (await threads('unmatched')).threads[0],
    );
    expect(thread).toMatchObject({ debtorId: null, peer: STRANGE, snippet: text });

    await lead.goTo('/inbox?view=unmatched', 'Inbox');
    await toFirstLine(thread.inboxThreadId);
    await press('m');
    await lead.main.getByPlaceholder('Find a debtor').and(lead.page.locator(':focus')).waitFor();
    await lead.page.keyboard.type(debtor.reference);
    // what is found by these letters, not who was open last
    await lead.main.locator('[role=option] mark').first().waitFor();
    await press('Enter');
    await conversation().getByRole('heading', { name: debtor.name }).waitFor();
    await conversation().getByText(text).waitFor();

    expect((await threads('unmatched')).threads).toEqual([]);
    const card = await product.rpc('debtor.card', { debtorId: debtor.id as never });
    expect(card.contactPoints.map(({ value }) => value)).toContain(STRANGE);
    const words = card.history.filter(({ direction }) => direction === 'in').map((one) => one.text);
    expect(words).toContain(text);
  });

  it('send one message to many, with what would come of it before anything is started', async () => {
    const template = await product.rpc('template.save', {
      channel: 'sms',
      name: 'Please call',
      body: {
        defaultLanguage: 'en',
        texts: {
          en: { blocks: [{ text: '{{debtor.name}}, please call {{firm.name}}. {{optOut}}' }] },
        },
        purpose: 'service',
      },
    });
    await product.rpc('template.publish', {
      templateId: template.templateId,
      updatedAt: template.updatedAt,
    });
    await lead.goTo('/outbox?tab=many', 'Outbox');
    await choose('Template', 'SMS · Please call');
    const { portfolios } = await product.rpc('debtor.list-portfolios', {});
    await choose('Portfolio', portfolios[0]?.name ?? '');
    await lead.page.locator('[data-figure="debtors"]').waitFor();
    await lead.shows('debtors', portfolios[0]?.debtors ?? 0);
    await lead.main.getByRole('button', { name: 'Send', exact: true }).click();
    await lead.page.getByRole('alertdialog').getByRole('button', { name: 'Send' }).click();
    const bulk = lead.main.locator('[data-bulk]').filter({ hasText: 'Please call' });
    await bulk.getByText('Finished').waitFor({ timeout: 60_000 });
    await bulk.locator('[data-delivery="delivered"]').waitFor();
  });

  it('say in plain words that a password is wrong, and change nothing by trying it', async () => {
    await lead.goTo('/gateways', 'Gateways');
    await lead.main.getByRole('link', { name: 'Practice SMSC (SMPP)' }).click();
    await lead.main.getByLabel('Password', { exact: true }).fill('not-this');
    await lead.main.getByRole('button', { name: 'Test', exact: true }).click();
    await lead.main.getByText('It does not work yet').waitFor();
    const failed = lead.main.locator('[data-step][data-state="failed"]');
    expect(await failed.getAttribute('data-step')).toBe('login');
    expect(await failed.textContent()).toMatch(/password/i);

    await lead.main.getByLabel('Password', { exact: true }).fill('');
    await lead.main.getByRole('button', { name: 'Test', exact: true }).click();
    await lead.main.getByText('It works').waitFor();
    browser.checkPages();
  });

  async function choose(label: string, option: string): Promise<void> {
    await lead.main.getByRole('combobox', { name: label, exact: true }).click();
    await lead.page.getByRole('option', { name: option, exact: true }).click();
  }

  /** As the provider reports it: to the address that the gateway's page shows. */
  async function comesBySmsapi(from: string, text: string): Promise<void> {
    const { gateways } = await product.rpc('gateway.list', {});
    const gateway = gateways.find(({ settings }) => settings.kind === 'smsapi');
    if (!gateway) throw new Error('no practice SMSAPI');
    await product.rpc('gateway.save', {
      gatewayId: gateway.gatewayId,
      settings: gateway.settings,
      secrets: {},
      enabled: true,
    });
    const body = new URLSearchParams({
      MsgId: 'e2e-1',
      sms_from: from.slice(1),
      sms_to: '48100999999',
      sms_date: String(Math.floor(Date.now() / 1_000)),
      sms_text: text,
    });
    await until('the report is taken', async () => {
      const { gateways: now } = await product.rpc('gateway.list', {});
      const address = now.find(({ gatewayId }) => gatewayId === gateway.gatewayId)?.webhookUrl;
      if (!address) return false;
      const answer = await fetch(address, { method: 'POST', body });
      return answer.status === 200 && (await answer.text()) === 'OK';
    });
  }
});
