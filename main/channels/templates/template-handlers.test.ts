import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands, type TemplateBody } from '#shared/contract/index.ts';
import { addCase, openRig, type Rig, setFirm } from './templates.fixture.ts';

const LEAD = { personId: 'lead', displayName: 'Lead', role: 'lead' } as const;

let rig: Rig;
beforeEach(() => {
  rig = openRig();
});
afterEach(() => rig.store.close());

async function call(
  name: keyof typeof commands,
  input: object,
  commandId: string | null = null,
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever the contract lets through
): Promise<any> {
  const context = { principal: LEAD, connectionId: 'c', commandId };
  const handler = rig.templates.handlers[name] as (...given: unknown[]) => unknown;
  return commands[name].output.parse(await handler(commands[name].input.parse(input), context));
}

function aBody(words: string, more: Partial<TemplateBody> = {}) {
  const texts = { en: { blocks: [{ text: words }] } };
  return { defaultLanguage: 'en', texts, ...more };
}
const save = (words = 'Hello. {{optOut}}', more: object = {}) =>
  call('template.save', { channel: 'sms', name: 'Mine', body: aBody(words), ...more });
const publish = ({ templateId, updatedAt }: { templateId: string; updatedAt: number }) =>
  call('template.publish', { templateId, updatedAt });

describe('a template', () => {
  it('is a draft, then in use, then edited, and stays in use as it was published', async () => {
    const draft = await save();
    expect(draft).toMatchObject({ state: 'draft', version: 0, sample: false, discloses: false });
    const used = await publish(draft);
    expect(used).toMatchObject({ state: 'published', version: 1 });
    const { templateId, updatedAt } = used;
    const edited = await save('Your debt. {{optOut}}', { templateId, updatedAt });
    expect(edited).toMatchObject({ state: 'edited', version: 1, discloses: true });
    const debtorId = addCase(rig.store);
    expect(rig.templates.texts.published(rig.store.read, templateId)).toMatchObject({
      version: 1,
      discloses: false,
    });
    const back = await save('Hello. {{optOut}}', { templateId, updatedAt: edited.updatedAt });
    expect(back.state).toBe('published');
    const { versions } = await call('template.versions', { templateId });
    expect(versions.map(({ version }: { version: number }) => version)).toEqual([1]);
    expect(rig.published).toContain('template.changed');
    expect(debtorId).toBeDefined();
  });

  it('that was retired is offered no more, and comes back with a new version', async () => {
    const used = await publish(await save());
    const { templateId } = used;
    expect(await call('template.retire', { templateId })).toMatchObject({
      state: 'retired',
      version: 1,
    });
    const again = await save('Hello again. {{optOut}}', { templateId });
    expect(again.state).toBe('draft');
    expect(rig.templates.texts.published(rig.store.read, templateId)).toBeNull();
    expect(await publish(again)).toMatchObject({ state: 'published', version: 2 });
    const { versions } = await call('template.versions', { templateId });
    expect(versions.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
  });

  it('is not written over by who read an older one', async () => {
    const draft = await save();
    const { templateId, updatedAt } = draft;
    await save('Second. {{optOut}}', { templateId, updatedAt });
    await expect(save('Third', { templateId, updatedAt })).rejects.toMatchObject({
      code: 'template.changed',
    });
    await expect(publish(draft)).rejects.toMatchObject({ code: 'template.changed' });
  });

  it('is published once when the command is repeated', async () => {
    const { templateId, updatedAt } = await save();
    const once = () => call('template.publish', { templateId, updatedAt }, 'c-1');
    await once();
    expect(await once()).toMatchObject({ state: 'published', version: 1 });
  });

  it('is refused while a problem blocks, with each problem', async () => {
    const draft = await save('Your debt is {{total.ballance}}');
    await expect(publish(draft)).rejects.toMatchObject({ code: 'template.has-problems' });
    const { problems } = await call('template.check', { templateId: draft.templateId });
    expect(problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          problem: 'unknown-field',
          element: 'total.ballance',
          rule: null,
        }),
        expect.objectContaining({
          problem: 'missing',
          element: 'optOut',
          rule: 'PR-05',
          blocks: true,
        }),
      ]),
    );
  });

  it('keeps its channel, and has its usual language written', async () => {
    const { templateId } = await save();
    const channel = save('x', { templateId, channel: 'mms' });
    await expect(channel).rejects.toMatchObject({ code: 'template.invalid' });
    const body = { ...aBody('x'), defaultLanguage: 'pl' };
    await expect(save('x', { body })).rejects.toMatchObject({ code: 'template.invalid' });
  });
});

describe('a check', () => {
  const check = async (body: object, channel = 'sms') =>
    (await call('template.check', { draft: { channel, body } })).problems.map(
      ({ problem, element }: { problem: string; element: string | null }) => [problem, element],
    );

  it('looks at every way in which conditions let a text come out', async () => {
    const withPlan = { field: 'plan.total', is: 'present' };
    const withoutPlan = { field: 'plan.total', is: 'absent' };
    const blocks = (...list: object[]) => ({ ...aBody(''), texts: { en: { blocks: list } } });
    expect(await check(blocks({ text: 'Hello' }, { text: '{{optOut}}', when: withPlan }))).toEqual([
      ['missing', 'optOut'],
    ]);
    expect(
      await check(
        blocks(
          { text: 'Hello' },
          { text: 'Yes. {{optOut}}', when: withPlan },
          { text: 'No. {{optOut}}', when: withoutPlan },
        ),
      ),
    ).toEqual([]);
  });

  it('finds conditions that compare nothing, buttons without a link, letters that are gone', async () => {
    const body = {
      defaultLanguage: 'en',
      attachments: [
        { kind: 'letter', letterTemplateId: '01a1f000-0000-7000-8000-00000000ffff', as: 'pdf' },
      ],
      texts: {
        en: {
          subject: 'S',
          blocks: [
            { text: '{{optOut}}', when: { field: 'firm.name', is: 'more', than: 1 } },
            { text: '{{optOut}}', when: { field: 'total.balance', is: 'more' } },
            { text: '{{optOut}}', when: { field: 'firm.name', is: 'absent' } },
            { text: '{{optOut}} Pay', style: 'button' },
          ],
        },
      },
    };
    const found = await check(body, 'email');
    expect(found).toEqual(
      expect.arrayContaining([
        ['bad-condition', 'firm.name'],
        ['bad-condition', 'total.balance'],
        ['button-without-link', null],
        ['unknown-letter', '01a1f000-0000-7000-8000-00000000ffff'],
      ]),
    );
  });
});

describe('a preview', () => {
  const draft = {
    channel: 'sms' as const,
    body: aBody('You owe {{total.balance}} {{promise.amount}}'),
  };

  it('shows a text that is being written as a debtor would get it', async () => {
    setFirm(rig.store, { name: 'F' });
    const debtorId = addCase(rig.store);
    expect(await call('template.preview', { draft, debtorId })).toMatchObject({
      ...{ language: 'en', text: 'You owe PLN 1,284.50 [promise.amount]', html: null },
      ...{ missing: ['promise.amount'], attachments: [] },
    });
  });

  it('is not shown in a call whose other end is not identified, unless it tells nothing', async () => {
    const debtorId = addCase(rig.store);
    rig.disclosure = { ok: false, because: 'notIdentified' };
    await expect(call('template.preview', { draft, debtorId })).rejects.toMatchObject({
      code: 'call.not-identified',
    });
    const silent = { channel: 'sms', body: aBody('Please call us') };
    expect(await call('template.preview', { draft: silent, debtorId })).toMatchObject({
      text: 'Please call us',
    });
  });
});
