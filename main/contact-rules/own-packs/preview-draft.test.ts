import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aCap, FirmRig } from './firm-rules.fixture.ts';
import { previewDraft } from './preview-draft.ts';
import { sampleDebtors } from './sample-debtors.ts';

let rig: FirmRig;
beforeEach(() => {
  rig = new FirmRig();
});
afterEach(() => rig.close());

const addMany = (count: number, portfolioId = 'P') =>
  Array.from({ length: count }, (_, index) =>
    rig.addDebtor({
      ...{ jurisdiction: 'PL', zone: 'Europe/Warsaw', portfolioId },
      number: `+4860${String(1_000_000 + index)}`,
      name: `Debtor ${String(index).padStart(6, '0')}`,
    }),
  );
const aDraft = async (content: object) => {
  const { row, pack } = await rig.call('rules.start-draft', { title: 'House rules' });
  await rig.call('rules.save-draft', { ownPackId: row.ownPackId, pack: { ...pack, ...content } });
  return row.ownPackId as string;
};

describe('a preview', () => {
  it('counts whom a draft would allow, and which of its rules refuse; nothing is stored', async () => {
    addMany(30);
    const number = '+447911123456';
    rig.addDebtor({ jurisdiction: 'GB', zone: 'Europe/London', number });
    rig.now = Date.UTC(2026, 10, 24, 11);
    const rules = [aCap(), aCap({ id: 'OWN-2', limit: 9 })];
    const ownPackId = await aDraft({ jurisdiction: 'PL', rules });
    const writes = () => rig.store.read.get('SELECT count(*) AS n FROM change');
    const before = writes();
    expect(await rig.call('rules.preview-draft', { ownPackId })).toEqual({
      ...{ sampled: 31, allowedBefore: 31, allowedAfter: 1 },
      byRule: [
        { rule: 'OWN-1', refused: 30 },
        { rule: 'OWN-2', refused: 0 },
      ],
    });
    expect(writes()).toEqual(before);
    expect(rig.ask(addMany(1)[0] ?? '', '+48601000000').allowed).toBe(true);
  });

  it('looks at a draft instead of the version in force', async () => {
    addMany(5);
    const { packId } = await rig.publish('House rules', { rules: [aCap()] });
    const { row, pack } = await rig.call('rules.start-draft', { packId });
    const rules = [aCap({ limit: 3 })];
    await rig.call('rules.save-draft', { ownPackId: row.ownPackId, pack: { ...pack, rules } });
    expect(await rig.call('rules.preview-draft', { ownPackId: row.ownPackId })).toMatchObject({
      ...{ sampled: 5, allowedBefore: 0, allowedAfter: 5 },
    });
  });

  it('is of one portfolio and of as many debtors as were asked for', async () => {
    addMany(40, 'P');
    addMany(25, '01a00000-0000-7000-8000-0000000000aa');
    const ownPackId = await aDraft({ rules: [aCap()] });
    const portfolioId = '01a00000-0000-7000-8000-0000000000aa';
    const sampled = async (input: object) =>
      (await rig.call('rules.preview-draft', { ownPackId, ...input })).sampled;
    expect(await sampled({ portfolioId })).toBe(25);
    expect(await sampled({ portfolioId, sample: 7 })).toBe(7);
    expect(await sampled({ sample: 50 })).toBe(50);
    expect(await sampled({})).toBe(65);
  });

  it('holds nobody up: others have their turn after some debtors', async () => {
    addMany(200);
    const ownPackId = await aDraft({ rules: [aCap()] });
    const { pack } = await rig.call('rules.get-own-pack', { ownPackId });
    const asked: number[] = [];
    let turns = 0;
    await previewDraft(
      {
        read: rig.store.read,
        decideAsIf: (db, requests, at, firm) => {
          asked.push(requests.length);
          return rig.rules.decideMany(db, requests, at, firm);
        },
        pause: async () => {
          turns += 1;
        },
      },
      { draft: pack, portfolioId: null, channel: 'call', sample: 200, at: rig.now },
    );
    expect(Math.max(...asked)).toBeLessThanOrEqual(20);
    expect(turns).toBeGreaterThanOrEqual(asked.length);
  });
});

describe('a sample of debtors', () => {
  it('is spread evenly over the names of the store, whoever was deleted', async () => {
    const ids = addMany(5_000);
    const gone = new Set(ids.slice(0, 1_000));
    rig.store.runNow((db) => {
      for (const id of gone) db.remove('debtor', id);
    });
    let turns = 0;
    const sample = await sampleDebtors(rig.store.read, null, 100, async () => {
      turns += 1;
    });
    expect(turns).toBeGreaterThan(1);
    expect(sample).toHaveLength(100);
    expect(new Set(sample).size).toBe(100);
    expect(sample.some((id) => gone.has(id))).toBe(false);
    const places = sample.map((id) => ids.indexOf(id));
    const steps = places.slice(1).map((place, index) => place - (places[index] ?? 0));
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(Math.max(...steps)).toBeLessThanOrEqual(80);
    expect(places.at(-1)).toBeGreaterThan(4_900);
  });
});
