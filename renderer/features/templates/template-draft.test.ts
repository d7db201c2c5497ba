import { describe, expect, it } from 'vitest';
import type { TextProblem } from '#shared/contract/index.ts';
import {
  isAbout,
  isReady,
  newBlock,
  newDraft,
  newText,
  withMovedBlock,
  withoutBlock,
  withoutText,
  withText,
  wordList,
  writtenLanguages,
} from './template-draft.ts';

const problem = (part: Partial<TextProblem>): TextProblem => ({
  language: 'pl',
  rule: null,
  pack: null,
  source: null,
  problem: 'unknown-field',
  element: null,
  words: null,
  blocks: true,
  ...part,
});

describe('languages of a template', () => {
  it('keep at least one, and the usual one is always written', () => {
    const one = newDraft('sms', 'pl').body;
    expect(withoutText(one, 'pl')).toBe(one);
    const two = withText(one, 'en', newText());
    expect(writtenLanguages(two)).toEqual(['en', 'pl']);
    const left = withoutText(two, 'pl');
    expect(left.defaultLanguage).toBe('en');
    expect(writtenLanguages(left)).toEqual(['en']);
  });
});

describe('blocks', () => {
  const text = {
    subject: '',
    blocks: [
      { ...newBlock(), text: 'a' },
      { ...newBlock(), text: 'b' },
    ],
  };
  const words = (blocks: readonly { text: string }[]) => blocks.map((block) => block.text).join('');

  it('change places, and stay at the ends', () => {
    expect(words(withMovedBlock(text, 0, 1).blocks)).toBe('ba');
    expect(withMovedBlock(text, 0, -1)).toBe(text);
    expect(withMovedBlock(text, 1, 1)).toBe(text);
  });

  it('keep at least one', () => {
    const one = withoutBlock(text, 0);
    expect(words(one.blocks)).toBe('b');
    expect(withoutBlock(one, 0)).toBe(one);
  });
});

describe('a problem', () => {
  it('is about the block that holds its field', () => {
    const found = problem({ element: 'total.sum' });
    expect(isAbout(found, { style: 'text', text: 'Pay {{ total.sum }}' })).toBe(true);
    expect(isAbout(found, { style: 'text', text: 'Pay {{totalXsum}}' })).toBe(false);
  });

  it('is about the block that says its words', () => {
    const found = problem({ problem: 'forbidden', element: 'threat', words: 'Komornik' });
    expect(isAbout(found, { style: 'text', text: 'Przyjdzie komornik.' })).toBe(true);
    expect(isAbout(found, { style: 'text', text: 'Dzień dobry' })).toBe(false);
  });

  it('of a button is about the one without a link', () => {
    const found = problem({ problem: 'button-without-link' });
    expect(isAbout(found, { style: 'button', text: 'Pay' })).toBe(true);
    expect(isAbout(found, { style: 'button', text: 'Pay', link: 'payment.link' })).toBe(false);
  });

  it('of the whole text is about no block', () => {
    const found = problem({ problem: 'missing', element: 'optOut' });
    expect(isAbout(found, { style: 'text', text: 'anything' })).toBe(false);
  });
});

it('a template without a name is not ready', () => {
  const draft = newDraft('email', 'en');
  expect(isReady(draft)).toBe(false);
  expect(isReady({ ...draft, name: 'Plan' })).toBe(true);
  expect(isReady({ ...draft, name: 'Plan', body: { ...draft.body, places: ['Poland'] } })).toBe(
    false,
  );
});

it('lists of words are split, trimmed, and each taken once', () => {
  expect(wordList('pl, us-ny; PL\n', true)).toEqual(['PL', 'US-NY']);
  expect(wordList(' , ')).toEqual([]);
});
