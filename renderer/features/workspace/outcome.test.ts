import { describe, expect, it } from 'vitest';
import type { DebtorCard, Disposition } from '#shared/contract/index.ts';
import type { CallId } from '#shared/domain/index.ts';
import { toZonedField } from '../../app/format/index.ts';
import { emptyDraft } from '../../stores/index.ts';
import { aCard, dispositions } from '../../testing/fixtures.ts';
import { promiseCurrency, proposePromise } from '../work/index.ts';
import { outcomeInput, outcomeNeed, outcomesFor } from './outcome.ts';

const now = Date.UTC(2026, 10, 21, 12);
const today = '2026-11-21';
const callId = 'c' as CallId;
const card: DebtorCard = aCard();
const debt = card.debts[0]!;

function aDisposition(effect: Disposition['effect'], noteRequired = false): Disposition {
  const next = noteRequired ? { noteRequired } : {};
  return { code: effect, label: null, key: '2', effect, next, active: true };
}

describe('what an outcome needs', () => {
  it('is nothing for plain outcomes', () => {
    expect(outcomeNeed(aDisposition('done'), emptyDraft, card, now, today)).toBeNull();
    expect(outcomeNeed(aDisposition('wrongNumber'), emptyDraft, null, now, today)).toBeNull();
  });

  it.each([
    [null, 'promise-amount'],
    [{ amount: 'soon', dueOn: '2026-11-28', debtId: '' }, 'promise-amount'],
    [{ amount: '100', dueOn: '', debtId: '' }, 'promise-date'],
    [{ amount: '100', dueOn: '2026-11-20', debtId: '' }, 'promise-date'],
    [{ amount: '99999999', dueOn: '2026-11-28', debtId: debt.debtId }, 'promise-too-much'],
    [{ amount: '100', dueOn: today, debtId: debt.debtId }, null],
  ])('for the promise %j is %s', (promise, need) => {
    const draft = { ...emptyDraft, promise };
    expect(outcomeNeed(aDisposition('promise'), draft, card, now, today)).toBe(need);
  });

  it('is a time to come for a callback', () => {
    const need = (callbackAt: string | null) =>
      outcomeNeed(aDisposition('callback'), { ...emptyDraft, callbackAt }, card, now, today);
    expect(need(null)).toBe('callback-time');
    expect(need('nonsense')).toBe('callback-time');
    expect(need(toZonedField(now - 60_000, 'Europe/Warsaw'))).toBe('callback-past');
    expect(need(toZonedField(now + 3_600_000, 'Europe/Warsaw'))).toBeNull();
  });
});

describe('the command of an outcome', () => {
  const promise = { amount: '400,50', dueOn: '2026-11-28', debtId: debt.debtId };
  const draft = {
    ...emptyDraft,
    note: ' Asks for a letter. ',
    promise,
    callbackAt: toZonedField(now, 'Europe/Warsaw'),
  };

  it('carries note and promise in minor units of the debt’s currency', () => {
    expect(outcomeInput(callId, aDisposition('promise'), draft, card, 'ready')).toEqual({
      callId,
      dispositionCode: 'promise',
      next: 'ready',
      note: 'Asks for a letter.',
      promise: {
        amountMinor: 40_050,
        currency: debt.currency,
        dueOn: '2026-11-28',
        debtId: debt.debtId,
      },
    });
  });

  it('leaves out what belongs to another outcome', () => {
    expect(outcomeInput(callId, aDisposition('retry'), draft, card, 'notReady')).toEqual({
      callId,
      dispositionCode: 'retry',
      next: 'notReady',
      note: 'Asks for a letter.',
    });
  });

  it('proposes the oldest open debt, and takes its currency', () => {
    const proposal = proposePromise(card, '2026-11-28');
    expect(proposal.debtId).toBe(
      [...card.debts].sort((a, b) => (b.daysPastDue ?? 0) - (a.daysPastDue ?? 0))[0]?.debtId,
    );
    expect(promiseCurrency(card, proposal.debtId)).toBe('PLN');
    expect(promiseCurrency(null, '')).toBeNull();
  });
});

describe('an outcome that asks for a note', () => {
  it('waits for it, after what else it needs', () => {
    const needOf = (effect: Disposition['effect'], note: string) =>
      outcomeNeed(aDisposition(effect, true), { ...emptyDraft, note }, card, now, today);
    expect(needOf('retry', '')).toBe('note');
    expect(needOf('retry', '   ')).toBe('note');
    expect(needOf('retry', 'Moved')).toBeNull();
    expect(needOf('promise', 'Moved')).toBe('promise-amount');
  });
});

describe('the outcomes that a campaign offers', () => {
  it('are those it names, in the order of the firm', () => {
    const codes = outcomesFor(dispositions, false, ['refuses', 'paid']).map(({ code }) => code);
    expect(codes).toEqual(['paid', 'refuses']);
  });

  it('are all when it names none, or none that still exists', () => {
    expect(outcomesFor(dispositions, false, [])).toBe(dispositions);
    expect(outcomesFor(dispositions, false, ['switchedOff'])).toBe(dispositions);
  });
});

describe('the outcomes of a call with a third person', () => {
  it('are those that somebody else can bring about, with the keys they always have', () => {
    const codes = outcomesFor(dispositions, true).map(({ code, key }) => `${key} ${code}`);
    expect(codes).toEqual([
      '4 wrongNumber',
      '5 callback',
      '6 thirdParty',
      '8 noAnswerVoicemail',
      '9 doNotCall',
      'null other',
    ]);
    expect(outcomesFor(dispositions, false)).toBe(dispositions);
  });
});
