import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CampaignSettings, Trunk, TrunkSettings } from '#shared/contract/index.ts';
import { parseLoginFragment } from '#shared/contract/index.ts';
import { practiceNumberAt } from '../../../main/contact-rules/index.ts';
import { importBytes } from '../../../main/debtors/index.ts';
import { nodeFlags } from '../../../main/shell/node/node-flags.ts';
import {
  createReadDb,
  createStore,
  databaseFile,
  openConnection,
  openStore,
  practiceKeyFile,
  type ReadDb,
} from '../../../main/store/index.ts';
import { NodeAgent } from '../../support/node-agent.ts';

const entry = fileURLToPath(new URL('../../../main/entries/engine.ts', import.meta.url));

/** A number of the firm, shown to debtors. */
export const FIRM = practiceNumberAt('PL', 999_000) ?? '';
/** The practice number whose last three digits say what the far end does. */
export const numberEnding = (suffix: string, index = 0): string =>
  practiceNumberAt('PL', index * 1_000 + Number(suffix)) ?? '';

export interface EngineRunOptions {
  /** one debtor with each of these numbers */
  numbers?: readonly string[];
  practiceCarrier?: boolean;
  scenarioFile?: string;
}

interface Login {
  keyId: string;
  code: string;
}

/** The engine as a process of its own on a new practice store, without the bundled carrier unless it is asked for. */
export class EngineRun {
  readonly dataDir: string;
  readonly callLog: string;
  readonly agents: NodeAgent[] = [];
  portfolioId = '';
  url = '';
  stderr = '';
  readonly #child: ChildProcess;
  #owner: NodeAgent | null = null;
  #login: Login | null = null;

  private constructor(dataDir: string, options: EngineRunOptions) {
    this.dataDir = dataDir;
    this.callLog = join(dataDir, 'calls.jsonl');
    const bundled = options.practiceCarrier === true ? [] : ['--no-practice-carrier'];
    const args = ['--data', dataDir, '--practice', '--no-practice-gateways', '--log', 'warn'];
    this.#child = fork(entry, [...args, ...bundled], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [...nodeFlags],
      env: {
        ...process.env,
        DIALDESK_PRACTICE_LOG: this.callLog,
        ...(options.scenarioFile === undefined
          ? {}
          : { DIALDESK_PRACTICE_SCENARIO: options.scenarioFile }),
      },
    });
    this.#child.stderr?.on('data', (bytes) => {
      this.stderr += String(bytes);
    });
  }

  static async start(options: EngineRunOptions = {}): Promise<EngineRun> {
    const dataDir = mkdtempSync(join(tmpdir(), 'dialdesk-peers-'));
    const portfolioId = await fillStore(dataDir, options.numbers ?? []);
    const run = new EngineRun(dataDir, options);
    run.portfolioId = portfolioId;
    await run.#ready();
    return run;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The owner of the store: a lead and an agent in one. */
  get owner(): NodeAgent {
    if (this.#owner === null && this.#login !== null)
      this.#owner = this.#track(new NodeAgent({ url: this.url, login: this.#login }));
    if (this.#owner === null) throw new Error('the engine gave no login');
    return this.#owner;
  }

  /** Another person at another desk. */
  async addAgent(displayName: string): Promise<{ agent: NodeAgent; personId: string }> {
    const { personId } = await this.owner.send('access.add-person', { displayName, role: 'agent' });
    const { url } = await this.owner.send('access.invite', { personId });
    const login = parseLoginFragment(new URL(url).hash);
    if (login === null) throw new Error('the invitation has no login');
    return { agent: this.#track(new NodeAgent({ url: this.url, login })), personId };
  }

  /** Saves a trunk to a carrier on loopback and waits for `state`. */
  async trunkTo(
    port: number,
    settings: Partial<TrunkSettings> = {},
    state: Trunk['state'] | null = 'reachable',
    password = 'secret',
  ): Promise<Trunk> {
    const present = (await this.owner.send('telephony.list-trunks', {})).trunks.find(
      (trunk) => trunk.settings.name === (settings.name ?? 'Peer'),
    );
    const saved = await this.owner.send('telephony.save-trunk', {
      ...(present === undefined ? {} : { trunkId: present.trunkId }),
      settings: { ...loopbackTrunk(port), ...settings },
      password,
      enabled: true,
      callerIds: [{ e164: FIRM, label: 'Firm' }],
    } as never);
    if (state !== null) await this.trunkIs(saved.trunkId, state);
    return saved;
  }

  async trunk(trunkId: string): Promise<Trunk> {
    const { trunks } = await this.owner.send('telephony.list-trunks', {});
    const trunk = trunks.find((item) => item.trunkId === trunkId);
    if (!trunk) throw new Error('no such trunk');
    return trunk;
  }

  trunkIs(trunkId: string, state: Trunk['state'], timeoutMs?: number): Promise<void> {
    return this.owner.until(
      `trunk ${state}`,
      async () => (await this.trunk(trunkId)).state === state,
      timeoutMs,
    );
  }

  async campaign(
    trunk: Trunk,
    settings: Partial<CampaignSettings> = {},
    personIds?: string[],
  ): Promise<string> {
    const created = await this.owner.send('campaign.create', {
      name: 'Peers',
      portfolioId: this.portfolioId,
      trunkId: trunk.trunkId,
      callerIdId: trunk.callerIds[0]?.callerIdId,
      settings: { wrapUpMs: null, ...settings },
      ...(personIds === undefined ? {} : { personIds }),
    } as never);
    return created.campaignId;
  }

  start(campaignId: string) {
    return this.owner.send('campaign.start', { campaignId } as never);
  }

  /** A second, read-only look at the store of the engine. */
  async read<Row>(sql: string, ...params: unknown[]): Promise<Row[]> {
    const { db, close } = await openReader(this.dataDir);
    try {
      return db.all<Row>(sql, ...params);
    } finally {
      close();
    }
  }

  /** The media process: the engine's child that runs it. */
  async mediaPid(): Promise<number> {
    const children = await readFile(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8');
    for (const pid of children.trim().split(/\s+/)) {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      if (/\bmedia\.(ts|mjs|js)/.test(command)) return Number(pid);
    }
    throw new Error('no media process');
  }

  async stop(): Promise<void> {
    for (const agent of this.agents) await agent.close();
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.send({ type: 'stop' });
      const kill = setTimeout(() => this.#child.kill('SIGKILL'), 12_000);
      await ended;
      clearTimeout(kill);
    }
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  #track(agent: NodeAgent): NodeAgent {
    this.agents.push(agent);
    return agent;
  }

  #ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#child.once('exit', (code) =>
        reject(new Error(`the engine ended with ${code}: ${this.stderr}`)),
      );
      this.#child.on('message', (message: { type: string; url: string; login: Login }) => {
        if (message.type !== 'ready') return;
        this.url = message.url;
        this.#login = message.login;
        resolve();
      });
    });
  }
}

