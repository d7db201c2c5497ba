import { describe, expect, it } from 'vitest';
import { rulePack } from '#shared/rule-packs/index.ts';
import {
  formKinds,
  packChanges,
  problemOfField,
  problemsOfRule,
  readData,
  readRule,
  readWindows,
  rulesOf,
  withNewRule,
  withoutRule,
  withRuleAt,
  writeWindows,
} from './pack-draft.ts';
import { ruleKinds } from './rule-filter.ts';

const empty = {
  id: 'own-house',
  version: '1',
  title: 'House rules',
  jurisdiction: '*',
  actors: ['collector'],
  effectiveFrom: '2026-11-22',
  calendars: [],
  rules: [],
  sources: [],
  own: true,
  review: { status: 'draft' },
};

describe('a draft of a pack', () => {
  it('gets new rules of every kind that are right as they stand, with ids of their own', () => {
    const full = ruleKinds.reduce(withNewRule, empty as Record<string, unknown>);
    expect(rulesOf(full)).toHaveLength(14);
    expect(new Set(rulesOf(full).map((rule) => rule.id)).size).toBe(14);
    expect(rulePack.safeParse(full).error?.issues).toBeUndefined();
  });

  it('gives a new rule an id that an earlier one does not have', () => {
    const two = withNewRule(withNewRule(empty, 'cap'), 'hold');
    const again = withNewRule(withoutRule(two, 0), 'cap');
    expect(rulesOf(again).map((rule) => rule.id)).toEqual(['OWN-02', 'OWN-03']);
  });

  it('knows a rule only once it is one', () => {
    const [rule] = rulesOf(withNewRule(empty, 'cap'));
    expect(readRule(rule ?? {})?.kind).toBe('cap');
    expect(readRule({ ...rule, limit: 'two' })).toBeNull();
    expect(formKinds).toContain('cap');
  });

  it('shows problems beside their rule and field', () => {
    const problems = [
      { rule: 'OWN-01', field: 'window.days', problem: 'too small' },
      { rule: '#1', field: 'rule', problem: 'no kind' },
      { rule: null, field: 'title', problem: 'empty' },
    ];
    const own = problemsOfRule(problems, { id: 'OWN-01' }, 0);
    expect(problemOfField(own, 'window')).toBe('too small');
    expect(problemOfField(own, 'limit')).toBeNull();
    expect(problemsOfRule(problems, {}, 1)).toHaveLength(1);
  });

  it('says what a new version changes, whatever the order of fields', () => {
    const before = withNewRule(withNewRule(empty, 'cap'), 'hold');
    const [cap = {}, hold = {}] = rulesOf(before);
    const reordered = Object.fromEntries(Object.entries(hold).toReversed());
    const after = withNewRule(
      withRuleAt(withRuleAt(before, 0, { ...cap, limit: 2 }), 1, reordered),
      'hours',
    );
    const changes = packChanges(before, after);
    expect(changes.changed.map((rule) => rule.id)).toEqual(['OWN-01']);
    expect(changes.added.map((rule) => rule.kind)).toEqual(['hours']);
    expect(packChanges(before, withoutRule(before, 0)).removed.map((rule) => rule.id)).toEqual([
      'OWN-01',
    ]);
    expect(packChanges(null, before).added).toHaveLength(2);
  });

  it('reads hours as people type them', () => {
    expect(readWindows('8-12, 13:30 – 20:00')).toEqual([
      ['08:00', '12:00'],
      ['13:30', '20:00'],
    ]);
    expect(readWindows(' ')).toEqual([]);
    expect(readWindows('8-24')).toEqual([['08:00', '24:00']]);
    expect(readWindows('20-8')).toBeNull();
    expect(readWindows('8:75-9')).toBeNull();
    expect(writeWindows([['08:00', '20:00']])).toBe('08:00–20:00');
  });

  it('reads data only when it is an object', () => {
    expect(readData('{"kind":"cap"}')).toEqual({ data: { kind: 'cap' } });
    expect(readData('[1]')).toHaveProperty('problem');
    expect(readData('{"kind"')).toHaveProperty('problem');
  });
});
