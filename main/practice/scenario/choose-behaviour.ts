import type { Random } from '#shared/util/index.ts';
import type { Behaviour } from './behaviour.schema.ts';
import { digitsOf, matchesNumber } from './match-number.ts';
import type { NumberRule, Scenario } from './scenario.schema.ts';
import { seededRandom } from './seeded-random.ts';

export interface Choice {
  behaviour: Behaviour;
  /** its name in the scenario, or its kind when it stands in place */
  label: string;
  /** goes on after the choice: all lengths of this call are drawn from it */
  random: Random;
}

/**
 * What the n-th call to a number meets. Depends on the seed, the digits and `nthCall` (from 1) alone, never on time
 * or on other calls.
 */
export function chooseBehaviour(scenario: Scenario, number: string, nthCall: number): Choice {
  const rule = scenario.numbers.find((candidate) => applies(candidate, number));
  const random = seededRandom(rule?.seed ?? scenario.seed, digitsOf(number), nthCall);
  const reference = rule === undefined ? scenario.otherwise : draw(rule, nthCall, random);
  const behaviour = typeof reference === 'string' ? scenario.behaviours[reference] : reference;
  if (behaviour === undefined) throw new RangeError(`no behaviour ${String(reference)}`);
  const label = typeof reference === 'string' ? reference : behaviour.kind;
  return { behaviour, label, random };
}

function applies(rule: NumberRule, number: string): boolean {
  const patterns = Array.isArray(rule.match) ? rule.match : [rule.match];
  return patterns.some((pattern) => matchesNumber(pattern, number));
}

function draw(rule: NumberRule, nthCall: number, random: Random): Behaviour | string | undefined {
  if (rule.inTurn) return rule.inTurn[Math.min(nthCall, rule.inTurn.length) - 1];
  const outcomes = rule.outcomes ?? [];
  const total = outcomes.reduce((sum, outcome) => sum + outcome.weight, 0);
  let rest = random.next() * total;
  for (const outcome of outcomes) {
    rest -= outcome.weight;
    if (rest < 0) return outcome.behaviour;
  }
  return outcomes.at(-1)?.behaviour;
}