function loopbackTrunk(port: number): TrunkSettings {
  return {
    name: 'Peer',
    host: '127.0.0.1',
    port,
    authentication: 'address',
    user: 'firm',
    authUser: '',
    domain: '',
    callerIdHeader: 'from',
    numberFormat: 'e164',
    country: 'PL',
    dialPrefix: '',
    codecs: ['pcmu', 'pcma'],
    maxConcurrentCalls: 20,
    localPort: 0,
    nat: { kind: 'none' },
    keepAliveMs: 0,
  };
}

const key = (dataDir: string) => ({ kind: 'keyFile', path: practiceKeyFile(dataDir) }) as const;

/** The store as an import leaves it. */
async function fillStore(dataDir: string, numbers: readonly string[]): Promise<string> {
  await createStore({ dataDir, storeKind: 'practice', keyProvider: key(dataDir) });
  if (numbers.length === 0) return '';
  const store = await openStore({ dataDir, keyProvider: key(dataDir) });
  const rows = numbers.map(
    (number, index) => `D-${index},Debtor ${index},${number},L-${index},1000.00,PLN,en`,
  );
  const csv = ['Reference,Full name,Phone,Debt reference,Amount,Currency,Language', ...rows];
  try {
    const imported = await importBytes({
      store,
      storeKind: 'practice',
      bytes: Buffer.from(`${csv.join('\r\n')}\r\n`),
      fileName: 'peers.csv',
      portfolioName: 'Peers',
      creditorName: 'Made-up creditor',
      thisYear: 2026,
    });
    if (imported.rejected > 0) throw new Error(`${imported.rejected} of ${rows.length} rejected`);
    return imported.portfolioId;
  } finally {
    await store.close();
  }
}

async function openReader(dataDir: string): Promise<{ db: ReadDb; close(): void }> {
  const keyHex = (await readFile(practiceKeyFile(dataDir), 'utf8')).trim();
  const database = openConnection({ file: databaseFile(dataDir), keyHex, role: 'reader' });
  return { db: createReadDb(database), close: () => database.close() };
}
