import { describe, expect, it } from 'vitest';
import { flagKinds } from '#shared/contract/index.ts';
import { aCard, aContactPoint, anId } from '../../testing/fixtures.ts';
import { flagKeys, flagStep, mediumKeys, mediumStep, undoKey, withWordsKey } from './flag-keys.ts';

const hold = (overrides: object) => ({
  holdId: anId(500),
  kind: 'dispute',
  medium: null,
  contactPointId: null,
  debtId: null,
  since: 0,
  until: null,
  maxDays: null,
  reason: null,
  agentName: null,
  ...overrides,
});
const inCall = { contactPointId: anId(31) as string, inCall: true };
const outside = { contactPointId: null, inCall: false };

describe('the second key after F', () => {
  it('is there for every kind, and means one thing each', () => {
    expect(flagKeys.map(([kind]) => kind).sort()).toEqual([...flagKinds].sort());
    const keys = [...flagKeys.map(([, key]) => key), undoKey, withWordsKey];
    expect(new Set(keys).size).toBe(keys.length);
    const media = mediumKeys.map(([, key]) => key);
    expect(new Set(media).size).toBe(media.length);
  });

  it('sets a flag at once, for the whole person', () => {
    expect(flagStep('dispute', aCard(), inCall)).toEqual({ do: 'set', kind: 'dispute' });
  });

  it('sets nothing twice', () => {
    const card = aCard({ holds: [hold({})] });
    expect(flagStep('dispute', card, inCall)).toMatchObject({ do: 'nothing' });
    // a dispute about one debt leaves the others
    const partial = aCard({ holds: [hold({ debtId: anId(20) })] });
    expect(flagStep('dispute', partial, inCall)).toEqual({ do: 'set', kind: 'dispute' });
  });

  it('takes the number of the call for the wrong one', () => {
    expect(flagStep('wrongNumber', aCard(), inCall)).toEqual({
      do: 'set',
      kind: 'wrongNumber',
      contactPointId: anId(31),
    });
  });

  it('asks which number outside a call, unless there is only one', () => {
    expect(flagStep('wrongNumber', aCard(), outside)).toEqual({
      do: 'askNumber',
      contactPointIds: [anId(30), anId(31)],
    });
    const one = aCard({ contactPoints: [aContactPoint(0)] });
    expect(flagStep('wrongNumber', one, outside)).toMatchObject({ contactPointId: anId(30) });
  });

  it('asks which channel is refused, and proposes the one of the call', () => {
    expect(flagStep('mediumOptOut', aCard(), inCall)).toEqual({
      do: 'askMedium',
      proposed: 'call',
    });
    expect(flagStep('mediumOptOut', aCard(), outside)).toMatchObject({ proposed: null });
    const refused = aCard({ holds: [hold({ kind: 'mediumOptOut', medium: 'sms' })] });
    expect(mediumStep('sms', refused)).toMatchObject({ do: 'nothing' });
    expect(mediumStep('email', refused)).toEqual({
      do: 'set',
      kind: 'mediumOptOut',
      medium: 'email',
    });
  });
});
