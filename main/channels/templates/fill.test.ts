import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageText, TemplateBody } from '#shared/contract/index.ts';
import { findUcs2Character } from '#shared/util/index.ts';
import type { FilledMessage, FillRequest } from '../ports.ts';
import { templateWrites } from './template-writes.ts';
import { addCase, aRequest, NOW, openRig, type Rig, setFirm } from './templates.fixture.ts';

let rig: Rig;
beforeEach(() => {
  rig = openRig();
  setFirm(rig.store, { name: 'Firma <A> & Sp.', phone: '+442079460000' });
});
afterEach(() => rig.store.close());

function fill(request: Partial<FillRequest> & { debtorId: string }): FilledMessage {
  const [filled] = rig.templates.texts.fillMany(rig.store.read, [aRequest(request)], NOW);
  if (!filled?.ok) throw new Error(`not filled: ${filled?.code}`);
  return filled;
}

type Text = { subject?: string; blocks: MessageText['blocks'] };

async function publish(
  channel: 'sms' | 'mms' | 'email',
  texts: Partial<Record<'en' | 'pl' | 'ru' | 'zh', Text>>,
  more: Partial<TemplateBody> = {},
): Promise<string> {
  const [defaultLanguage] = Object.keys(texts) as ['en'];
  const body: TemplateBody = {
    ...{ purpose: 'collection', defaultLanguage, attachments: [], sender: null },
    ...{ debtKinds: [], places: [], first: false },
    texts: Object.fromEntries(
      Object.entries(texts).map(([language, text]) => [language, { subject: '', ...text }]),
    ),
    ...more,
  };
  const { store } = rig;
  const saved = await store.write(templateWrites, 'template.save', {
    ...{
      templateId: null,
      updatedAt: null,
      channel,
      name: 'T',
      position: null,
      personId: null,
      body,
    },
  });
  const { updatedAt } = store.read.get<{ updatedAt: number }>(
    'SELECT updatedAt FROM template WHERE id = ?',
    saved.templateId,
  )!;
  await store.write(templateWrites, 'template.publish', { ...saved, updatedAt, personId: null });
  return saved.templateId;
}
const text = (words: string, more = {}) => ({ style: 'text' as const, text: words, ...more });

