import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasPeer } from '../main/testing/peers.ts';
import { AgentPage } from './support/agent-page.ts';
import { AGENT_HZ, TestBrowser } from './support/browser.ts';
import { heardTone } from './support/heard-by-carrier.ts';
import { keepEvidence } from './support/on-failure.ts';
import { Product } from './support/product.ts';
import { tonesScenario } from './support/scenarios.ts';

/** what Chromium itself says while nothing answers at the engine's address */
const NOBODY_THERE = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|WebSocket connection to/;

describe.skipIf(!hasPeer('chromium'))('an engine that is killed', () => {
  let product: Product;
  let browser: TestBrowser;
  let agent: AgentPage;

  beforeAll(async () => {
    product = new Product({ scenarioFile: tonesScenario });
    browser = await TestBrowser.open();
    const { page, watch } = await browser.newPage();
    watch.expectErrors(NOBODY_THERE);
    agent = new AgentPage(page);
    await agent.logIn(await product.address());
    await agent.goReady();
  });

  beforeEach(() =>
    keepEvidence(
      () => [browser],
      () => product,
    ),
  );

  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const banner = () => agent.page.getByText(/It reconnects by itself/);

  /** Kills it and watches the window come back by itself. */
  async function killAndWatch(): Promise<void> {
    const seen = banner().waitFor();
    await product.killEngine();
    await seen;
    await banner().waitFor({ state: 'detached' });
  }

  /** @param number its last digit 1–8 chooses a tone of 300–1000 Hz */
  async function callHasAudio(number: string, hz: number): Promise<void> {
    await agent.press('d');
    await agent.type(number);
    await agent.press('Enter');
    await agent.connected();
    await agent.hears(hz);
    await agent.recording();
    await agent.hears(hz);
    await agent.hangUp();
    const call = await product.call(
      'ended by the agent',
      ({ to, endedBy }) => to === number.replaceAll(' ', '') && endedBy === 'engine',
    );
    expect(heardTone(call, AGENT_HZ)).toBe(true);
    await agent.dispose('1');
  }

  it('while the agent is ready: says so, reconnects without a click, and the next call has audio', async () => {
    await killAndWatch();
    await agent.state('Ready').waitFor();
    await agent.page.getByRole('banner').getByText('Line ready').waitFor();
    await callHasAudio('+44 7700 900 904', 600);
  });

  it('in a call: the call is over, asks for its outcome, keeps the note, and the next call has audio', async () => {
    await agent.press('d');
    await agent.type('+44 7700 900 905');
    await agent.press('Enter');
    await agent.connected();
    await agent.hears(700);
    await agent.note('He was about to promise');
    await killAndWatch();
    await agent.outcome.waitFor();
    expect(await agent.page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe(
      'He was about to promise',
    );
    await agent.dispose('7');
    await agent.page.getByRole('banner').getByText('Line ready').waitFor();
    await callHasAudio('+44 7700 900 906', 800);
    browser.checkPages();
  });
});
