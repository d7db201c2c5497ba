import { describe, expect, it } from 'vitest';
import { resultOf } from './sip-result.ts';

const final = (status: number, q850Cause: number | null = null) => ({
  status,
  reasonPhrase: '',
  q850Cause,
});

describe('verdict of a final response', () => {
  it.each([
    [486, 'busy'],
    [600, 'busy'],
    [480, 'noAnswer'],
    [408, 'noAnswer'],
    [404, 'invalidNumber'],
    [484, 'invalidNumber'],
    [604, 'invalidNumber'],
    [603, 'rejected'],
    [403, 'rejected'],
    [503, 'networkFailure'],
    [0, 'networkFailure'],
  ])('%i is %s', (status, expected) => {
    expect(resultOf(final(status))).toBe(expected);
  });

  it('believes the Q.850 cause more than the status', () => {
    expect(resultOf(final(503, 17))).toBe('busy');
    expect(resultOf(final(480, 1))).toBe('invalidNumber');
  });

  it('falls back to the status for a cause that says nothing of the callee', () => {
    expect(resultOf(final(486, 16))).toBe('busy');
  });
});