describe('a message', () => {
  it('has amounts, dates and counts as its language writes them', () => {
    const debtorId = addCase(rig.store);
    const say = (language: 'en' | 'pl' | 'ru' | 'zh', channel: 'sms' | 'email') =>
      fill({
        debtorId,
        language,
        channel,
        subject: 's',
        text: '{{total.balance}} {{debt.dueOn}} {{debt.daysPastDue}}',
      }).text.replaceAll('\u00a0', '_');
    expect(say('pl', 'email')).toBe('1_284,50_zł 1_października_2026 52');
    expect(say('en', 'email')).toBe('PLN_1,284.50 1_October_2026 52');
    expect(say('ru', 'email')).toBe('1_284,50_PLN 1_октября_2026_г. 52');
    expect(say('zh', 'email')).toBe('PLN_1,284.50 2026年10月1日 52');
    // an SMS of plain letters stays one, so that it holds 160 of them
    expect(say('pl', 'sms')).toBe('1 284,50 PLN 01.10.2026 52');
    expect(findUcs2Character(say('pl', 'sms').replaceAll('_', ' '))).toBeNull();
  });

  it('writes zł where its own words are beyond the short alphabet anyway', () => {
    const debtorId = addCase(rig.store);
    expect(fill({ debtorId, text: 'Dług: {{total.balance}}' }).text).toBe('Dług: 1 284,50 zł');
  });

  it('is in the language of the debtor where that is written, else in the usual one', async () => {
    const templateId = await publish('sms', {
      en: { blocks: [text('Good day')] },
      pl: { blocks: [text('Dzień dobry')] },
    });
    const [polish, german] = [addCase(rig.store), addCase(rig.store, { language: 'de' })];
    expect(fill({ debtorId: polish, templateId }).text).toBe('Dzień dobry');
    expect(fill({ debtorId: german, templateId })).toMatchObject({
      text: 'Good day',
      language: 'en',
    });
    expect(fill({ debtorId: polish, templateId, language: 'en' }).text).toBe('Good day');
    expect(fill({ debtorId: polish, templateId, language: 'ru' }).text).toBe('Dzień dobry');
  });

  it('holds only the blocks whose conditions hold', async () => {
    const templateId = await publish('sms', {
      en: {
        blocks: [
          text('plan', { when: { field: 'plan.total', is: 'present' } }),
          text('no plan', { when: { field: 'plan.total', is: 'absent' } }),
          text('much', { when: { field: 'total.balance', is: 'more', than: 100_000 } }),
          text('little', { when: { field: 'total.balance', is: 'less', than: 100_000 } }),
        ],
      },
    });
    const debtorId = addCase(rig.store);
    expect(fill({ debtorId, templateId }).text).toBe('no plan\nmuch');
    const small = addCase(rig.store, {}, { balanceMinor: 99_999 });
    expect(fill({ debtorId: small, templateId }).text).toBe('no plan\nlittle');
  });

  it('says which fields have no value, and shows their names', () => {
    const debtorId = addCase(rig.store);
    const filled = fill({ debtorId, text: '{{promise.amount}} {{debtor.name}} {{payment.link}}' });
    expect(filled.missing).toEqual(['promise.amount', 'payment.link']);
    expect(filled.text).toBe('[promise.amount] Jan Kowalski [payment.link]');
  });

  it('says what is no field, and what stands for braces that nobody closed', () => {
    const debtorId = addCase(rig.store);
    const filled = fill({ debtorId, text: 'a {{total.ballance}} {{ b' });
    expect(filled.text).toBe('a [total.ballance] { b');
    expect(filled.problems).toContainEqual(
      expect.objectContaining({
        problem: 'unknown-field',
        element: 'total.ballance',
        blocks: true,
      }),
    );
  });

  it('has the plan that runs and the promise that is due next', () => {
    const debtorId = addCase(rig.store);
    rig.store.runNow((db, { newId }) => {
      const paymentPlanId = newId();
      db.insert('paymentPlan', {
        ...{ id: paymentPlanId, debtorId, currency: 'PLN', totalMinor: 30_000, debtIdsJson: '[]' },
        ...{ status: 'active', createdAt: 1 },
      });
      for (const [position, status] of ['paid', 'open', 'open'].entries()) {
        db.insert('instalment', {
          ...{ id: newId(), paymentPlanId, debtorId, position, status, amountMinor: 10_000 },
          ...{ dueOn: `2026-1${position}-05`, paidMinor: status === 'paid' ? 10_000 : 2_500 },
        });
      }
      db.insert('promiseToPay', {
        ...{ id: newId(), debtorId, amountMinor: 5_000, currency: 'PLN', dueOn: '2026-12-01' },
        ...{ status: 'open', createdAt: 1 },
      });
    });
    const filled = fill({
      ...{ debtorId, language: 'en', text: '{{plan.total}} {{plan.count}} {{plan.nextAmount}} ' },
    });
    expect(filled.text).toBe('PLN 300.00 3 PLN 75.00');
    expect(
      fill({
        debtorId,
        language: 'en',
        text: '{{plan.nextDueOn}} {{promise.amount}} {{promise.dueOn}}',
      }).text,
    ).toBe('05/11/2026 PLN 50.00 01/12/2026');
  });

  it('links to where this debtor pays, with what the pattern asks, encoded', () => {
    setFirm(
      rig.store,
      { name: 'F' },
      {
        payLinkPattern:
          'https://pay.example/{debtReference}?a={amount}&m={amountMinor}&c={currency}',
      },
    );
    const debtorId = addCase(rig.store, {}, { externalRef: 'A/1 ł&' });
    expect(fill({ debtorId, text: '{{payment.link}}' }).text).toBe(
      'https://pay.example/A%2F1%20%C5%82%26?a=1284.50&m=128450&c=PLN',
    );
    const paid = addCase(rig.store, {}, { balanceMinor: 0 });
    expect(fill({ debtorId: paid, text: '{{payment.link}}' }).missing).toEqual(['payment.link']);
    const two = addCase(rig.store);
    rig.store.runNow((db, context) => {
      const { id: _id, ...row } = db.get<Record<string, unknown>>(
        'SELECT * FROM debt WHERE debtorId = ?',
        two,
      )!;
      db.insert('debt', { ...row, id: context.newId(), externalRef: 'Z', currency: 'EUR' });
    });
    expect(fill({ debtorId: two, text: '{{payment.link}}' }).missing).toEqual(['payment.link']);
    expect(fill({ debtorId: two, language: 'en', text: '{{total.balance}}' }).text).toBe(
      'PLN 1,284.50 + €1,284.50',
    );
  });

  it('knows who is not to hear it: amounts and the debt disclose, a request to call does not', () => {
    const debtorId = addCase(rig.store);
    const discloses = (words: string) => fill({ debtorId, language: 'en', text: words }).discloses;
    expect(discloses('Please call {{firm.phone}}')).toBe(false);
    expect(discloses('Please pay {{total.balance}}')).toBe(true);
    expect(discloses('Please pay 100 PLN')).toBe(true);
    expect(discloses('about your debt')).toBe(true);
  });

  it('is held against the rules of this debtor’s places', async () => {
    await rig.store.close();
    rig = openRig('real');
    const here = addCase(rig.store, { language: 'en', jurisdiction: 'US-NY' });
    const there = addCase(rig.store, { language: 'en', jurisdiction: 'DE' });
    const problems = (debtorId: string, words: string) =>
      fill({ debtorId, text: words }).problems.flatMap(({ element, blocks }) =>
        blocks ? [element] : [],
      );
    expect(problems(there, 'Hello. Reply STOP to opt out.')).toEqual([]);
    expect(problems(here, 'Hello. Reply STOP to opt out.')).toContain('miniMirandaFirst');
    const first =
      'This is an attempt to collect a debt and any information obtained will be used for that purpose. {{optOut}}';
    expect(problems(here, `From a debt collector. ${first}`)).toEqual([]);
    // once something was told, the short form will do
    rig.store.runNow((db, { newId }) =>
      db.insert('contactEvent', {
        ...{ id: newId(), at: NOW - 1, kind: 'message', direction: 'out', channel: 'sms' },
        ...{ debtorId: here, reservation: 'used' },
      }),
    );
    expect(problems(here, 'From a debt collector. {{optOut}}')).toEqual([]);
    expect(problems(here, 'From a debt collector.')).toContain('optOut');
  });

  it('is said to be too long, or empty, before anybody pays for it', () => {
    const debtorId = addCase(rig.store);
    const found = (words: string, channel: 'sms' | 'email' = 'sms') =>
      fill({ debtorId, channel, text: words }).problems.map(({ problem }) => problem);
    expect(found('ż'.repeat(671))).toContain('too-long');
    const nothing = aRequest({ debtorId, text: ' ' });
    expect(rig.templates.texts.fillMany(rig.store.read, [nothing], NOW)).toEqual([
      { ok: false, code: 'message.empty' },
    ]);
    expect(found('x', 'email')).toContain('empty');
  });
});

