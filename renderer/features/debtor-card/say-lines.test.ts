import { describe, expect, it } from 'vitest';
import type { ShownObligation } from '#shared/contract/index.ts';
import { hasMoreAfter, sayLines } from './say-lines.ts';
import { firmWaits, wordingOf } from './say-wordings.ts';

const owes = (
  what: string,
  element: string | null = null,
  rule = 'US-F-05',
  pack = 'us-federal',
): ShownObligation => ({ rule, pack, what, element });
const keys = (obligations: readonly ShownObligation[], veil: 'open' | 'unknown' = 'open') =>
  sayLines(obligations, veil).map(({ key }) => key);

describe('what is to be said', () => {
  it('begins with who is calling, though no rule asks for it', () => {
    expect(sayLines([], 'open')).toMatchObject([
      { key: 'say.element-callerIdentity', rules: [], kind: 'say' },
    ]);
  });

  it('comes in the order in which it is owed, each thing once with all its rules', () => {
    const lines = sayLines(
      [
        owes('announceRecording', null, 'PL-R-01', 'pl'),
        owes('say', 'callerIdentity'),
        owes('say', 'callerIdentity', 'UK-01', 'uk'),
        owes('say', 'miniMirandaFirst'),
      ],
      'open',
    );
    expect(lines.map(({ key }) => key)).toEqual([
      'say.what-announceRecording',
      'say.element-callerIdentity',
      'say.element-miniMirandaFirst',
    ]);
    expect(lines[1]?.rules.map(({ pack }) => pack)).toEqual(['us-federal', 'uk']);
  });

  it('holds back what names the debt until the debtor is known', () => {
    const obligations = [
      owes('say', 'callerIdentity'),
      owes('say', 'miniMirandaFirst'),
      owes('say', 'creditorName'),
      owes('avoid', 'debt'),
      owes('firstNotice', 'validationNotice'),
    ];
    expect(keys(obligations, 'unknown')).toEqual(['say.element-callerIdentity']);
    expect(hasMoreAfter(obligations)).toBe(true);
    expect(keys(obligations)).toHaveLength(5);
  });

  it('says the words of the law in the debtor’s language, and none where there are none', () => {
    const facts = { agent: 'Marta', firm: null };
    expect(wordingOf('miniMirandaLater', 'en-US', facts)).toBe(
      'This communication is from a debt collector.',
    );
    expect(wordingOf('miniMirandaLater', 'pl', facts)).toBeNull();
    expect(wordingOf('callerIdentity', 'pl', facts)).toBe('Nazywam się Marta, dzwonię z firmy ….');
    expect(wordingOf('callerIdentity', 'pl', { agent: 'M.', firm: 'Zmyślona sp. z o.o.' })).toBe(
      'Nazywam się M., dzwonię z firmy Zmyślona sp. z o.o.',
    );
  });

  it('does not name a firm whose name tells of debts before the debtor is known', () => {
    expect(firmWaits('Zmyślona Windykacja sp. z o.o.', 'unknown')).toBe(true);
    expect(firmWaits('ABC Debt Recovery', 'thirdPerson')).toBe(true);
    expect(firmWaits('ABC Debt Recovery', 'open')).toBe(false);
    expect(firmWaits('ABC Services', 'unknown')).toBe(false);
    expect(firmWaits(null, 'unknown')).toBe(false);
    expect(wordingOf('callerName', 'pl', { agent: 'Marta', firm: 'X' })).toBe('Nazywam się Marta.');
  });
});
