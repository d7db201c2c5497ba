import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RulePack } from '#shared/rule-packs/index.ts';
import { firmRuleWrites } from './firm-rule-writes.ts';
import { aCap, FirmRig } from './firm-rules.fixture.ts';

let rig: FirmRig;
beforeEach(() => {
  rig = new FirmRig();
});
afterEach(() => rig.close());

const code = (expected: string) => expect.objectContaining({ code: expected });
const polish = '+48601234567';
const aPole = () => rig.addDebtor({ jurisdiction: 'PL', zone: 'Europe/Warsaw', number: polish });
const start = async (title = 'House rules') => {
  const { row, pack } = await rig.call('rules.start-draft', { title });
  return { ownPackId: row.ownPackId as string, packId: row.packId as string, pack };
};
const save = (ownPackId: string, pack: unknown) =>
  rig.call('rules.save-draft', { ownPackId, pack });
const states = async () => {
  const { packs } = await rig.call('rules.list-own-packs');
  return packs.map(({ version, state }: { version: number; state: string }) => [version, state]);
};

describe('a draft', () => {
  it('begins empty, for everybody and everywhere, with an id made of its title', async () => {
    const { pack, packId } = await start('Zażółć gęślą jaźń (2026)');
    expect(packId).toBe('own-zazolc-gesla-jazn-2026');
    expect(pack).toEqual({
      id: packId,
      version: '1',
      title: 'Zażółć gęślą jaźń (2026)',
      jurisdiction: '*',
      actors: ['creditor', 'collector', 'debtBuyer', 'servicer'],
      effectiveFrom: '2026-11-24',
      ...{ calendars: [], rules: [], sources: [] },
      ...{ own: true, review: { status: 'draft' } },
    });
  });

  it.each([
    ['规则', 'own-pack'],
    ['__proto__', 'own-proto'],
    ['constructor', 'own-constructor'],
    ['us-federal', 'own-us-federal'],
    ['../../etc/passwd', 'own-etc-passwd'],
  ])('of title %j gets the id %j, and the next one another', async (title, id) => {
    expect((await start(title)).packId).toBe(id);
    expect((await start(title)).packId).toBe(`${id}-2`);
    expect(rig.shipped.map((pack) => pack.id)).not.toContain(id);
  });

  it('keeps an id to itself also after it was discarded', async () => {
    const { ownPackId } = await start();
    await rig.call('rules.discard-draft', { ownPackId });
    expect((await start()).packId).toBe('own-house-rules-2');
  });

  it('needs a title when it is new, and a pack that was published when it is not', async () => {
    await expect(rig.call('rules.start-draft', {})).rejects.toEqual(code('contract.bad-input'));
    for (const packId of ['us-federal', 'own-nothing', '__proto__']) {
      await expect(rig.call('rules.start-draft', { packId })).rejects.toEqual(
        code('contact-rules.unknown-pack'),
      );
    }
  });

  it('keeps what is typed while it is wrong, and says which rule and field', async () => {
    const { ownPackId, pack } = await start();
    const typed = { ...pack, rules: [aCap({ limit: -1 }), aCap({ id: 'OWN-2', colour: 'red' })] };
    const saved = await save(ownPackId, typed);
    expect(saved.row).toMatchObject({ state: 'draft', rules: 2 });
    expect(saved.problems).toEqual([
      expect.objectContaining({ rule: 'OWN-1', field: 'limit' }),
      expect.objectContaining({ rule: 'OWN-2', field: 'colour' }),
    ]);
    expect(await rig.call('rules.get-own-pack', { ownPackId })).toEqual({
      row: saved.row,
      pack: typed,
      problems: saved.problems,
    });
    await expect(rig.call('rules.publish-draft', { ownPackId })).rejects.toEqual(
      code('contact-rules.bad-pack'),
    );
    await expect(rig.call('rules.preview-draft', { ownPackId })).rejects.toEqual(
      code('contact-rules.bad-pack'),
    );
  });

  it('is not the place to choose an id, a version, a kind of store or a review', async () => {
    const { ownPackId, packId, pack } = await start();
    const typed = {
      ...pack,
      ...{ id: 'us-federal', version: '99', own: false, practice: true, rules: [aCap()] },
      review: { status: 'counsel-approved', by: 'me' },
    };
    expect((await save(ownPackId, typed)).problems).toEqual([]);
    expect((await rig.call('rules.get-own-pack', { ownPackId })).pack).toEqual({
      ...pack,
      ...{ id: packId, rules: [aCap()] },
    });
  });

  it.each<[string, object, string]>([
    ['no rules', { rules: [] }, 'rules'],
    ['more rules than 500', { rules: new Array(501).fill(aCap()) }, 'rules'],
    ['rules that are no list', { rules: 'none' }, 'rules'],
    ['a fallback', { fallback: true, rules: [aCap()] }, 'fallback'],
    ['an end before its start', { effectiveTo: '2026-01-01', rules: [aCap()] }, 'effectiveTo'],
    [
      'a window longer than any history',
      { rules: [aCap({ window: { type: 'rolling', length: 'P9999D' } })] },
      'window.length',
    ],
    [
      'a hold longer than any calendar',
      {
        rules: [
          {
            ...{ id: 'H', kind: 'hold', holdKind: 'cease', basis: 'policy', source: 's' },
            ...{ channels: ['call'], severity: 'deny', maxLength: 'P99999999Y' },
          },
        ],
      },
      'maxLength',
    ],
    ['a key that is no field', JSON.parse('{"__proto__": {"rules": []}}'), '__proto__'],
  ])('with %s is kept and not published', async (_what, content, field) => {
    const { ownPackId, pack } = await start();
    const { problems } = await save(ownPackId, Object.assign(Object.create(null), pack, content));
    expect(problems.map((problem: { field: string }) => problem.field)).toContain(field);
    await expect(rig.call('rules.publish-draft', { ownPackId })).rejects.toEqual(
      code('contact-rules.bad-pack'),
    );
  });

  it('is refused when it is huge or nested without end, and stays as it was', async () => {
    const { ownPackId, pack } = await start();
    const nested = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    const huge = 'x'.repeat(10_000_000);
    const many = new Array(300_000).fill(0);
    for (const rules of [nested, [aCap({ note: huge })], many]) {
      await expect(save(ownPackId, { ...pack, rules })).rejects.toEqual(
        code('contact-rules.draft-too-large'),
      );
    }
    for (const typed of [null, [], 'pack', 7]) {
      await expect(save(ownPackId, typed)).rejects.toEqual(code('contract.bad-input'));
    }
    expect((await rig.call('rules.get-own-pack', { ownPackId })).pack).toEqual(pack);
  });

  it('of one pack is one: a second is refused and names the first', async () => {
    const { packId } = await rig.publish('House rules', { rules: [aCap()] });
    const { row } = await rig.call('rules.start-draft', { packId });
    expect(row).toMatchObject({ packId, version: 2, state: 'draft', rules: 1 });
    await expect(rig.call('rules.start-draft', { packId })).rejects.toMatchObject({
      code: 'contact-rules.draft-exists',
      details: { ownPackId: row.ownPackId },
    });
  });

  it('is started once by a command that is repeated', async () => {
    const commandId = '01a00000-0000-7000-8000-00000000c0de';
    const first = await rig.call('rules.start-draft', { title: 'House rules' }, commandId);
    const again = await rig.call('rules.start-draft', { title: 'House rules' }, commandId);
    expect(again).toEqual(first);
    expect(await states()).toEqual([[1, 'draft']]);
  });
});

