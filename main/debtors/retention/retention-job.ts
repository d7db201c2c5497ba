import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, IdSource } from '#shared/util/index.ts';
import type { Store } from '../../store/index.ts';
import { comparePeriods } from './period.ts';
import { type ChosenPeriods, type KeepingTerms, keepingTerms } from './periods.ts';
import type {
  Artefact,
  RetentionLaws,
  RetentionResult,
  RulesRetentionPeriod,
} from './retention-types.ts';
import { retentionArtefacts } from './retention-types.ts';
import { CHOSEN_SETTING, MARKS_SETTING, retentionWrites } from './retention-writes.ts';
import type { Candidate, RetentionSource } from './sources.ts';
import { type Walked, type WalkParts, walkSources } from './walk-sources.ts';

export interface RetentionJobParts {
  store: Store;
  clock: Clock;
  idSource: IdSource;
  laws: RetentionLaws;
  recordingsDirectory: string;
  /** what an erasure left because a law wanted it for a time that is over now; how many persons */
  expireErasures(): Promise<number>;
  log(message: string, details: Record<string, unknown>): void;
}

const DAY_MS = 86_400_000;
/** looked at so often whether a day has passed: a laptop sleeps through timers */
const LOOK_EVERY_MS = 3_600_000;
/** after the start of the engine, calls and lists come first */
const FIRST_LOOK_MS = 300_000;
const PREVIEW_MS = 5_000;

/**
 * Removes once a day what need not be kept any longer, and writes down what it removed. Nothing is removed as long as
 * neither law nor the firm has set a period.
 */
export class RetentionJob {
  readonly #parts: RetentionJobParts;
  #cancel: () => void = () => {};
  #running: Promise<string> | null = null;
  #stopped = false;

  constructor(parts: RetentionJobParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#later(FIRST_LOOK_MS);
  }

  /** Waits for the chunk that is being written. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#running?.catch(() => {});
  }

  /** Places that have something of their own: all, those that packs name, those that the firm chose for. */
  periods(): RulesRetentionPeriod[] {
    const chosen = this.#chosen();
    const chosenPlaces = Object.keys(chosen).map((key) => key.slice(key.indexOf('/') + 1));
    const places = new Set(['*', ...this.#parts.laws.places(), ...chosenPlaces]);
    return [...places]
      .sort()
      .flatMap((place) =>
        retentionArtefacts.map((artefact) => this.#periodOf(artefact, place, chosen)),
      );
  }

  periodOf(artefact: Artefact, place: string): RulesRetentionPeriod {
    return this.#periodOf(artefact, place, this.#chosen());
  }

  /**
   * One run; a second one while it runs is refused.
   * @returns id of the run
   * @throws AppError `retention.running`
   */
  run(personId: string | null): Promise<string> {
    if (this.#running !== null) {
      return Promise.reject(new AppError('retention.running', 'the job is running'));
    }
    const run = this.#run(personId).finally(() => {
      this.#running = null;
    });
    this.#running = run;
    return run;
  }

  /** What a run would do now; stops after some seconds and says so. */
  async preview(): Promise<Walked> {
    const { clock } = this.#parts;
    const until = clock.monotonic() + PREVIEW_MS;
    return walkSources({
      ...this.#walk(),
      stopped: () => this.#stopped || clock.monotonic() > until,
    });
  }

  async #run(personId: string | null): Promise<string> {
    const { store, idSource } = this.#parts;
    const retentionRunId = idSource.next();
    await store.write(retentionWrites, 'retention.begin', { retentionRunId, personId });
    let results: RetentionResult[] = [];
    let error: string | null = null;
    try {
      const signature = this.#signature();
      const walked = await walkSources({
        ...this.#walk(),
        remove: (source, due) => this.#remove(source, due),
      });
      results = walked.results;
      if (!walked.complete) error = 'retention.interrupted';
      else {
        const marks = { marks: walked.marks, signature };
        await store.write(retentionWrites, 'retention.mark', marks, { priority: 'import' });
      }
      await this.#parts.expireErasures();
    } catch (cause) {
      error = cause instanceof AppError ? cause.code : 'internal';
      this.#parts.log('retention', { error: String(cause) });
    }
    const finished = { retentionRunId, results, error };
    await store.write(retentionWrites, 'retention.finish', finished);
    return retentionRunId;
  }

