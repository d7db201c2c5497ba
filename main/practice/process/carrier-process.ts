import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import { type CallInRequest, createPracticeCarrier, type PracticeCarrier } from '../carrier.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
import { type CarrierCommand, type CarrierReport, carrierCommand } from './messages.ts';
import { practicePromptFolder } from './prompt-folder.ts';

export interface CarrierProcessOptions {
  clock: Clock;
  report(message: CarrierReport): void;
}

/** Obeys commands, one carrier in one process; every command gets one report. */
export class CarrierProcess {
  readonly #options: CarrierProcessOptions;
  #carrier: PracticeCarrier | null = null;
  #logFile: number | null = null;

  constructor(options: CarrierProcessOptions) {
    this.#options = options;
  }

  /** @param message as it came from the parent: checked here */
  async handle(message: unknown): Promise<void> {
    const command = carrierCommand.safeParse(message);
    if (!command.success) return this.#fail('practice.bad-command', command.error.message);
    try {
      await this.#obey(command.data);
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'practice.failed';
      this.#fail(code, error instanceof Error ? error.message : String(error));
    }
  }

  async #obey(command: CarrierCommand): Promise<void> {
    switch (command.type) {
      case 'start':
        return this.#start(command);
      case 'stop':
        return this.#stop();
      case 'status':
        return this.#options.report({ type: 'status', ...this.#running().status() });
      case 'network':
        this.#running().setNetworkUp(command.up);
        return this.#options.report({ type: 'status', ...this.#running().status() });
      case 'call-in': {
        const { type: _, ...request } = command;
        const record = await this.#running().callIn(withoutUndefined(request));
        return this.#options.report({ type: 'called-in', callNumber: record.callNumber });
      }
    }
  }

  async #start(command: Extract<CarrierCommand, { type: 'start' }>): Promise<void> {
    if (this.#carrier) throw new AppError('practice.started', 'the carrier is already started');
    const { text, folders } = readScenario(command.scenario);
    if (command.log !== undefined) this.#logFile = openSync(command.log, 'a', 0o600);
    this.#carrier = await createPracticeCarrier({
      scenario: parseScenario(text),
      listen: command.listen,
      promptFolders: [...folders, practicePromptFolder()],
      clock: this.#options.clock,
      log: (line) => {
        // Written at once: the log is read by tests that kill processes.
        if (this.#logFile !== null) writeSync(this.#logFile, line);
      },
    });
    const { host, port } = this.#carrier;
    this.#options.report({ type: 'ready', host, port, pid: process.pid });
  }

  async #stop(): Promise<void> {
    await this.#carrier?.stop();
    this.#carrier = null;
    if (this.#logFile !== null) closeSync(this.#logFile);
    this.#logFile = null;
    this.#options.report({ type: 'stopped' });
  }

  #running(): PracticeCarrier {
    if (!this.#carrier) throw new AppError('practice.not-started', 'the carrier is not started');
    return this.#carrier;
  }

  #fail(code: string, message: string): void {
    this.#options.report({ type: 'failed', code, message });
  }
}

/** A value that begins like JSON is the scenario itself, anything else the path of a file. */
function readScenario(given: string | Record<string, unknown>): {
  text: string;
  folders: string[];
} {
  if (typeof given !== 'string') return { text: JSON.stringify(given), folders: [] };
  if (given.trimStart().startsWith('{')) return { text: given, folders: [] };
  if (!existsSync(given)) {
    throw new AppError('practice.no-scenario', `there is no scenario file ${given}`);
  }
  return { text: readFileSync(given, 'utf8'), folders: [dirname(resolve(given))] };
}

function withoutUndefined(request: {
  from: string;
  to: string;
  target?: CallInRequest['target'] | undefined;
  patienceMs?: number | undefined;
  talk?: CallInRequest['talk'] | undefined;
}): CallInRequest {
  const { from, to, target, patienceMs, talk } = request;
  return {
    from,
    to,
    ...(target === undefined ? {} : { target }),
    ...(patienceMs === undefined ? {} : { patienceMs }),
    ...(talk === undefined ? {} : { talk }),
  };
}
