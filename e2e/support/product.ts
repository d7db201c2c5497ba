import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { CommandInput, CommandName, CommandOutput } from '#shared/contract/index.ts';
import { parseLoginFragment } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type CallRecord, readCallLog } from '../../main/practice/index.ts';
import {
  type ContractClient,
  createContractClient,
  memoryCredentialStore,
} from '../../renderer/client/index.ts';
import { until } from './until.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const engineFile = z.object({ pid: z.number(), url: z.string() });
const loginAddress = /Open (http:\/\/127\.0\.0\.1:\d+\/#login=[\w-]+\.[0-9a-f]{64})/;
/** The first start of all builds the application. */
const START_LIMIT_MS = 90_000;

export interface ProductOptions {
  /** a scenario file for the bundled carrier, instead of the demo */
  scenarioFile?: string;
  /** how a person would start it; an address is printed unless told otherwise. @param directory for files beside the data */
  args?(directory: string): readonly string[];
  env?: Record<string, string>;
}

/** The product as `npm start` runs it: builds what is stale, starts engine and carrier, prints where to open it. */
export class Product {
  readonly directory = mkdtempSync(join(tmpdir(), 'dialdesk-e2e-'));
  readonly dataDir = join(this.directory, 'store');
  readonly #callLog = join(this.directory, 'calls.jsonl');
  readonly #child: ChildProcess;
  readonly #exited: Promise<number | null>;
  #output = '';
  #owner: Promise<ContractClient> | null = null;
  #stopped: Promise<void> | null = null;

  constructor({ scenarioFile, args = () => ['--no-open'], env = {} }: ProductOptions = {}) {
    this.#child = this.#run([...args(this.directory)], {
      DIALDESK_PRACTICE_LOG: this.#callLog,
      ...(scenarioFile === undefined ? {} : { DIALDESK_PRACTICE_SCENARIO: scenarioFile }),
      ...env,
    });
    this.#child.stdout?.on('data', (chunk) => this.#hear(chunk));
    this.#child.stderr?.on('data', (chunk) => this.#hear(chunk));
    this.#exited = new Promise((resolve) => this.#child.once('exit', resolve));
  }

  /** @returns the address that logs one window in, once, as it was printed */
  async address(): Promise<string> {
    const printed = () => loginAddress.exec(this.#output)?.[1];
    const over = () => this.#child.exitCode !== null;
    await until(
      () => this.#output,
      () => printed() ?? over(),
      START_LIMIT_MS,
    );
    const address = printed();
    if (address === undefined) throw new Error(`it ended: ${this.#output}`);
    return address;
  }

  /** Another address, from a second start while this one runs. */
  async anotherAddress(): Promise<string> {
    const second = this.#run(['--print-login'], {});
    let said = '';
    second.stdout?.on('data', (chunk) => {
      said += String(chunk);
    });
    await new Promise((resolve) => second.once('exit', resolve));
    return loginAddress.exec(said)?.[1] ?? '';
  }

  /** what was printed so far */
  get output(): string {
    return this.#output;
  }

  /** Waits until the engine answers; also the one that comes after a kill. */
  async engine(): Promise<z.infer<typeof engineFile>> {
    return until('an engine', () => this.#readEngine(), START_LIMIT_MS);
  }

  /** Kills the engine as the system would: without a word. The shell is to bring it back. */
  async killEngine(): Promise<void> {
    const { pid } = await this.engine();
    process.kill(pid, 'SIGKILL');
    await until('another engine', () => (this.#readEngine()?.pid ?? pid) !== pid, 20_000);
  }

  /** A contract command as the owner of the store gives it, in a window without a screen; throws what is refused. */
  async rpc<Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
  ): Promise<CommandOutput<Name>> {
    this.#owner ??= this.#logIn();
    const result = await (await this.#owner).send(name, input);
    if (!result.ok) throw new AppError(result.error.code, `${name}: ${result.error.message}`);
    return result.value;
  }

  /** Every call that the bundled carrier saw, in its latest state. */
  calls(): CallRecord[] {
    try {
      return readCallLog(this.#callLog);
    } catch {
      return []; // no call yet
    }
  }

  /** Waits for one call at the carrier. */
  async call(what: string, matches: (call: CallRecord) => boolean): Promise<CallRecord> {
    const calls = () => JSON.stringify(this.calls().slice(-2));
    return until(
      () => `${what}; the latest calls: ${calls()}`,
      () => this.calls().find(matches),
    );
  }

  /** Ctrl-C, and everything that it leaves behind is an error. A second time does nothing. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    (await this.#owner)?.stop();
    const enginePid = this.#readEngine()?.pid;
    if (this.#child.exitCode === null) this.#child.kill('SIGINT');
    const code = await this.#exited;
    if (enginePid !== undefined) await until('the engine ends', () => !isAlive(enginePid));
    rmSync(this.directory, { recursive: true, force: true });
    if (code !== 0) throw new Error(`it ended with ${code}: ${this.#output}`);
  }

  async #logIn(): Promise<ContractClient> {
    const { origin, hash } = new URL(await this.anotherAddress());
    const client = createContractClient({
      url: `${origin.replace(/^http/, 'ws')}/contract`,
      credentialStore: memoryCredentialStore(),
      login: parseLoginFragment(hash),
      onEvent: () => {},
      onStateChange: () => {},
      onResync: () => {},
      onEpochChange: () => {},
    });
    client.start();
    return client;
  }

  #run(args: string[], env: Record<string, string>): ChildProcess {
    const command = [join(root, 'scripts', 'start.mjs'), '--data', this.dataDir, ...args];
    return spawn(process.execPath, command, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  #hear(chunk: unknown): void {
    this.#output += String(chunk);
  }

  /** @returns null while there is no engine, or only the file of one that was killed */
  #readEngine(): z.infer<typeof engineFile> | null {
    try {
      const text = readFileSync(join(this.dataDir, 'engine.json'), 'utf8');
      const engine = engineFile.parse(JSON.parse(text));
      return isAlive(engine.pid) ? engine : null;
    } catch {
      return null;
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
