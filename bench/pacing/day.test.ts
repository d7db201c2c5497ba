import { describe, expect, it } from 'vitest';
import type { PacerAnswer, PacerLine } from '../../main/dialer/pacing/index.ts';
import { createProgressive } from './baselines/progressive.ts';
import { type DayOptions, simulateDay } from './day.ts';
import type { DayResult } from './day-result.ts';
import { constant } from './distribution.ts';
import type { Scenario } from './scenario.ts';
import { s2, scenarios } from './scenarios.ts';
import { driveDay, type LinePacer } from './simulate.ts';

const MINUTE_MS = 60_000;

/** One agent; everybody answers after 10 s, talks 60 s, 20 s of wrap-up; all to the millisecond. */
function aScenario(overrides: Partial<Scenario> = {}): Scenario {
  return {
    ...s2(1),
    dayMs: 10 * MINUTE_MS,
    tickMs: 1_000,
    ringTimeoutMs: 25_000,
    outcomes: [{ kind: 'human', share: 1, after: constant(10_000) }],
    talk: constant(60_000),
    wrapUp: constant(20_000),
    ...overrides,
  };
}

/** Dials so many at its first decision and no more; takes back what it is told to at a time. */
function dialsOnce(
  dial: number,
  takeBack: { at: number; ids: string[] } = { at: -1, ids: [] },
): LinePacer {
  let first = true;
  return {
    feed(line) {
      if (line.type !== 'decide') return null;
      const cancel = line.at === takeBack.at ? takeBack.ids : [];
      const answer = {
        at: line.at,
        dial: first ? dial : 0,
        cancel,
        why: {},
      } as unknown as PacerAnswer;
      first = false;
      return answer;
    },
  };
}

function transcript(
  options: Partial<DayOptions>,
  pacer: LinePacer,
): { lines: PacerLine[]; result: DayResult } {
  const lines: PacerLine[] = [];
  const recording: LinePacer = {
    feed(line) {
      lines.push(line);
      return pacer.feed(line);
    },
  };
  const result = driveDay({ scenario: aScenario(), seed: 1, day: 0, ...options }, recording);
  return { lines, result };
}

const told = (lines: readonly PacerLine[]) =>
  lines.flatMap((line) => (line.type === 'decide' ? [] : [`${line.at} ${line.id} ${line.state}`]));

