import { describe, expect, it } from 'vitest';
import { letterPart } from '#shared/contract/index.ts';
import {
  insertField,
  isReady,
  newDraft,
  newPart,
  partKinds,
  withMovedPart,
  withoutPart,
  withPartAt,
} from './letter-draft.ts';

describe('a letter as it is being written', () => {
  it.each(partKinds)('begins a part of kind %s that the contract takes', (kind) => {
    expect(letterPart.safeParse(newPart(kind)).success).toBe(true);
  });

  it('has parts of every kind that the contract knows', () => {
    const known = letterPart.options.map((option) => option.shape.kind.value);
    expect([...partKinds].sort()).toEqual(known.sort());
  });

  it('cannot be saved without a name and a subject', () => {
    const draft = newDraft('pl');
    expect(isReady(draft)).toBe(false);
    const named = { ...draft, name: 'Wezwanie', body: { ...draft.body, subject: 'Wezwanie' } };
    expect(isReady(named)).toBe(true);
    expect(isReady({ ...named, body: { ...named.body, parts: [] } })).toBe(false);
  });

  it('moves, changes and drops parts', () => {
    const { body } = newDraft('en');
    expect(withMovedPart(body, 0, 1).parts.map((part) => part.kind)).toEqual([
      'debts',
      'text',
      'payTo',
      'signature',
    ]);
    expect(withMovedPart(body, 0, -1)).toBe(body);
    expect(withoutPart(body, 1).parts).toHaveLength(3);
    expect(withPartAt(body, 2, newPart('pageBreak')).parts[2]?.kind).toBe('pageBreak');
  });

  it('takes a field in where the cursor stands', () => {
    expect(insertField('Pay  now', 'total.balance', 4, 4)).toEqual({
      text: 'Pay {{total.balance}} now',
      cursor: 21,
    });
    expect(insertField('abc', 'debtor.name', 0, 3).text).toBe('{{debtor.name}}');
  });
});
