import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highlightFound } from './highlight-found.ts';

describe('words found in a text', () => {
  it('are marked where they stand, whatever their case', () => {
    expect(
      highlightFound('Reply STOP to end. Nest Telekom', [
        { element: 'creditorName', words: 'nest telekom' },
        { element: 'optOut', words: 'Reply STOP' },
      ]),
    ).toEqual([
      { text: 'Reply STOP', element: 'optOut' },
      { text: ' to end. ', element: null },
      { text: 'Nest Telekom', element: 'creditorName' },
    ]);
  });

  it('of those that lie over each other the first and longest is marked', () => {
    expect(
      highlightFound('pay 400 zł now', [
        { element: 'amount', words: '400' },
        { element: 'debt', words: 'pay 400 zł' },
      ]).map(({ element }) => element),
    ).toEqual(['debt', null]);
  });

  it('are the whole text again when joined', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.record({ element: fc.constant('debt'), words: fc.string({ maxLength: 4 }) })),
        (text, found) => {
          expect(
            highlightFound(text, found)
              .map((part) => part.text)
              .join(''),
          ).toBe(text);
        },
      ),
    );
  });
});
