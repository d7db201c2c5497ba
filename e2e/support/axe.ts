import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * All that axe is told to pass over, each with its reason. Base UI puts focusable, hidden guards around a popup that hand the
 * focus on at once; and an open menu, list or sheet stands beside the landmarks, because it belongs to its button.
 */
const exceptions = {
  elements: '[data-base-ui-focus-guard]',
  withPopup: { rule: 'region', popup: '[role=menu], [role=listbox], [role=dialog]' },
};

interface AxeNode {
  target: string[];
  failureSummary?: string;
}
interface Axe {
  run(
    context: unknown,
    options: unknown,
  ): Promise<{ violations: { id: string; help: string; nodes: AxeNode[] }[] }>;
}

/** The rules that depend on colours. The others say the same in both themes. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds on the page as it stands, one line each.
 * @param colours only what a theme can change
 */
export async function axeFindings(page: Page, colours: 'alone' | 'too'): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(source);
  return page.evaluate(
    async ({ runOnly, except }) => {
      const { axe } = globalThis as unknown as { axe: Axe };
      const hasPopup = document.querySelector(except.withPopup.popup) !== null;
      const { violations } = await axe.run(
        { exclude: [[except.elements]] },
        hasPopup && runOnly.includes('best-practice')
          ? { runOnly, rules: { [except.withPopup.rule]: { enabled: false } } }
          : { runOnly },
      );
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(
          ({ target, failureSummary }) =>
            `${id}: ${help}: ${target.join(' ')}: ${(failureSummary ?? '').replace(/\s+/g, ' ')}`,
        ),
      );
    },
    { runOnly: colours === 'alone' ? colourRules : standards, except: exceptions },
  );
}
