import type { Behaviour } from './behaviour.schema.ts';
import type { Scenario } from './scenario.schema.ts';
import type { Step } from './talk.schema.ts';

/** Every prompt that a scenario may play, so that a wrong name is found at the start and not in a call. */
export function promptNames(scenario: Scenario): Set<string> {
  const behaviours = [
    ...Object.values(scenario.behaviours),
    ...scenario.numbers.flatMap((rule) => [
      ...(rule.outcomes ?? []).map((outcome) => outcome.behaviour),
      ...(rule.inTurn ?? []),
    ]),
    scenario.otherwise,
  ];
  const names = behaviours.flatMap((item) => (typeof item === 'string' ? [] : namesIn(item)));
  const inCalls = scenario.callIn.flatMap((plan) => namesInSteps(plan.talk.steps));
  return new Set([...names, ...inCalls]);
}

function namesIn(behaviour: Behaviour): string[] {
  switch (behaviour.kind) {
    case 'answer':
      return namesInSteps(behaviour.steps);
    case 'voicemail':
      return [behaviour.greeting];
    case 'wrongNumber':
      return behaviour.intercept === undefined ? [] : [behaviour.intercept];
    default:
      return [];
  }
}

export function namesInSteps(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => ('say' in step ? [step.say].flat() : []));
}
