import { describe, expect, it } from 'vitest';
import type { ContactPoint } from '#shared/contract/index.ts';
import { aCard } from '../../testing/fixtures.ts';
import {
  contactPointChanges,
  contactPointDraftOf,
  contactPointNeed,
  contactPointValue,
} from './contact-point-draft.ts';

const point: ContactPoint = { ...aCard().contactPoints[0]!, label: 'own', hours: null };
const draft = contactPointDraftOf(point);

describe('a correction of a contact point', () => {
  it('sends nothing when nothing was touched', () => {
    expect(contactPointChanges(point, draft, 'GB')).toEqual({});
  });

  it('sends what was touched, and empties what was emptied', () => {
    const changed = {
      ...draft,
      value: '07700 900 124',
      label: ' ',
      days: ['mon', 'tue'] as const,
      from: '17:00',
      to: '20:00',
    };
    expect(contactPointChanges(point, changed, 'GB')).toEqual({
      value: '+447700900124',
      label: null,
      hours: [{ days: ['mon', 'tue'], from: '17:00', to: '20:00' }],
    });
  });

  it('keeps hours of several spans that nobody touched', () => {
    const busy: ContactPoint = {
      ...point,
      hours: [
        { days: ['mon'], from: '08:00', to: '10:00' },
        { days: ['sat'], from: '10:00', to: '12:00' },
      ],
    };
    expect(contactPointChanges(busy, contactPointDraftOf(busy), 'GB')).toEqual({});
  });
});

describe('an address', () => {
  it.each([
    ['mobile', '', 'value'],
    ['mobile', '12', 'phone'],
    ['mobile', '601 234 567', null],
    ['email', 'anna', 'email'],
    ['email', 'anna@przyklad.example', null],
    ['messenger', '@anna', null],
  ] as const)('of kind %s that reads %j lacks %s', (kind, value, need) => {
    expect(contactPointNeed({ kind, value }, 'PL')).toBe(need);
  });

  it('of a phone is kept with its country', () => {
    expect(contactPointValue({ kind: 'home', value: '12 345 67 89' }, 'PL')).toBe('+48123456789');
    expect(contactPointValue({ kind: 'email', value: ' a@b.example ' }, 'PL')).toBe('a@b.example');
  });
});
