import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreKind } from '#shared/domain/index.ts';
import { createAccess } from '../access/index.ts';
import { createAgentHandlers } from '../agents/index.ts';
import { isPracticeNumber } from '../contact-rules/index.ts';
import {
  type ContractAddress,
  type ContractServer,
  createContractServer,
  MediaLinks,
  Uploads,
} from '../contract-server/index.ts';
import { createDebtors, findDebtorsByNumber } from '../debtors/index.ts';
import { createAttemptHandlers } from '../dialer/attempts/index.ts';
import { createCampaignHandlers } from '../dialer/campaigns/index.ts';
import type { SpawnPort } from '../shell/ports.ts';
import {
  createIdSource,
  type KeyProvider,
  type OpenStore,
  openStore,
  systemClock,
  systemRandom,
  writeEngineFile,
} from '../store/index.ts';
import { createCallHandlers } from '../telephony/call/index.ts';
import { createMediaProcess } from '../telephony/media/index.ts';
import { createTrunkHandlers } from '../telephony/trunks/index.ts';
import { announce } from './announcements.ts';
import { createAppHandlers } from './app-handlers.ts';
import { agentToday, endedCallView } from './call-queries.ts';
import { CardSource } from './card-source.ts';
import { openContactRules } from './door.ts';
import { createLogger, type LogLevel } from './logger.ts';
import { Outcomes } from './outcomes.ts';
import {
  demoScenarioFile,
  type PracticeCarrierProcess,
  startPracticeCarrier,
} from './practice-carrier.ts';
import { createMediaHandlers, inspectRecording } from './recordings.ts';
import { endOrphans, recoverRecordings, recoverRows, undisposedCallOf } from './recovery.ts';
import { resourcesDirectory } from './resources.ts';
import { createTelephony, manualRoute, trunkTestPorts } from './telephony-parts.ts';

export interface EngineOptions {
  dataDir: string;
  keyProvider: KeyProvider;
  spawn: SpawnPort;
  /** 127.0.0.1 and any free port unless told */
  listen: { host: string; port: number };
  version: string;
  logLevel: LogLevel;
  /** the built renderer; absent: the shell serves it */
  staticRoot: string | null;
  /** further origins whose pages are ours (Electron's own scheme) */
  origins: readonly string[];
  /** restarts the engine on the other store; null where no shell can */
  openOtherStore: ((storeKind: StoreKind) => Promise<void>) | null;
  /** starts the bundled carrier in a practice store */
  practiceCarrier: boolean;
  practiceLogFile: string | null;
  /** what the bundled carrier's debtors do, instead of the demo; absent or null = the demo */
  practiceScenarioFile?: string | null;
  /** puts the demo portfolio and a campaign into an empty practice store */
  demo: boolean;
  /** name of the person who owns a new store */
  ownerName: string;
  /** the engine cannot go on */
  onFatal(code: string, message: string): void;
}

export interface Engine {
  readonly address: ContractAddress;
  readonly storeKind: StoreKind;
  readonly tokenFile: string;
  readonly store: OpenStore;
  readonly server: ContractServer;
  issueWindowLogin(personId?: string): Promise<{ keyId: string; code: string }>;
  /** the machine sleeps or wakes: clocks may jump */
  power(event: 'suspend' | 'resume'): void;
  onLinesUp(listener: (count: number) => void): () => void;
  stop(): Promise<void>;
}

