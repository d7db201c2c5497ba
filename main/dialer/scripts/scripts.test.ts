import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultCampaignSettings, script } from '#shared/contract/index.ts';
import type { RequestContext } from '../../contract-server/types.ts';
import { loadScript } from '../../debtors/card/card-script.ts';
import { addDebtor, addPortfolio } from '../../debtors/debtors.fixture.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { createScriptHandlers } from './script-handlers.ts';
import { scriptWrites } from './script-writes.ts';

let store: TestStore;
let handlers: ReturnType<typeof createScriptHandlers>;
beforeEach(() => {
  store = openTestStore({ writes: scriptWrites });
  handlers = createScriptHandlers(store);
});
afterEach(() => store.close());

const context = { principal: { personId: 'admin' }, commandId: null } as RequestContext;
const ask = async (name: string, input: object = {}) =>
  (handlers as Record<string, (input: object, context: RequestContext) => unknown>)[name]?.(
    input,
    context,
  );
const sections = [{ title: 'Opening', text: 'Good day' }];
const save = async (input: object = {}) =>
  script.parse(
    await ask('script.save', { name: 'Soft', language: 'pl', debtKind: null, sections, ...input }),
  );
const list = async () => ((await ask('script.list')) as { scripts: unknown[] }).scripts;

function campaignWith(scriptId: string | null, status = 'running'): string {
  return store.runNow((db, { newId }) => {
    const id = newId();
    const settings = { ...defaultCampaignSettings, scriptId };
    db.insert('campaign', {
      id,
      name: 'c',
      portfolioId: 'p',
      status,
      settingsJson: JSON.stringify(settings),
      createdAt: 1,
      startedAt: 1,
    });
    return id;
  });
}

describe('scripts', () => {
  it('are kept, changed, and removed', async () => {
    const { scriptId } = await save({ debtKind: ' loan ' });
    expect(await list()).toMatchObject([
      { scriptId, name: 'Soft', debtKind: 'loan', sections, sample: false, campaigns: 0 },
    ]);
    expect(await save({ scriptId, name: 'Softer', debtKind: '' })).toMatchObject({
      scriptId,
      name: 'Softer',
      debtKind: null,
    });
    await ask('script.remove', { scriptId });
    expect(await list()).toEqual([]);
    await expect(save({ scriptId })).rejects.toMatchObject({ code: 'contract.not-found' });
  });

  it('are not removed while a campaign that can still call reads from them', async () => {
    const { scriptId } = await save();
    const campaignId = campaignWith(scriptId);
    await expect(ask('script.remove', { scriptId })).rejects.toMatchObject({
      code: 'script.in-use',
    });
    store.runNow((db) => db.update('campaign', campaignId, { status: 'finished' }));
    await ask('script.remove', { scriptId });
    expect(await list()).toEqual([]);
  });
});

describe('the script on the card', () => {
  let debtorId: string;
  beforeEach(() => {
    debtorId = store.runNow((db, context_) =>
      addDebtor(db, context_, { portfolioId: addPortfolio(db, context_) }),
    );
  });
  const shown = () => loadScript(store.read, debtorId, 'pl', ['loan'])?.name;
  const listed = (campaignId: string) =>
    store.runNow((db, { newId }) =>
      db.insert('contactListEntry', {
        id: newId(),
        campaignId,
        debtorId,
        status: 'pending',
        position: 0,
        updatedAt: 1,
      }),
    );
  const called = (campaignId: string, columns: object) =>
    store.runNow((db, { newId }) =>
      db.insert('attempt', {
        id: newId(),
        callId: newId(),
        campaignId,
        debtorId,
        number: '+48',
        mode: 'progressive',
        trunkId: 't',
        state: 'joined',
        reservedAt: 5,
        ...columns,
      }),
    );

  it('is the one of the running campaign that has the debtor on its list', async () => {
    await save({ name: 'For loans', debtKind: 'loan' });
    const { scriptId } = await save({ name: 'Of the campaign', debtKind: 'telecom' });
    expect(shown()).toBe('For loans');
    const paused = campaignWith(scriptId, 'paused');
    listed(paused);
    expect(shown()).toBe('For loans');
    listed(campaignWith(scriptId));
    expect(shown()).toBe('Of the campaign');
  });

  it('is the one of the campaign that calls, until the call has its outcome', async () => {
    const usual = await save({ name: 'Usual', debtKind: 'loan' });
    const { scriptId } = await save({ name: 'Of the call', debtKind: 'telecom' });
    listed(campaignWith(usual.scriptId));
    const campaignId = campaignWith(scriptId, 'paused');
    called(campaignId, { joinedAt: 6, endedAt: 7 });
    expect(shown()).toBe('Of the call');
    store.runNow((db) => {
      const id = String(db.get<{ id: string }>('SELECT id FROM attempt')?.id);
      db.update('attempt', id, { disposedAt: 8 });
    });
    expect(shown()).toBe('Usual');
  });

  it('is the usual one where the campaign of the call names none', async () => {
    await save({ name: 'For loans', debtKind: 'loan' });
    called(campaignWith(null), { joinedAt: 6 });
    expect(shown()).toBe('For loans');
  });
});
