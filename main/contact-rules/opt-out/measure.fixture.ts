import { corpus } from './corpus.fixture.ts';
import type { ReadReply } from './read-reply.ts';

/** What the reader says, in the words of the corpus. */
export function shown({ verdict, scope, media }: ReadReply): string {
  if (verdict === 'none') return '-';
  if (verdict === 'unclear') return '?';
  return scope === 'address' ? 'addr' : scope === 'all' ? 'all' : media.join(',');
}

/** One half of the corpus of a language: even places were worked with, odd ones held out. */
export function half(language: string, parity: 0 | 1): (readonly [string, string])[] {
  return (corpus[language] ?? []).filter((_row, index) => index % 2 === parity);
}

export interface Measured {
  /** of what was read as an opt-out, the share that is one */
  precision: number;
  /** of the opt-outs, the share that was read as one */
  recall: number;
  /** of the opt-outs and unclear replies, the share that holds the channel at all */
  held: number;
  /** of the harmless replies, the share that was held although nothing was asked */
  falselyHeld: number;
  wrong: string[];
}

export function measure(
  rows: readonly (readonly [string, string])[],
  read: (text: string) => ReadReply,
): Measured {
  const results = rows.map(([expected, text]) => ({ expected, text, got: shown(read(text)) }));
  const isOptOut = (verdict: string) => verdict !== '-' && verdict !== '?';
  const optOuts = results.filter(({ expected }) => isOptOut(expected));
  const claimed = results.filter(({ got }) => isOptOut(got));
  const right = claimed.filter(({ expected }) => isOptOut(expected));
  const shouldHold = results.filter(({ expected }) => expected !== '-');
  const harmless = results.filter(({ expected }) => expected === '-');
  return {
    precision: right.length / claimed.length,
    recall: right.length / optOuts.length,
    held: shouldHold.filter(({ got }) => got !== '-').length / shouldHold.length,
    falselyHeld: harmless.filter(({ got }) => got !== '-').length / harmless.length,
    wrong: results
      .filter(({ expected, got }) => expected !== got)
      .map(({ expected, got, text }) => `${text}: ${got} instead of ${expected}`),
  };
}
