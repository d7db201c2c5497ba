import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFailed } from 'vitest';
import type { TestBrowser } from './browser.ts';
import type { Product } from './product.ts';

/** where runs leave pictures; not part of the repository */
export const resultsDirectory = fileURLToPath(new URL('../../e2e-results/', import.meta.url));

const REPORTED_LINES = 25;

/** Call in `beforeEach`: keeps what every page showed, and what the product said, when a test fails. */
export function keepEvidence(browsers: () => readonly TestBrowser[], product: () => Product): void {
  onTestFailed(async ({ task }) => {
    mkdirSync(resultsDirectory, { recursive: true });
    const name = task.name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60);
    writeFileSync(join(resultsDirectory, `failed-${name}.txt`), product().output);
    // Where only the report of a run reaches us, the files beside it do not.
    console.log(`${task.name}: the product said last\n${lastLines(product().output)}`);
    const pages = browsers().flatMap((browser) => browser.pages());
    for (const [index, page] of pages.entries()) {
      const path = join(resultsDirectory, `failed-${name}-${index + 1}.png`);
      await page.screenshot({ path }).catch(() => {});
    }
  });
}

function lastLines(output: string): string {
  return output.trimEnd().split('\n').slice(-REPORTED_LINES).join('\n');
}
