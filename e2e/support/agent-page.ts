import type { Locator, Page } from 'playwright-core';
import type { TestHooks } from '../../renderer/telephony/test-hooks.ts';
import { until } from './until.ts';

const STEADY_MS = 400;

type Hooked = { __dialdeskTest: TestHooks };
export type Direction = 'microphone' | 'remote';
export interface Sound {
  levelDbfs: number;
  dominantHz: number | null;
}

/** the field that what is typed goes into */
export function focusedField(page: Page): Locator {
  return page.locator('input:focus, textarea:focus, select:focus');
}

/** The agent's window, told and asked as a person would: by role and name, and by keys. The names are English. */
export class AgentPage {
  readonly page: Page;
  readonly call: Locator;
  readonly outcome: Locator;
  readonly incoming: Locator;

  constructor(page: Page) {
    this.page = page;
    this.call = page.getByRole('region', { name: 'Call', exact: true });
    this.outcome = page.getByRole('region', { name: 'Outcome', exact: true });
    this.incoming = page.getByRole('region', { name: 'Incoming call', exact: true });
  }

  /** Opens an address that logs in, and waits until the workspace is there. */
  async logIn(address: string): Promise<void> {
    await this.page.goto(address);
    await this.page.getByRole('main').waitFor();
    await this.page.getByRole('banner').waitFor();
  }

  async goTo(path: string): Promise<void> {
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, `#${path}`);
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Takes the focus out of whatever has it, so that letters are keys again. */
  async leaveField(): Promise<void> {
    await this.page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
  }

  /** Says yes to calls by the key, and waits for the line. */
  async goReady(): Promise<void> {
    await this.press('y');
    await this.state('Ready').waitFor();
    await this.page.getByRole('banner').getByText('Line ready').waitFor();
  }

  /** what the status bar says of the agent */
  state(name: string): Locator {
    return this.page.getByRole('banner').getByRole('button', { name: new RegExp(`^${name}\\b`) });
  }

  /** the debtor's name over the card */
  get debtorName(): Locator {
    return this.page.getByRole('main').getByRole('heading', { level: 1 });
  }

  /** Waits for a person on the line whose card is shown. @returns the name on the card */
  async connected(timeoutMs = 30_000): Promise<string> {
    await this.call.getByText('Talking').waitFor({ timeout: timeoutMs });
    return (await this.debtorName.textContent()) ?? '';
  }

  /** Ticks what is asked, each by its key, and says that it is the person; the card is open then. */
  async identify(): Promise<void> {
    const panel = this.page.getByRole('region', { name: 'Who is on the line?' });
    const questions = panel.getByRole('listitem').getByRole('button');
    await questions.first().waitFor();
    for (const question of await questions.all()) {
      await this.press(((await question.getAttribute('aria-keyshortcuts')) ?? '').toLowerCase());
    }
    await this.press('i');
    await panel.waitFor({ state: 'detached' });
  }

  /** Waits until the announcement has been heard and the recorder runs. */
  async recording(): Promise<void> {
    await this.call.getByText('Recording', { exact: true }).waitFor({ timeout: 15_000 });
  }

  async hangUp(): Promise<void> {
    await this.press('Shift+X');
    await this.outcome.waitFor();
  }

  /** Chooses an outcome by its digit and waits until it is saved. */
  async dispose(digit: string): Promise<void> {
    await this.press(digit);
    await this.outcome.waitFor({ state: 'detached' });
  }

  async note(text: string): Promise<void> {
    await this.press('n');
    await this.type(text);
    await this.press('Escape');
  }

  /** Types into the field that a key has just opened, once it has the focus: before, letters would be keys. */
  async type(text: string): Promise<void> {
    await focusedField(this.page).waitFor();
    await this.page.keyboard.type(text);
  }

  /** Types a time of today or tomorrow into the field that has the focus: month, day, year, hour, minute, half of day. */
  async typeTime(at: number, timeZone: string): Promise<void> {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hour12: true,
    }).formatToParts(at);
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
    await focusedField(this.page).waitFor();
    await this.page.keyboard.type(part('month') + part('day') + part('year'));
    await this.press('ArrowRight');
    await this.page.keyboard.type(part('hour') + part('minute') + part('dayPeriod').charAt(0));
  }

  /** Waits for something on the page that is more than one element. */
  until(what: string, holds: () => Promise<boolean>): Promise<unknown> {
    return until(what, holds);
  }

  sound(direction: Direction): Promise<Sound> {
    return this.page.evaluate(
      (which) => (globalThis as unknown as Hooked).__dialdeskTest.audio(which),
      direction,
    );
  }

  /** Waits until this tone has been heard without a break for 0.4 s. @returns its level */
  async hears(hz: number, direction: Direction = 'remote'): Promise<number> {
    let sound: Sound = { levelDbfs: -100, dominantHz: null };
    let steadySince: number | null = null;
    await until(
      () => `${hz} Hz for ${STEADY_MS} ms, but ${JSON.stringify(sound)}`,
      async () => {
        sound = await this.sound(direction);
        const matches = Math.abs((sound.dominantHz ?? 0) - hz) < 20 && sound.levelDbfs > -35;
        steadySince = matches ? (steadySince ?? performance.now()) : null;
        return steadySince !== null && performance.now() - steadySince >= STEADY_MS;
      },
      10_000,
    );
    return sound.levelDbfs;
  }

  async hearsNothing(direction: Direction = 'remote'): Promise<void> {
    await until('silence', async () => (await this.sound(direction)).levelDbfs < -60, 10_000);
  }

  /** loudest of what is heard within a second: for speech, which has pauses */
  async loudest(direction: Direction = 'remote'): Promise<number> {
    return this.page.evaluate(async (which) => {
      const { audio } = (globalThis as unknown as Hooked).__dialdeskTest;
      let loudest = -100;
      for (let look = 0; look < 25; look += 1) {
        loudest = Math.max(loudest, audio(which).levelDbfs);
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
      return loudest;
    }, direction);
  }
}
