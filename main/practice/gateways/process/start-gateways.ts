import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Clock } from '#shared/util/index.ts';
import { startPracticeMail } from '../mail/index.ts';
import { startPracticeMmsc } from '../mmsc/index.ts';
import { startPracticeModem } from '../modem/index.ts';
import { type ProviderName, practiceLogins, startPracticeProviders } from '../providers/index.ts';
import { startPracticeSmsc } from '../smsc/index.ts';
import type { RunningGateway } from './gateway-messages.ts';

export interface PracticeGateways {
  gateways: RunningGateway[];
  stop(): Promise<void>;
}

export interface PracticeGatewaysOptions {
  host: string;
  seed: number;
  clock: Clock;
}

/** Ids of rows, the same in every practice store; in the order in which a channel's usual gateway is looked for. */
const ids = {
  smpp: '00000000-0000-7000-8000-00000000a001',
  mm7: '00000000-0000-7000-8000-00000000a002',
  email: '00000000-0000-7000-8000-00000000a003',
  twilio: '00000000-0000-7000-8000-00000000a004',
  smsapi: '00000000-0000-7000-8000-00000000a005',
  serwersms: '00000000-0000-7000-8000-00000000a006',
  infobip: '00000000-0000-7000-8000-00000000a007',
  vonage: '00000000-0000-7000-8000-00000000a008',
  modem: '00000000-0000-7000-8000-00000000a009',
} as const;

/** The firm's own number, the last of the Polish practice range, and a name. */
const senders = ['+48100999999', 'Practice'];
const login = { systemId: 'practice', password: 'practice' };

/** Starts a practice gateway of each protocol; when one cannot start, none runs. */
export async function startPracticeGateways(
  options: PracticeGatewaysOptions,
): Promise<PracticeGateways> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.allSettled(stops.map((one) => one()));
  };
  try {
    const gateways = [
      await smsc(options, stops),
      await mmsc(options, stops),
      await mail(options, stops),
      ...(await providers(options, stops)),
      await modem(options, stops),
    ];
    return { gateways, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Stops = (() => Promise<void>)[];

async function smsc({ host, seed, clock }: PracticeGatewaysOptions, stops: Stops) {
  const running = await startPracticeSmsc({ host, port: 0, seed, clock, login });
  stops.push(() => running.stop());
  const { systemId, password } = login;
  const settings = {
    kind: 'smpp',
    name: 'Practice SMSC (SMPP)',
    senders,
    systemId,
    maxPerSecond: 100,
  };
  return gateway(ids.smpp, settings, { host, port: running.port }, { password }, true);
}

async function mail({ host, seed, clock }: PracticeGatewaysOptions, stops: Stops) {
  const running = await startPracticeMail({ host, smtpPort: 0, imapPort: 0, seed, clock });
  stops.push(() => running.stop());
  const { user, password, smtpPort, imapPort } = running;
  const settings = {
    kind: 'email',
    name: 'Practice mail (SMTP and IMAP)',
    fromName: 'Practice',
    fromAddress: running.address,
    smtpSecurity: 'none',
    smtpUser: user,
    imapSecurity: 'none',
    imapUser: user,
    readReceipts: true,
  };
  const address = { smtpHost: host, smtpPort, imapHost: host, imapPort };
  return gateway(
    ids.email,
    settings,
    address,
    { smtpPassword: password, imapPassword: password },
    true,
  );
}

const providerSettings: Record<ProviderName, { name: string; account: Record<string, unknown> }> = {
  twilio: { name: 'Practice Twilio', account: { accountSid: practiceLogins.twilio.accountSid } },
  smsapi: { name: 'Practice SMSAPI', account: {} },
  serwersms: { name: 'Practice SerwerSMS', account: {} },
  infobip: { name: 'Practice Infobip', account: {} },
  vonage: { name: 'Practice Vonage', account: { apiKey: practiceLogins.vonage.apiKey } },
};
const providerSecrets: Record<ProviderName, Record<string, string>> = {
  twilio: { authToken: practiceLogins.twilio.authToken },
  smsapi: { token: practiceLogins.smsapi.token },
  serwersms: { token: practiceLogins.serwersms.token },
  infobip: { apiKey: practiceLogins.infobip.apiKey },
  vonage: { apiSecret: practiceLogins.vonage.apiSecret },
};
const POLL_EVERY_MS = 2_000;

async function providers({ host, seed, clock }: PracticeGatewaysOptions, stops: Stops) {
  const running = await startPracticeProviders({ host, port: 0, seed, clock });
  stops.push(() => running.stop());
  return (Object.keys(providerSettings) as ProviderName[]).map((kind) => {
    const { name, account } = providerSettings[kind];
    const settings = { kind, name, senders, pollEveryMs: POLL_EVERY_MS, ...account };
    const address = { baseUrl: running.urls[kind] };
    return gateway(ids[kind], settings, address, providerSecrets[kind], false);
  });
}

async function mmsc({ host, seed, clock }: PracticeGatewaysOptions, stops: Stops) {
  const listenPort = await freePort(host);
  const reportTo = `http://${host}:${listenPort}/`;
  const running = await startPracticeMmsc({ host, port: 0, seed, clock, reportTo });
  stops.push(() => running.stop());
  const settings = {
    kind: 'mm7',
    name: 'Practice MMS centre (MM7)',
    senders,
    vaspId: 'practice',
    vasId: 'practice',
  };
  const address = { url: running.url, listenHost: host, listenPort };
  return gateway(ids.mm7, settings, address, {}, true);
}

/** One that nobody has just now: the engine listens there for what the centre reports. */
async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function modem({ host, seed, clock }: PracticeGatewaysOptions, stops: Stops) {
  const running = await startPracticeModem({ host, port: 0, seed, clock });
  stops.push(() => running.stop());
  const settings = { kind: 'modem', name: 'Practice modem', senders: [], maxPerSecond: 1 };
  return gateway(ids.modem, settings, { port: running.address }, {}, false);
}

function gateway(
  gatewayId: string,
  settings: Record<string, unknown>,
  address: Record<string, unknown>,
  secrets: Record<string, string>,
  enabled: boolean,
): RunningGateway {
  return { gatewayId, settings: { ...settings, ...address }, address, secrets, enabled };
}
