import { join } from 'node:path';
import type { Access } from '../access/index.ts';
import type { ContractServer, MediaLinks, Uploads } from '../contract-server/index.ts';
import {
  createDocuments,
  createErasures,
  createExports,
  createRetentionHandlers,
  type Documents,
  type Lists,
  RetentionJob,
} from '../debtors/index.ts';
import type { EngineCore } from './engine-core.ts';
import { mayDiscloseTo } from './may-disclose-to.ts';
import { retentionLaws } from './retention-laws.ts';
import type { TelephonyParts } from './telephony-parts.ts';

export interface DebtorPapers {
  /** for messages that carry a document or a letter */
  documents: Pick<Documents, 'readDocument' | 'drawLetter' | 'assertMayDisclose'>;
  /** where sealed files lie, those of messages too */
  documentsDirectory: string;
  /** before the store closes: exports end, an erasure finishes its step */
  stop(): Promise<void>;
}

export interface DebtorPapersParts {
  server: ContractServer;
  core: EngineCore;
  access: Access;
  telephony: TelephonyParts;
  lists: Lists;
  links: MediaLinks;
  uploads: Uploads;
  dataDir: string;
}

/** Exports, letters, erasures and how long records are kept: what becomes a file, and what ceases to be. */
export async function startDebtorPapers(parts: DebtorPapersParts): Promise<DebtorPapers> {
  const { server, core, access, telephony, lists, links, uploads, dataDir } = parts;
  const { store, clock, idSource, logger, recordingsDirectory } = core;
  const documentsDirectory = join(dataDir, 'documents');
  const common = { clock, idSource, links, publisher: server, audit: access.audit };
  const documents = createDocuments({
    ...common,
    store,
    uploads,
    documentsDirectory,
    mayDisclose: (debtorId, personId) => mayDiscloseTo(parts, { debtorId, personId }),
  });
  const exports = createExports({
    ...common,
    read: store.read,
    connection: store.connection,
    idsOfList: (filter, sort) => lists.idsOf(filter, sort),
    exportsDirectory: join(dataDir, 'exports'),
    recordingsDirectory,
    documentsDirectory,
  });
  const erasures = createErasures({
    store,
    clock,
    logger,
    publisher: server,
    callUp: (debtorIds) =>
      telephony.calls
        .list()
        .some(({ view }) => view.debtorId !== null && debtorIds.includes(view.debtorId)),
    forgetExports: (debtorIds) => exports.forget(debtorIds),
    recordingsDirectory,
    documentsDirectory,
  });
  server.register(documents.handlers);
  server.register(exports.handlers);
  server.register(erasures.handlers);
  await documents.open();
  erasures.resume().catch((error: unknown) => {
    logger.error('erasures of an earlier run', { error: String(error) });
  });
  const retention = new RetentionJob({
    store,
    clock,
    idSource,
    laws: retentionLaws(core.rules, store.read, clock.now),
    recordingsDirectory,
    expireErasures: () => erasures.expireKept(),
    log: (message, details) => logger.error(message, details),
  });
  server.register(createRetentionHandlers({ store, job: retention, now: clock.now }));
  retention.start();
  return {
    documents,
    documentsDirectory,
    async stop() {
      await retention.stop();
      await exports.close();
      await documents.close();
      await erasures.settled();
    },
  };
}
