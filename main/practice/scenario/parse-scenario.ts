import type { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import { type Scenario, scenario } from './scenario.schema.ts';

export interface ScenarioProblem {
  /** such as `numbers[2].outcomes[0].weight` */
  path: string;
  message: string;
}

/**
 * Checks a scenario's text, fills in defaults.
 * @throws AppError `practice.bad-scenario`: the message names the first problem's path, `details.problems` has all
 */
export function parseScenario(text: string): Scenario {
  const parsed = scenario.safeParse(parseJson(text));
  if (!parsed.success) throw badScenario(parsed.error.issues.flatMap((issue) => describe(issue)));
  const problems = findUnknownNames(parsed.data);
  if (problems.length > 0) throw badScenario(problems);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw badScenario([{ path: '', message: `not JSON: ${message}` }]);
  }
}

function badScenario(problems: ScenarioProblem[]): AppError {
  const first = problems[0];
  const where = first?.path ? `${first.path}: ` : '';
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const message = `scenario: ${where}${first?.message ?? 'not valid'}${more}`;
  return new AppError('practice.bad-scenario', message, { details: { problems } });
}

type Issue = z.core.$ZodIssue;

/** A union reports all its branches: the branch that got furthest into the value is the one that was meant. */
function describe(issue: Issue, base: PropertyKey[] = []): ScenarioProblem[] {
  const path = [...base, ...issue.path];
  if (issue.code !== 'invalid_union') {
    return [{ path: writePath(path), message: issue.message }];
  }
  const branches = issue.errors.map((branch) => branch.flatMap((inner) => describe(inner, path)));
  const deepest = branches.sort((a, b) => depth(b) - depth(a))[0];
  if (deepest === undefined || depth(deepest) <= writePath(path).length) {
    return [{ path: writePath(path), message: summary(issue, branches) }];
  }
  return deepest;
}

function depth(problems: ScenarioProblem[]): number {
  return Math.max(0, ...problems.map((problem) => problem.path.length));
}

function summary(issue: Issue, branches: ScenarioProblem[][]): string {
  const messages = new Set(branches.flat().map((problem) => problem.message));
  return messages.size > 0 ? [...messages].join('; or ') : issue.message;
}

function writePath(path: PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

function findUnknownNames(checked: Scenario): ScenarioProblem[] {
  const problems: ScenarioProblem[] = [];
  const check = (reference: unknown, path: string) => {
    if (typeof reference === 'string' && !Object.hasOwn(checked.behaviours, reference)) {
      problems.push({ path, message: `no behaviour is named "${reference}"` });
    }
  };
  checked.numbers.forEach((rule, index) => {
    rule.outcomes?.forEach((outcome, place) => {
      check(outcome.behaviour, `numbers[${index}].outcomes[${place}].behaviour`);
    });
    rule.inTurn?.forEach((reference, place) => {
      check(reference, `numbers[${index}].inTurn[${place}]`);
    });
  });
  check(checked.otherwise, 'otherwise');
  return problems;
}
