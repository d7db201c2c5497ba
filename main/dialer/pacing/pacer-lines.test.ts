import { describe, expect, it } from 'vitest';
import { createPacer } from './create-pacer.ts';
import { PacerLines } from './pacer-lines.ts';

const lines = () => new PacerLines(createPacer({ mode: 'progressive' }));

describe('lines of text for a pacer', () => {
  it('answers a decide with one line of JSON, and other lines with nothing', () => {
    const reader = lines();
    expect(reader.take('{"at":0,"type":"agent","id":"a1","state":"ready"}')).toEqual({
      kind: 'none',
    });
    const answer = reader.take('{"at":5,"type":"decide"}');
    expect(answer.kind === 'answer' && JSON.parse(answer.text)).toMatchObject({
      at: 5,
      dial: 1,
      cancel: [],
      why: { rule: 'progressive' },
    });
  });

  it.each([
    ['not JSON', 'nope', 'line 2: not JSON'],
    ['an unknown state', '{"at":1,"type":"agent","id":"a1","state":"asleep"}', 'line 2: state'],
    ['no time', '{"type":"decide"}', 'line 2: at'],
  ])('refuses a line with %s by its number, and reads on', (_, text, message) => {
    const reader = lines();
    reader.take('');
    const result = reader.take(text);
    expect(result.kind === 'fault' && result.message).toContain(message);
    expect(reader.take('{"at":9,"type":"decide"}').kind).toBe('answer');
  });

  it('ignores keys that it does not know', () => {
    expect(lines().take('{"at":1,"type":"decide","more":true}').kind).toBe('answer');
  });
});
