import { describe, expect, it } from 'vitest';
import { type CaseFacts, isDue } from './is-due.ts';
import { keptSince, parsePeriod } from './period.ts';
import { keepingTerms, placesUp } from './periods.ts';
import type { RetentionLaw } from './retention-types.ts';

const now = Date.UTC(2026, 10, 22, 12);
const law = (overrides: Partial<RetentionLaw>): RetentionLaw => ({
  artefact: 'recording',
  min: null,
  max: null,
  anchor: 'event',
  source: 'an act',
  approved: true,
  ...overrides,
});
const effective = (laws: RetentionLaw[], chosen: Record<string, string> = {}, place = 'US-NY') =>
  keepingTerms('recording', place, laws, chosen, now).shown.effective;

describe('a period', () => {
  it.each([
    ['P3Y', '2023-11-22'],
    ['P6M', '2026-05-22'],
    ['P2W', '2026-11-08'],
    ['P1Y1M1D', '2025-10-21'],
  ])('%s before 22 November 2026 is %s', (text, day) => {
    expect(new Date(keptSince(now, parsePeriod(text))).toISOString().slice(0, 10)).toBe(day);
  });

  it('ends on the last day of a month that lacks the day', () => {
    const leapDay = Date.UTC(2028, 1, 29);
    expect(new Date(keptSince(leapDay, parsePeriod('P1Y'))).toISOString().slice(0, 10)).toBe(
      '2027-02-28',
    );
    const march = Date.UTC(2027, 2, 31);
    expect(new Date(keptSince(march, parsePeriod('P1M'))).toISOString().slice(0, 10)).toBe(
      '2027-02-28',
    );
  });

  it.each(['', 'P', '3Y', 'PT5H', 'P-1Y', 'P1Y2D3M', 'P1.5Y', 'forever'])('%j is none', (text) => {
    expect(() => parsePeriod(text)).toThrow(
      expect.objectContaining({ code: 'retention.bad-period' }),
    );
  });
});

describe('how long something is kept', () => {
  it('is as long as it likes where neither law nor firm has said', () => {
    expect(effective([])).toBeNull();
    expect(effective([law({ min: 'P3Y' })])).toBeNull();
  });

  it('is the shortest that a law allows at most', () => {
    expect(effective([law({ max: 'P3Y' }), law({ max: 'P18M' })])).toBe('P18M');
  });

  it('is only proposed by a draft: nobody answers for it yet, and what is removed is gone', () => {
    const draft = law({ max: 'P1Y', approved: false });
    expect(effective([draft])).toBeNull();
    expect(effective([draft, law({ max: 'P5Y' })])).toBe('P5Y');
    expect(effective([draft], { 'recording/*': 'P2Y' })).toBe('P2Y');
    expect(keepingTerms('recording', 'PL', [draft], {}, now).shown).toMatchObject({
      atMost: 'P1Y',
      atMostActs: false,
    });
    expect(effective([law({ min: 'P3Y', approved: false })], { 'recording/*': 'P1Y' })).toBe('P3Y');
  });

  it('is what the firm chose, but never under what a law wants kept', () => {
    expect(effective([], { 'recording/*': 'P1Y' })).toBe('P1Y');
    expect(effective([law({ min: 'P3Y' })], { 'recording/*': 'P1Y' })).toBe('P3Y');
    expect(effective([law({ max: 'P2Y' })], { 'recording/*': 'P5Y' })).toBe('P2Y');
    expect(effective([law({ min: 'P3Y' }), law({ max: 'P2Y' })])).toBe('P3Y');
  });

  it('follows the nearest place that the firm chose for', () => {
    const chosen = { 'recording/*': 'P9Y', 'recording/US': 'P5Y', 'recording/US-NY': 'P4Y' };
    expect(effective([], chosen, 'US-NY-NYC')).toBe('P4Y');
    expect(effective([], chosen, 'US-CA')).toBe('P5Y');
    expect(effective([], chosen, 'PL')).toBe('P9Y');
    expect(placesUp('US-NY-NYC')).toEqual(['US-NY-NYC', 'US-NY', 'US', '*']);
  });

  it('is about its own kind of record', () => {
    expect(effective([law({ artefact: 'message', max: 'P1Y' })])).toBeNull();
  });
});

describe('a record', () => {
  const DAY = 86_400_000;
  const facts: CaseFacts = {
    held: false,
    openDebt: true,
    lastActivityAt: now - 35 * DAY,
    lastBookingAt: null,
  };
  const verdict = (laws: RetentionLaw[], ageDays: number, of: Partial<CaseFacts> = {}) =>
    isDue(
      { at: now - ageDays * DAY },
      keepingTerms('recording', 'US-NY', laws, {}, now),
      { ...facts, ...of },
      now,
    );
  const federal = law({ min: 'P3Y', anchor: 'lastCollectionActivity', approved: false });

  it('stays until every minimum has passed from its own anchor, whatever the firm wrote beside it', () => {
    const own = law({ min: 'P3Y1D', max: 'P3Y1D', anchor: 'event' });
    expect(verdict([own], 1_280)).toBe('due');
    expect(verdict([federal, own], 1_280)).toBe('young');
    expect(verdict([federal, own], 1_280, { lastActivityAt: now - 1_200 * DAY })).toBe('due');
  });

  it('that a period from the end of an open case governs is kept', () => {
    expect(verdict([law({ max: 'P1Y', anchor: 'caseClosed' })], 800)).toBe('kept');
    expect(verdict([law({ max: 'P1Y', anchor: 'caseClosed' })], 800, { openDebt: false })).toBe(
      'young',
    );
  });

  it('that contact rules look back to is not taken from under them', () => {
    const chosen = { 'contactLog/*': 'P1D' };
    const terms = keepingTerms('contactLog', 'PL', [], chosen, now);
    expect(terms.shown.effective).toBe('P400D');
    expect(isDue({ at: now - 390 * DAY }, terms, facts, now)).toBe('young');
    expect(isDue({ at: now - 410 * DAY }, terms, facts, now)).toBe('due');
  });
});
