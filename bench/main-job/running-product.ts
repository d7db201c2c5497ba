import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LoginCode, parseLoginFragment } from '#shared/contract/index.ts';
import { type CallRecord, readCallLog } from '../../main/practice/index.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START = join(ROOT, 'scripts', 'start.mjs');
/** what `npm start` runs after it has built */
const LAUNCH = join(ROOT, 'dist', 'main', 'launch.mjs');
const ADDRESS = /Open (http:\/\/127\.0\.0\.1:\d+\/#login=\S+)/;

/** The product as `npm start -- --no-open` runs it, with a scenario of the benchmark's own for the bundled carrier. */
export class RunningProduct {
  readonly address: string;
  readonly #child: ChildProcess;
  readonly #dataDir: string;
  readonly #callLog: string;

  private constructor(child: ChildProcess, address: string, dataDir: string, callLog: string) {
    this.#child = child;
    this.address = address;
    this.#dataDir = dataDir;
    this.#callLog = callLog;
  }

  static async start(
    directory: string,
    dataDir: string,
    scenario: Record<string, unknown>,
  ): Promise<RunningProduct> {
    const scenarioFile = join(directory, 'scenario.json');
    const callLog = join(directory, 'calls.jsonl');
    writeFileSync(scenarioFile, JSON.stringify(scenario));
    const child = spawn(process.execPath, [START, '--data', dataDir, '--no-open'], {
      cwd: ROOT,
      env: {
        ...process.env,
        DIALDESK_PRACTICE_LOG: callLog,
        DIALDESK_PRACTICE_SCENARIO: scenarioFile,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const address = await printed(child, ADDRESS);
    return new RunningProduct(child, address, dataDir, callLog);
  }

  get url(): string {
    return new URL(this.address).origin;
  }

  get enginePid(): number {
    const text = readFileSync(join(this.#dataDir, 'engine.json'), 'utf8');
    return (JSON.parse(text) as { pid: number }).pid;
  }

  /** A second way in for the same person: what `--print-login` gives. */
  async anotherLogin(): Promise<LoginCode> {
    const asking = spawn(process.execPath, [LAUNCH, '--data', this.#dataDir, '--print-login'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const login = parseLoginFragment(new URL(await printed(asking, ADDRESS)).hash);
    if (login === null) throw new Error('no login was printed');
    return login;
  }

  /** The bundled carrier's log, each call in its last state. */
  calls(): CallRecord[] {
    return readCallLog(this.#callLog);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGINT');
    await ended;
  }
}

/** Waits for what a program prints. */
function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += String(chunk);
      const found = pattern.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
  });
}
