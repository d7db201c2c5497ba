import { describe, expect, it } from 'vitest';
import { workActionsFor } from '../work/work-actions.ts';
import * as keys from './identity-keys.ts';

describe('the keys of who is on the line', () => {
  const own = [
    ...Object.values(keys.checkKeys),
    keys.identifyKey,
    keys.otherPersonKey,
    keys.startOverKey,
    keys.agreesToRecordingKey,
    keys.refusesRecordingKey,
  ];

  it('mean one thing each', () => expect(new Set(own).size).toBe(own.length));

  it('are no digit, which are dispositions and tones', () =>
    expect(own.filter((key) => /[0-9*#]/.test(key))).toEqual([]));

  it('meet no key of the call, of the work or of the window', () => {
    const work = workActionsFor('admin', false).flatMap(({ shortcut }) => shortcut ?? []);
    const others = [...work, 'U', 'H', 'K', 'Shift+X', 'Y', 'J', '/', '?', '+'];
    expect(own.filter((key) => others.includes(key))).toEqual([]);
  });
});
