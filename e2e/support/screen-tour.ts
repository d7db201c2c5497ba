import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { axeFindings } from './axe.ts';
import { resultsDirectory } from './on-failure.ts';

export const languages = { en: 'English', pl: 'Polski', ru: 'Русский', zh: '中文' } as const;
export type Language = keyof typeof languages;
const themes = ['light', 'dark'] as const;
const normal = { width: 1280, height: 800 };
const wide = { width: 1920, height: 1080 };

/** `DIALDESK_SCREENSHOTS=1` keeps a picture of every screen; `readme` also renews those in docs/screenshots. */
const wanted = process.env.DIALDESK_SCREENSHOTS ?? '';
const readmeDirectory = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

export interface Stop {
  name: string;
  /** brings the screen up; by keys, addresses and roles, never by words: it is done in every language */
  open(page: Page): Promise<void>;
  /** takes away what the next screen would not have */
  close?(page: Page): Promise<void>;
  /** one of the few pictures that the README shows */
  readme?: 'light' | 'dark';
}

/** Walks through screens in all languages and both themes, and notes what is wrong with them. */
export class ScreenTour {
  readonly findings: string[] = [];
  looked = 0;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async walk(stops: readonly Stop[]): Promise<void> {
    for (const language of Object.keys(languages) as Language[]) {
      await this.#speak(language);
      for (const stop of stops) await this.look(stop, language);
    }
    await this.#speak('en');
  }

  /** By the menu for oneself, which names languages in themselves. */
  async #speak(language: Language): Promise<void> {
    const page = this.#page;
    await page.getByRole('banner').getByRole('button').last().click();
    await page.getByRole('menuitemcheckbox', { name: languages[language] }).click();
    await page.locator(`html[lang="${language}"]`).waitFor();
    await page.getByRole('menu').waitFor({ state: 'detached' });
    // the menu's button shows its tooltip while it has the focus or the pointer
    await page.mouse.move(640, 780);
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
  }

  async look(stop: Stop, language: Language): Promise<void> {
    const page = this.#page;
    await stop.open(page);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await settled(page);
      const label = `${stop.name}-${colorScheme}-${language}`;
      for (const finding of await axeFindings(page, colorScheme === 'light' ? 'too' : 'alone'))
        this.findings.push(`${label}: ${finding}`);
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (tooWide > 1) this.findings.push(`${label}: ${tooWide} px wider than the window`);
      await this.#take(stop, label, language, colorScheme);
      this.looked += 1;
    }
    await stop.close?.(page);
  }

  async #take(stop: Stop, label: string, language: Language, theme: 'light' | 'dark') {
    if (wanted === '') return;
    mkdirSync(resultsDirectory, { recursive: true });
    await this.#shot(join(resultsDirectory, `${label}-1280.png`));
    if (wanted === 'readme' && language === 'en' && stop.readme === theme) {
      mkdirSync(readmeDirectory, { recursive: true });
      await this.#shot(join(readmeDirectory, `${stop.name}.png`));
    }
    if (language !== 'en' && language !== 'pl') return;
    await this.#page.setViewportSize(wide);
    await settled(this.#page);
    await this.#shot(join(resultsDirectory, `${label}-1920.png`));
    await this.#page.setViewportSize(normal);
  }

  async #shot(path: string): Promise<void> {
    await this.#page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  }
}

/** Fonts are there, nothing loads, and what was changed has been painted. */
async function settled(page: Page): Promise<void> {
  // a skeleton is a status that names itself
  await page.locator('[role=status][aria-label]').first().waitFor({ state: 'detached' });
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
    }
    await new Promise((painted) =>
      requestAnimationFrame(() => requestAnimationFrame(() => painted(undefined))),
    );
  });
}
