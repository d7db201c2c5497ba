import { describe, expect, it } from 'vitest';
import { createI18n } from '../../app/i18n.ts';
import { numbersOfDecision, type PacerNumbers, pacerSentence } from './pacer-sentence.ts';

const english = createI18n('en').getFixedT('en');
const polish = createI18n('pl').getFixedT('pl');

const numbers = (overrides: Partial<PacerNumbers> = {}): PacerNumbers => ({
  rule: 'predictive',
  dial: 1,
  cancel: 0,
  free: 1,
  waiting: 0,
  ringing: 2,
  expectedAnswers: 0.6,
  expectedFree: null,
  risk: 0.004,
  riskAllowed: 0.01,
  answerChance: 0.3,
  budget: null,
  ...overrides,
});

describe('the sentence of the pacer', () => {
  it('says what was seen, what was done, and by how much it was allowed', () => {
    expect(pacerSentence(numbers(), english, 'en')).toBe(
      '2 calls ring, 0.6 answers expected, 1 agent is free: one more call is dialed; chance of silence 0.4% of 1% accepted.',
    );
  });

  it('says why nothing is dialed', () => {
    expect(pacerSentence(numbers({ dial: 0, risk: 0.034, free: 0 }), english, 'en')).toBe(
      '2 calls ring, 0.6 answers expected, no agent is free: no further call now; chance of silence 3.4% of 1% accepted.',
    );
    expect(
      pacerSentence(numbers({ rule: 'no-agent', dial: 0, ringing: 0, free: 0 }), english, 'en'),
    ).toBe('No call rings, no agent is free: nothing is dialed while no agent is at work.');
  });

  it('names the budget that is spent, and calls taken back', () => {
    const spent = numbers({
      rule: 'budget-spent',
      cancel: 2,
      budget: { rule: 'UK-ABANDON', percent: 3, left: 0, limitPercent: 3 },
    });
    expect(pacerSentence(spent, english, 'en')).toContain('UK-ABANDON');
    expect(pacerSentence(spent, english, 'en')).toContain('2 ringing calls are taken back');
  });

  it('is a sentence in other languages too', () => {
    const text = pacerSentence(numbers({ waiting: 1, expectedFree: 0.3 }), polish, 'pl');
    expect(text).not.toMatch(/pacing\./);
    expect(text).toContain('0,6');
  });

  it('leaves out what an older decision did not write down', () => {
    const kept = numbersOfDecision({
      at: 0,
      dial: 2,
      cancel: [],
      why: { rule: 'from-the-future', free: 'many', ringing: 0 },
    });
    expect(pacerSentence(kept, english, 'en')).toBe(
      'No call rings, no agent is free: 2 more calls are dialed.',
    );
  });
});
