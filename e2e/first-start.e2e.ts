import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasPeer } from '../main/testing/peers.ts';
import { AgentPage } from './support/agent-page.ts';
import { AGENT_HZ } from './support/browser.ts';
import { heardTone } from './support/heard-by-carrier.ts';
import { LeadPage } from './support/lead-page.ts';
import { contactsOutside, OpenedWindow, windowEnvironment } from './support/opened-window.ts';
import { Product } from './support/product.ts';
import { writeToneFile } from './support/tone-file.ts';
import { until } from './support/until.ts';

describe.skipIf(!hasPeer('chromium'))('the first start', () => {
  const directory = mkdtempSync(join(tmpdir(), 'dialdesk-first-'));
  const networkLog = join(directory, 'network.json');
  let product: Product;
  let window: OpenedWindow;
  let agent: AgentPage;

  beforeAll(async () => {
    const toneFile = join(directory, 'microphone.wav');
    writeToneFile(toneFile, AGENT_HZ);
    product = new Product({
      args: () => ['--node-shell'],
      env: windowEnvironment(toneFile, networkLog),
    });
    window = await OpenedWindow.attach(product.dataDir);
    agent = new AgentPage(window.page);
  });

  afterAll(async () => {
    await product?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('opens a window that is logged in, in practice, with debtors and a campaign ready to dial', async () => {
    await agent.page.getByRole('banner').waitFor();
    await agent.page.getByText('Made-up debtors and numbers').waitFor();
    expect(agent.page.url()).not.toContain('login=');
    const { portfolios } = await product.rpc('debtor.list-portfolios', {});
    expect(portfolios).toEqual([expect.objectContaining({ synthetic: true })]);
    const { campaigns } = await product.rpc('campaign.list', {});
    expect(campaigns).toEqual([expect.objectContaining({ status: 'draft' })]);
    expect(campaigns[0]?.counters.pending).toBeGreaterThan(20);
  });

  it('a newcomer presses Start and hears a debtor say hello, with the right card', async () => {
    // a reload keeps the login, and lets the page be measured
    await agent.page.evaluate(() => localStorage.setItem('dialdesk.test', '1'));
    await agent.page.reload();
    await agent.page.getByRole('banner').waitFor();
    const lead = new LeadPage(agent.page);
    await agent.goReady();
    await lead.goTo('/campaigns', 'Campaigns');
    await lead.main.getByRole('button', { name: /^Start: / }).click();
    const name = await agent.connected(60_000);
    await until('speech', async () => (await agent.loudest()) > -35, 10_000);
    await agent.recording();
    await agent.hears(AGENT_HZ, 'microphone');
    await agent.press('y');
    await agent.hangUp();
    await agent.dispose('1');

    const call = await product.call('a conversation', ({ answeredAt, endedBy }) =>
      Boolean(answeredAt && endedBy),
    );
    expect(heardTone(call, AGENT_HZ)).toBe(true);
    const { rows } = await product.rpc('debtor.list', { search: call.to.slice(-9) });
    expect(rows.map(({ displayName }) => name.includes(displayName))).toContain(true);
  });

  it('has asked nothing of anybody outside, the browser’s own services included', async () => {
    await window.detach();
    await product.stop();
    expect(contactsOutside(networkLog)).toEqual([]);
  });
});
