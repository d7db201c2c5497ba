import { describe, expect, it } from 'vitest';
import { durationWords, mayStart, progressOf } from './bulk-words.ts';

const t = ((key: string, { count }: { count: number }) => `${key} ${count}`) as never;

describe('a message to many', () => {
  it('can be started when somebody may get it at some time', () => {
    expect(mayStart({ allowedNow: 0, allowedLater: 0 })).toBe(false);
    expect(mayStart({ allowedNow: 0, allowedLater: 3 })).toBe(true);
    expect(mayStart({ allowedNow: 1, allowedLater: 0 })).toBe(true);
  });

  it('is done with what has left or was given up, not with what waits', () => {
    expect(
      progressOf({
        counts: { queued: 40, permitted: 2, sent: 10, delivered: 30, unknown: 1, cancelled: 7 },
        skipped: { 'message.no-recipient': 8, 'message.missing-fields': 2 },
        total: 100,
      }),
    ).toEqual({ left: 48, total: 90, skipped: 10 });
  });

  it('does not know its size while debtors are collected', () => {
    expect(progressOf({ counts: { queued: 5 }, skipped: {}, total: null })).toEqual({
      left: 0,
      total: null,
      skipped: 0,
    });
  });

  it.each([
    [0.2, 'message-many.seconds 1'],
    [45, 'message-many.seconds 45'],
    [600, 'message-many.minutes 10'],
    [12_600, 'message-many.hours 3.5'],
  ])('says how long %s s are', (seconds, words) => {
    expect(durationWords(seconds, t)).toBe(words);
  });
});
