import { EventEmitter } from 'node:events';
import type { ElectronApi } from '../shell/electron/electron-api.ts';
import { type StandInContents, StandInWindow } from './electron-stand-in-window.ts';

type Answer = (...args: never[]) => unknown;

/** A frame that speaks to the shell, as a test describes it. */
export interface StandInSender {
  url?: string;
  isSubFrame?: boolean;
  contents?: StandInContents;
}

/**
 * Takes the place of Electron in tests: it starts nothing and records, in order, what it is told, so that a test can see what
 * happened before `ready`, and play what Electron would report.
 */
export class ElectronStandIn {
  /** every call, as `object.method`, with the mark `ready` where Electron became ready */
  readonly calls: { name: string; args: readonly unknown[] }[] = [];
  readonly handlers = new Map<string, Answer>();
  readonly windows: StandInWindow[] = [];
  readonly children: StandInChild[] = [];
  readonly notifications: { title: string; body: string }[] = [];
  readonly app: EventEmitter = new EventEmitter();
  readonly powerMonitor: EventEmitter = new EventEmitter();
  readonly #ready = Promise.withResolvers<void>();
  readonly #messages = new EventEmitter();
  /** another instance holds the lock */
  isSecond = false;
  storageBackend = 'gnome_libsecret';
  hasKeyStore = true;

  becomeReady(): void {
    this.calls.push({ name: 'ready', args: [] });
    this.#ready.resolve();
  }

  names(): string[] {
    return this.calls.map((call) => call.name);
  }

  argsOf(name: string): readonly unknown[][] {
    return this.calls.filter((call) => call.name === name).map((call) => [...call.args]);
  }

  window(): StandInWindow {
    const window = this.windows.at(-1);
    if (!window) throw new Error('no window was opened');
    return window;
  }

  /** what was set through `object.method(handler)` */
  handler<Handler extends Answer>(name: string): Handler {
    const handler = this.handlers.get(name);
    if (!handler) throw new Error(`no handler ${name}`);
    return handler as Handler;
  }

