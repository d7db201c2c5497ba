import type { BrowserWindow } from 'electron';
import type { LoginCode } from '#shared/contract/index.ts';
import { shellChannels } from '#shared/contract/shell-bridge.ts';
import { assertNever } from '#shared/util/index.ts';
import type { EngineReady, EngineSupervisor, SupervisorReport } from '../engine/index.ts';
import { dialLinkIn, parseDialLink } from './dial-links.ts';
import type { ElectronApi } from './electron-api.ts';
import { openMainWindow } from './main-window.ts';
import { applicationMenu } from './menu.ts';
import { SCHEME } from './origin.ts';
import { createPageFiles } from './page-files.ts';
import { installPageHandlers } from './page-handlers.ts';
import { installPermissions, installRequestFilter } from './permissions.ts';
import { Power } from './power.ts';

export interface ElectronShellOptions {
  electron: ElectronApi;
  supervisor: EngineSupervisor;
  /** the built window and the preload */
  rendererRoot: string;
  preload: string;
  platform: NodeJS.Platform;
  /** this program's own arguments; a link may be among them */
  args: readonly string[];
  remember(ready: EngineReady): void;
  /** the launcher waits for this */
  onWindowShown(): void;
  /** the engine cannot start; the launcher, or else a box, says so */
  onFailed(fault: { code: string; message: string }): void;
}

/** The Electron shell: a window on the engine, and the few things that only a shell can do. */
export class ElectronShell {
  readonly #options: ElectronShellOptions;
  readonly #power: Power;
  readonly #links: string[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #firstStore;
  #window: BrowserWindow | null = null;
  #ready: EngineReady | null = null;
  #unusedLogin: LoginCode | null = null;
  #linesUp = 0;
  #isQuitting = false;
  #hasEnded = false;

  constructor(options: ElectronShellOptions) {
    this.#options = options;
    this.#power = new Power(options.electron);
    this.#firstStore = options.supervisor.storeKind;
    this.#takeLink(dialLinkIn(options.args));
  }

  /** Listeners that must be there before Electron is ready. */
  listen(): void {
    const { app } = this.#options.electron;
    app.on('second-instance', (_event, args) => {
      this.#takeLink(dialLinkIn(args));
      this.#showWindow();
    });
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.#takeLink(parseDialLink(url));
      this.#showWindow();
    });
    app.on('activate', () => this.#showWindow());
    app.on('window-all-closed', () => this.#quitIfIdle());
    app.on('before-quit', (event) => {
      if (this.#hasEnded) return;
      event.preventDefault();
      void this.#end();
    });
    // whatever content appears, whoever made it: none but our page in our window
    app.on('web-contents-created', (_event, contents) => {
      contents.on('will-attach-webview', (event) => event.preventDefault());
    });
  }

  /** Runs once Electron is ready. */
  start(): void {
    const { electron, supervisor, rendererRoot, platform } = this.#options;
    const { session, protocol, Menu } = electron;
    const engineUrl = () => this.#ready?.url ?? null;
    protocol.handle(SCHEME, createPageFiles({ root: rendererRoot, engineUrl }));
    installPermissions(session.defaultSession);
    installRequestFilter(session.defaultSession, engineUrl);
    Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(platform)));
    this.#installPage();
    this.#power.watch((event) => supervisor.power(event));
    supervisor.on((report) => this.#onReport(report));
    supervisor.start();
  }

  #installPage(): void {
    const { electron } = this.#options;
    installPageHandlers(electron, {
      window: () => this.#window,
      engine: () => this.#engine(),
      takeDialLinks: () => this.#links.splice(0),
      notify: (title, body) => this.#notify(title, body),
      openExternal: (url) => void electron.shell.openExternal(url),
      setBadge: (count) => electron.app.setBadgeCount(count),
      useForLinks: (wanted) => this.#useForLinks(wanted),
    });
  }

  #onReport(report: SupervisorReport): void {
    switch (report.type) {
      case 'ready':
        return this.#onReady(report.ready);
      case 'lost':
        return this.#setLinesUp(0);
      case 'failed':
        return this.#onFailed(report.fault);
      case 'lines-up':
        return this.#setLinesUp(report.count);
      case 'notify':
        return this.#notify(report.title, report.body);
      default:
        return assertNever(report);
    }
  }

  #onReady(ready: EngineReady): void {
    const before = this.#ready;
    this.#ready = ready;
    this.#unusedLogin = ready.login;
    this.#options.remember(ready);
    for (const resolve of this.#waiting.splice(0)) resolve();
    if (before === null) return this.#showWindow();
    // An open page finds a restarted engine by itself; its policy names the port, so another port needs another page.
    if (before.url !== ready.url || before.storeKind !== ready.storeKind) this.#window?.reload();
  }

  #onFailed(fault: { code: string; message: string }): void {
    const { supervisor, onFailed } = this.#options;
    if (supervisor.storeKind === this.#firstStore) {
      this.#hasEnded = true;
      return onFailed(fault);
    }
    this.#notify('Dialdesk', fault.message);
    supervisor.openStore(this.#firstStore);
  }

  /** The engine's address and a code for the page that asks; waits until there is one. */
  async #engine(): Promise<{ url: string; login: LoginCode }> {
    const { supervisor } = this.#options;
    while (this.#ready === null || supervisor.state.kind !== 'running') {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    const { url } = this.#ready;
    const unused = this.#unusedLogin;
    this.#unusedLogin = null;
    return { url, login: unused ?? (await supervisor.newLoginCode()) };
  }

  #showWindow(): void {
    if (this.#ready === null || this.#isQuitting) return;
    if (this.#window !== null) {
      if (this.#window.isMinimized()) this.#window.restore();
      this.#window.show();
      return this.#window.focus();
    }
    const { electron, preload, onWindowShown } = this.#options;
    this.#window = openMainWindow(electron, preload, onWindowShown);
    this.#window.on('closed', () => {
      this.#window = null;
    });
  }

  /** Calls are not cut by a window that is closed; the next start opens it again. */
  #quitIfIdle(): void {
    if (this.#options.platform !== 'darwin' && this.#linesUp === 0)
      this.#options.electron.app.quit();
  }

  #setLinesUp(count: number): void {
    this.#linesUp = count;
    this.#power.keepAwake(count);
    if (count === 0 && this.#ready !== null && this.#window === null) this.#quitIfIdle();
  }

  #takeLink(link: string | null): void {
    if (link === null) return;
    const contents = this.#window?.webContents;
    if (contents && !contents.isLoading()) contents.send(shellChannels.dialLink, link);
    else this.#links.push(link);
  }

  #notify(title: string, body: string): void {
    const { Notification } = this.#options.electron;
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    notification.on('click', () => this.#showWindow());
    notification.show();
  }

  #useForLinks(wanted: boolean): boolean {
    const { app } = this.#options.electron;
    for (const scheme of ['tel', 'sip']) {
      if (wanted) app.setAsDefaultProtocolClient(scheme);
      else app.removeAsDefaultProtocolClient(scheme);
    }
    return app.isDefaultProtocolClient('tel');
  }

  async #end(): Promise<void> {
    if (this.#isQuitting) return;
    this.#isQuitting = true;
    await this.#options.supervisor.stop();
    this.#hasEnded = true;
    this.#options.electron.app.quit();
  }
}
