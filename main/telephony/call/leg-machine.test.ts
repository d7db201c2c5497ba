import { describe, expect, it } from 'vitest';
import { type LegEvent, type LegState, nextLegState } from './leg-machine.ts';

const columns: LegEvent[] = ['dial', 'ringing', 'answered', 'failed', 'ended'];
const table: Record<LegState['kind'], string> = {
  idle: 'inviting - - ended -',
  inviting: '- ringing up ended ended',
  ringing: '- - up ended ended',
  up: '- - - ended ended',
  ended: '- - - - -',
};

describe('leg machine', () => {
  for (const [kind, row] of Object.entries(table))
    row.split(' ').forEach((expected, index) => {
      it(`${kind} on ${columns[index]}: ${expected}`, () => {
        const next = nextLegState({ kind } as LegState, columns[index]!);
        expect(next?.kind ?? '-').toBe(expected);
      });
    });
});
