import { describe, expect, it } from 'vitest';
import { createI18n } from '../../app/i18n.ts';
import { allowedAnywayAt, reasonLine } from './reason-text.ts';

const words = { t: createI18n('en').t, locale: 'en' };
const refusal = (rule: string, because: string, until: number | null) => ({
  rule,
  because,
  until,
  pack: 'own-house',
});

describe('reasons of refusals', () => {
  it('name the rule, except where the door itself refuses', () => {
    expect(
      reasonLine(
        [refusal('OWN-1', 'cap', 5), refusal('zone-unknown', 'zone-unknown', null)],
        words,
      ),
    ).toBe('Too many contacts already (OWN-1); The time zone is unknown');
  });

  it('end with the last of them, or with none that waits for a fact', () => {
    expect(allowedAnywayAt([refusal('a', 'cap', 5), refusal('b', 'hours', 9)])).toBe(9);
    expect(allowedAnywayAt([refusal('a', 'cap', 5), refusal('b', 'hold', null)])).toBeNull();
    expect(allowedAnywayAt([])).toBeNull();
  });
});
