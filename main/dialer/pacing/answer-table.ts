import { logNormalShare } from './log-normal.ts';
import { RateShift } from './rate-shift.ts';

/** Where a call stands that nobody has recognised as a person yet. */
export type CallStage = 0 | 1 | 2;
export const DIALING = 0;
export const RINGING = 1;
/** 2xx came, nobody knows yet who or what */
export const ANSWERED = 2;

/** How a call left a stage. `lost`: taken back or out of sight, so that nothing is known of what would have come. */
export type StageExit = 'human' | 'other' | 'ringing' | 'answered' | 'lost';

/** What a stage has learnt, as plain numbers, one for each second. */
export interface StageCounts {
  risk: number[];
  human: number[];
  other: number[];
  ringing: number[];
  answered: number[];
}

/** calls that the prior is worth in each second */
const PRIOR_WEIGHT = 12;
/** stages observed until half is forgotten */
const FORGET_HALF_AFTER = 3_000;
const PRIOR_ANSWER = { share: 0.25, meanMs: 12_000, spread: 0.6 };
const KINDS = ['risk', 'human', 'other', 'ringing', 'answered'] as const;

interface Stage {
  risk: Float64Array;
  human: Float64Array;
  other: Float64Array;
  ringing: Float64Array;
  answered: Float64Array;
  priorHuman: Float64Array;
  priorOther: Float64Array;
  /** fitted hazards for each second */
  h: Float64Array;
  o: Float64Array;
  r: Float64Array;
  a: Float64Array;
  /** chance of a person, ever; and before the call may be taken back */
  chance: Float64Array;
  early: Float64Array;
}

/**
 * The chance that a call is still answered by a person, by where it stands and how long: competing hazards for each
 * second, learnt for this campaign, with a prior. Setup delay is the stage before ringing, detection delay the stage
 * after the answer; a carrier that tells neither leaves these stages empty and nothing is lost.
 */
export class AnswerTable {
  readonly seconds: number;
  readonly #stages: [Stage, Stage, Stage];
  readonly #shift = new RateShift();
  readonly #keep = 0.5 ** (1 / FORGET_HALF_AFTER);
  #weight = 1;
  /** chance that a call dialed now is answered by a person in each second from its dialing */
  readonly answerTimes: Float64Array;