describe('publishing', () => {
  it('holds from the next decision on, in the writer and in the reader', async () => {
    const debtorId = aPole();
    expect(rig.ask(debtorId, polish)).toMatchObject({ allowed: true });
    const { packId } = await rig.publish('House rules', { rules: [aCap()] });
    const refused = { allowed: false, blockedBy: [{ rule: 'OWN-1', pack: packId, version: '1' }] };
    expect(rig.ask(debtorId, polish)).toMatchObject(refused);
    const reserved = rig.reserve(debtorId, polish);
    expect(reserved).toMatchObject(refused);
    expect(rig.published).toEqual(['rules.changed']);
  });

  it('adds to the law and never takes from it', async () => {
    const debtorId = aPole();
    rig.now = Date.UTC(2026, 10, 24, 22);
    const before = rig.ask(debtorId, polish).blockedBy.map(({ rule }) => rule);
    await rig.publish('All day', { rules: [aCap({ limit: 1_000 })] });
    expect(rig.ask(debtorId, polish).blockedBy.map(({ rule }) => rule)).toEqual(before);
    expect(before.length).toBeGreaterThan(0);
  });

  it('replaces the version before, which is kept, and is audited', async () => {
    const { packId, ownPackId } = await rig.publish('House rules', { rules: [aCap()] });
    const { row, pack } = await rig.call('rules.start-draft', { packId, title: 'Milder' });
    expect(pack).toMatchObject({ id: packId, version: '2', title: 'Milder', rules: [aCap()] });
    const rules = [aCap({ limit: 5 })];
    await save(row.ownPackId, { ...pack, rules });
    const published = await rig.call('rules.publish-draft', { ownPackId: row.ownPackId });
    expect(published).toMatchObject({ version: 2, state: 'inForce', publishedByName: 'Ola' });
    expect(await states()).toEqual([
      [2, 'inForce'],
      [1, 'replaced'],
    ]);
    const old = await rig.call('rules.get-own-pack', { ownPackId });
    expect(old).toMatchObject({ pack: { rules: [aCap()] }, problems: [] });
    expect(await rig.call('rules.get-pack', { packId, version: '1' })).toMatchObject({
      pack: { rules: [aCap()] },
    });
    expect((await rig.call('rules.get-pack', { packId })).pack).toMatchObject({
      version: '2',
      rules,
    });
    expect(rig.audit().map(({ action }) => action)).toEqual([
      'rules.pack-published',
      'rules.pack-published',
    ]);
    expect(rig.audit()[1]?.details).toMatchObject({ packId, version: 2, rules: 1 });
  });

  it('happens once: what is published is no draft', async () => {
    const { ownPackId } = await rig.publish('House rules', { rules: [aCap()] });
    for (const [name, input] of [
      ['rules.publish-draft', { ownPackId }],
      ['rules.save-draft', { ownPackId, pack: {} }],
      ['rules.discard-draft', { ownPackId }],
      ['rules.preview-draft', { ownPackId }],
    ] as const) {
      await expect(rig.call(name, input)).rejects.toEqual(code('contact-rules.not-a-draft'));
    }
    expect(await states()).toEqual([[1, 'inForce']]);
  });

  it('is answered again to a command that is repeated, and done once', async () => {
    const { ownPackId, pack } = await start();
    await save(ownPackId, { ...pack, rules: [aCap()] });
    const commandId = '01a00000-0000-7000-8000-00000000c0de';
    const first = await rig.call('rules.publish-draft', { ownPackId }, commandId);
    expect(await rig.call('rules.publish-draft', { ownPackId }, commandId)).toEqual(first);
    expect(rig.audit()).toHaveLength(1);
  });

  it('of a pack of one place reaches that place alone', async () => {
    const pole = aPole();
    const briton = { jurisdiction: 'GB', zone: 'Europe/London', number: '+447911123456' };
    const other = rig.addDebtor(briton);
    rig.now = Date.UTC(2026, 10, 24, 11);
    await rig.publish('In Poland', { jurisdiction: 'PL', rules: [aCap()] });
    expect(rig.ask(pole, polish).allowed).toBe(false);
    expect(rig.ask(other, briton.number).blockedBy.map(({ rule }) => rule)).not.toContain('OWN-1');
  });

  it('in a practice store makes a practice pack', async () => {
    const practice = new FirmRig({ kind: 'practice' });
    const { packId } = await practice.publish('House rules', { rules: [aCap()] });
    expect((await practice.call('rules.get-pack', { packId })).pack).toMatchObject({
      practice: true,
    });
    await practice.close();
  });
});

