import type { GatewayTestStep } from '#shared/contract/gateway.contract.ts';
import type { Clock } from '#shared/util/index.ts';

/** What is wrong with one step. */
export interface StepFault {
  code: string;
  detail: string | null;
  /** it works nevertheless */
  warning?: boolean;
}

/** The steps of a test, each run only when the ones before it in its chain went well. */
export class TrialSteps {
  readonly list: GatewayTestStep[] = [];
  #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * @param work resolves with a fault, or with nothing when all is well; never rejects
   * @returns whether to go on
   */
  async run(step: string, work: () => Promise<StepFault | null>): Promise<boolean> {
    const startedMs = this.#clock.monotonic();
    const fault = await work();
    this.list.push({
      step,
      state: fault === null ? 'ok' : fault.warning ? 'warning' : 'failed',
      tookMs: Math.round(this.#clock.monotonic() - startedMs),
      code: fault?.code ?? null,
      detail: fault?.detail ?? null,
    });
    return fault === null || fault.warning === true;
  }

  skip(steps: readonly string[]): void {
    for (const step of steps)
      this.list.push({ step, state: 'skipped', tookMs: 0, code: null, detail: null });
  }

  /** Runs a chain: after a failure the rest is skipped. @returns whether all went well */
  async chain(steps: readonly (readonly [string, () => Promise<StepFault | null>])[]) {
    for (const [index, [step, work]] of steps.entries()) {
      if (await this.run(step, work)) continue;
      this.skip(steps.slice(index + 1).map(([name]) => name));
      return false;
    }
    return true;
  }
}
