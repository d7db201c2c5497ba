import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  type CallRecord,
  type CarrierCommand,
  type CarrierReport,
  readCallLog,
} from '../../main/practice/index.ts';

const PROGRAM = fileURLToPath(new URL('../../main/entries/practice-carrier.ts', import.meta.url));

/** The practice carrier as a program of its own, started by hand: it outlives every engine that calls over it. */
export class CarrierProgram {
  readonly port: number;
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #logFile: string;
  readonly #reports: CarrierReport[] = [];
  readonly #waiting = new Set<() => void>();

  private constructor(child: ChildProcess, ready: { port: number; pid: number }, logFile: string) {
    this.#child = child;
    this.port = ready.port;
    this.pid = ready.pid;
    this.#logFile = logFile;
  }

  /** @param directory for the scenario and the log */
  static async start(
    scenario: Record<string, unknown>,
    directory: string,
  ): Promise<CarrierProgram> {
    const scenarioFile = join(directory, 'scenario.json');
    const logFile = join(directory, 'calls.jsonl');
    writeFileSync(scenarioFile, JSON.stringify(scenario));
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        PROGRAM,
        '--scenario',
        scenarioFile,
        '--listen',
        'udp:127.0.0.1:0',
        '--log',
        logFile,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const lines = createInterface({ input: child.stdout });
    const [first] = (await Promise.race([
      once(lines, 'line'),
      once(child, 'exit').then(() => Promise.reject(new Error('the carrier did not start'))),
    ])) as [string];
    const carrier = new CarrierProgram(child, JSON.parse(first), logFile);
    lines.on('line', (line) => carrier.#take(JSON.parse(line) as CarrierReport));
    return carrier;
  }

  /** The call log, each call in its last state. */
  calls(): CallRecord[] {
    return readCallLog(this.#logFile);
  }

  /** What the carrier knows right now, up to the packet. */
  async status(): Promise<Extract<CarrierReport, { type: 'status' }>> {
    this.#send({ type: 'status' });
    return (await this.#next('status')) as Extract<CarrierReport, { type: 'status' }>;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#send({ type: 'stop' });
    await ended;
  }

  #send(command: CarrierCommand): void {
    this.#child.stdin?.write(`${JSON.stringify(command)}\n`);
  }

  #take(report: CarrierReport): void {
    this.#reports.push(report);
    for (const wake of this.#waiting) wake();
  }

  async #next(type: CarrierReport['type']): Promise<CarrierReport> {
    for (;;) {
      const index = this.#reports.findIndex((report) => report.type === type);
      const [found] = index < 0 ? [] : this.#reports.splice(index, 1);
      if (found) return found;
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }
}
