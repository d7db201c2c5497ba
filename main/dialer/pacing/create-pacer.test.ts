import { describe, expect, it } from 'vitest';
import { createPacer } from './create-pacer.ts';
import type { PacerConfigInput, PacerLine } from './protocol.ts';
import { exponential, type PlayedWorld, play } from './testing/played-floor.ts';

const predictive: PacerConfigInput = { mode: 'predictive', abandonmentWindowMs: 2_592_000_000 };

function aWorld(overrides: Partial<PlayedWorld> = {}): PlayedWorld {
  return {
    agents: 5,
    hours: 4,
    seed: 11,
    answerRate: () => 0.25,
    talkMs: exponential(90_000),
    wrapUpMs: exponential(30_000),
    ...overrides,
  };
}

function feed(config: PacerConfigInput, lines: PacerLine[]) {
  const pacer = createPacer(config);
  return lines.map((line) => pacer.feed(line)).filter((answer) => answer !== null);
}

const ready = (id: string, at = 0): PacerLine => ({ at, type: 'agent', id, state: 'ready' });
const decide = (at: number): PacerLine => ({ at, type: 'decide' });
const call = (
  id: string,
  state: Extract<PacerLine, { type: 'call' }>['state'],
  at: number,
): PacerLine => ({ at, type: 'call', id, state });

const percent = ({ silent, answers }: { silent: number; answers: number }) =>
  (100 * silent) / answers;

describe('progressive and power', () => {
  it('dials once for each free agent who has no call on the way', () => {
    const [first, second] = feed({ mode: 'progressive' }, [
      ready('a1'),
      ready('a2'),
      decide(1),
      call('c1', 'dialing', 10),
      decide(20),
    ]);
    expect(first?.dial).toBe(2);
    expect(second).toMatchObject({ dial: 0, why: { rule: 'progressive', ringing: 2 } });
  });

  it('dials so many lines for each free agent, and none for busy ones', () => {
    const [answer] = feed({ mode: 'power', linesPerAgent: 3 }, [
      ready('a1'),
      { at: 0, type: 'agent', id: 'a2', state: 'talking' },
      decide(1),
    ]);
    expect(answer?.dial).toBe(3);
  });

  it('dials nobody while nobody works', () => {
    const [answer] = feed({ mode: 'progressive' }, [decide(1)]);
    expect(answer).toMatchObject({ dial: 0, why: { rule: 'no-agent' } });
  });

  it('asks again for a dial that has not shown within a second, not earlier', () => {
    const answers = feed({ mode: 'progressive' }, [
      ready('a1'),
      decide(0),
      decide(1_000),
      decide(1_001),
    ]);
    expect(answers.map(({ dial }) => dial)).toEqual([1, 0, 1]);
  });

  it('does not count a free agent who is owed to somebody who waits', () => {
    const [answer] = feed({ mode: 'progressive' }, [
      ready('a1'),
      call('c1', 'dialing', 1),
      call('c1', 'humanAnswered', 2),
      decide(3),
    ]);
    expect(answer).toMatchObject({ dial: 0, why: { free: 1, waiting: 1 } });
  });

  it('holds the channels of calls until they have ended', () => {
    const [full, room] = feed({ mode: 'power', linesPerAgent: 5, maxConcurrentCalls: 1 }, [
      ready('a1'),
      call('c1', 'dialing', 1),
      call('c1', 'busy', 2),
      decide(3),
      call('c1', 'ended', 4),
      decide(5),
    ]);
    expect(full).toMatchObject({ dial: 0, why: { rule: 'line-limit' } });
    expect(room?.dial).toBe(1);
  });
});

