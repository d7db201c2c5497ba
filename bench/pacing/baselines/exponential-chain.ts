/**
 * The world in which every time is exponential, as a Markov chain. Times in seconds.
 *
 * A state is a row and a number of ringing calls. Row 0…agents: so many agents are free and nobody waits. Row
 * agents + k: nobody is free and k people wait.
 */
export interface ExponentialModel {
  agents: number;
  answerChance: number;
  ringMeanS: number;
  handleMeanS: number;
  holdMeanS: number;
  /** at most so many people wait in the model: one more is abandoned at once */
  maxWaiting: number;
  maxRinging: number;
}

/** Mean rates per second in the long run, and agents who are busy. */
export interface LongRun {
  busyAgents: number;
  abandonedPerS: number;
  answeredPerS: number;
}

/** What may happen in a state, as chances of one step of the uniformised chain. */
interface Step {
  freed: number;
  answered: number;
  unanswered: number;
  gaveUp: number;
  /** row after a free agent, after an answer, after somebody gave up */
  freedRow: number;
  answeredRow: number;
  gaveUpRow: number;
  busyAgents: number;
  abandonedPerS: number;
  answeredPerS: number;
}

/** The chain with its steps worked out, one a state: index = row × (maxRinging + 1) + ringing. */
export interface ExponentialChain {
  model: ExponentialModel;
  rows: number;
  columns: number;
  /** steps per second */
  stepsPerS: number;
  steps: readonly Step[];
}

/** A model with bounds wide enough that the optimum hardly ever meets them. */
export function modelOf(
  agents: number,
  answerChance: number,
  ringMeanS: number,
  handleMeanS: number,
  holdMeanS = 2,
): ExponentialModel {
  const linesAnAgent = Math.ceil(0.75 / answerChance);
  const maxRinging = Math.min(linesAnAgent * agents + 8, 40 + 10 * linesAnAgent);
  const maxWaiting = Math.min(8, 3 + agents);
  const times = { ringMeanS, handleMeanS, holdMeanS };
  return { agents, answerChance, ...times, maxWaiting, maxRinging };
}

export function chainOf(model: ExponentialModel): ExponentialChain {
  const { agents, maxWaiting, maxRinging } = model;
  const rows = agents + 1 + maxWaiting;
  const columns = maxRinging + 1;
  const stepsPerS =
    agents / model.handleMeanS + maxRinging / model.ringMeanS + maxWaiting / model.holdMeanS;
  const steps: Step[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let ringing = 0; ringing < columns; ringing += 1) {
      steps.push(stepOf(model, stepsPerS, row, ringing));
    }
  }
  return { model, rows, columns, stepsPerS, steps };
}

function stepOf(model: ExponentialModel, stepsPerS: number, row: number, ringing: number): Step {
  const { agents, answerChance, maxWaiting } = model;
  const free = row <= agents ? row : 0;
  const waiting = row <= agents ? 0 : row - agents;
  const busyAgents = agents - free;
  const answeredPerS = (ringing / model.ringMeanS) * answerChance;
  const gaveUpPerS = waiting / model.holdMeanS;
  const isFull = waiting === maxWaiting;
  return {
    freed: busyAgents / model.handleMeanS / stepsPerS,
    answered: answeredPerS / stepsPerS,
    unanswered: ((ringing / model.ringMeanS) * (1 - answerChance)) / stepsPerS,
    gaveUp: gaveUpPerS / stepsPerS,
    freedRow: waiting > 0 ? rowOfWaiting(agents, waiting - 1) : Math.min(agents, free + 1),
    answeredRow: free > 0 ? free - 1 : rowOfWaiting(agents, isFull ? waiting : waiting + 1),
    gaveUpRow: waiting > 0 ? rowOfWaiting(agents, waiting - 1) : row,
    busyAgents,
    abandonedPerS: gaveUpPerS + (isFull ? answeredPerS : 0),
    answeredPerS,
  };
}

/** Nobody waits and nobody is free: row 0, not row `agents`. */
function rowOfWaiting(agents: number, waiting: number): number {
  return waiting === 0 ? 0 : agents + waiting;
}
