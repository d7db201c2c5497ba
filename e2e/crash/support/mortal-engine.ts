import { createServer } from 'node:net';
import { EngineSupervisor } from '../../../main/shell/engine/engine-supervisor.ts';
import { nodeSpawn } from '../../../main/shell/node/spawn.ts';
import type { SpawnPort } from '../../../main/shell/ports.ts';
import { systemClock } from '../../../main/store/index.ts';
import type { KillPlan } from './kill-plan.ts';
import type { Moment } from './working-agent.ts';

const KILL_POINT_FILE = new URL('./kill-point.ts', import.meta.url).href;
/** A plan whose moment does not come is carried out all the same. */
const LONGEST_LIFE_MS = 15_000;

export interface Death {
  plan: KillPlan;
  /** false: its moment did not come, and the engine was killed at the end of the time for it */
  asPlanned: boolean;
  lifeMs: number;
  /** monotonic ms */
  at: number;
}

/** The launcher's supervisor with an engine that is killed again and again. */
export class MortalEngine {
  readonly deaths: Death[] = [];
  readonly port: number;
  /** the login code of the first start */
  readonly firstLogin = Promise.withResolvers<{ keyId: string; code: string }>();
  /** when the latest life became ready, monotonic ms */
  readyAt = 0;
  readonly #plans: KillPlan[];
  readonly #supervisor: EngineSupervisor;
  #plan: KillPlan | null = null;
  #pid = 0;
  #bornAt = 0;
  #timers: NodeJS.Timeout[] = [];
  #armed = false;
  #whenDone = Promise.withResolvers<void>();

  private constructor(dataDir: string, port: number, plans: readonly KillPlan[]) {
    this.port = port;
    this.#plans = [...plans];
    this.#supervisor = new EngineSupervisor({
      spawn: this.#spawn,
      clock: systemClock,
      storeKind: 'practice',
      launch: () => ({
        args: [
          ...['--data', dataDir, '--listen', `127.0.0.1:${port}`],
          ...['--practice', '--no-practice-carrier', '--no-practice-gateways'],
        ],
      }),
    });
    this.#supervisor.on((report) => {
      if (report.type === 'ready') {
        this.readyAt = performance.now();
        this.firstLogin.resolve(report.ready.login);
      } else if (report.type === 'failed')
        this.#whenDone.reject(new Error(`the engine does not start: ${report.fault.message}`));
    });
  }

  static async make(dataDir: string, plans: readonly KillPlan[]): Promise<MortalEngine> {
    return new MortalEngine(dataDir, await freePort(), plans);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  start(): void {
    this.#supervisor.start();
  }

  /** From now on lives end as planned; resolves when the last plan was carried out. */
  async dieAsPlanned(): Promise<void> {
    this.#armed = true;
    this.#beginLife();
    await this.#whenDone.promise;
  }

  /** Agents tell of what they go through; the plan may have waited for it. */
  onMoment(moment: Moment): void {
    const plan = this.#plan;
    if (plan?.kind !== 'moment' || plan.moment !== moment) return;
    this.#killAfter(plan.afterMs);
  }

  stop(): Promise<void> {
    return this.#supervisor.stop();
  }

  readonly #spawn: SpawnPort = (name, options = {}) => {
    const next = this.#armed ? (this.#plans[0] ?? null) : null;
    const env =
      next?.kind === 'point'
        ? { NODE_OPTIONS: `--import ${KILL_POINT_FILE}`, DIALDESK_KILL_POINT: next.point }
        : {};
    const child = nodeSpawn(name, { ...options, env });
    this.#pid = child.pid ?? 0;
    this.#bornAt = performance.now();
    child.onExit(() => this.#onDeath());
    if (this.#armed) this.#beginLife();
    return child;
  };

  #beginLife(): void {
    const plan = this.#plans[0];
    if (plan === undefined) {
      this.#whenDone.resolve();
      return;
    }
    this.#plan = plan;
    if (plan.kind === 'age') this.#killAfter(plan.afterMs);
    this.#timers.push(setTimeout(() => this.#kill(false), LONGEST_LIFE_MS));
  }

  #killAfter(delayMs: number): void {
    // at once, without a turn of the event loop, when the plan says so
    if (delayMs < 1) this.#kill(true);
    else this.#timers.push(setTimeout(() => this.#kill(true), delayMs));
  }

  #kill(asPlanned: boolean): void {
    if (this.#plan === null) return;
    this.#record(asPlanned);
    process.kill(this.#pid, 'SIGKILL');
  }

  #onDeath(): void {
    // an exact point inside the engine was reached: it killed itself
    if (this.#plan !== null) this.#record(this.#plan.kind === 'point');
  }

  #record(asPlanned: boolean): void {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
    const plan = this.#plan;
    if (plan === null) return;
    this.#plan = null;
    this.#plans.shift();
    const at = performance.now();
    this.deaths.push({ plan, asPlanned, lifeMs: at - this.#bornAt, at });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