describe('an e-mail from a template', () => {
  it('is text and clean HTML beside it, everything escaped', async () => {
    setFirm(
      rig.store,
      { name: 'A <b> & "C"' },
      { payLinkPattern: 'https://pay.example/?r={debtorReference}&c={currency}' },
    );
    const templateId = await publish('email', {
      en: {
        subject: 'Case of {{debtor.name}}',
        blocks: [
          { style: 'heading', text: '{{firm.name}}' },
          text('First\nsecond {{payment.link}}'),
          { style: 'button', text: 'Pay <now>', link: 'payment.link' },
          { style: 'small', text: '{{optOut}}' },
        ],
      },
    });
    const debtorId = addCase(rig.store, { language: 'en', displayName: '<img src=x onerror=a()>' });
    const filled = fill({ debtorId, channel: 'email', templateId });
    const link = /https:\/\/pay\.example\/\?r=D-\d+&c=PLN/.exec(filled.text)![0];
    expect(filled.subject).toBe('Case of <img src=x onerror=a()>');
    expect(filled.text).toBe(
      `A <b> & "C"\n\nFirst\nsecond ${link}\n\nPay <now>: ${link}\n\nReply STOP to opt out.`,
    );
    const { html } = filled;
    const escaped = link.replace('&', '&amp;');
    expect(html).toContain('<title>Case of &lt;img src=x onerror=a()&gt;</title>');
    expect(html).toContain('A &lt;b&gt; &amp; &quot;C&quot;</h1>');
    expect(html).toContain(`First<br>\nsecond <a href="${escaped}">${escaped}</a>`);
    expect(html).toMatch(
      new RegExp(
        `<a href="${escaped.replaceAll(/[?.]/g, '\\$&')}" style="[^"]+">Pay &lt;now&gt;</a>`,
      ),
    );
    expect(html).not.toMatch(/<img|<table|<script/);
    expect(fill({ debtorId, channel: 'email', templateId, text: 'mine' }).html).toBeNull();
  });
});

