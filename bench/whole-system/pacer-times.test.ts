import { expect, it } from 'vitest';
import type { PacerAnswer } from '../../main/dialer/pacing/index.ts';
import type { RecordedLine } from '../../main/dialer/pacing-log/index.ts';
import { ownDelays } from './pacer-times.ts';

const decide = (at: number, dial: number): RecordedLine => ({
  line: { at, type: 'decide' },
  answer: { at, dial, cancel: [] } as unknown as PacerAnswer,
});
const call = (at: number, id: string, state: 'dialing' | 'ringing'): RecordedLine => ({
  line: { at, type: 'call', id, state },
  answer: null,
});

it('takes the delays of the product from what its pacer was told', () => {
  const lines = [
    decide(0, 2),
    call(30, 'a', 'dialing'),
    call(50, 'b', 'dialing'),
    call(60, 'a', 'ringing'),
    decide(100, 1),
    call(150, 'c', 'dialing'),
    call(90, 'b', 'ringing'),
  ];
  expect(ownDelays(lines)).toEqual({ decidedToDialing: 50, dialingToRinging: 30 });
});
