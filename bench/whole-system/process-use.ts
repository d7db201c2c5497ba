import { cpuMs, ownMb } from '../main-job/process-usage.ts';

const LOOK_EVERY_MS = 5_000;
/** of the run: what is filled and compiled at the beginning is no growth */
const WARM_UP_SHARE = 0.25;

export interface ProcessUse {
  /** % of a core */
  cpuShare: number;
  /** MB of their own, without files that all programs share: the mean of the last quarter */
  memoryMb: number;
  /** MB, from the mean of the second quarter to that of the last */
  grownMb: number;
}

/** CPU and memory of groups of processes from now on. */
export class UseOfProcesses {
  readonly #groups: ReadonlyMap<string, readonly number[]>;
  readonly #cpuBefore: ReadonlyMap<string, number>;
  readonly #memory = new Map<string, number[]>();
  readonly #startedMs = performance.now();
  readonly #timer: NodeJS.Timeout;

  constructor(groups: Readonly<Record<string, number | readonly number[]>>) {
    this.#groups = new Map(
      Object.entries(groups).map(([name, pids]) => [
        name,
        typeof pids === 'number' ? [pids] : pids,
      ]),
    );
    this.#cpuBefore = this.#cpu();
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#look();
  }

  end(): ReadonlyMap<string, ProcessUse> {
    clearInterval(this.#timer);
    this.#look();
    const elapsedMs = performance.now() - this.#startedMs;
    const cpu = this.#cpu();
    return new Map(
      [...this.#groups.keys()].map((name) => {
        const spent = (cpu.get(name) ?? 0) - (this.#cpuBefore.get(name) ?? 0);
        return [name, { cpuShare: (100 * spent) / elapsedMs, ...this.#memoryOf(name) }];
      }),
    );
  }

  #memoryOf(name: string): Pick<ProcessUse, 'memoryMb' | 'grownMb'> {
    const looks = this.#memory.get(name) ?? [];
    const quarter = Math.max(1, Math.floor(looks.length * WARM_UP_SHARE));
    const last = mean(looks.slice(-quarter));
    return { memoryMb: last, grownMb: last - mean(looks.slice(quarter, 2 * quarter)) };
  }

  #look(): void {
    for (const [name, pids] of this.#groups) {
      const looks = this.#memory.get(name) ?? [];
      looks.push(sum(pids.map(ownMb)));
      this.#memory.set(name, looks);
    }
  }

  #cpu(): Map<string, number> {
    return new Map([...this.#groups].map(([name, pids]) => [name, sum(pids.map(cpuMs))]));
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
const mean = (values: readonly number[]): number => sum(values) / Math.max(1, values.length);
