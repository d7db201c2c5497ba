import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { errorText, refusalOf, refusalText } from './errors.ts';
import { createI18n } from './i18n.ts';

const t = createI18n('pl').t;
const at = Date.UTC(2026, 10, 23, 7, 0);

describe('text of errors', () => {
  it('is found by code in the chosen language', () => {
    expect(errorText(new AppError('call.no-line', 'x'), t)).toContain('Zgłoś gotowość');
  });

  it('is the general one for unknown codes and for bugs', () => {
    const general = t('errors.internal');
    expect(errorText(new AppError('nobody.knows', 'x'), t)).toBe(general);
    expect(errorText(new TypeError('x'), t)).toBe(general);
  });
});

describe('text of refusals', () => {
  it('names reason, rule and time', () => {
    const blockedBy = [{ rule: 'PL-P-01', pack: 'pl', because: 'hours', until: at }];
    const text = refusalText(blockedBy, at, t, 'pl');
    expect(text).toMatch(
      /^Poza godzinami kontaktu \(PL-P-01\)\. Dozwolone od 23 lis 2026, \d\d:00$/,
    );
  });

  it('names no rule where the door itself refuses, and no time where none is in sight', () => {
    const blockedBy = [{ rule: 'clock', pack: 'door', because: 'clock', until: null }];
    expect(refusalText(blockedBy, null, t, 'pl')).toBe('Zegar komputera budzi wątpliwości');
  });

  it('says no at least, when it does not know why', () => {
    expect(refusalText([], null, t, 'pl')).toBe(t('rules.because.other'));
    const strange = [{ rule: 'X-1', pack: 'x', because: 'new-kind', until: null }];
    expect(refusalText(strange, null, t, 'pl')).toContain('X-1');
  });

  it('is read from the details of the door’s error only', () => {
    const details = {
      blockedBy: [{ rule: 'a', pack: 'b', because: 'cap', until: null }],
      nextAllowedAt: at,
    };
    const error = new AppError('contact-rules.refused', 'no', { details });
    expect(refusalOf(error)).toEqual(details);
    expect(refusalOf(new AppError('call.busy', 'no', { details }))).toBeNull();
    expect(refusalOf(new AppError('contact-rules.refused', 'no'))).toEqual({
      blockedBy: [],
      nextAllowedAt: null,
    });
  });
});
