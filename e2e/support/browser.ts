import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { browserFlags } from '../../main/shell/node/browser-flags.ts';
import { peerPath } from '../../main/testing/peers.ts';
import { PageWatch } from './page-watch.ts';
import { writeToneFile } from './tone-file.ts';

/** What a person's microphone would pick up, unless a test says otherwise: far from the tones of the practice debtors. */
export const AGENT_HZ = 440;

export interface ContextOptions {
  locale?: string;
  colorScheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
}

/** Chromium as the Node shell starts it, driven by a test, with a tone for a microphone. */
export class TestBrowser {
  readonly #browser: Browser;
  readonly #directory: string;
  readonly #watches: PageWatch[] = [];

  private constructor(browser: Browser, directory: string) {
    this.#browser = browser;
    this.#directory = directory;
  }

  /** @param toneHz what its microphone picks up, -20 dBFS */
  static async open(toneHz = AGENT_HZ): Promise<TestBrowser> {
    const directory = mkdtempSync(join(tmpdir(), 'dialdesk-browser-'));
    const toneFile = join(directory, 'microphone.wav');
    writeToneFile(toneFile, toneHz);
    const browser = await chromium.launch({
      executablePath: peerPath('chromium'),
      args: [...shellFlags(), ...microphoneFlags(toneFile)],
    });
    return new TestBrowser(browser, directory);
  }

  /** A window with a memory of its own: a second person, or the same one at another desk. */
  async newPage(options: ContextOptions = {}): Promise<{ page: Page; watch: PageWatch }> {
    const context = await this.newContext(options);
    const watch = new PageWatch(context);
    this.#watches.push(watch);
    return { page: await context.newPage(), watch };
  }

  async newContext(options: ContextOptions = {}): Promise<BrowserContext> {
    const context = await this.#browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en-US',
      timezoneId: 'Europe/Warsaw',
      reducedMotion: 'reduce',
      permissions: ['microphone'],
      ...options,
    });
    // a page that is still empty has no storage
    await context.addInitScript(() => {
      if (location.protocol === 'http:') localStorage.setItem('dialdesk.test', '1');
    });
    return context;
  }

  pages(): Page[] {
    return this.#browser.contexts().flatMap((context) => context.pages());
  }

  /** Every page so far has stayed on this machine and logged no error. */
  checkPages(): void {
    for (const watch of this.#watches) watch.check();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

/** The flags of the product's own window, without those that name a profile and a page. */
function shellFlags(): string[] {
  const { platform } = process;
  const isRoot = process.getuid?.() === 0;
  return browserFlags({ profile: '', platform, isRoot, more: [], page: '' }).filter(
    (flag) => !/^--(user-data-dir|app)=/.test(flag),
  );
}

export function microphoneFlags(toneFile: string): string[] {
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-audio-capture=${toneFile}`,
    '--disable-gpu',
  ];
}
