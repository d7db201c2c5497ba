import { describe, expect, it } from 'vitest';
import { atOnce, inPieces } from '../in-pieces/index.ts';
import { readingReport } from './report-file.ts';

const OWN = new Set([
  '+48221234567',
  '+48221234568',
  '+48221234569',
  '+12125550123',
  '+12125550124',
  '+442079460000',
]);
const read = (text: string) => atOnce(readingReport(text, OWN));
const oursIn = (text: string) => [...read(text).ours];

describe('a list of unwanted numbers', () => {
  it('has one number a line, however it is written', () => {
    expect(oursIn('+48 22 123 45 67\r\n0048221234568\n48221234569\n\n# a comment\n')).toEqual([
      ['+48221234567', null],
      ['+48221234568', null],
      ['+48221234569', null],
    ]);
  });

  it('or is CSV with a header, whose other columns are the note', () => {
    const text = '\uFEFFscore;"Phone number";reason\n9;"+48 22 123 45 67";debt calls\n1;;x\n';
    expect(oursIn(text)).toEqual([['+48221234567', '9; debt calls']]);
    expect(read(text)).toMatchObject({ lines: 2, unreadable: 1 });
  });

  it('or CSV without one', () => {
    expect(oursIn('spam,+12125550123\nspam,+12125550124')).toEqual([
      ['+12125550123', 'spam'],
      ['+12125550124', 'spam'],
    ]);
  });

  it('may have the trunk prefix of its country in it', () => {
    expect(oursIn('+44 (0)20 7946 0000')).toEqual([['+442079460000', null]]);
  });

  it('may name others, also such as end like ours', () => {
    expect(read('+48229234567\n+48601234567\n+12025550123')).toEqual({
      ours: new Map(),
      lines: 3,
      unreadable: 0,
    });
  });

  it('counts what cannot be read, and numbers that do not say their country', () => {
    expect(read('hello\n22 123 45\n221234567\n')).toEqual({
      ours: new Map(),
      lines: 3,
      unreadable: 3,
    });
    expect(read(`${'1,'.repeat(50_000)}\n+48221234567`)).toMatchObject({ lines: 2, unreadable: 1 });
  });
});

describe('a list of two million characters', () => {
  const LENGTH = 1_990_000;
  const listOf = (line: (index: number) => string): string => {
    const lines: string[] = [];
    for (let index = 0, length = 0; length < LENGTH; index += 1) {
      const next = line(index);
      lines.push(next);
      length += next.length + 1;
    }
    return lines.join('\n');
  };

  it.each([
    ['one a line', (index: number) => `48${500_000_000 + index}`],
    ['CSV', (index: number) => `${index};x;48${500_000_000 + index};spam`],
    ['one of ours again and again', () => '+48 22 123 45 67'],
    ['one that ends as ours does', (index: number) => `48${500 + (index % 499)}234567`],
    ['all over the world', (index: number) => `${100_000_000_000 + ((index * 7_919_777) % 8e11)}`],
    ['nothing', () => '1'],
  ])('is read in pieces that others hardly notice: %s', async (_name, line) => {
    const text = listOf(line);
    const blocks: number[] = [];
    let last = performance.now();
    let busy = true;
    const watch = () => {
      const now = performance.now();
      blocks.push(now - last);
      last = now;
      if (busy) setImmediate(watch);
    };
    setImmediate(watch);
    const { lines } = await inPieces(readingReport(text, OWN));
    busy = false;
    expect(lines).toBeGreaterThan(50_000);
    blocks.sort((a, b) => a - b);
    // the machine that tests may be busy: nine pieces of ten say what one takes
    expect(blocks[Math.floor(blocks.length * 0.9)] ?? 0).toBeLessThan(20);
  });
});