describe('a simulated day', () => {
  it('tells one call from dialing to ready again', () => {
    const { lines, result } = transcript({}, dialsOnce(1));
    expect(told(lines)).toEqual([
      '0 a1 ready',
      '0 c0-0 dialing',
      '0 c0-0 ringing',
      '10000 c0-0 humanAnswered',
      '10000 c0-0 connected',
      '10000 a1 talking',
      '70000 c0-0 ended',
      '70000 a1 wrapUp',
      '90000 a1 ready',
      '599000 a1 away',
    ]);
    expect(result).toMatchObject({
      busyMs: 80_000,
      answered: 1,
      abandoned: 0,
      dials: 1,
      mostCalls: 1,
    });
  });

  it('abandons who waits longer than the hold', () => {
    const { lines, result } = transcript({}, dialsOnce(2));
    expect(told(lines)).toContain('12000 c0-1 abandoned');
    expect(result).toMatchObject({ answered: 2, abandoned: 1, abandonedOfFirst50: 1 });
  });

  it('joins who waits with the agent who becomes free within the hold', () => {
    const outcomes = [{ kind: 'human', share: 1, after: constant(10_000) }] as const;
    const scenario = aScenario({ outcomes, talk: constant(500), wrapUp: constant(500) });
    const { lines, result } = transcript({ scenario }, dialsOnce(2));
    expect(told(lines)).toContain('11000 c0-1 connected');
    expect(result).toMatchObject({ answered: 2, abandoned: 0 });
  });

  it('sets a call up, rings, and tells of the answer before it is known who answered', () => {
    const scenario = aScenario({ setup: constant(2_000), detection: constant(1_500) });
    const { lines } = transcript({ scenario }, dialsOnce(1));
    expect(told(lines).slice(1, 5)).toEqual([
      '0 c0-0 dialing',
      '2000 c0-0 ringing',
      '12000 c0-0 answered',
      '13500 c0-0 humanAnswered',
    ]);
  });

  it('ends at the ring time-out what nobody answers', () => {
    const { lines } = transcript({ scenario: aScenario({ ringTimeoutMs: 8_000 }) }, dialsOnce(1));
    expect(told(lines)).toContain('8000 c0-0 noAnswer');
  });

  it('takes the machines that an agent finds out of the ratio', () => {
    const scenario = aScenario({ missedMachines: { share: 1, afterMs: 6_000 } });
    const { lines, result } = transcript({ scenario }, dialsOnce(1));
    expect(told(lines)).toContain('16000 c0-0 machine');
    expect(result.answered).toBe(0);
  });

  it('takes back what has rung long enough, and counts it as a broken rule else', () => {
    const late = {
      scenario: aScenario({ outcomes: [{ kind: 'human', share: 1, after: constant(20_000) }] }),
    };
    const rung = transcript(
      { ...late, minRingMs: 15_000 },
      dialsOnce(1, { at: 15_000, ids: ['c0-0'] }),
    );
    expect(rung.result).toMatchObject({ takenBack: 1, violations: 0, answered: 0 });
    const early = transcript(
      { ...late, minRingMs: 15_000 },
      dialsOnce(1, { at: 14_000, ids: ['c0-0'] }),
    );
    expect(early.result).toMatchObject({ takenBack: 0, violations: 1, answered: 1 });
    const never = transcript(late, dialsOnce(1, { at: 16_000, ids: ['c0-0'] }));
    expect(never.result).toMatchObject({ takenBack: 0, violations: 1, answered: 1 });
  });

  it('never has more calls than lines, and says who asked for more', () => {
    const { result } = transcript({ scenario: aScenario({ maxConcurrentCalls: 3 }) }, dialsOnce(5));
    expect(result).toMatchObject({ dials: 3, mostCalls: 3, violations: 1 });
  });

  it('sends who is due away after the wrap-up, and does not count the absence as idle', () => {
    const absences = [{ share: 1, fromMs: MINUTE_MS, lengthMs: 2 * MINUTE_MS }];
    const { lines, result } = transcript({ scenario: aScenario({ absences }) }, dialsOnce(1));
    expect(told(lines).slice(-3, -1)).toEqual(['90000 a1 away', '180000 a1 ready']);
    expect(result.staffedMs).toBe(90_000 + 420_000 - 1_000);
  });

  it('tells of the end of a wrap-up as the desktop would', () => {
    const notices = (notice: Scenario['notice']) =>
      transcript({ scenario: aScenario({ notice }) }, dialsOnce(1))
        .lines.filter((line) => line.type === 'agent' && line.state === 'wrapUp')
        .map((line) => [line.at, (line as { readyInMs?: number }).readyInMs]);
    expect(notices({ kind: 'none' })).toEqual([[70_000, undefined]]);
    expect(notices({ kind: 'exact' })).toEqual([[70_000, 20_000]]);
    expect(notices({ kind: 'closingKey', leadMs: 8_000 })).toEqual([
      [70_000, undefined],
      [82_000, 8_000],
    ]);
    expect(notices({ kind: 'noisy', variation: 0.5 })).toHaveLength(2);
  });

  it('draws the same for the n-th call and the n-th talk, whoever paces', () => {
    const firstAnswers = (pacer: LinePacer) =>
      transcript({ scenario: { ...s2(3), dayMs: 30 * MINUTE_MS } }, pacer).lines.filter(
        (line) =>
          line.type === 'call' && ['c0-0', 'c0-1', 'c0-2'].includes(line.id) && line.at < 20_000,
      );
    expect(firstAnswers(dialsOnce(3))).toEqual(firstAnswers(createProgressive()));
  });

  it.each(Object.entries(scenarios))(
    '%s: times never decrease, and every call ends once',
    (_name, of) => {
      const scenario = { ...of(4), dayMs: 60 * MINUTE_MS };
      const { lines, result } = transcript({ scenario }, createProgressive());
      expect(lines.every((line, index) => line.at >= (lines[index - 1]?.at ?? 0))).toBe(true);
      const ended = lines.filter((line) => line.type === 'call' && line.state === 'ended');
      expect(ended).toHaveLength(result.dials);
      expect(result.abandoned).toBe(0);
      expect(result.busyMs).toBeGreaterThan(0);
    },
  );

  it('asks after each event and at each tick, never after the day', () => {
    const steps = simulateDay({ scenario: aScenario({ dayMs: 5_000 }), seed: 1, day: 2 });
    const asked: number[] = [];
    for (let step = steps.next(null); !step.done; step = steps.next(null)) {
      const last = step.value.at(-1);
      if (last?.type === 'decide') asked.push(last.at - 2 * 86_400_000);
    }
    expect(asked).toEqual([0, 1_000, 2_000, 3_000, 4_000]);
  });
});
