import type { LoginCode } from '#shared/contract/index.ts';
import type { Clock } from '#shared/util/index.ts';
import { browserFlags } from './browser-flags.ts';
import { prepareProfile } from './browser-profile.ts';
import type { BrowserProcess, StartBrowser } from './browser-window.ts';
import { loginAddress, writeOpeningPage } from './opening-page.ts';

/** A program that ends so soon has either failed or given the page to a window that was open before. */
const EARLY_EXIT_MS = 3_000;
/** The code in the page is dead by then. */
const PAGE_LIFE_MS = 30_000;

export interface AppWindowOptions {
  program: string;
  profile: string;
  platform: NodeJS.Platform;
  isRoot: boolean;
  moreFlags: readonly string[];
  startBrowser: StartBrowser;
  clock: Clock;
  /** the person closed it */
  onClosed(): void;
  /** the browser did not start */
  onFailed(): void;
}

/** The window of the Node shell: an installed browser, in a profile of its own, without its controls. */
export class AppWindow {
  readonly #options: AppWindowOptions;
  #process: BrowserProcess | null = null;
  readonly #pages = new Set<() => void>();

  constructor(options: AppWindowOptions) {
    this.#options = options;
  }

  /** Opens a window that is logged in, or another one beside it. */
  open(url: string, login: LoginCode): void {
    const { program, profile, platform, isRoot, moreFlags, startBrowser, clock } = this.#options;
    if (this.#process === null) prepareProfile(profile, url);
    const page = this.#writePage(loginAddress(url, login));
    const flags = browserFlags({ profile, platform, isRoot, more: moreFlags, page });
    const startedMs = clock.monotonic();
    const browser = startBrowser(program, flags);
    // with a window open already, this program only passes the page on
    this.#process ??= browser;
    browser.onExit((code) => {
      const isEarly = clock.monotonic() - startedMs < EARLY_EXIT_MS;
      this.#onExit(browser, code, isEarly);
    });
  }

  /** Closes what this shell opened. */
  close(): void {
    const browser = this.#process;
    this.#process = null;
    browser?.close();
    for (const remove of [...this.#pages]) remove();
  }

  #writePage(address: string): string {
    const { page, remove } = writeOpeningPage(this.#options.profile, address);
    const forget = (): void => {
      this.#pages.delete(forget);
      cancel();
      remove();
    };
    const cancel = this.#options.clock.setTimer(PAGE_LIFE_MS, forget);
    this.#pages.add(forget);
    return page;
  }

  #onExit(browser: BrowserProcess, code: number | null, isEarly: boolean): void {
    if (this.#process !== browser) return;
    this.#process = null;
    if (!isEarly) this.#options.onClosed();
    else if (code !== 0) this.#options.onFailed();
  }
}
