import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFailed } from 'vitest';
import type { TestBrowser } from './browser.ts';
import type { Product } from './product.ts';

/** where runs leave pictures; not part of the repository */
export const resultsDirectory = fileURLToPath(new URL('../../e2e-results/', import.meta.url));

/** Call in `beforeEach`: keeps what every page showed, and what the product said, when a test fails. */
export function keepEvidence(browsers: () => readonly TestBrowser[], product: () => Product): void {
  onTestFailed(async ({ task }) => {
    mkdirSync(resultsDirectory, { recursive: true });
    const name = task.name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60);
    writeFileSync(join(resultsDirectory, `failed-${name}.txt`), product().output);
    const pages = browsers().flatMap((browser) => browser.pages());
    for (const [index, page] of pages.entries()) {
      const path = join(resultsDirectory, `failed-${name}-${index + 1}.png`);
      await page.screenshot({ path }).catch(() => {});
    }
  });
}
