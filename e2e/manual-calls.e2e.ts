import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallRecord } from '../main/practice/index.ts';
import { hasPeer } from '../main/testing/peers.ts';
import { AgentPage } from './support/agent-page.ts';
import { AGENT_HZ, TestBrowser } from './support/browser.ts';
import { keepEvidence } from './support/on-failure.ts';
import { OwnCarrier } from './support/own-carrier.ts';
import { Product } from './support/product.ts';
import { DEBTOR_HZ, SHORT_TEMPERED, steadyScenario } from './support/scenarios.ts';
import { useCarrier } from './support/use-carrier.ts';

/** nobody's number, and a place of debtors that the sample portfolios do not reach */
const STRANGER = '+44 7700 900 904';

describe.skipIf(!hasPeer('chromium'))('calls by hand and calls to the firm', () => {
  let product: Product;
  let browser: TestBrowser;
  let carrier: OwnCarrier;
  let agent: AgentPage;
  let firmNumber: string;
  let debtor: { name: string; number: string };

  beforeAll(async () => {
    [carrier, browser] = await Promise.all([OwnCarrier.start(steadyScenario), TestBrowser.open()]);
    product = new Product();
    agent = new AgentPage((await browser.newPage()).page);
    await agent.logIn(await product.address());
    firmNumber = await useCarrier(product, carrier);
    debtor = await anyDebtor();
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
    await carrier?.stop();
    await product?.stop();
  });

  async function anyDebtor(): Promise<{ name: string; number: string }> {
    const { rows } = await product.rpc('debtor.list', { limit: 1 });
    const [row] = rows;
    if (!row) throw new Error('the demo portfolio is empty');
    const card = await product.rpc('debtor.card', { debtorId: row.debtorId });
    const phone = card.contactPoints.find(({ value }) => value.startsWith('+'));
    return { name: card.displayName, number: phone?.value ?? '' };
  }

  async function dial(number: string): Promise<void> {
    await agent.press('d');
    await agent.type(number);
    await agent.press('Enter');
  }

  /** the call at the carrier that is up, once `matches` */
  function live(what: string, matches: (call: CallRecord) => boolean): Promise<CallRecord> {
    return carrier.call(what, (call) => call.stillUp && matches(call));
  }

  /** what the far end heard at the end of the latest second */
  function lately(call: CallRecord): { hz: number | null; levelDbfs: number } {
    const last = call.media?.windows.at(-1);
    return { hz: last?.dominantHz ?? null, levelDbfs: last?.levelDbfs ?? Number.NaN };
  }

  const hearsAgent = (call: CallRecord) => Math.abs((lately(call).hz ?? 0) - AGENT_HZ) < 10;

  it('has audio both ways, on hold music one way, muted silence one way, and keys arrive', async () => {
    await dial(STRANGER);
    await agent.connected();
    const level = await agent.hears(DEBTOR_HZ);
    expect(level).toBeGreaterThan(-23);
    expect(level).toBeLessThan(-17);
    await live('hears the agent', hearsAgent);

    await agent.press('h');
    await agent.call.getByText('On hold').waitFor();
    await agent.hearsNothing();
    await live('hears music', (call) => !hearsAgent(call) && lately(call).levelDbfs > -50);
    await agent.press('h');
    await agent.call.getByText('Talking').waitFor();
    await agent.hears(DEBTOR_HZ);
    await live('hears the agent again', hearsAgent);

    await agent.press('u');
    await agent.call.getByRole('button', { name: 'Muted' }).waitFor();
    await live('hears nothing', (call) => lately(call).levelDbfs < -60);
    await agent.hears(DEBTOR_HZ);
    await agent.press('u');
    await agent.call.getByRole('button', { name: 'Mute', exact: true }).waitFor();
    await live('hears the agent after mute', hearsAgent);

    await agent.press('k', '4', '0', '9', '#', 'Escape');
    const { digits } = await live('four keys', (call) => call.digits.length === 4);
    expect(digits.map(({ digit, via }) => digit + via)).toEqual(['4rtp', '0rtp', '9rtp', '#rtp']);

    await agent.hangUp();
    await agent.call.getByText('Ended by you').waitFor();
    const [call] = await carrier.calls();
    expect(call).toMatchObject({ endedBy: 'engine', stillUp: false });
    await agent.dispose('7');
  });

  it('ends when the other side hangs up', async () => {
    await dial(SHORT_TEMPERED);
    await agent.connected();
    await agent.outcome.waitFor();
    await agent.call.getByText('Ended by the other side').waitFor();
    await agent.dispose('1');
  });

  it('shows the card of a debtor whose number was typed, and refuses the next call after "do not call"', async () => {
    await dial(debtor.number);
    expect(await agent.connected()).toContain(debtor.name);
    await agent.hears(DEBTOR_HZ);
    await agent.hangUp();
    await agent.dispose('9');

    await dial(debtor.number);
    const refusal = agent.page.getByRole('main').getByText(/Contact is on hold.*PR-H-02/);
    await refusal.waitFor();
    expect((await carrier.calls()).filter(({ to }) => to === debtor.number)).toHaveLength(1);
    await agent.page.getByLabel('Number').fill('');
    await agent.press('Escape');
  });

  it('rings with the card when a debtor calls, and talks', async () => {
    const talk = { steps: [{ tone: { hz: 1200, levelDbfs: -20 } }] };
    await carrier.callIn({ from: debtor.number, to: firmNumber, talk });
    await agent.incoming.waitFor();
    expect(await agent.incoming.textContent()).toContain(debtor.name);
    await agent.press('a');
    expect(await agent.connected()).toContain(debtor.name);
    await agent.hears(1200);
    const call = await live('hears the agent', hearsAgent);
    expect(call.direction).toBe('fromDebtor');
    await agent.hangUp();
    await agent.dispose('1');
  });

  it('puts a caller whom nobody can take on the list of missed calls', async () => {
    await agent.press('y');
    await agent.state('Not ready').waitFor();
    const talk = { steps: [], hangUpAfterMs: 400 };
    await carrier.callIn({ from: debtor.number, to: firmNumber, talk });
    const missed = agent.page.getByRole('listitem').filter({ hasText: debtor.name });
    await missed.getByText('no agent was free').waitFor();
    await carrier.call(
      'the caller left',
      ({ from, stillUp }) => from === debtor.number && !stillUp,
    );
    await missed.getByRole('button', { name: /^Settled/ }).click();
    await missed.waitFor({ state: 'detached' });
  });

  it('stays on this machine, and logs no error', () => {
    browser.checkPages();
  });
});
