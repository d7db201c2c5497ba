import { describe, expect, test } from 'vitest';
import type { RulePack } from '#shared/rule-packs/index.ts';
import { choosePacks, type PackChoice, type PackInForce } from './choose-packs.ts';
import { euMembers } from './eu-members.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const rule = (kind: string) => ({ id: 'X-01', kind }) as RulePack['rules'][number];

function aPack(id: string, jurisdiction: string, overrides: Partial<RulePack> = {}): PackInForce {
  const pack: RulePack = {
    id,
    jurisdiction,
    version: '1',
    title: id,
    actors: ['collector', 'debtBuyer'],
    effectiveFrom: '2026-01-01',
    calendars: [],
    rules: [rule('hours')],
    sources: [],
    review: { status: 'draft' },
    ...overrides,
  };
  return { pack, rules: [] };
}
const base = aPack('base', '*', { fallback: true });
const pl = aPack('pl', 'PL');
const eu = aPack('eu', 'EU', { rules: [rule('retention'), rule('hold')] });
const pci = aPack('pci', '*', { rules: [rule('payment')] });
const wishes = aPack('wishes', '*', { rules: [rule('hold')] });
const approved = { review: { status: 'counsel-approved' as const, by: 'A', on: '2026-01-01' } };

const chosen = (packs: PackInForce[], choice: PackChoice, at = now) =>
  choosePacks(packs, choice, at).map(({ pack }) => pack.id);

describe('places', () => {
  test('country, state and city of each place; the base on top', () => {
    const packs = [aPack('us', 'US'), aPack('ny', 'US-NY'), aPack('nyc', 'US-NY-NYC'), pl, base];
    expect(chosen(packs, { places: ['US-NY-NYC'] })).toEqual(['us', 'ny', 'nyc', 'base']);
    expect(chosen(packs, { places: ['US-NY'] })).toEqual(['us', 'ny', 'base']);
    expect(chosen(packs, { places: ['US', 'PL'] })).toEqual(['us', 'pl', 'base']);
  });

  test('the Union covers its 27 members with their parts, and nobody else', () => {
    expect(euMembers.size).toBe(27);
    for (const place of ['PL', 'DE-BY', 'ES-CN', 'GR']) {
      expect(chosen([eu, base], { places: [place] }), place).toContain('eu');
    }
    for (const place of ['GB', 'CH', 'NO', 'US', 'RU', 'EUX', '']) {
      expect(chosen([eu, base], { places: [place] }), place).not.toContain('eu');
    }
  });
});

describe('whose packs', () => {
  const forCreditors = aPack('original', 'PL', { actors: ['creditor'] });
  test('those for others do not apply once the firm has said what it is', () => {
    expect(chosen([pl, forCreditors], { places: ['PL'], actors: ['collector'] })).toEqual(['pl']);
    expect(
      chosen([pl, forCreditors], { places: ['PL'], actors: ['creditor', 'servicer'] }),
    ).toEqual(['original']);
  });
  test('while it has not, all apply', () => {
    for (const choice of [{ places: ['PL'] }, { places: ['PL'], actors: [] }]) {
      expect(chosen([pl, forCreditors], choice)).toEqual(['pl', 'original']);
    }
  });
});

describe('contracts of a creditor', () => {
  const contract = aPack('bank', '*', { creditors: ['Bank  Polski SA'], own: true });
  test.each([
    ['Bank Polski SA', true],
    ['  bank polski sa', true],
    ['Bank Polski', false],
    [null, true],
    [undefined, true],
  ])('debt of %s: %s', (creditor, applies) => {
    const choice = creditor === undefined ? {} : { creditor };
    expect(chosen([pl, contract], { places: ['PL'], ...choice }).includes('bank')).toBe(applies);
  });
});

describe('the fallback', () => {
  test('goes when counsel has approved a pack of the residence, not of another place', () => {
    const packs = [aPack('pl', 'PL', approved), aPack('de', 'DE'), base];
    expect(chosen(packs, { places: ['PL', 'DE'] })).toEqual(['pl', 'de']);
    expect(chosen(packs, { places: ['DE', 'PL'] })).toEqual(['pl', 'de', 'base']);
  });

  test("approval that is kept in the store counts, and takes the place of the pack's own word", () => {
    const isApproved = ({ id }: RulePack) => id === 'pl';
    expect(chosen([pl, base], { places: ['PL'], isApproved })).toEqual(['pl']);
    const own = aPack('pl', 'PL', approved);
    expect(chosen([own, base], { places: ['PL'], isApproved: () => false })).toEqual([
      'pl',
      'base',
    ]);
  });

  test('stays when only a pack without contact hours is approved', () => {
    const approvedEu = aPack('eu', 'EU', { rules: [rule('hold')], ...approved });
    expect(chosen([approvedEu, base], { places: ['FR'] })).toEqual(['eu', 'base']);
  });
});

describe('no rule data, no contact', () => {
  test('packs that only stand on top of others count as none', () => {
    expect(chosen([pci, wishes], { places: ['FR'] })).toEqual([]);
    expect(chosen([pci, wishes, base], { places: ['FR'] })).toEqual(['pci', 'wishes', 'base']);
    const recording = aPack('us-ca', 'US-CA', { rules: [rule('recording')] });
    expect(chosen([pci, recording], { places: ['US-CA'] })).toEqual([]);
  });

  test('a pack counts only inside its life, and never once withdrawn', () => {
    const ended = aPack('old', 'PL', { effectiveTo: '2026-11-20' });
    const ahead = aPack('new', 'PL', { effectiveFrom: '2026-12-01' });
    const withdrawn = aPack('gone', 'PL', { review: { status: 'withdrawn' } });
    expect(chosen([ended, ahead, withdrawn], { places: ['PL'] })).toEqual([]);
  });
});
