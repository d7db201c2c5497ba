import { expect, it } from 'vitest';
import { manualClock } from '../testing/contract-clock.ts';
import { createRefusalAudit, IN_ALL, PER_SOURCE, WINDOW_MS } from './limited-audit.ts';
import type { AuditEntry } from './ports.ts';

function setUp() {
  const clock = manualClock();
  const entries: AuditEntry[] = [];
  const refused = createRefusalAudit((entry) => entries.push(entry), clock);
  return { clock, entries, refused };
}

it('writes the first refusals of a source and counts the rest', () => {
  const { clock, entries, refused } = setUp();
  for (let n = 0; n < PER_SOURCE + 25; n += 1) refused('a.refused', '10.0.0.1', { n });
  expect(entries.length).toBe(PER_SOURCE);
  clock.advance(WINDOW_MS);
  refused('a.refused', '10.0.0.1', { n: 99 });
  expect(entries.at(-1)?.details).toEqual({ n: 99, source: '10.0.0.1', suppressed: 25 });
});

it('keeps sources and actions apart', () => {
  const { entries, refused } = setUp();
  for (let n = 0; n < PER_SOURCE; n += 1) refused('a.refused', 'one', {});
  refused('a.refused', 'two', {});
  refused('b.refused', 'one', {}, 'person');
  expect(entries.slice(PER_SOURCE).map(({ action, personId }) => [action, personId])).toEqual([
    ['a.refused', null],
    ['b.refused', 'person'],
  ]);
});

it('has a limit for all sources together', () => {
  const { clock, entries, refused } = setUp();
  for (let n = 0; n < 5000; n += 1) refused('a.refused', `source ${n}`, {});
  expect(entries.length).toBe(IN_ALL);
  clock.advance(WINDOW_MS);
  refused('a.refused', 'later', {});
  expect(entries.length).toBe(IN_ALL + 1);
});
