import { describe, expect, it } from 'vitest';
import { type KeyPress, pressMatches, worksInFields } from './key-match.ts';

function aPress(overrides: Partial<KeyPress>): KeyPress {
  return {
    key: 'h',
    code: 'KeyH',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...overrides,
  };
}

describe('a key binding', () => {
  it('is met by the letter, in either case of lock', () => {
    expect(pressMatches(aPress({}), 'H', false)).toBe(true);
    expect(pressMatches(aPress({ key: 'H' }), 'H', false)).toBe(true);
  });

  it('is met on a layout without Latin letters by the place of the key', () => {
    expect(pressMatches(aPress({ key: 'р', code: 'KeyH' }), 'H', false)).toBe(true);
    expect(pressMatches(aPress({ key: 'р', code: 'KeyH' }), 'R', false)).toBe(false);
  });

  it('follows what the key writes when that is Latin, not its place', () => {
    expect(pressMatches(aPress({ key: 'a', code: 'KeyQ' }), 'A', false)).toBe(true);
    expect(pressMatches(aPress({ key: 'a', code: 'KeyQ' }), 'Q', false)).toBe(false);
  });

  it('wants exactly its modifiers', () => {
    expect(pressMatches(aPress({ key: 'X', code: 'KeyX', shiftKey: true }), 'Shift+X', false)).toBe(
      true,
    );
    expect(pressMatches(aPress({ key: 'x', code: 'KeyX' }), 'Shift+X', false)).toBe(false);
    expect(pressMatches(aPress({ shiftKey: true }), 'H', false)).toBe(false);
    expect(pressMatches(aPress({ ctrlKey: true }), 'H', false)).toBe(false);
    expect(pressMatches(aPress({ altKey: true }), 'H', false)).toBe(false);
  });

  it('takes Command on a Mac and Control elsewhere', () => {
    const press = aPress({ key: 'k', code: 'KeyK' });
    expect(pressMatches({ ...press, metaKey: true }, 'Mod+K', true)).toBe(true);
    expect(pressMatches({ ...press, ctrlKey: true }, 'Mod+K', false)).toBe(true);
    expect(pressMatches({ ...press, ctrlKey: true }, 'Mod+K', true)).toBe(false);
  });

  it('takes digits from the row, the number block and layouts that shift them', () => {
    expect(pressMatches(aPress({ key: '3', code: 'Digit3' }), '3', false)).toBe(true);
    expect(pressMatches(aPress({ key: '3', code: 'Numpad3' }), '3', false)).toBe(true);
    expect(pressMatches(aPress({ key: '"', code: 'Digit3' }), '3', false)).toBe(true);
    expect(pressMatches(aPress({ key: '#', code: 'Digit3', shiftKey: true }), '#', false)).toBe(
      true,
    );
    expect(pressMatches(aPress({ key: '#', code: 'Digit3', shiftKey: true }), '3', false)).toBe(
      false,
    );
    expect(pressMatches(aPress({ key: '?', code: 'Slash', shiftKey: true }), '?', false)).toBe(
      true,
    );
    expect(pressMatches(aPress({ key: '+', code: 'NumpadAdd' }), '+', false)).toBe(true);
  });

  it('works inside fields only with the modifier', () => {
    expect(worksInFields('Mod+K')).toBe(true);
    expect(worksInFields('K')).toBe(false);
  });
});
