import type { RecordedLine } from '../../main/dialer/pacing-log/index.ts';
import { percentile } from '../bench.ts';
import type { OwnDelays } from './world.ts';

/** what has not been seen dialing by then came to nothing, for the pacer and here */
const LAPSED_MS = 1_000;

/** What the product took for what the simulator does in no time: medians, out of the recorded lines. */
export function ownDelays(lines: readonly RecordedLine[]): OwnDelays {
  const dialingAt = new Map<string, number>();
  const toRinging: number[] = [];
  const toDialing: number[] = [];
  /** instants of dials that have not been seen dialing, oldest first */
  let asked: number[] = [];
  for (const { line, answer } of lines) {
    asked = asked.filter((at) => line.at - at < LAPSED_MS);
    if (answer !== null) for (let dial = 0; dial < answer.dial; dial += 1) asked.push(answer.at);
    if (line.type !== 'call') continue;
    if (line.state === 'dialing') {
      dialingAt.set(line.id, line.at);
      const askedAt = asked.shift();
      if (askedAt !== undefined) toDialing.push(line.at - askedAt);
    } else if (line.state === 'ringing') {
      const since = dialingAt.get(line.id);
      if (since !== undefined) toRinging.push(line.at - since);
    }
  }
  return {
    decidedToDialing: percentile(toDialing, 0.5),
    dialingToRinging: percentile(toRinging, 0.5),
  };
}

/** Calls whose person answered while no agent was free: ready, and not owed to somebody who waits already. */
export function answeredWithoutAgent(lines: readonly RecordedLine[]): Set<string> {
  const ready = new Set<string>();
  const unjoined = new Set<string>();
  const without = new Set<string>();
  for (const { line } of lines) {
    if (line.type === 'agent') {
      if (line.state === 'ready') ready.add(line.id);
      else ready.delete(line.id);
    } else if (line.type === 'call' && line.state === 'humanAnswered') {
      if (ready.size <= unjoined.size) without.add(line.id);
      unjoined.add(line.id);
    } else if (line.type === 'call') unjoined.delete(line.id);
  }
  return without;
}
