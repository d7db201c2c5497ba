import { describe, expect, it } from 'vitest';
import type { Permission } from '#shared/contract/index.ts';
import { createI18n } from '../../app/i18n.ts';
import { anId } from '../../testing/fixtures.ts';
import { nextAllowedText, refusedText, standingOf } from './permission-text.ts';

const now = Date.UTC(2026, 10, 21, 13, 5);
const t = createI18n('en').t;
const reader = { t, locale: 'en', now, timeZone: 'America/New_York' };
const refused = (overrides: Partial<Permission> = {}): Permission => ({
  allowed: false,
  blockedBy: [{ rule: 'US-F-01', pack: 'us-federal', because: 'cap', until: now + 3 * 3_600_000 }],
  nextAllowedAt: now + 3 * 3_600_000,
  overridable: false,
  override: null,
  ...overrides,
});
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('when a contact is allowed again', () => {
  it('is said on the debtor’s clock with its zone, and how far off it is', () => {
    expect(plain(nextAllowedText(now + 3 * 3_600_000, reader))).toBe(
      'from 11:05 AM EST (in 3 hr.)',
    );
  });

  it('names the day when it is another one', () => {
    const text = nextAllowedText(now + 2 * 86_400_000, reader);
    expect(plain(text)).toContain('Nov 23, 2026');
    expect(text).toContain('EST');
  });

  it('comes with the reason and the rule', () => {
    expect(plain(refusedText(refused(), reader))).toBe(
      'Too many contacts already · US-F-01 · from 11:05 AM EST (in 3 hr.)',
    );
  });

  it('is not promised when no date is in sight', () => {
    const never = refused({
      blockedBy: [{ rule: 'US-F-04', pack: 'us-federal', because: 'hold', until: null }],
      nextAllowedAt: null,
    });
    expect(refusedText(never, reader)).toBe(
      'Contact is on hold · US-F-04 · not until something changes',
    );
    expect(standingOf(never)).toBe('never');
  });

  it('is not asked when a supervisor has allowed it', () => {
    const override = { overrideId: anId(1), expiresAt: now + 1 } as never;
    expect(standingOf(refused({ override }))).toBe('byOverride');
    expect(standingOf(refused())).toBe('later');
    expect(standingOf(refused({ allowed: true, blockedBy: [], nextAllowedAt: null }))).toBe(
      'allowed',
    );
  });
});