  /** a page asks and waits for the answer */
  async invoke(channel: string, message?: unknown, sender: StandInSender = {}): Promise<unknown> {
    const handle = this.handler<(event: unknown, message: unknown) => unknown>(`handle ${channel}`);
    return handle(this.#event(sender), message);
  }

  /** a page says something */
  say(channel: string, message?: unknown, sender: StandInSender = {}): void {
    this.#messages.emit(channel, this.#event(sender), message);
  }

  /** as the type that the shell takes; what is not here would throw when used */
  get api(): ElectronApi {
    return {
      app: this.#appApi(),
      BrowserWindow: this.#windowClass(),
      dialog: this.#recorded('dialog', ['showErrorBox']),
      ipcMain: {
        handle: (channel: string, handler: Answer) =>
          this.#keep(`handle ${channel}`, handler, 'ipcMain.handle'),
        on: (channel: string, listener: (...args: unknown[]) => void) =>
          this.#messages.on(channel, listener),
      },
      Menu: {
        buildFromTemplate: (template: unknown) => template,
        setApplicationMenu: (menu: unknown) => this.#record('Menu.setApplicationMenu', menu),
      },
      MessageChannelMain: StandInChannel,
      Notification: this.#notificationClass(),
      powerMonitor: this.powerMonitor,
      powerSaveBlocker: {
        start: (kind: string) => {
          this.#record('powerSaveBlocker.start', kind);
          return 5;
        },
        stop: (id: number) => this.#record('powerSaveBlocker.stop', id),
      },
      protocol: {
        registerSchemesAsPrivileged: (schemes: unknown) =>
          this.#record('protocol.registerSchemesAsPrivileged', schemes),
        handle: (scheme: string, handler: Answer) =>
          this.#keep(`protocol ${scheme}`, handler, 'protocol.handle'),
      },
      safeStorage: this.#safeStorageApi(),
      session: { defaultSession: this.#sessionApi() },
      shell: this.#recorded('shell', ['openExternal']),
      utilityProcess: {
        fork: (file: string, args: string[], options: { env: Record<string, string> }) => {
          this.#record('utilityProcess.fork', file, args, options);
          const child = new StandInChild(file, args, options.env);
          this.children.push(child);
          return child;
        },
      },
    } as unknown as ElectronApi;
  }

  #appApi() {
    const methods = this.#recorded('app', [
      'setPath',
      'enableSandbox',
      'setAppUserModelId',
      'setBadgeCount',
      'setAsDefaultProtocolClient',
      'removeAsDefaultProtocolClient',
      'exit',
    ]);
    return Object.assign(this.app, methods, {
      commandLine: this.#recorded('app.commandLine', ['appendSwitch']),
      requestSingleInstanceLock: () => {
        this.#record('app.requestSingleInstanceLock');
        return !this.isSecond;
      },
      whenReady: () => this.#ready.promise,
      isDefaultProtocolClient: () => true,
      isPackaged: false,
      quit: () => {
        this.#record('app.quit');
        this.app.emit('before-quit', { preventDefault() {} });
      },
    });
  }

  #sessionApi() {
    const setters = [
      'setPermissionRequestHandler',
      'setPermissionCheckHandler',
      'setDevicePermissionHandler',
      'setDisplayMediaRequestHandler',
    ];
    return {
      ...Object.fromEntries(
        setters.map((name) => [name, (handler: Answer) => this.#keep(name, handler, name)]),
      ),
      webRequest: {
        onBeforeRequest: (handler: Answer) =>
          this.#keep('onBeforeRequest', handler, 'onBeforeRequest'),
      },
    };
  }

  #safeStorageApi() {
    return {
      isAsyncEncryptionAvailable: async () => this.hasKeyStore,
      getSelectedStorageBackend: () => this.storageBackend,
      encryptStringAsync: async (text: string) => Buffer.from(`sealed ${text}`),
      decryptStringAsync: async (sealed: Buffer) => ({
        result: sealed.toString().replace('sealed ', ''),
        shouldReEncrypt: false,
      }),
    };
  }

  #windowClass() {
    const { windows } = this;
    return class extends StandInWindow {
      constructor(options: unknown) {
        super(options);
        windows.push(this);
      }
    };
  }

  #notificationClass() {
    const { notifications } = this;
    return class extends EventEmitter {
      static isSupported = () => true;
      readonly #content: { title: string; body: string };
      constructor(content: { title: string; body: string }) {
        super();
        this.#content = content;
      }
      show(): void {
        notifications.push(this.#content);
      }
    };
  }

  #recorded(object: string, names: readonly string[]) {
    return Object.fromEntries(
      names.map((name) => [
        name,
        (...args: unknown[]) => this.#record(`${object}.${name}`, ...args),
      ]),
    );
  }

  #record(name: string, ...args: unknown[]): void {
    this.calls.push({ name, args });
  }

  #keep(key: string, handler: Answer, name: string): void {
    this.handlers.set(key, handler);
    this.#record(name);
  }

  #event({ url, isSubFrame = false, contents }: StandInSender) {
    return {
      sender: contents ?? this.windows.at(-1)?.webContents,
      senderFrame: { url: url ?? 'dialdesk://app/index.html', parent: isSubFrame ? {} : null },
    };
  }
}

/** A utility process that a test plays. */
export class StandInChild extends EventEmitter {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly pid = 4_711;
  readonly sent: { message: unknown; ports: readonly unknown[] }[] = [];
  kills = 0;

  constructor(file: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    super();
    this.file = file;
    this.args = args;
    this.env = env;
  }

  postMessage(message: unknown, ports: readonly unknown[] = []): void {
    this.sent.push({ message, ports });
  }

  kill(): boolean {
    this.kills += 1;
    return true;
  }
}

/** Two message ports that are joined, as `MessageChannelMain` makes them. */
export class StandInChannel {
  readonly port1 = new StandInPort();
  readonly port2 = new StandInPort();

  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}

/** Delivers at once, and keeps what comes before it was started. */
export class StandInPort extends EventEmitter {
  other: StandInPort | null = null;
  #started = false;
  #waiting: unknown[] = [];

  postMessage(data: unknown): void {
    this.other?.deliver(data);
  }

  deliver(data: unknown): void {
    if (this.#started) this.emit('message', { data, ports: [] });
    else this.#waiting.push(data);
  }

  start(): void {
    this.#started = true;
    for (const data of this.#waiting.splice(0)) this.deliver(data);
  }

  close(): void {
    this.other?.emit('close');
  }
}
