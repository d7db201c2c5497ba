import type { ContactRules } from '../../contact-rules/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { type Callable, callableOf } from '../lists/index.ts';
import type { ChooseNumber, EntryVerdict, NumberQuestion, QuestionOf } from '../types.ts';
import { chooseNumbers } from './choose-number.ts';
import { FactFollower, newestChange } from './fact-follower.ts';

export interface LookedAheadParts {
  read: ReadDb;
  rules: ContactRules;
  /** epoch ms */
  now(): number;
  /** runs something after what waits now; absent: as soon as the thread is free */
  later?: (run: () => void) => void;
}

/** an answer is given again for so long: of what only a clock changes, `reserve` knows the rest */
const GOOD_FOR_MS = 10_000;
/** debtors looked at between other work: about two milliseconds */
const AT_ONCE = 5;
/** a bound, not a cache policy: some hundred are ahead on each list that dials */
const MOST_KEPT = 5_000;
/** so many parts of the log at one question; further behind, all is forgotten */
const MOST_PARTS = 10;

interface Known {
  callable: Callable;
  question: string;
  verdict: EntryVerdict | null;
  at: number;
}

/**
 * What the rules say of debtors who come next, found between other work, so that dialing need not wait for a dozen tables of
 * a large store. Before anything of it is given, the log of changes is followed to its end: whoever any newer fact concerns is
 * asked about again, at once. An answer is at most some seconds old, and grants nothing: the door decides in the
 * transaction that reserves.
 */
export class LookedAhead {
  readonly #parts: LookedAheadParts;
  readonly #known = new Map<string, Known>();
  /** whom to look at, and how to ask about them */
  readonly #queue = new Map<string, QuestionOf>();
  #follower: FactFollower;
  #isQueued = false;
  #isClosed = false;

  constructor(parts: LookedAheadParts) {
    this.#parts = parts;
    this.#follower = followerOf(parts.read);
  }

  /** For one, as dialing asks. */
  readonly choose: ChooseNumber = (question, at) => {
    const [verdict] = this.chooseMany([question], at);
    if (verdict === undefined) throw new Error('each question has an answer');
    return verdict;
  };

  /** What `chooseNumbers` says, from what is known where that still holds. @param at epoch ms */
  chooseMany(questions: readonly NumberQuestion[], at: number): EntryVerdict[] {
    const { read, rules } = this.#parts;
    return read.snapshot(() => {
      const isTrusted = rules.checkClock(read);
      this.#follow();
      const found = questions.map((question) => (isTrusted ? this.#answer(question, at) : null));
      const open = questions.filter((_, index) => found[index] === null);
      const answers = open.length === 0 ? [] : chooseNumbers(rules, read, open, at);
      let next = 0;
      return found.map((verdict) => {
        if (verdict !== null) return verdict;
        next += 1;
        return answers[next - 1] as EntryVerdict;
      });
    });
  }

  /** What `callableOf` says, from what is known where that still holds; in the order of the debtors. */
  callableOf(debtorIds: readonly string[]): Callable[] {
    const { read, now } = this.#parts;
    return read.snapshot(() => {
      this.#follow();
      const at = now();
      const found = debtorIds.map((debtorId) => this.#fresh(debtorId, at)?.callable ?? null);
      const open = debtorIds.filter((_, index) => found[index] === null);
      const answers = open.length === 0 ? [] : callableOf(read, open);
      let next = 0;
      return found.map((callable) => {
        if (callable !== null) return callable;
        next += 1;
        return answers[next - 1] as Callable;
      });
    });
  }

  /** Has these looked at soon, unless they were a moment ago; who was asked about before and is not now is left. */
  lookAt(debtorIds: readonly string[], questionOf: QuestionOf): void {
    const at = this.#parts.now();
    for (const debtorId of debtorIds) {
      const known = this.#known.get(debtorId);
      // those of the older half are looked at again before they are of no use
      const age = known === undefined ? Number.POSITIVE_INFINITY : at - known.at;
      if (age < 0 || age > GOOD_FOR_MS / 2) this.#queue.set(debtorId, questionOf);
    }
    this.#goOn();
  }

  /** debtors who wait to be looked at */
  get waiting(): number {
    return this.#queue.size;
  }

  close(): void {
    this.#isClosed = true;
    this.#queue.clear();
    this.#known.clear();
  }

  #goOn(): void {
    if (this.#isQueued || this.#isClosed || this.#queue.size === 0) return;
    this.#isQueued = true;
    const later = this.#parts.later ?? ((run) => void setImmediate(run));
    later(() => {
      this.#isQueued = false;
      if (this.#isClosed) return;
      try {
        this.#lookAtSome();
      } catch {
        // whoever asks for an answer meets the same failure, and tells of it; the store may just have been closed
        this.#queue.clear();
        this.#known.clear();
      }
      this.#goOn();
    });
  }

  #lookAtSome(): void {
    const some: [string, QuestionOf][] = [];
    for (const each of this.#queue) {
      if (some.length === AT_ONCE) break;
      some.push(each);
      this.#queue.delete(each[0]);
    }
    const { read, rules, now } = this.#parts;
    read.snapshot(() => {
      this.#follow();
      if (!rules.checkClock(read)) return;
      const at = now();
      const callables = callableOf(
        read,
        some.map(([debtorId]) => debtorId),
      );
      const questions = some.map(([debtorId, questionOf], index) =>
        questionOf(debtorId, callables[index] ?? NOT_CALLABLE),
      );
      const asked = questions.filter((question) => question !== null);
      const verdicts = chooseNumbers(rules, read, asked, at);
      let next = 0;
      some.forEach(([debtorId], index) => {
        const question = questions[index] ?? null;
        const verdict = question === null ? null : (verdicts[next] ?? null);
        if (question !== null) next += 1;
        this.#keep(debtorId, {
          callable: callables[index] ?? NOT_CALLABLE,
          question: JSON.stringify(question),
          verdict,
          at,
        });
      });
    });
  }

  #keep(debtorId: string, known: Known): void {
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    this.#known.set(debtorId, known);
  }

  #fresh(debtorId: string, at: number): Known | null {
    const known = this.#known.get(debtorId);
    if (known === undefined) return null;
    const age = at - known.at;
    if (age >= 0 && age < GOOD_FOR_MS) return known;
    this.#known.delete(debtorId);
    return null;
  }

  /** @returns null: not known */
  #answer(question: NumberQuestion, at: number): EntryVerdict | null {
    const known = this.#fresh(question.debtorId, at);
    return known?.question === JSON.stringify(question) ? known.verdict : null;
  }

  /** Forgets whom a newer fact concerns, or everybody where that cannot be told. */
  #follow(): void {
    for (let part = 0; part < MOST_PARTS; part += 1) {
      const { debtorIds, questions, everything, more } = this.#follower.take();
      if (questions || everything) this.#known.clear();
      for (const debtorId of debtorIds) this.#known.delete(debtorId);
      if (!more) return;
    }
    this.#known.clear();
    this.#follower = followerOf(this.#parts.read);
  }
}

const NOT_CALLABLE: Callable = { numbers: [], debtId: null };

function followerOf(read: ReadDb): FactFollower {
  return new FactFollower(read, newestChange(read));
}