  constructor(ringTimeoutMs: number) {
    this.seconds = Math.min(180, Math.max(30, Math.ceil(ringTimeoutMs / 1_000) + 6));
    const ring = () => ringingPrior(this.seconds, ringTimeoutMs / 1_000);
    this.#stages = [
      emptyStage(this.seconds, ring()),
      emptyStage(this.seconds, ring()),
      emptyStage(this.seconds, detectionPrior(this.seconds)),
    ];
    this.answerTimes = new Float64Array(3 * this.seconds);
    this.fit();
  }

  observe(stage: CallStage, elapsedMs: number, exit: StageExit): void {
    const table = this.#stages[stage];
    const second = this.#second(elapsedMs);
    this.#weight /= this.#keep;
    if (this.#weight > 1e9) this.#rescale();
    for (let t = 0; t < second; t++) table.risk[t] = at(table.risk, t) + this.#weight;
    const atRisk = exit === 'lost' ? 0.5 : 1;
    table.risk[second] = at(table.risk, second) + atRisk * this.#weight;
    if (exit === 'lost') return;
    table[exit][second] = at(table[exit], second) + this.#weight;
  }

  /**
   * Calls that were dialed together are over, told together: answers come sooner than the end of calls that ring out,
   * so that one by one every burst of dials would look like a rise and then like a fall.
   * @param usual answers that were to be expected of them, by this table alone
   */
  callsOver(humans: number, usual: number): void {
    this.#shift.add(humans, usual);
  }

  /** How much likelier answers are now than the table alone says. */
  get shift(): number {
    return this.#shift.factor();
  }

  /**
   * Turns what was observed into chances.
   * @param factor what this hour's answers are to the campaign's
   * @param minRingMs from when on calls may be taken back
   */
  fit(factor = 1, minRingMs = Number.POSITIVE_INFINITY): void {
    const shift = factor * this.#shift.factor();
    const [dialing, ringing, answered] = this.#stages;
    this.#fitHazards(answered, 1);
    this.#fitHazards(ringing, shift);
    this.#fitHazards(dialing, shift);
    const minRing = minRingMs / 1_000;
    this.#fitChances(answered, { ringing: 0, answered: 0, earlyRinging: 0 }, Infinity);
    const after = at(answered.chance, 0);
    this.#fitChances(ringing, { ringing: 0, answered: after, earlyRinging: 0 }, minRing);
    this.#fitChances(
      dialing,
      { ringing: at(ringing.chance, 0), answered: after, earlyRinging: at(ringing.early, 0) },
      minRing,
    );
    this.#fitAnswerTimes();
  }

  /** Chance that the call is answered by a person, ever. */
  chance(stage: CallStage, elapsedMs: number): number {
    return interpolate(this.#stages[stage].chance, elapsedMs / 1_000);
  }

  /** Chance that it is answered by a person before it may be taken back. */
  earlyChance(stage: CallStage, elapsedMs: number): number {
    return interpolate(this.#stages[stage].early, elapsedMs / 1_000);
  }

  /** Draws the next exit of a stage for forecasts. @param random uniform numbers in [0, 1) */
  sampleExit(stage: CallStage, random: () => number): { exit: StageExit; elapsedMs: number } {
    const table = this.#stages[stage];
    for (let t = 0; t < this.seconds; t++) {
      const exit = pickExit(table, t, random());
      if (exit !== null) return { exit, elapsedMs: (t + random()) * 1_000 };
    }
    return { exit: 'other', elapsedMs: this.seconds * 1_000 };
  }

  counts(): StageCounts[] {
    const plain = (values: Float64Array) => Array.from(values, (value) => value / this.#weight);
    return this.#stages.map((stage) => ({
      risk: plain(stage.risk),
      human: plain(stage.human),
      other: plain(stage.other),
      ringing: plain(stage.ringing),
      answered: plain(stage.answered),
    }));
  }

  /** Counts of another ring time-out are cut or go on empty. */
  restore(counts: readonly StageCounts[]): void {
    this.#weight = 1;
    this.#stages.forEach((stage, index) => {
      for (const kind of KINDS)
        stage[kind].forEach((_, t) => {
          stage[kind][t] = counts[index]?.[kind][t] ?? 0;
        });
    });
  }

  #second(elapsedMs: number): number {
    return Math.min(this.seconds - 1, Math.max(0, Math.floor(elapsedMs / 1_000)));
  }

  #hazard(table: Stage, kind: 'human' | 'other' | 'ringing' | 'answered', t: number): number {
    const prior =
      kind === 'human' ? at(table.priorHuman, t) : kind === 'other' ? at(table.priorOther, t) : 0;
    const seen = at(table[kind], t) / this.#weight + PRIOR_WEIGHT * prior;
    return seen / (at(table.risk, t) / this.#weight + PRIOR_WEIGHT);
  }

  #fitHazards(table: Stage, shift: number): void {
    for (let t = 0; t < this.seconds; t++) {
      const ringing = this.#hazard(table, 'ringing', t);
      const other = this.#hazard(table, 'other', t);
      const human = this.#hazard(table, 'human', t);
      const answered = this.#hazard(table, 'answered', t);
      const room = Math.max(0, 0.999 - ringing);
      const faster = Math.min(shift, (human + answered > 0 ? room / (human + answered) : 1) || 1);
      table.r[t] = ringing;
      table.h[t] = human * faster;
      table.a[t] = answered * faster;
      table.o[t] = Math.min(other, Math.max(0, 1 - ringing - (human + answered) * faster));
    }
  }

  #fitChances(
    table: Stage,
    next: { ringing: number; answered: number; earlyRinging: number },
    minRing: number,
  ): void {
    let later = 0;
    let laterEarly = 0;
    for (let t = this.seconds - 1; t >= 0; t--) {
      const stay = Math.max(
        0,
        1 - at(table.h, t) - at(table.o, t) - at(table.r, t) - at(table.a, t),
      );
      const answer = at(table.h, t) + at(table.a, t) * next.answered;
      later = answer + at(table.r, t) * next.ringing + stay * later;
      laterEarly =
        t >= minRing ? 0 : answer + at(table.r, t) * next.earlyRinging + stay * laterEarly;
      table.chance[t] = later;
      table.early[t] = laterEarly;
    }
  }

  /** From dialing on, second by second, through the stages. */
  #fitAnswerTimes(): void {
    const [dialing, ringing, answered] = this.#stages;
    const into = this.answerTimes;
    into.fill(0);
    const arrivals = new Float64Array(into.length);
    const detections = new Float64Array(into.length);
    this.#pass(dialing, 0, 1, into, arrivals, detections);
    for (let t = 0; t < into.length; t++)
      if (at(arrivals, t) > 1e-6) this.#pass(ringing, t, at(arrivals, t), into, null, detections);
    for (let t = 0; t < into.length; t++)
      if (at(detections, t) > 1e-6) this.#pass(answered, t, at(detections, t), into, null, null);
  }

  #pass(
    table: Stage,
    from: number,
    share: number,
    answers: Float64Array,
    rings: Float64Array | null,
    detections: Float64Array | null,
  ): void {
    let left = share;
    for (let t = 0; t < this.seconds && from + t < answers.length && left > 1e-6; t++) {
      const slot = from + t;
      answers[slot] = at(answers, slot) + left * at(table.h, t);
      if (rings !== null) rings[slot] = at(rings, slot) + left * at(table.r, t);
      if (detections !== null) detections[slot] = at(detections, slot) + left * at(table.a, t);
      left *= Math.max(0, 1 - at(table.h, t) - at(table.o, t) - at(table.r, t) - at(table.a, t));
    }
  }

  #rescale(): void {
    for (const stage of this.#stages)
      for (const kind of KINDS)
        stage[kind].forEach((value, t) => {
          stage[kind][t] = value / this.#weight;
        });
    this.#weight = 1;
  }
}

