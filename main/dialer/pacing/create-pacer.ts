import { type Allowance, type Budget, budgetsOf } from './budget.ts';
import { isWaiting } from './call-book.ts';
import { Floor } from './floor.ts';
import { Knowledge } from './knowledge.ts';
import { readLearned, restoreLearned, writeLearned } from './learned.ts';
import { answerChance, decidePredictive, type Moment, Workspace } from './predictive.ts';
import type {
  Pacer,
  PacerAnswer,
  PacerConfig,
  PacerConfigInput,
  PacerLine,
  PacerWhy,
} from './protocol.ts';
import { pacerConfig } from './protocol.ts';
import { callsToTakeBack } from './take-back.ts';
import { Threshold } from './threshold.ts';
import { WorkingDay } from './working-day.ts';

/** share of the answers that come after the shortest ring, which count when calls may be taken back then */
const LATE_SHARE = 0.1;
/** a person who waits now meets silence about so often */
const WAITING_RISK = 0.5;
/** within its first answers a campaign that starts cold does not use more than this many silent calls */
const COLD_ANSWERS = 50;
const COLD_SILENT = 2;
const COLD_CARE = 0.5;

/**
 * The pacing controller: fed with lines in order of time, it answers each `decide`. Pure: the same lines after the
 * same configuration give the same answers.
 * @throws ZodError when the configuration is not one
 * @see design §7, dialers §4.3 and §8
 */
export function createPacer(config: PacerConfigInput): Pacer {
  return new PacingController(pacerConfig.parse(config));
}

class PacingController implements Pacer {
  readonly #config: PacerConfig;
  readonly #knowledge: Knowledge;
  readonly #floor: Floor;
  readonly #budgets: Budget[];
  readonly #threshold = new Threshold();
  readonly #day = new WorkingDay();
  readonly #work = new Workspace();
  #warm: boolean;
  #now = 0;
  #answers = 0;
  #silent = 0;
  #frees = new Float64Array(64);
  #chances = new Float64Array(256);

