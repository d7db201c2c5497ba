import { describe, expect, it } from 'vitest';
import { type LineEvent, type LineState, nextLineState } from './line-machine.ts';

const columns: LineEvent[] = [
  'open',
  'answered',
  'connected',
  'flowing',
  'stopped',
  'reopened',
  'lost',
  'closed',
];
const table: Record<LineState['kind'], string> = {
  down: 'inviting - - - - - - -',
  inviting: '- connecting - - - inviting down down',
  connecting: '- - silent up - inviting down down',
  silent: '- - - up - inviting down down',
  up: '- - - - silent inviting down down',
};

describe('line machine', () => {
  for (const [kind, row] of Object.entries(table))
    row.split(' ').forEach((expected, index) => {
      it(`${kind} on ${columns[index]}: ${expected}`, () => {
        const next = nextLineState({ kind } as LineState, columns[index]!);
        expect(next?.kind ?? '-').toBe(expected);
      });
    });
});