  /** Files first: a key that is gone would leave a file that nobody can name. */
  async #remove(source: RetentionSource, due: readonly Candidate[]): Promise<void> {
    const { store, recordingsDirectory } = this.#parts;
    for (const { fileName } of due) {
      if (fileName !== null) await rm(join(recordingsDirectory, fileName), { force: true });
    }
    const input = { source: source.name, ids: due.map(({ id }) => id) };
    await store.write(retentionWrites, 'retention.remove', input, { priority: 'import' });
  }

  #walk(): Omit<WalkParts, 'remove'> {
    const { store, clock, laws } = this.#parts;
    const now = clock.now();
    const chosen = this.#chosen();
    const known = new Map<string, KeepingTerms>();
    const termsOf = (artefact: Artefact, place: string): KeepingTerms => {
      const key = `${artefact}/${place}`;
      const terms = known.get(key) ?? keepingTerms(artefact, place, laws.of(place), chosen, now);
      known.set(key, terms);
      return terms;
    };
    const marks = this.#marks();
    return {
      read: store.read,
      now,
      termsOf,
      shortest: (artefact) =>
        this.periods()
          .filter((period) => period.artefact === artefact)
          .reduce<string | null>((least, { effective }) => shorter(least, effective, now), null),
      doneUpTo: (source) => marks[source] ?? 0,
      stopped: () => this.#stopped,
    };
  }

  #periodOf(artefact: Artefact, place: string, chosen: ChosenPeriods): RulesRetentionPeriod {
    const { laws, clock } = this.#parts;
    return keepingTerms(artefact, place, laws.of(place), chosen, clock.now()).shown;
  }

  #chosen(): ChosenPeriods {
    return (this.#setting(CHOSEN_SETTING) as ChosenPeriods | null) ?? {};
  }

  /** Other periods make every record worth another look. */
  #marks(): Readonly<Record<string, number>> {
    const kept = this.#setting(MARKS_SETTING) as {
      marks: Record<string, number>;
      signature: string;
    } | null;
    return kept?.signature === this.#signature() ? kept.marks : {};
  }

  #signature(): string {
    return JSON.stringify(
      this.periods().map(({ artefact, jurisdiction, effective, anchor }) => [
        artefact,
        jurisdiction,
        effective,
        anchor,
      ]),
    );
  }

  #setting(id: string): unknown {
    const row = this.#parts.store.read.get<{ valueJson: string }>(
      'SELECT valueJson FROM setting WHERE id = ?',
      id,
    );
    return row === undefined ? null : JSON.parse(row.valueJson);
  }

  #later(delayMs: number): void {
    if (this.#stopped) return;
    this.#cancel = this.#parts.clock.setTimer(delayMs, () => {
      void this.#look().finally(() => this.#later(LOOK_EVERY_MS));
    });
  }

  async #look(): Promise<void> {
    const last = this.#parts.store.read.get<{ at: number | null }>(
      "SELECT max(startedAt) AS at FROM retentionRun WHERE state = 'finished'",
    );
    if (this.#parts.clock.now() - (last?.at ?? 0) < DAY_MS || this.#running !== null) return;
    await this.run(null).catch((error: unknown) =>
      this.#parts.log('retention', { error: String(error) }),
    );
  }
}

function shorter(one: string | null, other: string | null, now: number): string | null {
  if (one === null || other === null) return one ?? other;
  return comparePeriods(one, other, now) <= 0 ? one : other;
}