  constructor(config: PacerConfig) {
    this.#config = config;
    this.#knowledge = new Knowledge(config);
    this.#budgets = budgetsOf(config);
    this.#floor = new Floor(this.#knowledge, {
      counted: (call, silent, at) => this.#counted(call.allowed, silent, at),
      takenBack: (call) => this.#takenBack(call.countedAt),
    });
    const learned = readLearned(config.learned);
    if (learned !== null) restoreLearned(learned, this.#parts());
    this.#warm = learned?.warm === true;
  }

  feed(given: PacerLine): PacerAnswer | null {
    // time never runs backwards here, whatever the lines say
    const line = given.at < this.#now ? { ...given, at: this.#now } : given;
    this.#now = line.at;
    if (this.#day.line(line.at, this.#floor.crew.present() > 0, bringsSomebody(line)))
      this.#newDay();
    if (line.type === 'agent') this.#floor.agent(line);
    if (line.type === 'call') this.#floor.call(line);
    return line.type === 'decide' ? this.#decide(line.at) : null;
  }

  learned(): unknown {
    return writeLearned(this.#parts(), this.#warm);
  }

  #newDay(): void {
    this.#floor.book.forget();
    for (const budget of this.#budgets) budget.newDay();
  }

  #parts() {
    return { knowledge: this.#knowledge, threshold: this.#threshold, day: this.#day };
  }

  #counted(allowed: number, silent: boolean, at: number): void {
    this.#answers++;
    this.#day.answers++;
    if (silent) this.#silent++;
    for (const budget of this.#budgets) budget.count(at, silent ? 1 : 0);
    this.#threshold.outcome(allowed, silent);
  }

  #takenBack(countedAt: number): void {
    this.#answers--;
    this.#day.answers--;
    for (const budget of this.#budgets) budget.takeBack(countedAt);
  }

  #decide(at: number): PacerAnswer {
    const { crew, book } = this.#floor;
    const room = Math.max(0, this.#config.maxConcurrentCalls - book.lines(at));
    const counts = this.#countNow(at);
    const { free, waiting, open } = counts;
    const why = { free, waiting, ringing: open };
    if (crew.present() === 0) return this.#answer(at, 0, [], { rule: 'no-agent', ...why });
    if (this.#config.mode !== 'predictive') return this.#simple(at, why, room);
    return this.#predict(at, why, room);
  }

  /** Progressive and power: so many lines for each free agent. */
  #simple(at: number, why: Counts, room: number): PacerAnswer {
    const { mode, linesPerAgent } = this.#config;
    const each = mode === 'power' ? linesPerAgent : 1;
    const wanted = oneForEach(why, each);
    const rule = wanted > room ? 'line-limit' : mode;
    return this.#answer(at, Math.min(wanted, room), [], { rule: rule as PacerWhy['rule'], ...why });
  }

  #predict(at: number, why: Counts, room: number): PacerAnswer {
    this.#knowledge.prepare(at, this.#floor.crew.agents.values());
    const { allowance, budget, stopped } = this.#tightest(at, why.waiting);
    const shown = { ...why, budget: describe(budget, allowance) };
    if (stopped) return this.#answer(at, 0, [], { rule: 'stopped', ...shown });
    const rule = this.#cautious(allowance.rate);
    if (rule !== null) {
      const wanted = oneForEach(why, 1);
      return this.#answer(at, Math.min(wanted, room), [], { rule, ...shown });
    }
    const allowed = this.#care() * this.#threshold.riskFor(allowance.rate);
    const cancel = this.#takeBack(at, allowed);
    const chanceOfNew = this.#chanceOfNew();
    const most = Math.min(room, 3 * this.#floor.crew.present() + 10);
    const worthOfAnswer = this.#knowledge.meanTalkMs / 1_000;
    const decision = decidePredictive(
      this.#moment(at, why, cancel, chanceOfNew),
      { chanceOfNew, allowed, most, worthOfAnswer, price: this.#config.dialPriceS ?? 0 },
      this.#work,
    );
    this.#floor.book.asked(decision.dial, at, allowed);
    return {
      at,
      dial: decision.dial,
      cancel,
      why: {
        rule: decision.dial === room && decision.next <= allowed ? 'line-limit' : 'predictive',
        ...shown,
        expectedAnswers: round(decision.expectedAnswers),
        expectedFree: round(decision.expectedFree),
        risk: round(decision.risk),
        riskAllowed: round(allowed),
        answerChance: round(this.#knowledge.answers.chance(0, 0)),
      },
    };
  }

  #takeBack(at: number, allowed: number): string[] {
    const { minRingMs } = this.#config;
    if (minRingMs === undefined) return [];
    return callsToTakeBack(this.#floor, this.#knowledge, minRingMs, allowed, at);
  }

  /** Answers that come so late that the call would be taken back first count only in part. */
  get #lateShare(): number {
    return this.#config.minRingMs === undefined ? 1 : LATE_SHARE;
  }

  #chanceOfNew(): number {
    const full = this.#knowledge.answers.chance(0, 0);
    const early = this.#knowledge.answers.earlyChance(0, 0);
    return Math.min(1, this.#doubt * (early + this.#lateShare * (full - early)));
  }

  /** Of so few answers the rate is known badly: until fifty it is taken for one standard error higher than it looks. */
  get #doubt(): number {
    return this.#warm ? 1 : 1 + 1 / Math.sqrt(Math.max(1, this.#knowledge.humans));
  }

  #answer(at: number, dial: number, cancel: string[], why: PacerWhy): PacerAnswer {
    this.#floor.book.asked(dial, at, 0);
    return { at, dial, cancel, why };
  }

  #countNow(at: number): { free: number; waiting: number; open: number } {
    let waiting = 0;
    let open = this.#floor.book.pending(at);
    for (const call of this.#floor.book.calls.values()) {
      if (isWaiting(call, at)) waiting++;
      else if (call.phase === 'open') open++;
    }
    return { free: this.#floor.crew.count('ready'), waiting, open };
  }

  #moment(at: number, why: Counts, cancel: readonly string[], chanceOfNew: number): Moment {
    const { crew, book } = this.#floor;
    let busy = 0;
    if (this.#frees.length < crew.agents.size) this.#frees = new Float64Array(2 * crew.agents.size);
    for (const agent of crew.agents.values())
      if (agent.state === 'talking' || agent.state === 'wrapUp')
        this.#frees[busy++] = this.#knowledge.freeInTime(agent, at);
    const pending = book.pending(at);
    const most = book.calls.size + pending;
    if (this.#chances.length < most) this.#chances = new Float64Array(2 * most);
    const taken = new Set(cancel);
    let open = 0;
    for (const call of book.calls.values())
      if (call.phase === 'open' && !taken.has(call.id))
        this.#chances[open++] = Math.min(
          1,
          this.#doubt * answerChance(this.#knowledge, call, at, this.#lateShare),
        );
    for (let i = 0; i < pending; i++) this.#chances[open++] = chanceOfNew;
    const base = why.free - why.waiting;
    return { at, base, frees: this.#frees, busy, answers: this.#chances, open };
  }

  /** The budget that allows least. */
  #tightest(at: number, waiting: number): Tightest {
    let tightest: Tightest | null = null;
    let stopped = false;
    const outlook = this.#day.outlook(at, this.#floor.crew.present());
    for (const budget of this.#budgets) {
      budget.moveTo(at);
      const allowance = budget.allowance(WAITING_RISK * waiting, outlook);
      if (budget.onBreach === 'stopCampaign' && budget.broken) stopped = true;
      if (tightest === null || allowance.rate < tightest.allowance.rate)
        tightest = { allowance, budget, stopped };
    }
    if (tightest === null) throw new Error('a pacer has at least one budget');
    return { ...tightest, stopped };
  }

  /** Until enough answers have been seen less risk is allowed than the budget would admit. */
  #care(): number {
    return this.#warm ? 1 : COLD_CARE;
  }

  /** Why one call for each free agent is all that may be dialed now; null: the predictive rule may decide. */
  #cautious(rate: number): 'learning' | 'budget-spent' | null {
    if (!this.#warm) {
      const { humans, outcomes } = this.#knowledge;
      const team = this.#floor.crew.present();
      if (outcomes < 20 || humans < Math.min(COLD_ANSWERS, 4 + 1.2 * team)) return 'learning';
      if (this.#answers < COLD_ANSWERS && this.#silent >= COLD_SILENT) return 'learning';
      if (this.#answers >= COLD_ANSWERS) this.#warm = true;
    }
    return rate <= 0 ? 'budget-spent' : null;
  }
}

/** Somebody comes to work with this line. */
function bringsSomebody(line: PacerLine): boolean {
  return line.type === 'agent' && line.state !== 'away';
}

interface Tightest {
  allowance: Allowance;
  budget: Budget;
  stopped: boolean;
}

interface Counts {
  free: number;
  waiting: number;
  ringing: number;
}

/** Calls that are missing until each free agent has so many on the way. */
function oneForEach({ free, waiting, ringing }: Counts, each: number): number {
  return Math.max(0, Math.floor(each * Math.max(0, free - waiting)) - ringing);
}

function describe(budget: Budget, { left }: Allowance): NonNullable<PacerWhy['budget']> {
  const { percent } = budget;
  return {
    rule: budget.rule,
    percent: percent === null ? null : round(percent),
    left,
    limitPercent: round(100 * budget.limit),
  };
}

/** Enough figures for the reader; the decision was made with all of them. */
function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
