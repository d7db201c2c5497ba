import { describe, expect, it } from 'vitest';
import { PromptLibrary } from '../audio/prompt-library.ts';
import { ToneGenerator } from '../audio/tone.ts';
import { practicePromptFolder } from '../process/prompt-folder.ts';
import { type Step, seededRandom, type Talk } from '../scenario/index.ts';
import { levelOf, TalkPlayer } from './talk-player.ts';

const loud = new ToneGenerator({ hz: 500, levelDbfs: -10 }).nextFrame();

function aPlayer(steps: Step[], talk: Partial<Talk> = {}) {
  const actions: string[] = [];
  const player = new TalkPlayer({
    talk: { steps, whenDone: 'stay', ...talk },
    prompts: new PromptLibrary([practicePromptFolder()]),
    random: seededRandom(1),
    actions: {
      press: (digits) => actions.push(`press ${digits}`),
      hold: (held) => actions.push(`hold ${held}`),
      hangUp: () => actions.push('hang up'),
    },
  });
  /** one letter a frame: `x` sound, `.` silence */
  const run = (frames: number, heard: Int16Array | null = null) =>
    Array.from({ length: frames }, () => (levelOf(player.nextFrame(heard)) > -60 ? 'x' : '.')).join(
      '',
    );
  return { actions, run, player };
}

const tone = (ms: number): Step => ({ tone: { hz: 400, levelDbfs: -20, ms } });

describe('steps', () => {
  it('follow one another without a lost frame', () => {
    const { run } = aPlayer([tone(60), { pauseMs: 40 }, tone(20)]);
    expect(run(8)).toBe('xxx..x..');
  });

  it('say a prompt to its end', () => {
    const { run } = aPlayer([{ say: 'en/tom/hello' }, { hangUp: true }]);
    const samples = new PromptLibrary([practicePromptFolder()]).samples('en/tom/hello').length;
    const frames = Math.ceil(samples / 160);
    expect(run(frames)).toContain('xxxxx');
  });

  it('hang up after the last prompt, and once only', () => {
    const { run, actions } = aPlayer([tone(20)], { whenDone: 'hangUp' });
    run(1);
    expect(actions).toEqual([]);
    run(5);
    expect(actions).toEqual(['hang up']);
  });

  it('repeat', () => {
    const { run } = aPlayer([tone(20), { pauseMs: 20 }], { whenDone: 'repeat' });
    expect(run(6)).toBe('x.x.x.');
  });

  it('without length do not spin for ever', () => {
    const { run } = aPlayer([{ pauseMs: 0 }], { whenDone: 'repeat' });
    expect(run(3)).toBe('...');
  });

  it('press keys and hold', () => {
    const press: Step = { press: '12', toneMs: 40, gapMs: 40 };
    const { run, actions } = aPlayer([press, { holdMs: 40 }, tone(20)]);
    expect(run(12)).toBe('..........x.');
    expect(actions).toEqual(['press 12', 'hold true', 'hold false']);
  });

  it('echo what is heard', () => {
    const { player } = aPlayer([{ echoMs: 40 }]);
    expect(player.nextFrame(loud)).toEqual(loud);
    expect(levelOf(player.nextFrame(null))).toBe(-127);
  });
});

describe('listening', () => {
  const listen: Step = { listen: { quietMs: 60, maxMs: 1000, levelDbfs: -40 } };

  it('ends when the other end has spoken and is quiet', () => {
    const { run } = aPlayer([listen, tone(20)]);
    expect(run(10)).toBe('..........');
    expect(run(10, loud)).toBe('..........');
    expect(run(5)).toBe('...x.');
  });

  it('ends at its limit when nobody speaks', () => {
    const { run } = aPlayer([listen, tone(20)]);
    expect(run(50)).not.toContain('x');
    expect(run(1)).toBe('x');
  });
});

it('loses patience in the middle of a step', () => {
  const { run, actions } = aPlayer([tone(10_000)], { hangUpAfterMs: 100 });
  expect(run(5)).toBe('xxxxx');
  expect(actions).toEqual([]);
  expect(run(2)).toBe('..');
  expect(actions).toEqual(['hang up']);
});
