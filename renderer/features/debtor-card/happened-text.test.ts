import { describe, expect, it } from 'vitest';
import { happenings } from '#shared/contract/index.ts';
import { createI18n } from '../../app/i18n.ts';
import { happenedText } from './happened-text.ts';

const { t } = createI18n('en');
const plain = (happened: Parameters<typeof happenedText>[0]): string =>
  happenedText(happened, t, 'en').replace(/[\u00a0\u202f]/g, ' ');

describe('the facts of a change', () => {
  it('are how much, when and how for a payment', () => {
    expect(
      plain({
        what: 'payment.booked',
        amountMinor: 20_000,
        currency: 'EUR',
        on: '2026-11-16',
        kind: 'transfer',
      }),
    ).toMatch(/^€200\.00 · .*Nov.* · bank transfer$/);
  });

  it('count the instalments of a plan', () => {
    expect(plain({ what: 'plan.created', amountMinor: 100, currency: 'EUR', count: 6 })).toBe(
      '€1.00 · 6 instalments',
    );
  });

  it('name the number and what it became', () => {
    expect(
      plain({ what: 'contact-point.status-set', name: '+442079460155', kind: 'wrongNumber' }),
    ).toBe('+44 20 7946 0155 · Wrong number');
  });

  it('show words that nobody knows as they are', () => {
    expect(plain({ what: 'flag.set', kind: 'new-rule-word' })).toBe('new-rule-word');
  });
});

describe('what happened', () => {
  it.each(['en', 'pl', 'ru', 'zh'] as const)('has a name in %s, whatever it is', (language) => {
    const { exists } = createI18n(language);
    expect(happenings.filter((what) => !exists(`happened.${what}`))).toEqual([]);
  });
});
