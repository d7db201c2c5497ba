import { describe, expect, it } from 'vitest';
import { anInteraction } from '../../testing/fixtures.ts';
import { headingAbove, historyRows, mergeHistory, nextItem } from './history-rows.ts';

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const at = (text: string): { at: number } => ({ at: Date.parse(text) });
const items = [
  anInteraction(1, at('2026-11-21T12:00Z')),
  anInteraction(2, at('2026-11-21T09:00Z')),
  anInteraction(3, at('2026-11-19T09:00Z')),
];
const rows = historyRows(items, dayOf);

describe('rows of a history', () => {
  it('have a heading for each day', () => {
    expect(rows.map((row) => row.kind)).toEqual(['day', 'item', 'item', 'day', 'item']);
    expect(rows.flatMap((row) => (row.kind === 'item' ? [row.position] : []))).toEqual([0, 1, 2]);
  });

  it('keep keys unique when a day comes twice', () => {
    const mixed = historyRows([items[0]!, items[2]!, items[1]!], dayOf);
    expect(new Set(mixed.map((row) => row.key)).size).toBe(mixed.length);
  });

  it('know the heading of a row, and the items around it', () => {
    expect(headingAbove(rows, 2)).toBe(0);
    expect(headingAbove(rows, 3)).toBe(3);
    expect(headingAbove([], 0)).toBe(-1);
    expect(nextItem(rows, 2, 1)).toBe(4);
    expect(nextItem(rows, 4, 1)).toBe(4);
    expect(nextItem(rows, 4, -1)).toBe(2);
    expect(nextItem(rows, 1, -1)).toBe(1);
    expect(nextItem(rows, -1, 1)).toBe(1);
  });
});

describe('a history of which a part came with the card', () => {
  it('shows each row once, the version of the card first', () => {
    const newer = { ...items[1]!, text: 'corrected' };
    expect(mergeHistory([items[0]!, newer], [items[1]!, items[2]!])).toEqual([
      items[0],
      newer,
      items[2],
    ]);
  });
});
