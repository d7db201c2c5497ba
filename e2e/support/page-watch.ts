import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Notes what no page of ours may do: ask anything of the network, log an error, fail in a script. */
export class PageWatch {
  readonly outside: string[] = [];
  readonly #errors: string[] = [];
  /** a text for what a test brings about itself, an engine that is gone for instance */
  readonly #expected: RegExp[] = [];

  constructor(context: BrowserContext) {
    context.on('request', (request) => this.#note(request.url()));
    context.on('page', (page) => this.#watchPage(page));
    for (const page of context.pages()) this.#watchPage(page);
  }

  /** What matches is no fault from now on. */
  expectErrors(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  check(): void {
    expect(this.outside, 'requests that left loopback').toEqual([]);
    expect(this.#errors, 'errors in the page').toEqual([]);
  }

  #watchPage(page: Page): void {
    page.on('websocket', (socket) => this.#note(socket.url()));
    page.on('pageerror', (error) => this.#fault(error.stack ?? String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#fault(`${message.text()} (${message.location().url})`);
    });
  }

  #note(address: string): void {
    const { protocol, hostname } = new URL(address);
    if (['data:', 'blob:', 'file:', 'about:'].includes(protocol)) return;
    if (hostname !== '127.0.0.1') this.outside.push(address);
  }

  #fault(text: string): void {
    if (!this.#expected.some((pattern) => pattern.test(text))) this.#errors.push(text);
  }
}