describe('retiring', () => {
  it('lifts the rules at once, with a reason that is kept', async () => {
    const debtorId = aPole();
    const { packId } = await rig.publish('House rules', { rules: [aCap()] });
    await rig.call('rules.retire-pack', { packId, reason: 'the contract ended' });
    expect(rig.ask(debtorId, polish).allowed).toBe(true);
    expect(rig.audit().at(-1)).toEqual({
      action: 'rules.pack-retired',
      details: { packId, version: 1, reason: 'the contract ended' },
    });
    await expect(rig.call('rules.retire-pack', { packId, reason: 'once more' })).rejects.toEqual(
      code('contact-rules.unknown-pack'),
    );
    // it can come back, as a version of its own
    expect((await rig.call('rules.start-draft', { packId })).row.version).toBe(2);
  });

  it('is not for packs that ship', async () => {
    await expect(
      rig.call('rules.retire-pack', { packId: 'pl', reason: 'we do not like it' }),
    ).rejects.toEqual(code('contact-rules.unknown-pack'));
  });
});

describe('a pack in force that is damaged', () => {
  it('allows nothing, and can be retired', async () => {
    const debtorId = aPole();
    const { packId, ownPackId } = await rig.publish('House rules', { rules: [aCap()] });
    rig.store.runNow((db) => db.update('ownPack', ownPackId, { packJson: '{"id":' }));
    // as another connection sees it, or this one after a start
    rig.store.runNow((db, context) => {
      db.update('setting', 'contactRules.revision', { valueJson: `"${context.newId()}"` });
    });
    expect(rig.ask(debtorId, polish)).toMatchObject({ allowed: false, overridable: false });
    expect((await rig.call('rules.list-packs')).packs).toHaveLength(rig.shipped.length);
    await rig.call('rules.retire-pack', { packId, reason: 'damaged' });
    expect(rig.ask(debtorId, polish).allowed).toBe(true);
  });
});

