import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { peerPath } from '../../main/testing/peers.ts';
import { microphoneFlags } from './browser.ts';
import { until } from './until.ts';

/**
 * What makes the shell open a window that a test can see: no screen, a tone for a microphone, a debugging port of the
 * browser's choice, and a record of everything that the browser does on the network.
 */
export function windowEnvironment(toneFile: string, networkLog: string): Record<string, string> {
  return {
    DIALDESK_BROWSER: peerPath('chromium'),
    DIALDESK_BROWSER_FLAGS: [
      '--headless=new',
      '--remote-debugging-port=0',
      '--window-size=1280,800',
      '--lang=en-US',
      `--log-net-log=${networkLog}`,
      ...microphoneFlags(toneFile),
    ].join(' '),
  };
}

/** The window that the product has opened itself, logged in by its opening page. */
export class OpenedWindow {
  readonly page: Page;
  readonly #browser: Browser;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
  }

  /** @param dataDir of the product; its browser's profile lies in it */
  static async attach(dataDir: string): Promise<OpenedWindow> {
    const file = join(dataDir, 'browser', 'DevToolsActivePort');
    const port = await until('a window', () => firstLine(file), 90_000);
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const page = await until('a page of ours', () =>
      browser
        .contexts()
        .flatMap((context) => context.pages())
        .find((candidate) => candidate.url().startsWith('http://127.0.0.1')),
    );
    return new OpenedWindow(browser, page);
  }

  /** Lets go of the window; the product closes it. */
  async detach(): Promise<void> {
    await this.#browser.close();
  }
}

function firstLine(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').split('\n')[0] ?? null;
  } catch {
    return null; // the browser has not come so far
  }
}

interface NetworkEvent {
  type: number;
  params?: { address?: string; host?: string };
}

/** Chromium finds out whether there is IPv6 by connecting a UDP socket here. Nothing is sent. */
const IPV6_PROBE = '[2001:4860:4860::8888]:443';

/**
 * Whom the browser reached for outside this machine, its own services included, as its record of the network says:
 * addresses it connected to, and names it asked a resolver for.
 */
export function contactsOutside(networkLog: string): string[] {
  const { constants, events } = readNetworkLog(networkLog);
  const named = (...names: string[]) =>
    new Set(names.map((name) => constants.logEventTypes[name] ?? -1));
  const connects = named('TCP_CONNECT_ATTEMPT', 'UDP_CONNECT');
  const lookups = named('HOST_RESOLVER_MANAGER_JOB');
  const contacted = events.flatMap(({ type, params }) => {
    if (connects.has(type) && params?.address !== undefined) return [params.address];
    if (lookups.has(type) && params?.host !== undefined) return [params.host];
    return [];
  });
  const outside = contacted.filter(
    (address) => !address.startsWith('127.0.0.1:') && address !== IPV6_PROBE,
  );
  return [...new Set(outside)];
}

function readNetworkLog(file: string): {
  constants: { logEventTypes: Record<string, number> };
  events: NetworkEvent[];
} {
  const text = readFileSync(file, 'utf8').trimEnd();
  try {
    return JSON.parse(text);
  } catch {
    // the browser ended before it wrote the last lines: what it did is there
    return JSON.parse(`${text.replace(/,$/, '')}]}`);
  }
}
