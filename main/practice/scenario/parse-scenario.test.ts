import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { PromptLibrary } from '../audio/prompt-library.ts';
import { practicePromptFolder } from '../process/prompt-folder.ts';
import { parseScenario, promptNames, type ScenarioProblem } from './index.ts';

function problemsOf(scenario: unknown): ScenarioProblem[] {
  try {
    parseScenario(typeof scenario === 'string' ? scenario : JSON.stringify(scenario));
  } catch (error) {
    if (error instanceof AppError) return error.details.problems as ScenarioProblem[];
    throw error;
  }
  return [];
}

const pathsOf = (scenario: unknown) => problemsOf(scenario).map((problem) => problem.path);
const withNumber = (rule: unknown) => ({ name: 'x', numbers: [rule] });

describe('a scenario with a mistake names its path', () => {
  it.each([
    ['unknown member', { name: 'x', nmbers: [] }, ''],
    ['no name', {}, 'name'],
    ['kind', { name: 'x', behaviours: { a: { kind: 'sings' } } }, 'behaviours.a.kind'],
    [
      'duration',
      { name: 'x', behaviours: { a: { kind: 'echo', afterMs: { fromMs: 9, toMs: 1 } } } },
      'behaviours.a.afterMs',
    ],
    [
      'step',
      { name: 'x', behaviours: { a: { kind: 'answer', afterMs: 1, steps: [{ sing: 1 }] } } },
      'behaviours.a.steps[0]',
    ],
    [
      'step member',
      {
        name: 'x',
        behaviours: {
          a: { kind: 'answer', afterMs: 1, steps: [{ pauseMs: 1 }, { tone: { hz: 5 } }] },
        },
      },
      'behaviours.a.steps[1].tone.hz',
    ],
    [
      'weight',
      withNumber({ match: { prefix: '+48' }, outcomes: [{ weight: -1, behaviour: 'a' }] }),
      'numbers[0].outcomes[0].weight',
    ],
    [
      'behaviour in place',
      withNumber({ match: { exact: '1' }, inTurn: [{ kind: 'echo', afterMs: 1, hz: 3 }] }),
      'numbers[0].inTurn[0]',
    ],
    ['regex', withNumber({ match: { regex: '(' }, inTurn: ['a'] }), 'numbers[0].match.regex'],
    ['neither outcomes nor turns', withNumber({ match: { exact: '1' } }), 'numbers[0]'],
    [
      'name of no behaviour',
      withNumber({ match: { exact: '1' }, inTurn: ['nobody'] }),
      'numbers[0].inTurn[0]',
    ],
    ['carrier', { name: 'x', carrier: { sip: { lossPercent: 101 } } }, 'carrier.sip.lossPercent'],
    ['call in', { name: 'x', callIn: [{ from: 'a', to: '1', afterMs: 0 }] }, 'callIn[0].from'],
  ])('%s', (_, scenario, path) => {
    expect(pathsOf(scenario)).toContain(path);
  });

  it('says so when it is not JSON', () => {
    expect(problemsOf('{"name":')[0]?.message).toMatch(/not JSON/);
  });
});

describe('a scenario without mistakes', () => {
  it('gets its defaults', () => {
    const scenario = parseScenario('{"name":"x"}');
    expect(scenario).toMatchObject({
      seed: 1,
      carrier: { access: { kind: 'address' }, codecs: ['pcma', 'pcmu'], vanishedAfterMs: 5000 },
      otherwise: { kind: 'wrongNumber', status: 404 },
    });
  });

  const folder = join(practicePromptFolder(), '..');
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

  it.each(files)('%s that ships is valid and all its prompts exist', (file) => {
    const scenario = parseScenario(readFileSync(join(folder, file), 'utf8'));
    const prompts = new PromptLibrary([practicePromptFolder()]);
    for (const name of promptNames(scenario)) {
      expect(prompts.samples(name).length).toBeGreaterThan(4000);
    }
  });
});
