import { expect, it } from 'vitest';
import { manualClock } from '../testing/contract-clock.ts';
import { TokenTable } from './token-table.ts';

function setUp() {
  const clock = manualClock();
  let count = 0;
  const table = new TokenTable<string>({ clock, lifetimeMs: 1000, newToken: () => `t${count++}` });
  return { clock, table };
}

it('gives a value once when taken, and again when only looked at', () => {
  const { table } = setUp();
  const { token } = table.issue('a');
  expect([table.peek(token), table.peek(token)]).toEqual(['a', 'a']);
  expect([table.take(token), table.take(token), table.peek(token)]).toEqual(['a', null, null]);
});

it('ends with its time', () => {
  const { clock, table } = setUp();
  const { token, expiresAt } = table.issue('a');
  expect(expiresAt).toBe(clock.now() + 1000);
  clock.advance(999);
  expect(table.peek(token)).toBe('a');
  clock.advance(1);
  expect(table.take(token)).toBeNull();
});

it('knows no other token and forgets old ones', () => {
  const { clock, table } = setUp();
  table.issue('a');
  expect(table.take('')).toBeNull();
  clock.advance(1000);
  table.issue('b');
  expect(table.size).toBe(1);
});

it('removes what belongs to someone', () => {
  const { table } = setUp();
  const { token } = table.issue('a');
  table.removeWhere((value) => value === 'a');
  expect(table.peek(token)).toBeNull();
});
