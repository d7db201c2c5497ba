import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Access, createAccess } from '../access/index.ts';
import {
  type ContractAddress,
  type ContractServer,
  createContractServer,
  MediaLinks,
  type PublicRoutes,
  Uploads,
} from '../contract-server/index.ts';
import { createImports, Lists } from '../debtors/index.ts';
import { writeEngineFile } from '../store/index.ts';
import { announce } from './announcements.ts';
import { CardSource } from './card-source.ts';
import { startDebtorPapers } from './debtor-papers.ts';
import { seedDemo } from './demo-portfolio.ts';
import { examineEngine } from './doctor.ts';
import { type EngineCore, openCore } from './engine-core.ts';
import type { Engine, EngineOptions } from './engine-options.ts';
import { startLookups } from './lookup-work.ts';
import { startMessages } from './messages-work.ts';
import { Outcomes } from './outcomes.ts';
import {
  demoScenarioFile,
  type PracticeCarrierProcess,
  startPracticeCarrier,
} from './practice-carrier.ts';
import { type PracticeGatewaysProcess, startPracticeGateways } from './practice-gateways.ts';
import { LatePublicRoutes } from './public-routes.ts';
import { inspectRecording } from './recordings.ts';
import { endOrphans, recoverRecordings } from './recovery.ts';
import { registerHandlers } from './register-handlers.ts';
import { startDebtorWork, startPayScores, startRanking, startScreening } from './start-work.ts';
import { createTelephony, type TelephonyParts } from './telephony-parts.ts';
import { doorWrites } from './writes.ts';

export type { Engine, EngineOptions } from './engine-options.ts';

