import { describe, expect, it } from 'vitest';
import type { CallbackRow } from '#shared/contract/index.ts';
import { callbackGroups } from './callback-groups.ts';

const minuteMs = 60_000;
const noon = new Date('2026-11-20T12:00:00').getTime();
const at = (minutes: number): CallbackRow => ({ at: noon + minutes * minuteMs }) as CallbackRow;
const grouped = (...minutes: number[]) =>
  callbackGroups(minutes.map(at), noon).map((group) => [
    group.id,
    group.callbacks.map((callback) => (callback.at - noon) / minuteMs),
  ]);

describe('callbacks in the order of work', () => {
  it('are late, due, of today and later, each by its time', () => {
    expect(grouped(30, -5, -90, 0, 60 * 24, 10)).toEqual([
      ['late', [-90]],
      ['now', [-5, 0]],
      ['today', [10, 30]],
      ['later', [1440]],
    ]);
  });

  it('leave out what is empty', () => {
    expect(grouped()).toEqual([]);
    expect(grouped(5)).toEqual([['today', [5]]]);
  });
});
