import { assertNever } from '#shared/util/index.ts';
import type { EngineReady, EngineSupervisor, SupervisorReport } from '../engine/index.ts';
import type { AppWindow, AppWindowOptions } from './app-window.ts';
import type { ControlRequest } from './control-channel.ts';
import { loginAddress } from './opening-page.ts';

export interface NodeShellOptions {
  supervisor: EngineSupervisor;
  /** null: the address is printed instead */
  makeWindow: ((events: Pick<AppWindowOptions, 'onClosed' | 'onFailed'>) => AppWindow) | null;
  /** the engine alone: its one line of JSON comes first, as from `dialdesk engine` */
  headless: boolean;
  print(line: string): void;
  /** one line for the person, on stderr */
  tell(line: string): void;
  /** where a command finds the engine's token */
  tokenFile(): string;
  /** answers second starts; returns how to end it */
  openControl(answer: (ask: ControlRequest) => Promise<string | null>): Promise<() => void>;
  remember(ready: EngineReady): void;
}

/** A shell without Electron: runs the engine, opens a browser on it or prints where to open it. */
export class NodeShell {
  readonly #options: NodeShellOptions;
  readonly #window: AppWindow | null;
  readonly #done = Promise.withResolvers<number>();
  readonly #firstStore;
  #windowFailed = false;
  #ready: EngineReady | null = null;
  #linesUp = 0;
  #ending = false;
  #closeControl = (): void => {};

  constructor(options: NodeShellOptions) {
    this.#options = options;
    this.#firstStore = options.supervisor.storeKind;
    this.#window =
      options.makeWindow?.({
        onClosed: () => this.#onWindowClosed(),
        onFailed: () => this.#onWindowFailed(),
      }) ?? null;
    options.supervisor.on((report) => this.#onReport(report));
  }

  /** @returns the exit status, when everything has ended */
  run(): Promise<number> {
    this.#options.supervisor.start();
    return this.#done.promise;
  }

  /** Ends the engine in order, then the window. */
  async stop(status = 0): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    await this.#options.supervisor.stop();
    this.#window?.close();
    this.#closeControl();
    this.#done.resolve(status);
  }

  /** Opens a window, or prints a fresh address where there is none to open. */
  async openAgain(): Promise<void> {
    const { supervisor, tell } = this.#options;
    const ready = this.#ready;
    if (ready === null) return tell('The engine is not ready yet.');
    try {
      this.#show({ ...ready, login: await supervisor.newLoginCode() });
    } catch {
      tell('The engine is starting again; try once more.');
    }
  }

  #onReport(report: SupervisorReport): void {
    switch (report.type) {
      case 'ready':
        return this.#onReady(report.ready);
      case 'lost':
        this.#linesUp = 0;
        return this.#options.tell('The engine ended unexpectedly; it is being started again.');
      case 'failed':
        return this.#onFailed(report.fault);
      case 'lines-up':
        this.#linesUp = report.count;
        return;
      case 'notify':
        // the page shows the same; a browser window needs no help from outside
        return;
      default:
        return assertNever(report);
    }
  }

  #onReady(ready: EngineReady): void {
    const before = this.#ready;
    this.#ready = ready;
    this.#options.remember(ready);
    if (before === null) void this.#announceFirst(ready);
    // an open window finds a restarted engine by itself, unless it is at another address
    else if (before.url !== ready.url || before.storeKind !== ready.storeKind) {
      this.#window?.close();
      void this.#listenForStarts();
      this.#show(ready);
    }
  }

  async #announceFirst(ready: EngineReady): Promise<void> {
    const { headless, print, tokenFile } = this.#options;
    await this.#listenForStarts();
    if (headless) {
      const { url, sipUrl, pid } = ready;
      print(JSON.stringify({ url, sipUrl, pid, tokenFile: tokenFile() }));
    }
    this.#show(ready);
  }

  async #listenForStarts(): Promise<void> {
    this.#closeControl();
    try {
      this.#closeControl = await this.#options.openControl((ask) => this.#answer(ask));
    } catch (error) {
      this.#options.tell(`A second start cannot reach this one: ${String(error)}`);
    }
  }

  async #answer(ask: ControlRequest): Promise<string | null> {
    const ready = this.#ready;
    if (ready === null) return null;
    const login = await this.#options.supervisor.newLoginCode();
    const address = loginAddress(ready.url, login);
    if (ask === 'login-address' || !this.#hasWindow()) return address;
    this.#show({ ...ready, login });
    return '';
  }

  #hasWindow(): boolean {
    return this.#window !== null && !this.#windowFailed;
  }

  #show(ready: EngineReady): void {
    if (this.#hasWindow()) this.#window?.open(ready.url, ready.login);
    else this.#options.print(`Open ${loginAddress(ready.url, ready.login)}`);
  }

  #onFailed(fault: { code: string; message: string }): void {
    const { supervisor, tell } = this.#options;
    tell(`The engine cannot start: ${fault.message} (${fault.code})`);
    if (supervisor.storeKind === this.#firstStore) return void this.stop(1);
    tell(`Going back to the ${this.#firstStore} store.`);
    supervisor.openStore(this.#firstStore);
  }

  #onWindowClosed(): void {
    if (this.#ending) return;
    if (this.#linesUp === 0) return void this.stop();
    this.#options.tell(
      'The window was closed while calls are up: the engine goes on. Enter opens it again, Ctrl-C ends.',
    );
  }

  #onWindowFailed(): void {
    if (this.#ending) return;
    this.#windowFailed = true;
    this.#options.tell('The browser did not start; open the address below in another one.');
    void this.openAgain();
  }
}
