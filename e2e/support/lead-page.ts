import type { Locator, Page } from 'playwright-core';
import { until } from './until.ts';

/** The lead's pages, as a lead uses them: by the names that stand on them. The names are English. */
export class LeadPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async goTo(path: string, title: string): Promise<void> {
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, `#${path}`);
    await this.title(title).waitFor();
  }

  /** the page itself, without what is announced to screen readers beside it */
  get main(): Locator {
    return this.page.getByRole('main');
  }

  title(name: string): Locator {
    return this.main.getByRole('heading', { level: 1, name });
  }

  /** Chooses a file to import and waits until its columns are read. */
  async chooseFile(file: string | { name: string; mimeType: string; buffer: Buffer }) {
    await this.goTo('/import', 'Import');
    await this.page.getByLabel('Choose a file').setInputFiles(file);
    await this.main.getByText('How the file is read').waitFor();
  }

  /** Stores what was read under this name, and waits for the result. */
  async commitImport(portfolioName: string): Promise<void> {
    await this.page.getByLabel('Name of the portfolio').fill(portfolioName);
    await this.page.getByRole('button', { name: /^Import \d+ records?$/ }).click();
    await this.main.getByText('The import is finished').waitFor({ timeout: 60_000 });
  }

  /**
   * From the result of an import: makes a campaign of it, and stays on its page.
   * @param parts by the name of the editor's part: what is typed into its fields, by their labels
   */
  async createCampaign(
    name: string,
    parts: Readonly<Record<string, Readonly<Record<string, string>>>>,
  ): Promise<void> {
    await this.page.getByRole('link', { name: 'New campaign' }).click();
    await this.page.getByLabel('Name', { exact: true }).fill(name);
    const links = this.page.getByRole('navigation', { name: 'Parts of the campaign' });
    for (const [part, fields] of Object.entries(parts)) {
      await links.getByRole('link', { name: part }).click();
      for (const [label, value] of Object.entries(fields)) {
        await this.page.getByLabel(label, { exact: true }).fill(value);
        await this.page.keyboard.press('Tab');
      }
    }
    await this.page.getByRole('button', { name: 'Create', exact: true }).click();
    await this.title(name).waitFor();
  }

  async startCampaign(name: string): Promise<void> {
    await this.page.getByRole('button', { name: `Start: ${name}` }).click();
  }

  /** a number on the page, by what it counts */
  async figure(id: string): Promise<string> {
    const text = await this.page
      .locator(`[data-figure="${id}"]`)
      .first()
      .evaluate((element) => {
        const value = element.matches('dd, span') ? element : element.querySelector('dd');
        return value?.firstChild?.textContent ?? '';
      });
    return text.trim();
  }

  /** Waits until the page shows this number. */
  async shows(id: string, value: string | number): Promise<void> {
    let shown = '';
    await until(
      () => `${id} is ${shown}, not ${value}`,
      async () => {
        shown = await this.figure(id);
        return shown === String(value);
      },
    );
  }
}