describe('what was published', () => {
  const steps = fc.array(
    fc.record({
      what: fc.constantFrom('start', 'save', 'publish', 'retire', 'discard', 'next', 'fail'),
      which: fc.nat(5),
      limit: fc.nat(9),
    }),
    { maxLength: 25 },
  );

  it('never changes, and of each pack at most one version is in force', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const one = new FirmRig({ shipped: [] });
        const frozen = new Map<string, string>();
        const rows = () =>
          one.store.read.all<{ id: string; packId: string; packJson: string; state: string }>(
            'SELECT id, packId, packJson, state FROM ownPack ORDER BY id',
          );
        for (const step of sequence) {
          await take(one, step, rows()).catch(expectRefusal);
          const inForce = rows().filter(({ state }) => state === 'inForce');
          expect(new Set(inForce.map(({ packId }) => packId)).size).toBe(inForce.length);
          for (const { id, packJson, state } of rows()) {
            if (frozen.has(id)) expect(packJson).toBe(frozen.get(id));
            else if (state !== 'draft') frozen.set(id, packJson);
          }
          const read = one.rules
            .packsInForce(one.store.read)
            .map(({ pack }) => JSON.stringify(pack));
          expect([...read].sort()).toEqual(inForce.map(({ packJson }) => packJson).sort());
        }
        await one.close();
      }),
      { numRuns: 25 },
    );
  });
});

interface Step {
  what: string;
  which: number;
  limit: number;
}

async function take(
  one: FirmRig,
  { what, which, limit }: Step,
  rows: readonly { id: string; packId: string }[],
): Promise<void> {
  const row = rows[which % Math.max(rows.length, 1)];
  if (what === 'start' || !row) {
    await one.call('rules.start-draft', { title: `Pack ${limit % 3}` });
    return;
  }
  const { id: ownPackId, packId } = row;
  if (what === 'next') await one.call('rules.start-draft', { packId });
  if (what === 'publish') await one.call('rules.publish-draft', { ownPackId });
  if (what === 'retire') await one.call('rules.retire-pack', { packId, reason: 'a test' });
  if (what === 'discard') await one.call('rules.discard-draft', { ownPackId });
  if (what === 'save') {
    const { pack } = await one.call('rules.get-own-pack', { ownPackId });
    const rules = [aCap({ limit: limit === 9 ? -1 : limit })];
    await one.call('rules.save-draft', { ownPackId, pack: { ...(pack as RulePack), rules } });
  }
  // what a transaction did that failed is not in force, and is not remembered
  if (what === 'fail') failAfterPublishing(one, ownPackId);
}

function failAfterPublishing(one: FirmRig, ownPackId: string): void {
  const input = { ownPackId, practice: false, personId: null };
  const failure = new Error('the disk is full');
  try {
    one.store.runNow((db, context) => {
      firmRuleWrites['rules.publish-draft'](db, context, input);
      one.rules.packsInForce(db);
      throw failure;
    });
  } catch (error) {
    if (error !== failure) throw error;
  }
}

function expectRefusal(error: unknown): void {
  expect(error).toMatchObject({ code: expect.stringMatching(/^(?:contact-rules|contract)\./) });
}