describe('many messages', () => {
  it('come in the order in which they were asked for; who is gone or erased gets none', async () => {
    const templateId = await publish('sms', { en: { blocks: [text('{{debtor.name}}')] } });
    const [anna, piotr] = ['Anna', 'Piotr'].map((displayName) =>
      addCase(rig.store, { displayName }),
    );
    const requests = [piotr!, 'gone', anna!, piotr!].map((debtorId) =>
      aRequest({ debtorId, templateId }),
    );
    const filled = rig.templates.texts.fillMany(rig.store.read, requests, NOW);
    expect(filled.map((one) => (one.ok ? one.text : one.code))).toEqual([
      'Piotr',
      'contract.not-found',
      'Anna',
      'Piotr',
    ]);
  });

  it('stay with the version that they were started with', async () => {
    const templateId = await publish('sms', { en: { blocks: [text('one')] } });
    const debtorId = addCase(rig.store);
    const { store } = rig;
    store.runNow((db, context) => {
      const row = db.get<{ bodyJson: string; updatedAt: number }>(
        'SELECT bodyJson, updatedAt FROM template WHERE id = ?',
        templateId,
      )!;
      const bodyJson = row.bodyJson.replace('one', 'two');
      db.update('template', templateId, { bodyJson });
      templateWrites['template.publish'](db, context, {
        templateId,
        updatedAt: row.updatedAt,
        personId: null,
      });
    });
    expect(fill({ debtorId, templateId }).text).toBe('two');
    expect(fill({ debtorId, templateId, templateVersion: 1 }).text).toBe('one');
    await store.write(templateWrites, 'template.retire', { templateId, personId: null });
    const request = aRequest({ debtorId, templateId });
    expect(rig.templates.texts.fillMany(store.read, [request], NOW)).toEqual([
      { ok: false, code: 'template.not-published' },
    ]);
    expect(fill({ debtorId, templateId, templateVersion: 1 }).text).toBe('one');
    expect(rig.templates.texts.published(store.read, templateId)).toBeNull();
  });
});

describe('what is offered', () => {
  it('fits the debts and the place, and stands in the firm’s order, what can be sent first', async () => {
    const plain = { en: { blocks: [text('x {{optOut}}')] } };
    const broken = await publish('sms', {
      en: { blocks: [text('{{promise.amount}} {{optOut}}')] },
    });
    const second = await publish('sms', plain);
    const polish = await publish('sms', { pl: { blocks: [text('x {{optOut}}')] } });
    await publish('sms', plain, { debtKinds: ['telecoms'] });
    await publish('sms', plain, { places: ['US'] });
    await publish('email', plain);
    const loans = await publish('sms', plain, { debtKinds: ['loan'], places: ['PL'] });
    const debtorId = addCase(rig.store);
    const offered = rig.templates.texts.offer(rig.store.read, {
      debtorId,
      channel: 'sms',
      debtIds: null,
    });
    expect(offered.map(({ templateId }) => templateId)).toEqual([polish, second, loans, broken]);
    expect(offered[0]).toMatchObject({ language: 'pl', discloses: false, sample: false });
  });
});
