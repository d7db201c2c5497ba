import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { practicePromptFolder } from '../process/prompt-folder.ts';
import { chooseBehaviour, drawMs, matchesNumber, parseScenario, type Scenario } from './index.ts';

const demo = parseScenario(readFileSync(join(practicePromptFolder(), '../demo.json'), 'utf8'));

function scenarioWith(numbers: unknown[], seed = 1): Scenario {
  return parseScenario(JSON.stringify({ name: 'x', seed, numbers }));
}

const mixed = {
  match: { prefix: '+48' },
  outcomes: [
    { weight: 3, behaviour: { kind: 'echo', afterMs: { fromMs: 0, toMs: 1000 } } },
    { weight: 1, behaviour: { kind: 'busy' } },
  ],
};

describe('numbers', () => {
  it.each([
    [{ exact: '+48100' }, '48100', true],
    [{ exact: '+48100' }, '0048100', true],
    [{ exact: '+48100' }, '481000', false],
    [{ prefix: '+44' }, '+44 7700 900000', true],
    [{ prefix: '+44' }, '+48', false],
    [{ regex: '[13]$' }, '+4811', true],
    [{ regex: '[13]$' }, '+4812', false],
    [{ from: '+48100', to: '+48199' }, '48150', true],
    [{ from: '+48100', to: '+48199' }, '48200', false],
    [{ from: '+48100', to: '+48199' }, '481500', false],
  ])('%j against %s: %s', (pattern, number, expected) => {
    expect(matchesNumber(pattern, number)).toBe(expected);
  });
});

describe('the behaviour of a call', () => {
  const play = (scenario: Scenario) =>
    Array.from({ length: 200 }, (_, index) => {
      const choice = chooseBehaviour(scenario, `+48${index % 20}`, 1 + Math.floor(index / 20));
      return [choice.label, choice.random.next()];
    });

  it('is the same in every run, in any order of calls, however the number is written', () => {
    const scenario = scenarioWith([mixed]);
    expect(play(scenario)).toEqual(play(scenario));
    const reversed = play(scenario);
    chooseBehaviour(scenario, '+489', 7);
    expect(play(scenario)).toEqual(reversed);
    expect(chooseBehaviour(scenario, '0048555', 2).random.next()).toBe(
      chooseBehaviour(scenario, '+48555', 2).random.next(),
    );
  });

  it('changes with the seed, the number and the call', () => {
    const draw = (seed: number, number: string, nth: number) =>
      chooseBehaviour(scenarioWith([mixed], seed), number, nth).random.next();
    const draws = [draw(1, '+481', 1), draw(2, '+481', 1), draw(1, '+482', 1), draw(1, '+481', 2)];
    expect(new Set(draws).size).toBe(4);
  });

  it('follows the weights', () => {
    const scenario = scenarioWith([mixed]);
    const labels = Array.from(
      { length: 4000 },
      (_, index) => chooseBehaviour(scenario, `+48${index}`, 1).label,
    );
    const share = labels.filter((label) => label === 'busy').length / labels.length;
    expect(share).toBeGreaterThan(0.22);
    expect(share).toBeLessThan(0.28);
  });

  it('goes through turns and stays with the last', () => {
    const scenario = scenarioWith([
      { match: { exact: '1' }, inTurn: [{ kind: 'busy' }, { kind: 'echo', afterMs: 1 }] },
    ]);
    const labels = [1, 2, 3].map((nth) => chooseBehaviour(scenario, '1', nth).label);
    expect(labels).toEqual(['busy', 'echo', 'echo']);
  });

  it('takes the first rule that matches, else `otherwise`', () => {
    const scenario = scenarioWith([
      { match: [{ exact: '12' }], inTurn: [{ kind: 'busy' }] },
      { match: { prefix: '1' }, inTurn: [{ kind: 'ringOut' }] },
    ]);
    const labels = ['12', '13', '2'].map((number) => chooseBehaviour(scenario, number, 1).label);
    expect(labels).toEqual(['busy', 'ringOut', 'wrongNumber']);
  });
});

describe('the demo scenario', () => {
  it.each([
    ['+48100123', 'pl'],
    ['+44770090', 'en'],
    ['+12125550', 'en'],
    ['+70001234', 'ru'],
    ['+86100123', 'zh'],
  ])('%s speaks %s, and most people answer within four and a half seconds', (prefix, language) => {
    const choices = Array.from({ length: 300 }, (_, index) =>
      chooseBehaviour(demo, `${prefix}${index}`, 1),
    );
    const answers = choices.filter(({ behaviour }) => behaviour.kind === 'answer');
    expect(answers.length / choices.length).toBeGreaterThan(0.6);
    for (const { label, behaviour, random } of answers) {
      expect(label.startsWith(`${language}-`)).toBe(true);
      if (behaviour.kind === 'answer') {
        expect(drawMs(behaviour.afterMs, random)).toBeLessThanOrEqual(4500);
      }
    }
    const kinds = new Set(choices.map(({ behaviour }) => behaviour.kind));
    expect([...kinds].sort()).toEqual(
      ['answer', 'busy', 'declined', 'ringOut', 'voicemail', 'wrongNumber'].sort(),
    );
  });
});
