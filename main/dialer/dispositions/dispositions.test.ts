import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dispositionCode } from '#shared/contract/index.ts';
import type { RequestContext } from '../../contract-server/types.ts';
import { defaultDispositions } from '../../store/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { createDispositionHandlers } from './disposition-handlers.ts';
import { dispositionWrites } from './disposition-writes.ts';

let store: TestStore;
let published: string[];
let handlers: ReturnType<typeof createDispositionHandlers>;
beforeEach(() => {
  store = openTestStore({ writes: dispositionWrites });
  published = [];
  handlers = createDispositionHandlers({
    store,
    publisher: { publish: (name) => void published.push(name) },
  });
});
afterEach(() => store.close());

const context = { principal: { personId: 'admin' }, commandId: null } as RequestContext;
const ask = async (name: string, input: object = {}) =>
  (handlers as Record<string, (input: object, context: RequestContext) => unknown>)[name]?.(
    input,
    context,
  );
const save = async (input: object) => dispositionCode.parse(await ask('disposition.save', input));
const all = async () =>
  ((await ask('disposition.list')) as { dispositions: { code: string }[] }).dispositions.map(
    (one) => dispositionCode.parse(one),
  );
const byCode = async (code: string) => (await all()).find((one) => one.code === code)!;
const refused = (code: string) => expect.objectContaining({ code });

describe('the outcomes of the firm', () => {
  it('are those that every store starts with, in their order', async () => {
    expect(
      (await all()).map(({ code, key, effect, active, used, next, label }) => ({
        code,
        key,
        effect,
        active,
        used,
        next,
        label,
      })),
    ).toEqual(
      defaultDispositions.map((one) => ({ ...one, active: true, used: 0, next: {}, label: null })),
    );
  });

  it('can be added, with what they do next, and are offered in wrap-up', async () => {
    const next = { retryAfterMs: 3_600_000, otherNumber: true, noteRequired: true };
    const added = await save({ code: 'atWork', label: 'At work', effect: 'retry', next });
    expect(added).toMatchObject({
      code: 'atWork',
      label: 'At work',
      key: null,
      next,
      active: true,
      position: 11,
    });
    expect(published).toEqual(['disposition.changed']);
    const offered = (await ask('call.list-dispositions')) as { dispositions: object[] };
    expect(offered.dispositions.at(-1)).toEqual({
      code: 'atWork',
      label: 'At work',
      key: null,
      effect: 'retry',
      next,
      active: true,
    });
  });

  it('change but for their code; an empty name gives the translated one back', async () => {
    const { dispositionCodeId } = await byCode('paid');
    expect(await save({ dispositionCodeId, label: 'Has paid', key: null })).toMatchObject({
      label: 'Has paid',
      key: null,
      effect: 'done',
    });
    expect(await save({ dispositionCodeId, label: '' })).toMatchObject({ label: null });
    await expect(save({ dispositionCodeId, code: 'other2' })).rejects.toEqual(
      refused('contract.bad-input'),
    );
    await expect(save({ label: 'no code' })).rejects.toEqual(refused('contract.bad-input'));
    await expect(save({ dispositionCodeId: 'none' })).rejects.toEqual(
      refused('contract.not-found'),
    );
  });

  it('have codes and keys of their own; a key is free when its outcome is switched off', async () => {
    await expect(save({ code: 'paid', effect: 'done' })).rejects.toEqual(
      refused('disposition.code-taken'),
    );
    await expect(save({ code: 'cash', effect: 'done', key: '1' })).rejects.toEqual(
      refused('disposition.key-taken'),
    );
    expect((await all()).some(({ code }) => code === 'cash')).toBe(false);
    const { dispositionCodeId } = await byCode('paid');
    await save({ dispositionCodeId, active: false });
    await save({ code: 'cash', effect: 'done', key: '1' });
    await expect(save({ dispositionCodeId, active: true })).rejects.toEqual(
      refused('disposition.key-taken'),
    );
  });

  it('always leave one for each effect', async () => {
    const { dispositionCodeId } = await byCode('doNotCall');
    await expect(save({ dispositionCodeId, active: false })).rejects.toEqual(
      refused('disposition.last-of-effect'),
    );
    await expect(save({ dispositionCodeId, effect: 'done' })).rejects.toEqual(
      refused('disposition.last-of-effect'),
    );
    await save({ code: 'noCalls', effect: 'doNotCall' });
    expect(await save({ dispositionCodeId, active: false })).toMatchObject({ active: false });
  });

  it('stand in the order that is given, those not named after them', async () => {
    const before = await all();
    const [first, second] = before;
    await ask('disposition.reorder', { order: [second!.dispositionCodeId, 'unknown'] });
    const codes = (await all()).map(({ code }) => code);
    expect(codes.slice(0, 2)).toEqual([second!.code, first!.code]);
    expect(codes.slice(2)).toEqual(before.slice(2).map(({ code }) => code));
  });

  it('say how many calls have them', async () => {
    store.runNow((db, { newId }) => {
      for (const dispositionCode of ['paid', 'paid', 'other'])
        db.insert('attempt', {
          id: newId(),
          callId: newId(),
          number: '+48',
          mode: 'manual',
          trunkId: 't',
          state: 'ended',
          reservedAt: 1,
          dispositionCode,
        });
    });
    expect(await byCode('paid')).toMatchObject({ used: 2 });
    expect(await byCode('dispute')).toMatchObject({ used: 0 });
  });

  it('leave a line in the audit', async () => {
    await save({ code: 'atWork', effect: 'retry' });
    expect(store.read.get('SELECT action, personId FROM auditEntry')).toEqual({
      action: 'disposition.saved',
      personId: 'admin',
    });
  });
});
