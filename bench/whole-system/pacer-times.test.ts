import { expect, it } from 'vitest';
import type { CallState, PacerAnswer } from '../../main/dialer/pacing/index.ts';
import type { RecordedLine } from '../../main/dialer/pacing-log/index.ts';
import { answeredWithoutAgent, ownDelays } from './pacer-times.ts';

const decide = (at: number, dial: number): RecordedLine => ({
  line: { at, type: 'decide' },
  answer: { at, dial, cancel: [] } as unknown as PacerAnswer,
});
const call = (at: number, id: string, state: CallState): RecordedLine => ({
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

it('knows who answered while no agent was free', () => {
  const agent = (at: number, id: string, state: 'ready' | 'talking'): RecordedLine => ({
    line: { at, type: 'agent', id, state },
    answer: null,
  });
  const lines = [
    agent(0, 'one', 'ready'),
    call(10, 'a', 'humanAnswered'),
    // the only agent is owed to the first
    call(11, 'b', 'humanAnswered'),
    call(12, 'a', 'connected'),
    agent(12, 'one', 'talking'),
    call(13, 'c', 'humanAnswered'),
    call(14, 'b', 'abandoned'),
    call(15, 'c', 'abandoned'),
    agent(20, 'one', 'ready'),
    call(21, 'd', 'humanAnswered'),
  ];
  expect([...answeredWithoutAgent(lines)]).toEqual(['b', 'c']);
});
