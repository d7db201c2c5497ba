import type { FontFiles } from './letter-fonts.ts';

export type FontName = keyof FontFiles;

/** Text in one font. */
export interface Run {
  font: FontName;
  text: string;
}

/** What the layout needs to know of fonts. */
export interface FontMeter {
  has(font: FontName, codePoint: number): boolean;
  /** points */
  width(run: Run, size: number): number;
}

/** Printed for a letter that no font has. */
const MISSING = '\u25a1';

/**
 * Splits text by font. Letters that only the Chinese font has go there, and with them nothing else: a name in both
 * scripts keeps its look in each.
 */
export function runsOf(text: string, wanted: 'regular' | 'bold', meter: FontMeter): Run[] {
  const runs: Run[] = [];
  for (const letter of text.normalize('NFC')) {
    const { font, shown } = fontFor(letter, wanted, meter);
    const last = runs.at(-1);
    if (last?.font === font) last.text += shown;
    else runs.push({ font, text: shown });
  }
  return runs;
}

function fontFor(
  letter: string,
  wanted: 'regular' | 'bold',
  meter: FontMeter,
): { font: FontName; shown: string } {
  const codePoint = letter.codePointAt(0) ?? 0;
  if (meter.has(wanted, codePoint)) return { font: wanted, shown: letter };
  if (meter.has('chinese', codePoint)) return { font: 'chinese', shown: letter };
  return { font: 'chinese', shown: MISSING };
}

export function widthOf(runs: readonly Run[], size: number, meter: FontMeter): number {
  return runs.reduce((sum, run) => sum + meter.width(run, size), 0);
}
