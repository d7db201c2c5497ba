import { AppError } from '#shared/errors/index.ts';
import type { EngineToShell, ParentPort, ShellToEngine, SpawnPort } from '../shell/ports.ts';
import { createStore, type KeyProvider, practiceKeyFile, storeExists } from '../store/index.ts';
import { createEngine, type Engine } from './create-engine.ts';
import { type EngineArguments, readEngineArguments } from './engine-arguments.ts';
import { ShellSecrets } from './shell-secrets.ts';
import { applicationVersion } from './version.ts';

export interface EngineProcessOptions {
  args: readonly string[];
  /** null: started by hand, the address goes to stdout */
  parent: (ParentPort & { onGone(listener: () => void): void }) | null;
  spawn: SpawnPort;
}

/**
 * Runs this process as the engine until it is told to stop. Exit status 2 for wrong usage, 1 when it cannot start or
 * cannot go on, 0 after an orderly stop.
 */
export async function runEngineProcess(options: EngineProcessOptions): Promise<void> {
  try {
    const settings = readEngineArguments(options.args);
    await new EngineProcess(options, settings).run();
  } catch (error) {
    fail(options.parent, error);
  }
}

class EngineProcess {
  readonly #options: EngineProcessOptions;
  readonly #settings: EngineArguments;
  readonly #secrets: ShellSecrets | null;
  #engine: Engine | null = null;
  #stopping = false;

  constructor(options: EngineProcessOptions, settings: EngineArguments) {
    this.#options = options;
    this.#settings = settings;
    this.#secrets = options.parent === null ? null : new ShellSecrets(options.parent);
  }

  async run(): Promise<void> {
    const { parent } = this.#options;
    parent?.onMessage((message) => this.#onShell(message as ShellToEngine));
    parent?.onGone(() => void this.#stop(0));
    process.on('SIGTERM', () => void this.#stop(0));
    process.on('SIGINT', () => {
      // Under a shell Ctrl-C reaches the whole group, and the shell decides the order.
      if (parent === null) void this.#stop(0);
    });
    const keyProvider = await this.#prepareStore();
    this.#engine = await this.#start(keyProvider);
    await this.#reportReady(this.#engine);
  }

  async #prepareStore(): Promise<KeyProvider> {
    const { dataDir, practice, keyFile } = this.#settings;
    const keyProvider = this.#keyProvider(practice);
    if (storeExists(dataDir)) return keyProvider;
    if (keyProvider.kind === 'recovery')
      throw new AppError('store.not-found', 'there is no store in this directory');
    const { recoveryCode } = await createStore({
      dataDir,
      storeKind: practice ? 'practice' : 'real',
      keyProvider,
    });
    if (!practice && keyFile !== null)
      process.stderr.write(`Recovery code of this store, shown once: ${recoveryCode}\n`);
    return keyProvider;
  }

  #keyProvider(practice: boolean): KeyProvider {
    const { dataDir, keyFile } = this.#settings;
    const passphrase = process.env.DIALDESK_PASSPHRASE;
    if (keyFile !== null) return { kind: 'keyFile', path: keyFile };
    if (practice) return { kind: 'keyFile', path: practiceKeyFile(dataDir) };
    if (passphrase !== undefined) return { kind: 'passphrase', passphrase };
    if (this.#secrets !== null) return this.#secrets.keyProvider();
    throw new AppError(
      'command.usage',
      'a real store needs --key-file F (outside the data directory) or DIALDESK_PASSPHRASE',
    );
  }

  #start(keyProvider: KeyProvider): Promise<Engine> {
    const { dataDir, listen, staticRoot, origins, demo, logLevel } = this.#settings;
    return createEngine({
      dataDir,
      keyProvider,
      spawn: this.#options.spawn,
      listen,
      version: applicationVersion(),
      logLevel,
      staticRoot,
      origins,
      openOtherStore:
        this.#options.parent === null
          ? null
          : async (storeKind) => this.#tell({ type: 'open-store', storeKind }),
      practiceCarrier: this.#settings.practiceCarrier,
      practiceGateways: this.#settings.practiceGateways,
      practiceLogFile: process.env.DIALDESK_PRACTICE_LOG ?? null,
      practiceScenarioFile: process.env.DIALDESK_PRACTICE_SCENARIO ?? null,
      demo,
      ownerName: 'Owner',
      onFatal: (code, message) => {
        this.#tell({ type: 'fatal', code, message });
        process.stderr.write(`${code}: ${message}\n`);
        exitSoon(1);
      },
    });
  }

  async #reportReady(engine: Engine): Promise<void> {
    const { address, storeKind, tokenFile } = engine;
    engine.onLinesUp((count) => this.#tell({ type: 'lines-up', count }));
    this.#tell({
      type: 'ready',
      url: address.url,
      sipUrl: address.sipUrl,
      pid: process.pid,
      login: await engine.issueWindowLogin(),
      storeKind,
    });
    const line = { url: address.url, sipUrl: address.sipUrl, pid: process.pid, tokenFile };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }

  #onShell(message: ShellToEngine): void {
    switch (message.type) {
      case 'new-login-code': {
        const { requestId } = message;
        void this.#engine
          ?.issueWindowLogin()
          .then((login) => this.#tell({ type: 'login-code', requestId, login }));
        return;
      }
      case 'key-result':
        this.#secrets?.onResult(message);
        return;
      case 'power':
        this.#engine?.power(message.event);
        return;
      case 'stop':
        void this.#stop(0);
        return;
      default:
        // A newer shell may know more; what is not for us is left alone.
        return;
    }
  }

  #tell(message: EngineToShell): void {
    this.#options.parent?.send(message);
  }

  async #stop(status: number): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    // A peer that never answers must not keep the process: rows are durable already.
    setTimeout(() => process.exit(status), STOP_LIMIT_MS).unref();
    await this.#engine?.stop();
    process.exit(status);
  }
}

const STOP_LIMIT_MS = 8_000;

function fail(parent: ParentPort | null, error: unknown): void {
  const known = error instanceof AppError;
  const code = known ? error.code : 'internal';
  const message = error instanceof Error ? error.message : String(error);
  parent?.send({ type: 'fatal', code, message } satisfies EngineToShell);
  process.stderr.write(known ? `${message}\n` : `${(error as Error).stack ?? message}\n`);
  exitSoon(code === 'command.usage' ? 2 : 1);
}

/** What was just sent to the shell must leave first: on Windows its channel is not synchronous. */
function exitSoon(status: number): void {
  setTimeout(() => process.exit(status), 100);
}
