import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DebtorId } from '#shared/domain/index.ts';
import { practiceNumberAt } from '../main/contact-rules/index.ts';
import { hasPeer } from '../main/testing/peers.ts';
import { AgentPage } from './support/agent-page.ts';
import { axeFindings } from './support/axe.ts';
import { TestBrowser } from './support/browser.ts';
import { LeadPage } from './support/lead-page.ts';
import { keepEvidence } from './support/on-failure.ts';
import { Product } from './support/product.ts';
import { until } from './support/until.ts';

/** The endings of numbers and mailboxes make practice debtors answer: 92 promises, 93 wants no more messages. */
const promising = { reference: 'MSG-92', name: 'Amelia Whitfield', place: 792, mail: 'amelia92' };
const refusing = { reference: 'MSG-93', name: 'Oliver Ashworth', place: 793, mail: 'oliver93' };
const people = [promising, refusing].map((person) => ({
  ...person,
  mobile: practiceNumberAt('GB', person.place) ?? '',
}));
const csv = [
  'Debtor reference,Full name,Mobile phone,E-mail,Date of birth,Postal code,Language,Country,Debt reference,Creditor,Currency,Balance,Due date',
  ...people.map(({ reference, name, mobile, mail }) =>
    [
      reference,
      name,
      mobile,
      `${mail}@mail.example`,
      '1984-05-17',
      'LS1 4AP',
      'en',
      'GB',
      `D-${reference}`,
      'Northern Energy Ltd',
      'GBP',
      '1234.56',
      '2026-03-31',
    ].join(','),
  ),
  '',
].join('\r\n');
/** a receipt and an answer take a second or two; the machine may have other things to do */
const SOON_MS = 30_000;
type Kind = 'SMS' | 'MMS' | 'E-mail';
const keyOf: Record<Kind, string> = { SMS: 's', MMS: 'm', 'E-mail': 'e' };
const sheetOf: Record<Kind, string> = {
  SMS: 'Send an SMS',
  MMS: 'Send an MMS',
  'E-mail': 'Send an e-mail',
};

