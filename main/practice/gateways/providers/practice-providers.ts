import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '#shared/util/index.ts';
import { Callbacks } from './callbacks.ts';
import { createInfobipProvider } from './infobip-provider.ts';
import { type PracticeProvider, readPracticeRequest, sendAnswer } from './practice-request.ts';
import { createSerwersmsProvider } from './serwersms-provider.ts';
import { createSmsapiProvider } from './smsapi-provider.ts';
import { createTwilioProvider } from './twilio-provider.ts';
import { createVonageProvider } from './vonage-provider.ts';

export interface PracticeProvidersOptions {
  /** loopback */
  host: string;
  /** 0: any free one */
  port: number;
  seed: number;
  clock: Clock;
}

export interface PracticeProviders {
  port: number;
  /** base addresses, as settings of gateways take them */
  urls: Readonly<Record<ProviderName, string>>;
  stop(): Promise<void>;
}

export type ProviderName = 'twilio' | 'smsapi' | 'serwersms' | 'infobip' | 'vonage';

/** What each provider is made of. */
export interface ProviderContext {
  clock: Clock;
  seed: number;
  callbacks: Callbacks;
}

const makers: Readonly<Record<ProviderName, (context: ProviderContext) => PracticeProvider>> = {
  twilio: createTwilioProvider,
  smsapi: createSmsapiProvider,
  serwersms: createSerwersmsProvider,
  infobip: createInfobipProvider,
  vonage: createVonageProvider,
};

/** One server that speaks as five providers do, each below its name: `http://127.0.0.1:4711/twilio`. */
export async function startPracticeProviders(
  options: PracticeProvidersOptions,
): Promise<PracticeProviders> {
  const { host, clock, seed } = options;
  const callbacks = new Callbacks((delayMs, run) => clock.setTimer(delayMs, run));
  const names = Object.keys(makers) as ProviderName[];
  const providers = new Map(names.map((name) => [name, makers[name]({ clock, seed, callbacks })]));
  const server = createServer((request, response) => {
    serve(providers, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const urls = Object.fromEntries(names.map((name) => [name, `http://${host}:${port}/${name}`]));
  return {
    port,
    urls: urls as Record<ProviderName, string>,
    async stop() {
      callbacks.stop();
      for (const provider of providers.values()) provider.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function serve(
  providers: ReadonlyMap<ProviderName, PracticeProvider>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = (request.url ?? '').split(/[/?]/)[1] as ProviderName;
  const provider = providers.get(name);
  const read = provider ? await readPracticeRequest(request, `/${name}`) : null;
  if (!provider || read === null) return sendAnswer(response, { status: 404, text: 'Not found' });
  sendAnswer(response, await provider.handle(read));
}