describe('predictive', () => {
  it('keeps agents busier than one call each, within the limit, at a team of five', () => {
    const world = aWorld({ hours: 12 });
    const careful = play(createPacer({ mode: 'progressive' }), world);
    const predicted = play(createPacer(predictive), world);
    expect(careful.silent).toBe(0);
    expect(predicted.busyMs).toBeGreaterThan(1.12 * careful.busyMs);
    expect(percent(predicted)).toBeLessThan(3.4);
    expect(percent(predicted)).toBeGreaterThan(1);
  });

  it('dials one call for each agent until it has seen enough, and says so', () => {
    const { replies } = play(createPacer(predictive), aWorld({ hours: 0.04 }));
    expect(replies.every(({ why }) => why.rule === 'learning')).toBe(true);
  });

  it('skips learning with what an earlier run has learnt, as plain JSON', () => {
    const teacher = createPacer(predictive);
    play(teacher, aWorld());
    const learned = JSON.parse(JSON.stringify(teacher.learned()));
    const warmed = play(createPacer({ ...predictive, learned }), aWorld({ hours: 0.1 }));
    expect(warmed.replies.some(({ why }) => why.rule === 'predictive')).toBe(true);
  });

  it('starts cold when what was learnt is damaged', () => {
    const learned = { version: 1, warm: true, stages: 'nonsense' };
    const { replies } = play(createPacer({ ...predictive, learned }), aWorld({ hours: 0.05 }));
    expect(replies.every(({ why }) => why.rule === 'learning')).toBe(true);
  });

  it('never has more than three silent calls among the first fifty answers', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const world = aWorld({ seed, agents: 2 + (seed % 9), hours: 1.2 });
      const first = play(createPacer(predictive), world).verdicts.slice(0, 50);
      expect(first.filter((silent) => silent).length).toBeLessThanOrEqual(3);
    }
  });

  it('aims at the goal when it lies below the limit', () => {
    const played = play(createPacer({ ...predictive, goalPercent: 1 }), aWorld({ hours: 20 }));
    expect(percent(played)).toBeLessThan(1.5);
    expect(percent(played)).toBeGreaterThan(0.4);
  });

  it('dials one call for each agent at a limit of nothing', () => {
    const played = play(
      createPacer({ ...predictive, abandonmentLimitPercent: 0 }),
      aWorld({ hours: 3 }),
    );
    expect(played.silent).toBe(0);
    expect(played.replies.at(-1)?.why.rule).toBe('budget-spent');
  });

  it('holds each day: after several days none is above the limit', () => {
    const pacer = createPacer({ mode: 'predictive', abandonmentWindowMs: 86_400_000 });
    for (let day = 0; day < 5; day++) {
      const played = play(pacer, aWorld({ hours: 6, seed: 50 + day }), day * 86_400_000);
      expect(percent(played)).toBeLessThanOrEqual(3);
    }
  });

  it('absorbs an answer rate that doubles within five minutes', () => {
    const answerRate = (at: number) => {
      const minutes = at / 60_000 - 300;
      return 0.15 * (1 + Math.min(1, Math.max(0, minutes / 5)));
    };
    const { silent, answers } = play(createPacer(predictive), aWorld({ hours: 10, answerRate }));
    expect((100 * silent) / answers).toBeLessThan(3.3);
  });

  it('is not misled when a large team dials hundreds at once: answers come first, the rest rings out', () => {
    const world = aWorld({ agents: 50, hours: 0.75, answerRate: () => 0.08 });
    const lines = { maxConcurrentCalls: 400 };
    const careful = play(createPacer({ mode: 'progressive', ...lines }), world);
    const played = play(createPacer({ ...predictive, ...lines }), world);
    expect(percent(played)).toBeLessThan(4);
    expect(played.busyMs).toBeGreaterThan(1.1 * careful.busyMs);
  });

  it('absorbs half the team leaving for lunch', () => {
    const present = (at: number) => (at > 3 * 3_600_000 && at < 4 * 3_600_000 ? 5 : 10);
    const played = play(createPacer(predictive), aWorld({ agents: 10, hours: 6, present }));
    expect(percent(played)).toBeLessThan(3.3);
  });

  it('learns a setup delay and a detection delay', () => {
    const world = aWorld({ hours: 8, setupMs: 3_000, detectionMs: 1_500 });
    const careful = play(createPacer({ mode: 'progressive' }), world);
    const played = play(createPacer(predictive), world);
    expect(played.busyMs).toBeGreaterThan(1.08 * careful.busyMs);
    expect(percent(played)).toBeLessThan(3.4);
  });

  it('uses notices that a wrap-up is about to end', () => {
    const wrapUpMs = (random: () => number) => 10_000 + 60_000 * random();
    const world = aWorld({ hours: 16, agents: 3, wrapUpMs });
    const without = play(createPacer(predictive), world);
    const notified = play(createPacer(predictive), { ...world, notices: true });
    expect(notified.busyMs).toBeGreaterThan(without.busyMs);
  });

  it('does not dial what is not worth its price', () => {
    const world = aWorld({ hours: 6 });
    const free = play(createPacer(predictive), world);
    const dear = play(createPacer({ ...predictive, dialPriceS: 1_000 }), world);
    expect(dear.dials).toBeLessThan(free.dials);
    expect(dear.busyMs).toBeGreaterThan(0);
  });

  it('keeps with each decision the numbers that made it', () => {
    const { replies } = play(createPacer(predictive), aWorld({ hours: 3 }));
    const last = replies.findLast(({ why }) => why.rule === 'predictive');
    expect(last?.why).toMatchObject({
      free: expect.any(Number),
      risk: expect.any(Number),
      riskAllowed: expect.any(Number),
      expectedAnswers: expect.any(Number),
      expectedFree: expect.any(Number),
      answerChance: expect.closeTo(0.25, 1),
      budget: { rule: 'limit', limitPercent: 3 },
    });
  });
});

