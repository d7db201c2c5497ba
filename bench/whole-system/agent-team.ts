import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseLoginFragment } from '#shared/contract/index.ts';
import type { EngineRun } from '../../e2e/peers/support/engine.ts';
import type { Scenario } from '../pacing/scenario.ts';
import type { DeskCall, FromDesks, Seat, ToDesks } from './desk-messages.ts';

const PROGRAM = fileURLToPath(new URL('./agent-process.ts', import.meta.url));
const AGENTS_IN_A_PROCESS = 7;

/** The agents of the benchmark, in a few processes. */
export class AgentTeam {
  /** agents by person */
  readonly indexOf: ReadonlyMap<string, number>;
  readonly #processes: readonly ChildProcess[];

  private constructor(processes: readonly ChildProcess[], indexOf: ReadonlyMap<string, number>) {
    this.#processes = processes;
    this.indexOf = indexOf;
  }

  /** Hires so many, seats them, and waits until all are ready. */
  static async start(
    engine: EngineRun,
    { scenario, seed }: { scenario: Scenario; seed: number },
  ): Promise<AgentTeam> {
    const indexOf = new Map<string, number>();
    const seats: Seat[] = [];
    for (let index = 0; index < scenario.agents; index += 1) {
      const { personId, login } = await hire(engine, index);
      indexOf.set(personId, index);
      seats.push({ index, login });
    }
    const rooms = Math.ceil(seats.length / AGENTS_IN_A_PROCESS);
    const processes = Array.from({ length: rooms }, () =>
      fork(PROGRAM, [], { execArgv: ['--disable-warning=ExperimentalWarning'] }),
    );
    const team = new AgentTeam(processes, indexOf);
    for (const [room, child] of processes.entries()) {
      const inRoom = seats.filter(({ index }) => index % rooms === room);
      await ask(child, { type: 'sit', url: engine.url, seats: inRoom, scenario, seed }, 'seated');
    }
    return team;
  }

  get pids(): number[] {
    return this.#processes.map(({ pid }) => pid ?? 0);
  }

  /** Everybody hangs up and goes. @returns what they wrote down */
  async goHome(): Promise<{ calls: DeskCall[]; problems: string[] }> {
    const answers = await Promise.all(
      this.#processes.map((child) => ask(child, { type: 'go-home' }, 'gone')),
    );
    return {
      calls: answers.flatMap(({ calls }) => calls),
      problems: answers.flatMap(({ problems }) => problems),
    };
  }

  stop(): void {
    for (const child of this.#processes) if (child.connected) child.disconnect();
  }
}

async function hire(engine: EngineRun, index: number) {
  const displayName = `Agent ${index + 1}`;
  const { personId } = await engine.owner.send('access.add-person', { displayName, role: 'agent' });
  const { url } = await engine.owner.send('access.invite', { personId });
  const login = parseLoginFragment(new URL(url).hash);
  if (login === null) throw new Error('an invitation without a code');
  return { personId, login };
}

async function ask<Type extends FromDesks['type']>(
  child: ChildProcess,
  message: ToDesks,
  expected: Type,
): Promise<Extract<FromDesks, { type: Type }>> {
  child.send(message);
  const [answer] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`agents ended with ${code}`))),
  ])) as [FromDesks];
  if (answer.type !== expected) throw new Error(`agents said ${answer.type}, not ${expected}`);
  return answer as Extract<FromDesks, { type: Type }>;
}
