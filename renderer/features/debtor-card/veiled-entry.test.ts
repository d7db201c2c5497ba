import { describe, expect, it } from 'vitest';
import { anInteraction } from '../../testing/fixtures.ts';
import { veiledEntry } from './veiled-entry.ts';

describe('an entry of the history under the veil', () => {
  it('says that there was a call and how it ended', () => {
    const entry = veiledEntry(
      anInteraction(1, {
        attemptResult: 'answered',
        talkTimeMs: 90_000,
        dispositionCode: 'promise',
        promise: { amountMinor: 40_000, currency: 'PLN', dueOn: '2026-11-28' },
        text: 'Will pay 400 on the 28th.',
      }),
    );
    expect(entry).toEqual({ channel: 'call', result: 'answered', talkTimeMs: 90_000, lines: 2 });
  });

  it.each(['payment', 'letter', 'status', 'visit'] as const)(
    'does not say of what kind it was where that tells of money (%s)',
    (channel) => expect(veiledEntry(anInteraction(1, { channel })).channel).toBeNull(),
  );

  it('has no more bars than a folded text has lines', () => {
    expect(veiledEntry(anInteraction(1, { text: 'long '.repeat(400) })).lines).toBe(3);
  });
});