function pickExit(table: Stage, t: number, uniform: number): StageExit | null {
  let left = uniform;
  const hazards = [
    ['human', table.h],
    ['answered', table.a],
    ['ringing', table.r],
    ['other', table.o],
  ] as const;
  for (const [exit, hazard] of hazards) {
    left -= at(hazard, t);
    if (left < 0) return exit;
  }
  return null;
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}

/** A table of whole seconds read between them; past its end nothing comes. */
function interpolate(values: Float64Array, seconds: number): number {
  const below = Math.floor(seconds);
  const part = seconds - below;
  return at(values, below) * (1 - part) + at(values, below + 1) * part;
}

interface StagePrior {
  human: Float64Array;
  other: Float64Array;
}

function emptyStage(seconds: number, prior: StagePrior): Stage {
  const zeros = () => new Float64Array(seconds);
  return {
    risk: zeros(),
    human: zeros(),
    other: zeros(),
    ringing: zeros(),
    answered: zeros(),
    priorHuman: prior.human,
    priorOther: prior.other,
    h: zeros(),
    o: zeros(),
    r: zeros(),
    a: zeros(),
    chance: zeros(),
    early: zeros(),
  };
}

/** One call in four reaches a person after some 12 s; what fails fails at once, the rest rings out. */
function ringingPrior(seconds: number, timeout: number): StagePrior {
  const human = new Float64Array(seconds);
  const other = new Float64Array(seconds);
  let left = 1;
  for (let t = 0; t < seconds; t++) {
    const { share, meanMs, spread } = PRIOR_ANSWER;
    const over = (second: number) => logNormalShare(second * 1_000, meanMs, spread);
    const answering = share * (over(t + 1) - over(t));
    const ending = (1 - share) * (t >= timeout - 1 ? 0.5 : t < 3 ? 0.04 : 0.01);
    human[t] = Math.min(0.5, answering / Math.max(1e-3, left));
    other[t] = Math.min(0.5, ending / Math.max(1e-3, left));
    left = Math.max(1e-3, left - answering - ending);
  }
  return { human, other };
}

/** Who answers is known within some 2 s, and is a person more often than not. */
function detectionPrior(seconds: number): StagePrior {
  return {
    human: new Float64Array(seconds).fill(0.35),
    other: new Float64Array(seconds).fill(0.15),
  };
}
