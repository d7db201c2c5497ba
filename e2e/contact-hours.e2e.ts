import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasPeer } from '../main/testing/peers.ts';
import { AgentPage } from './support/agent-page.ts';
import { TestBrowser } from './support/browser.ts';
import { LeadPage } from './support/lead-page.ts';
import { keepEvidence } from './support/on-failure.ts';
import { OwnCarrier } from './support/own-carrier.ts';
import { Product } from './support/product.ts';
import { steadyScenario } from './support/scenarios.ts';
import { until } from './support/until.ts';

/**
 * Round the earth, so that it is night at one of them whenever this runs, each with a holiday table: a place
 * without one has no next allowed time to show. Nobody is called: that is the point.
 */
const places = [
  { name: 'Warsaw Test', country: 'PL', region: '', phone: '+48221234567', zone: 'Europe/Warsaw' },
  {
    name: 'Shanghai Test',
    country: 'CN',
    region: '',
    phone: '+862161234567',
    zone: 'Asia/Shanghai',
  },
  {
    name: 'Honolulu Test',
    country: 'US',
    region: 'HI',
    phone: '+18085551234',
    zone: 'Pacific/Honolulu',
  },
  {
    name: 'York Test',
    country: 'US',
    region: 'NY',
    phone: '+12125551234',
    zone: 'America/New_York',
  },
];
const FIRM_NUMBER = '+48221112233';

describe.skipIf(!hasPeer('chromium'))('real work: a call by hand at night', () => {
  let product: Product;
  let browser: TestBrowser;
  let carrier: OwnCarrier;
  let agent: AgentPage;

  beforeAll(async () => {
    [carrier, browser] = await Promise.all([OwnCarrier.start(steadyScenario), TestBrowser.open()]);
    product = new Product({
      args: (directory) => ['--no-open', '--real', '--key-file', join(directory, 'real.key')],
    });
    agent = new AgentPage((await browser.newPage()).page);
    await agent.logIn(await product.address());
    await connectTrunk();
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

  async function connectTrunk(): Promise<void> {
    await product.rpc('telephony.save-trunk', {
      settings: {
        name: 'Office trunk',
        host: '127.0.0.1',
        port: carrier.port,
        authentication: 'address',
        user: 'office',
        authUser: '',
        domain: '',
        callerIdHeader: 'from',
        numberFormat: 'e164',
        country: 'PL',
        dialPrefix: '',
        codecs: ['pcma'],
        maxConcurrentCalls: 4,
        localPort: 0,
        nat: { kind: 'none' },
        keepAliveMs: 0,
      },
      enabled: true,
      callerIds: [{ e164: FIRM_NUMBER as never, label: 'Office' }],
    });
    await until('the trunk is up', async () => {
      const { trunks } = await product.rpc('telephony.list-trunks', {});
      return trunks[0]?.state === 'reachable';
    });
  }

  it('is refused with the rule and the time from which it may be made, and nothing is dialed', async () => {
    const lead = new LeadPage(agent.page);
    await lead.chooseFile({ name: 'four.csv', mimeType: 'text/csv', buffer: Buffer.from(csv()) });
    await lead.commitImport('Four');
    expect(await agent.page.getByText('Made-up debtors').count()).toBe(0);
    await agent.goTo('/workspace');
    await agent.goReady();

    const asleep = places.find(({ zone }) => isNight(zone));
    await agent.press('d');
    await agent.type(asleep?.phone ?? '');
    await agent.press('Enter');
    const refusal = agent.page
      .getByRole('main')
      .getByText(/Outside the contact hours \([A-Z0-9-]+\).*Allowed from .*\d/);
    await refusal.waitFor();
    expect(await carrier.calls()).toEqual([]);
    browser.checkPages();
  });
});

function isNight(timeZone: string): boolean {
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
  const now = Number(hour.format(Date.now()));
  return now >= 22 || now < 6;
}

function csv(): string {
  const header = 'Debtor reference,Full name,Phone,State,Country,Debt reference,Balance,Currency';
  const lines = places.map(
    ({ name, phone, region, country }, index) =>
      `N-${index},${name},${phone},${region},${country},D-${index},100.00,EUR`,
  );
  return `${[header, ...lines].join('\n')}\n`;
}
