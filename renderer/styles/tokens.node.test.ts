import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const tokens = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

type Theme = 'light' | 'dark';

/** value of a colour token in one theme, from the file itself */
function colour(name: string, theme: Theme): string {
  const pair = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(tokens);
  const value = pair?.[theme === 'light' ? 1 : 2];
  if (!value) throw new Error(`no colour pair --${name}`);
  return value;
}

/** WCAG 2.2 relative luminance */
function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(front: string, back: string): number {
  const a = luminance(front);
  const b = luminance(back);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const grounds = ['canvas', 'surface', 'overlay', 'sunken', 'hover', 'selected'];
const texts = ['text', 'text-soft', 'text-faint'];
const pairs: [front: string, back: string][] = [
  ...texts.flatMap((front) => grounds.map((back): [string, string] => [front, back])),
  ...['accent', 'talk', 'wait', 'stop'].flatMap((front) =>
    ['canvas', 'surface', 'overlay', 'sunken', 'hover', `${front}-soft`].map(
      (back): [string, string] => [front, back],
    ),
  ),
  ['text', 'pressed'],
  ['text', 'talk-soft'],
  ['text', 'wait-soft'],
  ['text', 'stop-soft'],
  ['text-soft', 'wait-soft'],
  ['text-on-accent', 'accent'],
  ['text-on-accent', 'accent-hover'],
  ['text-on-solid', 'talk-solid'],
  ['text-on-solid', 'wait-solid'],
  ['text-on-solid', 'stop-solid'],
];

describe.each(['light', 'dark'] as const)('contrast in the %s theme', (theme) => {
  it.each(pairs)('%s on %s reaches 4.5:1', (front, back) => {
    expect(contrast(colour(front, theme), colour(back, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['surface', 'canvas', 'overlay'])('control borders and focus reach 3:1 on %s', (back) => {
    expect(contrast(colour('line-strong', theme), colour(back, theme))).toBeGreaterThanOrEqual(3);
    expect(contrast(colour('focus', theme), colour(back, theme))).toBeGreaterThanOrEqual(3);
  });
});