describe('budgets', () => {
  const used = (abandoned: number, answered: number) => ({
    rule: 'rule-30d',
    limitPercent: 3,
    windowMs: 2_592_000_000,
    until: null,
    counts: [{ at: 0, abandoned, answered }],
    answerWeight: 1,
  });

  it('starts with what stands in a window: a spent one allows one call for each agent', () => {
    const teacher = createPacer(predictive);
    play(teacher, aWorld());
    const learned = teacher.learned();
    const config = { ...predictive, learned, budgets: [used(40, 1_000)] };
    const { replies, silent } = play(createPacer(config), aWorld({ hours: 0.5 }));
    expect(replies.at(-1)?.why).toMatchObject({
      rule: 'budget-spent',
      budget: { rule: 'rule-30d', left: 0 },
    });
    expect(silent).toBe(0);
  });

  it('stops where the rule says that the campaign stops', () => {
    const spent = { ...used(40, 1_000), onBreach: 'stopCampaign' as const };
    const { dials, replies } = play(
      createPacer({ ...predictive, budgets: [spent] }),
      aWorld({ hours: 0.2 }),
    );
    expect(dials).toBe(0);
    expect(replies.at(-1)?.why.rule).toBe('stopped');
  });

  it('counts what stands in a window of a day from its first line on', () => {
    const broken = {
      ...used(31, 1_000),
      windowMs: 86_400_000,
      onBreach: 'stopCampaign' as const,
    };
    const [answer] = feed({ ...predictive, budgets: [broken] }, [
      ready('a1', 1_000),
      decide(2_000),
    ]);
    expect(answer).toMatchObject({
      dial: 0,
      why: { rule: 'stopped', budget: { rule: 'rule-30d', percent: 3.1, left: 0 } },
    });
  });

  it("lets a rule's rolling window go by its age, not by a night", () => {
    const broken = { ...used(40, 1_000), windowMs: 86_400_000, onBreach: 'stopCampaign' as const };
    const evening = 8 * 3_600_000;
    const answers = feed({ ...predictive, budgets: [broken] }, [
      ready('a1'),
      { at: evening, type: 'agent', id: 'a1', state: 'away' },
      ready('a1', 2 * evening),
      decide(2 * evening),
      decide(86_400_001),
    ]);
    expect(answers.map(({ why }) => why.rule)).toEqual(['stopped', 'learning']);
  });

  it('begins anew when a calendar window ends', () => {
    const month = { ...used(40, 1_000), windowMs: null, until: 600_000 };
    const teacher = createPacer(predictive);
    play(teacher, aWorld());
    const config = { ...predictive, learned: teacher.learned(), budgets: [month] };
    const { replies } = play(createPacer(config), aWorld({ hours: 0.5 }));
    const ruleAt = (at: number) => replies.findLast((reply) => reply.at <= at)?.why.rule;
    expect(ruleAt(590_000)).toBe('budget-spent');
    expect(ruleAt(700_000)).toBe('predictive');
  });

  it('takes an answer out of the ratio when it turns out to be a machine', () => {
    const lines: PacerLine[] = [ready('a1')];
    for (let i = 0; i < 10; i++) {
      const at = 1_000 * i;
      lines.push(call(`c${i}`, 'dialing', at), call(`c${i}`, 'humanAnswered', at));
      lines.push(call(`c${i}`, i === 0 ? 'abandoned' : 'connected', at));
      if (i > 4) lines.push(call(`c${i}`, 'machine', at));
      lines.push(call(`c${i}`, 'ended', at));
    }
    const [answer] = feed(predictive, [...lines, decide(20_000)]);
    expect(answer?.why.budget?.percent).toBe(20);
  });
});
