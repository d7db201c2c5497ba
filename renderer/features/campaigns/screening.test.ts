import { describe, expect, it } from 'vitest';
import type { CampaignScreening } from '#shared/contract/index.ts';
import { anId, fixedNow } from '../../testing/fixtures.ts';
import { nextOpening, shareText } from './screening.ts';

const refusal = (firstAt: number | null) => ({
  rule: 'R',
  pack: 'p',
  because: 'hours',
  entries: 10,
  firstAt,
  lastAt: firstAt,
});
const screening = (overrides: Partial<CampaignScreening>): CampaignScreening => ({
  campaignId: anId(50),
  state: 'idle',
  entries: 100,
  screened: 100,
  screenedAt: fixedNow,
  allowedNow: 0,
  refused: [],
  ...overrides,
});

describe('the next opening of a list', () => {
  it('is the first of all reasons', () => {
    const refused = [refusal(fixedNow + 9_000), refusal(fixedNow + 5_000), refusal(null)];
    expect(nextOpening(screening({ refused }), fixedNow)).toBe(fixedNow + 5_000);
  });

  it('is not said while somebody may be called, nor when no date is in sight', () => {
    const refused = [refusal(fixedNow + 9_000)];
    expect(nextOpening(screening({ refused, allowedNow: 1 }), fixedNow)).toBeNull();
    expect(nextOpening(screening({ refused: [refusal(null)] }), fixedNow)).toBeNull();
  });

  it('shares are of the whole list', () => {
    expect(shareText(25, 100, 'en')).toBe('25%');
    expect(shareText(0, 0, 'en')).toBeNull();
  });
});
