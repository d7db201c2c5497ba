import { EventEmitter } from 'node:events';

/** What is shown in a window. */
export class StandInContents extends EventEmitter {
  readonly sent: { channel: string; message: unknown }[] = [];
  windowOpenHandler: ((details: { url: string }) => { action: string }) | null = null;
  loading = false;

  send(channel: string, message: unknown): void {
    this.sent.push({ channel, message });
  }

  isLoading(): boolean {
    return this.loading;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }

  /** @returns whether the page may go there */
  navigates(
    event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect',
    url: string,
  ): boolean {
    let prevented = false;
    const preventDefault = () => {
      prevented = true;
    };
    this.emit(event, { url, preventDefault });
    return !prevented;
  }
}

/** A window that nobody sees. */
export class StandInWindow extends EventEmitter {
  readonly options: { webPreferences: Record<string, unknown> };
  readonly webContents = new StandInContents();
  readonly loaded: string[] = [];
  shows = 0;
  reloads = 0;
  focuses = 0;

  constructor(options: unknown) {
    super();
    this.options = options as { webPreferences: Record<string, unknown> };
  }

  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    return Promise.resolve();
  }

  show(): void {
    this.shows += 1;
  }

  focus(): void {
    this.focuses += 1;
  }

  reload(): void {
    this.reloads += 1;
  }

  isMinimized(): boolean {
    return false;
  }

  isDestroyed(): boolean {
    return false;
  }

  /** the person closes it */
  closes(): void {
    this.emit('closed');
  }
}
