import { expect, it } from 'vitest';
import type { TextProblem } from '#shared/contract/index.ts';
import { missingWords, withWords } from './missing-words.ts';

const problem = (element: string, overrides: Partial<TextProblem> = {}): TextProblem => ({
  language: 'en',
  rule: 'X-1',
  pack: 'x',
  source: null,
  problem: 'missing',
  element,
  words: null,
  blocks: true,
  ...overrides,
});

it('offers a field for each thing that a rule misses and a field can say, once', () => {
  const problems = [problem('optOut'), problem('optOut', { rule: 'X-2' }), problem('creditorName')];
  expect(missingWords(problems, 'hello')).toEqual(['{{optOut}}', '{{creditor.name}}']);
});

it('offers nothing that the text holds, that no field can say, or that holds nothing up', () => {
  expect(missingWords([problem('optOut')], 'hello {{optOut}}')).toEqual([]);
  expect(missingWords([problem('threat'), problem('greeting')], '')).toEqual([]);
  expect(missingWords([problem('optOut', { blocks: false })], '')).toEqual([]);
  expect(missingWords([problem('optOut', { problem: 'not-allowed' })], '')).toEqual([]);
});

it('adds words behind what was typed', () => {
  expect(withWords('hello ', ['{{optOut}}'], 'sms')).toBe('hello {{optOut}}');
  expect(withWords('hello', ['{{optOut}}', '{{firm.name}}'], 'email')).toBe(
    'hello\n{{optOut}} {{firm.name}}',
  );
  expect(withWords('', ['{{optOut}}'], 'sms')).toBe('{{optOut}}');
});
