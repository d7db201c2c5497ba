import { describe, expect, it } from 'vitest';
import { aCard } from '../../testing/fixtures.ts';
import { callbackInstant, callbackNeed, proposeCallback } from './callback-draft.ts';

const now = Date.UTC(2026, 10, 21, 13, 5);
const inNewYork = aCard({ timeZones: ['America/New_York'] });

describe('a callback', () => {
  it('is agreed on the clock of the debtor', () => {
    expect(callbackInstant('2026-11-21T09:30', inNewYork)).toBe(Date.UTC(2026, 10, 21, 14, 30));
    expect(proposeCallback(inNewYork, now)).toBe('2026-11-21T09:00');
  });

  it('must name a time to come', () => {
    expect(callbackNeed(null, inNewYork, now)).toBe('callback-time');
    expect(callbackNeed('', inNewYork, now)).toBe('callback-time');
    expect(callbackNeed('2026-11-21T08:00', inNewYork, now)).toBe('callback-past');
    expect(callbackNeed('2026-11-21T08:10', inNewYork, now)).toBeNull();
  });
});
