import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type CommandInput, parseToken } from '#shared/contract/index.ts';
import { EngineClient } from '../debtors/engine-client.ts';
import { bulkPortfolio } from './message-store.ts';

const entry = fileURLToPath(new URL('../../main/entries/engine.ts', import.meta.url));

/** The engine on a store, in a process of its own that may be killed. */
export class MessageEngine {
  readonly client: EngineClient;
  readonly #child: ChildProcess;
  readonly #connect: () => Promise<EngineClient>;

  private constructor(
    child: ChildProcess,
    client: EngineClient,
    connect: () => Promise<EngineClient>,
  ) {
    this.#child = child;
    this.client = client;
    this.#connect = connect;
  }

  static async start(dataDir: string): Promise<MessageEngine> {
    const args = ['--data', dataDir, '--practice', '--no-practice-carrier'];
    const child = spawn(process.execPath, [entry, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const { url, tokenFile } = await firstLine(child);
    const token = parseToken(readFileSync(tokenFile, 'utf8'));
    if (token === null) throw new Error(`${tokenFile} holds no token`);
    const connect = () => EngineClient.connect(url, token);
    return new MessageEngine(child, await connect(), connect);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** another connection: what is measured does not queue behind what this one asks */
  connect(): Promise<EngineClient> {
    return this.#connect();
  }

  /** resolves when it is gone, however it ended */
  async ended(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    await once(this.#child, 'exit');
  }

  async stop(): Promise<void> {
    this.client.close();
    this.#child.kill('SIGTERM');
    await this.ended();
  }
}

function firstLine(child: ChildProcess): Promise<{ url: string; tokenFile: string }> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the engine ended with ${code}`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line)));
  });
}

export interface GatewaySpeed {
  maxPerSecond: number;
  window: number;
}
/** Of a large contract: nothing here is to wait for the gateway. */
export const fullSpeed: GatewaySpeed = { maxPerSecond: 5_000, window: 100 };

/** The gateway of the benchmark and a template with three fields. */
export async function prepareMessages(
  client: EngineClient,
  port: number,
  speed = fullSpeed,
): Promise<{ gatewayId: string; templateId: string }> {
  const { gatewayId } = await client.send('gateway.save', {
    settings: {
      kind: 'smpp',
      name: 'Bench SMSC',
      host: '127.0.0.1',
      port,
      systemId: 'bench',
      senders: ['BENCH'],
      ...speed,
    },
    secrets: { password: 'bench' },
  });
  const optOut = 'Rezygnacja: STOP';
  const settings = await client.send('message.get-settings', {});
  await client.send('message.set-settings', {
    ...settings,
    defaultGateways: { sms: gatewayId },
    optOutText: { pl: optOut },
  });
  const text = '{{debtor.reference}} {{debtor.name}}: {{total.balance}}. {{optOut}}';
  const draft = await client.send('template.save', {
    channel: 'sms',
    name: 'Bench',
    body: { defaultLanguage: 'pl', texts: { pl: { blocks: [{ text }] } } },
  });
  const { templateId, updatedAt } = draft;
  await client.send('template.publish', { templateId, updatedAt });
  return { gatewayId, templateId };
}

/** Starts the message to all debtors of the first portfolio. */
export async function sendMany(
  client: EngineClient,
  { gatewayId, templateId }: { gatewayId: string; templateId: string },
): Promise<string> {
  const input = {
    name: 'Bench',
    templateId,
    gatewayId,
    scope: { portfolioId: bulkPortfolio },
  } as CommandInput<'message.send-many'>;
  return (await client.send('message.send-many', input)).messageBulkId;
}

/** How many of a message to many stand where. */
export async function bulkCounts(
  client: EngineClient,
  messageBulkId: string,
): Promise<{ state: string; counts: Record<string, number>; skipped: Record<string, number> }> {
  const { bulks } = await client.send('message.list-many', { limit: 10 });
  const bulk = bulks.find((one) => one.messageBulkId === messageBulkId);
  if (bulk === undefined) throw new Error('the bulk is not listed');
  return bulk as never;
}