/**
 * Puts the engine together and starts it. Order: store and media process, recovery of rows, areas, contract server's
 * handlers, practice carrier, trunks, listener, far ends of a dead run, campaigns. Stopped in the opposite order.
 * @throws AppError of the store (`store.*`), `media.timeout` or `contract.address-in-use`
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const core = await openCore(options);
  const { store, clock, logger } = core;
  const startedAt = clock.now();
  let address: ContractAddress | null = null;
  const access = createAccess({ store, clock, logger, baseUrl: () => address?.url ?? '' });
  await access.open(options.ownerName);
  const telephony = createTelephony(core);
  const cards = new CardSource(store, core.rules, clock);
  const publicRoutes = new LatePublicRoutes();
  const serverParts = { core, access, telephony, publicRoutes };
  const { server, links, uploads } = await createServer(options, serverParts);
  access.attachPublisher(server);
  announce(server, store, telephony, cards);
  const log = (message: string, details?: Record<string, unknown>) => logger.warn(message, details);
  const outcomes = new Outcomes({ ...telephony, store, publisher: server, clock, log });
  let carrier: PracticeCarrierProcess | null = null;
  const { connection } = store;
  const lists = new Lists({ store, connection, clock, publisher: server, log });
  const debtors = registerHandlers(server, {
    core,
    access,
    telephony,
    cards,
    outcomes,
    links,
    uploads,
    lists,
    app: {
      version: options.version,
      startedAt,
      practiceCarrier: () => ({ running: carrier !== null, trunkName: carrier?.trunkName ?? null }),
      openStore: options.openOtherStore,
      doctor: async () => ({
        steps: await examineEngine(options.dataDir, core, telephony, () => messages.health()),
      }),
    },
  });
  const imports = createImports({
    store,
    storeKind: store.meta.storeKind,
    uploads,
    links,
    publisher: server,
    clock,
    logger,
    rejectsDirectory: join(options.dataDir, 'rejects'),
  });
  server.register(imports.handlers);
  await imports.recover();
  const work = await startDebtorWork(server, core, cards);
  const { dataDir } = options;
  const paperParts = { server, core, access, telephony, lists, links, uploads, dataDir };
  const papers = await startDebtorPapers(paperParts);
  const messages = await startMessages({
    ...paperParts,
    papers,
    cards,
    ownUrl: () => address?.url ?? '',
  });
  publicRoutes.attach({
    core,
    hub: messages.hub,
    published: messages.published,
    readDocument: (documentId) => papers.documents.readDocument(documentId),
    takeReading: (reading) => messages.outbox.takeReading(reading),
  });
  const [startedCarrier, practiceGateways] = await Promise.all([
    startCarrier(options, core),
    startGateways(options, core),
  ]);
  carrier = startedCarrier;
  await telephony.messageFiles.open();
  if (options.demo) await seedDemo(store, clock);
  await telephony.trunks.openAll();
  address = await server.listen(options.listen);
  const tokenFile = await publishAddress(options, access, address, startedAt);
  await debtors.resumeRemovals();
  lists.resume();
  recoverInBackground(core, telephony);
  messages.begin();
  practiceGateways?.onMoved((ids) => {
    for (const gatewayId of ids) void messages.hub.changed(gatewayId);
  });
  const lookups = await startLookups(server, core, access, lists);
  telephony.callerIds.start();
  telephony.campaigns.resumeAll();
  const screening = startScreening(server, core, telephony);
  const ranking = startRanking(server, core, telephony, lists);
  const payScores = startPayScores(server, core);

  return {
    address,
    storeKind: store.meta.storeKind,
    tokenFile,
    store,
    server,
    issueWindowLogin: (personId) => access.issueWindowLogin(personId),
    power(event) {
      if (event === 'suspend') core.rules.clockGuard.suspended();
      else core.rules.clockGuard.resumed();
      store
        .write(doorWrites, 'door.power', event, { priority: 'call' })
        .catch((error: unknown) =>
          logger.error('the writer was not told of the power', { error: String(error) }),
        );
    },
    onLinesUp: (listener) => telephony.calls.on(() => listener(telephony.calls.list().length)),
    async stop() {
      outcomes.stop();
      await stopTelephony(telephony, server);
      await ranking.close();
      await screening.close();
      await payScores.stop();
      await work.stop();
      await messages.stop();
      await papers.stop();
      await imports.close();
      await lookups.close();
      await lists.close();
      await Promise.all([carrier?.stop(), practiceGateways?.stop()]);
      await core.media.stop();
      await access.settled();
      await store.close();
    },
  };
}

interface ServerParts {
  core: EngineCore;
  access: Access;
  telephony: TelephonyParts;
  publicRoutes: PublicRoutes;
}

async function createServer(
  options: EngineOptions,
  { core, access, telephony, publicRoutes }: ServerParts,
): Promise<{ server: ContractServer; links: MediaLinks; uploads: Uploads }> {
  const { store, clock, idSource, logger } = core;
  const newToken = () => randomBytes(24).toString('hex');
  const directory = join(options.dataDir, 'uploads');
  const uploads = new Uploads({ directory, clock, idSource, newToken });
  await uploads.open();
  const links = new MediaLinks({ clock, newToken });
  access.onLoginsEnded((personId) => links.endPerson(personId));
  const server = createContractServer({
    authenticator: access.authenticator,
    audit: access.audit,
    clock,
    idSource,
    logger,
    storeKind: store.meta.storeKind,
    uploads,
    openMedia: links.open,
    publicRoutes,
    sip: {
      tickets: access.sipTickets,
      onSocket: (socket, grant) => telephony.registrar.acceptSocket(socket, grant),
    },
    ...(options.staticRoot === null ? {} : { staticRoot: options.staticRoot }),
    origins: options.origins,
    capabilities: options.openOtherStore === null ? [] : ['open-store'],
  });
  return { server, links, uploads };
}

async function startCarrier(
  options: EngineOptions,
  core: EngineCore,
): Promise<PracticeCarrierProcess | null> {
  const { store, clock, logger } = core;
  if (store.meta.storeKind !== 'practice' || !options.practiceCarrier) return null;
  return startPracticeCarrier({
    spawn: options.spawn,
    store,
    clock,
    scenarioFile: options.practiceScenarioFile ?? demoScenarioFile(core.resources),
    logFile: options.practiceLogFile,
    log: (message, details) => logger.warn(message, details),
  });
}

async function startGateways(
  options: EngineOptions,
  { store, clock, logger }: EngineCore,
): Promise<PracticeGatewaysProcess | null> {
  if (store.meta.storeKind !== 'practice' || !options.practiceGateways) return null;
  const log = (message: string, details?: Record<string, unknown>) => logger.warn(message, details);
  return startPracticeGateways({ spawn: options.spawn, store, clock, log });
}

/** Where commands of this machine find the engine, and the token they prove themselves with. */
async function publishAddress(
  options: EngineOptions,
  access: Access,
  address: ContractAddress,
  startedAt: number,
): Promise<string> {
  const tokenFile = join(options.dataDir, 'engine.token');
  await access.issueTokenFile(tokenFile);
  writeEngineFile(options.dataDir, {
    pid: process.pid,
    url: address.contractUrl,
    sipUrl: address.sipUrl,
    tokenFile,
    startedAt,
  });
  return tokenFile;
}

/** The far ends are told and recordings are closed while the first agents come back. */
function recoverInBackground(core: EngineCore, telephony: TelephonyParts): void {
  const { store, logger, recordingsDirectory } = core;
  endOrphans(store, telephony.trunks, core.orphans, logger).catch((error: unknown) =>
    logger.error('dialogs of an earlier run', { error: String(error) }),
  );
  recoverRecordings(
    store,
    (file, keyHex) => inspectRecording(recordingsDirectory, file, keyHex),
    logger,
  ).catch((error: unknown) =>
    logger.error('recordings of an earlier run', { error: String(error) }),
  );
}

/** No new calls, good-bye to every far end, then the lines. */
async function stopTelephony(telephony: TelephonyParts, server: ContractServer): Promise<void> {
  telephony.live.stop();
  const recorded = telephony.campaigns.stop();
  telephony.callerIds.stop();
  await Promise.all([telephony.attempts.endAll(), telephony.inbound.endAll()]);
  await Promise.all([telephony.recorder.settled(), recorded]);
  await server.close();
  await telephony.registrar.close();
  await telephony.trunks.closeAll();
  telephony.notices.dispose();
  telephony.agents.dispose();
}
