import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RulePack } from '#shared/rule-packs/index.ts';
import { aCap, allPacks, FirmRig } from './firm-rules.fixture.ts';
import { readFirmRules, reviewInForce } from './firm-rules.ts';
import { packSha256 } from './pack-digest.ts';

let rig: FirmRig;
beforeEach(() => {
  rig = new FirmRig();
});
afterEach(() => rig.close());

const code = (expected: string) => expect.objectContaining({ code: expected });
const polish = '+48601234567';
const shippedPack = (packId: string): RulePack => {
  const pack = allPacks.find(({ id }) => id === packId);
  if (!pack) throw new Error(`no pack ${packId}`);
  return pack;
};
const review = (packId: string, overrides: object = {}) =>
  rig.call('rules.record-review', {
    ...{ packId, version: shippedPack(packId).version, reviewer: 'adw. Anna Nowak' },
    reviewedOn: '2026-11-20',
    ...overrides,
  });
/** at five in the evening on a Saturday: the safe base says no, the law of Poland does not */
const isBaseAsked = () => {
  const debtorId = rig.addDebtor({ jurisdiction: 'PL', zone: 'Europe/Warsaw', number: polish });
  rig.now = Date.UTC(2026, 10, 28, 16);
  return rig.ask(debtorId, polish).blockedBy.some(({ pack }) => pack === 'safe-base');
};

describe('a review', () => {
  it('makes a pack of the residence stand for its place: the safe base applies there no longer', async () => {
    expect(isBaseAsked()).toBe(true);
    const row = await review('pl');
    expect(row).toMatchObject({
      ...{ packId: 'pl', status: 'counsel-approved', reviewer: 'adw. Anna Nowak' },
      reviewedOn: '2026-11-20',
    });
    expect(isBaseAsked()).toBe(false);
    expect(rig.published).toEqual(['rules.changed']);
    const { packs } = await rig.call('rules.list-packs');
    const approved = packs.filter(({ status }: { status: string }) => status !== 'draft');
    expect(approved.map(({ packId }: { packId: string }) => packId)).toEqual(['pl']);
    expect(rig.audit()).toMatchObject([{ action: 'rules.review-recorded' }]);
  });

  it('of another place lifts nothing', async () => {
    await review('de');
    expect(isBaseAsked()).toBe(true);
  });

  it('can be taken back, and the pack is a draft again', async () => {
    await review('pl');
    await review('pl', { reviewer: 'adw. Jan Lis' });
    const { version } = shippedPack('pl');
    const row = await rig.call('rules.revoke-review', { packId: 'pl', version });
    expect(row).toMatchObject({ status: 'draft', reviewer: null, reviewedOn: null });
    expect(isBaseAsked()).toBe(true);
    expect(rig.audit().map(({ action }) => action)).toEqual([
      'rules.review-recorded',
      'rules.review-recorded',
      'rules.review-revoked',
    ]);
  });

  it('is of one content: a changed file of the same version is a draft again', async () => {
    await review('pl');
    const pack = shippedPack('pl');
    const rules = readFirmRules(rig.store.read);
    expect(reviewInForce(rules, pack)).toMatchObject({ reviewer: 'adw. Anna Nowak' });
    expect(reviewInForce(rules, { ...pack, title: `${pack.title}!` })).toBeNull();
    const [first, ...others] = pack.rules;
    expect(
      reviewInForce(rules, { ...pack, rules: [...others, ...(first ? [first] : [])] }),
    ).toBeNull();
    expect(reviewInForce(rules, { ...pack, version: `${pack.version}.1` })).toBeNull();
    expect(
      reviewInForce(rules, { ...pack, review: { ...pack.review, status: 'withdrawn' } }),
    ).toBeNull();
  });

  it('does not depend on the order of keys', () => {
    const pack = shippedPack('pl');
    const turned = Object.fromEntries(Object.entries(pack).reverse()) as RulePack;
    expect(packSha256(turned)).toBe(packSha256(pack));
    expect(packSha256({ ...pack, title: 'other' })).not.toBe(packSha256(pack));
  });

  it('is of a version that is in use, and of a day that has come', async () => {
    await expect(review('pl', { version: '0' })).rejects.toEqual(
      code('contact-rules.unknown-pack'),
    );
    await expect(review('pl', { packId: '__proto__' })).rejects.toEqual(
      code('contact-rules.unknown-pack'),
    );
    await expect(review('pl', { reviewedOn: '2026-11-25' })).rejects.toEqual(
      code('contact.date-ahead'),
    );
  });

  it('is not for the safe base or the firm’s own packs: they stand for no place', async () => {
    await expect(review('safe-base')).rejects.toEqual(code('contact-rules.not-reviewable'));
    const content = { jurisdiction: 'PL', rules: [aCap({ limit: 9 })] };
    const { packId } = await rig.publish('In Poland', content);
    await expect(review('pl', { packId, version: '1' })).rejects.toEqual(
      code('contact-rules.not-reviewable'),
    );
    expect(isBaseAsked()).toBe(true);
  });
});

describe('packs', () => {
  it('are listed for this kind of store, those that ship and the own ones', async () => {
    const { packId } = await rig.publish('House rules', { rules: [aCap()] });
    const { packs } = await rig.call('rules.list-packs');
    expect(packs.map((pack: { packId: string }) => pack.packId)).toEqual([
      ...rig.shipped.map(({ id }) => id),
      packId,
    ]);
    expect(packs.at(-1)).toEqual({
      ...{ packId, version: '1', title: 'House rules', jurisdiction: '*', status: 'draft' },
      ...{ reviewer: null, reviewedOn: null, own: true, practice: false, fallback: false },
      ...{ effectiveFrom: '2026-11-24', effectiveTo: null, rules: 1 },
    });
  });

  it('of old versions are shown when a decision rests on them', async () => {
    const old = { ...shippedPack('pl'), version: '0.9' };
    rig.store.runNow((db, context) => {
      const row = { packId: 'pl', version: '0.9', packJson: JSON.stringify(old) };
      db.insert('rulePack', { id: context.newId(), ...row, loadedAt: 1 });
    });
    expect((await rig.call('rules.get-pack', { packId: 'pl', version: '0.9' })).pack).toEqual(old);
    expect((await rig.call('rules.get-pack', { packId: 'pl' })).pack).toEqual(shippedPack('pl'));
    for (const asked of [{ packId: 'pl', version: '0.8' }, { packId: '__proto__' }]) {
      await expect(rig.call('rules.get-pack', asked)).rejects.toEqual(
        code('contact-rules.unknown-pack'),
      );
    }
  });

  it('of the firm are marked as used once a decision rests on them', async () => {
    const debtorId = rig.addDebtor({ jurisdiction: 'PL', zone: 'Europe/Warsaw', number: polish });
    await rig.publish('House rules', { rules: [aCap({ limit: 1 })] });
    const used = async () => (await rig.call('rules.list-own-packs')).packs[0].used;
    expect(await used()).toBe(false);
    rig.reserve(debtorId, polish);
    expect(await used()).toBe(true);
  });
});