/**
 * Puts the engine together and starts it. Order: store, recovery of rows, media process, trunks, far ends of a dead run, contract
 * server, campaigns. Stopped in the opposite order.
 * @throws AppError of the store (`store.*`) or `contract.address-in-use`
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const clock = systemClock;
  const idSource = createIdSource(clock, systemRandom);
  const logger = createLogger(options.logLevel);
  const startedAt = clock.now();
  const store = await openStore({
    dataDir: options.dataDir,
    keyProvider: options.keyProvider,
    onWriterLost: (error) => options.onFatal(error.code, error.message),
  });
  const { storeKind } = store.meta;
  const recordingsDirectory = join(options.dataDir, 'recordings');
  mkdirSync(recordingsDirectory, { recursive: true, mode: 0o700 });
  const orphans = await recoverRows(store);
  const rules = openContactRules(storeKind, clock);
  const resources = resourcesDirectory();

  const access = createAccess({
    store,
    clock,
    logger,
    baseUrl: () => address?.url ?? '',
  });
  await access.open(options.ownerName);

  const media = createMediaProcess({ spawn: options.spawn, clock, logger });
  await media.start();
  await media.request('configure', {
    bindHost: '127.0.0.1',
    agentHosts: ['127.0.0.1'],
    holdMusicFile: join(resources, 'music', 'hold.wav'),
  });
  const parts = createTelephony({
    store,
    media,
    rules,
    clock,
    idSource,
    logger,
    recordingsDirectory,
  });
  const cards = new CardSource(store, rules, clock);
  const newToken = () => randomBytes(24).toString('hex');
  const uploads = new Uploads({
    directory: join(options.dataDir, 'uploads'),
    clock,
    idSource,
    newToken,
  });
  await uploads.open();
  const links = new MediaLinks({ clock, newToken });
  access.onLoginsEnded((personId) => links.endPerson(personId));

  const server = createContractServer({
    authenticator: access.authenticator,
    audit: access.audit,
    clock,
    idSource,
    logger,
    storeKind,
    uploads,
    openMedia: links.open,
    sip: {
      tickets: access.sipTickets,
      onSocket: (socket, grant) => parts.registrar.acceptSocket(socket, grant),
    },
    ...(options.staticRoot === null ? {} : { staticRoot: options.staticRoot }),
    origins: options.origins,
    capabilities: options.openOtherStore === null ? [] : ['open-store'],
  });
  access.attachPublisher(server);
  announce(server, store, parts, cards);

  let carrier: PracticeCarrierProcess | null = null;
  const outcomes = new Outcomes({
    store,
    agents: parts.agents,
    campaigns: parts.campaigns,
    publisher: server,
    clock,
    log: (message, details) => logger.warn(message, details),
  });
  server.register(access.handlers);
  server.register(
    createAppHandlers({
      store,
      rules,
      publisher: server,
      version: options.version,
      startedAt,
      practiceCarrier: () => ({
        running: carrier !== null,
        trunkName: carrier?.trunkName ?? null,
      }),
      openStore: options.openOtherStore,
      doctor: () => ({ steps: [] }),
    }),
  );
  server.register(
    createAgentHandlers({
      agents: parts.agents,
      lines: parts.lines,
      today: (personId) => agentToday(store.read, personId, clock.now()),
      undisposedCall: (personId) => undisposedCallOf(store, personId),
    }),
  );
  const debtors = createDebtors({
    store,
    clock,
    door: cards.permissionFor,
    publisher: server,
  });
  server.register(debtors.handlers);
  server.register(
    createCallHandlers({
      ...parts,
      store,
      endedCall: (callId) => endedCallView(store.read, callId),
      card: (debtorId) => cards.load(debtorId),
    }),
  );
  server.register(
    createAttemptHandlers({
      ...outcomes.parts(),
      attempts: parts.attempts,
      calls: parts.calls,
      clock,
      idSource,
      manualRoute: () => manualRoute(store, parts.trunks),
      debtorOf: (number) => findDebtorsByNumber(store.read, number)[0] ?? null,
      contactPointOf: (debtorId, number) =>
        findDebtorsByNumber(store.read, number).find((match) => match.debtorId === debtorId)
          ?.contactPointId ?? null,
    }),
  );
  server.register(createCampaignHandlers(store, parts.campaigns));
  server.register(
    createTrunkHandlers({
      store,
      trunks: parts.trunks,
      audit: access.audit,
      audioTest: { ...parts, media, clock, idSource },
      trunkTest: trunkTestPorts({ clock, logger }),
      debtorHas: (number) => findDebtorsByNumber(store.read, number).length > 0,
      isPracticeNumber,
      storeKind,
    }),
  );
  server.register(
    createMediaHandlers({ store, links, audit: access.audit, directory: recordingsDirectory }),
  );

  if (storeKind === 'practice' && options.practiceCarrier)
    carrier = await startPracticeCarrier({
      spawn: options.spawn,
      store,
      clock,
      scenarioFile: options.practiceScenarioFile ?? demoScenarioFile(resources),
      logFile: options.practiceLogFile,
      log: (message, details) => logger.warn(message, details),
    });
  await parts.trunks.openAll();
  const address = await server.listen(options.listen);
  const tokenFile = join(options.dataDir, 'engine.token');
  await access.issueTokenFile(tokenFile);
  writeEngineFile(options.dataDir, {
    pid: process.pid,
    url: address.contractUrl,
    sipUrl: address.sipUrl,
    tokenFile,
    startedAt,
  });
  await debtors.resumeRemovals();
  void endOrphans(store, parts.trunks, orphans, logger).catch((error: unknown) =>
    logger.error('orphans', { error: String(error) }),
  );
  void recoverRecordings(
    store,
    (file, keyHex) => inspectRecording(recordingsDirectory, file, keyHex),
    logger,
  );
  parts.campaigns.resumeAll();

  return {
    address,
    storeKind,
    tokenFile,
    store,
    server,
    issueWindowLogin: (personId) => access.issueWindowLogin(personId),
    power(event) {
      if (event === 'suspend') rules.clockGuard.suspended();
      else rules.clockGuard.resumed();
    },
    onLinesUp: (listener) => parts.calls.on(() => listener(parts.calls.list().length)),
    async stop() {
      outcomes.stop();
      parts.campaigns.stop();
      await Promise.all([parts.attempts.endAll(), parts.inbound.endAll()]);
      await server.close();
      await parts.registrar.close();
      await parts.trunks.closeAll();
      await carrier?.stop();
      await media.stop();
      parts.agents.dispose();
      await access.settled();
      await store.close();
    },
  };
}