describe.skipIf(!hasPeer('chromium'))('messages in the middle of a call', () => {
  const scenarioFile = join(tmpdir(), `dialdesk-e2e-messages-${process.pid}.json`);
  let product: Product;
  let browser: TestBrowser;
  let agent: AgentPage;
  let history: Locator;

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
    history = page.getByRole('region', { name: 'Entries of the history' });
    await agent.logIn(await product.address());
    await product.rpc('document.set-letterhead', {
      letterhead: {
        name: 'Example Collections Ltd',
        street: '1 Example Street',
        postalCode: 'LS1 4AP',
        city: 'Leeds',
        country: 'United Kingdom',
        ids: [],
        phone: '+44 7700 900000',
        email: 'office@collections.example',
        website: '',
        bankName: 'Example Bank',
        bankAccount: 'GB33BUKB20201555555555',
        footer: '',
      },
    });
    await carryMms();
    const lead = new LeadPage(page);
    await lead.chooseFile({ name: 'msg.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await lead.commitImport('Messages');
    await agent.goTo('/workspace');
    await agent.goReady();
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

  /** Practice providers are there and off; one of them carries pictures where nothing else does. */
  async function carryMms(): Promise<void> {
    const { gateways } = await product.rpc('gateway.list', {});
    const able = gateways.filter(({ channels }) => channels.includes('mms'));
    const [first] = able;
    if (first === undefined) throw new Error('no practice gateway carries MMS');
    if (able.some(({ enabled }) => enabled)) return;
    const { gatewayId, settings } = first;
    await product.rpc('gateway.save', { gatewayId, settings, enabled: true });
  }

  async function talkTo({ name, place }: typeof promising): Promise<void> {
    await agent.press('d');
    await agent.type(practiceNumberAt('GB', place) ?? '');
    await agent.press('Enter');
    expect(await agent.connected()).toContain(name);
    await agent.identify();
    await history.waitFor();
  }

  async function stillTalking(): Promise<void> {
    expect(await agent.call.getByText('Talking').count()).toBe(1);
    const { call } = await product.rpc('call.current', {});
    expect(call?.state).toBe('connected');
  }

  /** Opens the sheet of a kind by its key, with its templates and what is proposed. */
  async function open(kind: Kind): Promise<Locator> {
    await agent.leaveField();
    await agent.press(keyOf[kind]);
    const sheet = agent.page.getByRole('dialog', { name: sheetOf[kind] });
    await sheet.getByRole('radiogroup', { name: 'Templates' }).waitFor();
    return sheet;
  }

  /** Chooses a template by its digit, and waits until the message is seen as it will be sent. */
  async function choose(sheet: Locator, template: string): Promise<void> {
    const row = sheet.getByRole('radio', { name: new RegExp(template) });
    await agent.press((await row.getAttribute('aria-keyshortcuts')) ?? '');
    await sheet.getByRole('radio', { name: new RegExp(template), checked: true }).waitFor();
  }

  const sendButton = (sheet: Locator): Locator => sheet.getByRole('button', { name: /^Send the/ });

  /** Waits until nothing stands in the way, and sends by a second key. */
  async function send(sheet: Locator, key: string): Promise<void> {
    await until('the message can be sent', async () => {
      return (await sendButton(sheet).getAttribute('aria-disabled')) === 'false';
    });
    await agent.press(key);
    await sheet.waitFor({ state: 'detached' });
  }

  /** a line of the history about a message that went out */
  const outgoing = (kind: Kind): Locator =>
    history.getByRole('article', { name: new RegExp(`^${kind},`) });
  const incoming = (kind: Kind): Locator =>
    history.getByRole('article', { name: new RegExp(`^${kind} from the debtor,`) });
  const arrives = (line: Locator): Promise<void> =>
    line
      .first()
      .locator('[data-delivery=delivered], [data-delivery=read]')
      .waitFor({ timeout: SOON_MS });

  it('a lead writes a template: what is wrong stands beside it, and it is in use once it is mended', async () => {
    const lead = new LeadPage(agent.page);
    await lead.goTo('/templates?template=new-sms', 'Message templates');
    await lead.main.getByLabel('Name', { exact: true }).fill('By hand');
    const block = lead.main.getByRole('region', { name: 'Part 1' });
    const publish = lead.main.getByRole('button', { name: 'Publish' });
    await block.getByRole('textbox').fill('You owe {{total.sum}}. {{optOut}}');
    await block.getByText('There is no field “total.sum”').waitFor();
    await until('it cannot be published', () => publish.isDisabled());
    await block
      .getByRole('textbox')
      .fill(
        '{{firm.name}} for {{creditor.name}}: you owe {{total.balance}}, case {{debtor.reference}}. Questions: {{firm.phone}}. {{optOut}}',
      );
    await block.getByText('There is no field').waitFor({ state: 'detached' });
    // what is not saved is asked about before it is left
    await agent.goTo('/workspace');
    const question = agent.page.getByRole('alertdialog', { name: 'Leave without saving?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await lead.title('Message templates').waitFor();
    await until('it can be published', () => publish.isEnabled());
    await publish.click();
    await lead.main.getByRole('link', { name: /By hand.*in use/ }).waitFor();
    const { templates } = await product.rpc('template.list', { channel: 'sms' });
    expect(templates.find(({ name }) => name === 'By hand')).toMatchObject({
      state: 'published',
      version: 1,
    });
    await agent.goTo('/workspace');
    await agent.page.getByRole('heading', { level: 1, name: 'Workspace' }).waitFor();
  });

  it('an SMS is sent by two keys; it is delivered and answered on the card, and the call goes on', async () => {
    await talkTo(promising);
    const sheet = await open('SMS');
    await choose(sheet, 'Payment reminder');
    await sheet.getByText('£1,234.56', { exact: false }).first().waitFor();
    await sheet.locator('[data-figure=sms-parts]').waitFor();
    expect(await axeFindings(agent.page, 'too')).toEqual([]);
    await send(sheet, 's');
    await outgoing('SMS').first().waitFor();
    await stillTalking();
    await arrives(outgoing('SMS'));
    await incoming('SMS').first().waitFor({ timeout: SOON_MS });
    await stillTalking();
    const { messages } = await product.rpc('message.list', { channel: 'sms' });
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ state: 'delivered', to: people[0]?.mobile });
    expect(messages[0]?.callId).toBe((await product.rpc('call.current', {})).call?.callId);
  });

  it('an MMS shows its picture exactly as it is sent', async () => {
    const sheet = await open('MMS');
    await choose(sheet, 'Demand for payment as a picture');
    const picture = sheet.getByRole('img').first();
    await picture.waitFor({ timeout: SOON_MS });
    expect(
      await picture.evaluate(
        (image) => (image as unknown as { naturalWidth: number }).naturalWidth,
      ),
    ).toBeGreaterThan(100);
    await send(sheet, 'Enter');
    await arrives(outgoing('MMS'));
    await incoming('MMS').or(incoming('SMS').nth(1)).first().waitFor({ timeout: SOON_MS });
    await stillTalking();
  });

  it('an e-mail goes out as it is seen, and its answer comes to the same card', async () => {
    const sheet = await open('E-mail');
    await choose(sheet, 'Payment reminder');
    const frame = sheet.locator('iframe');
    await frame.waitFor();
    expect(await frame.getAttribute('sandbox')).toBe('');
    await send(sheet, 'e');
    await outgoing('E-mail').first().waitFor();
    await arrives(outgoing('E-mail'));
    await incoming('E-mail').first().waitFor({ timeout: SOON_MS });
    await stillTalking();
  });

  it('what a rule refuses is seen before it is sent', async () => {
    await agent.press('f', 'm', 's');
    await agent.page.getByText('Refuses this channel · SMS: set').first().waitFor();
    const before = (await product.rpc('message.list', { channel: 'sms' })).messages.length;
    const sheet = await open('SMS');
    await sheet.getByText('The rules do not allow it now').waitFor();
    expect(await sendButton(sheet).getAttribute('aria-disabled')).toBe('true');
    await agent.press('s', 'Enter');
    expect((await product.rpc('message.list', { channel: 'sms' })).messages).toHaveLength(before);
    await agent.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await stillTalking();
    await agent.hangUp();
    await agent.dispose('1');
  });

  it('STOP from the debtor holds the channel at once, while the call goes on', async () => {
    await talkTo(refusing);
    const sheet = await open('SMS');
    await choose(sheet, 'Payment reminder');
    await send(sheet, 'Enter');
    await arrives(outgoing('SMS'));
    await incoming('SMS').first().waitFor({ timeout: SOON_MS });
    const again = await open('SMS');
    await again.getByText('The rules do not allow it now').waitFor({ timeout: SOON_MS });
    expect(await sendButton(again).getAttribute('aria-disabled')).toBe('true');
    await agent.press('Escape');
    await again.waitFor({ state: 'detached' });
    const { holds } = await product.rpc('debtor.card', {
      debtorId: await debtorIdOf(refusing.reference),
    });
    expect(holds.map(({ kind, medium }) => `${kind} ${medium}`)).toContain('mediumOptOut sms');
    await stillTalking();
    await agent.hangUp();
    await agent.dispose('1');
    browser.checkPages();
  });

  async function debtorIdOf(reference: string): Promise<DebtorId> {
    const { rows } = await product.rpc('debtor.list', { search: reference });
    return rows[0]?.debtorId as DebtorId;
  }
});
