import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '#shared/domain/index.ts';
import type { Clock } from '#shared/util/index.ts';
import { type Access, accessWrites, createAccess, type SipGrant } from '../access/index.ts';
import {
  type AuditEntry,
  type ContractAddress,
  type ContractServer,
  type ContractServerOptions,
  createContractServer,
  type Logger,
  Uploads,
} from '../contract-server/index.ts';
import { createIdSource, systemClock, systemRandom } from '../store/index.ts';
import { openTestStore, type TestStore } from './open-test-store.ts';

export interface ContractFixture {
  server: ContractServer;
  access: Access;
  store: TestStore;
  uploads: Uploads;
  address: ContractAddress;
  /** every entry that the server asked to be audited (those of `access` itself are in the store) */
  audited: AuditEntry[];
  logged: { level: string; message: string; fields: Record<string, unknown> }[];
  ownerId: string;
  /** a person of that role with a fresh login code */
  personWithCode(role: Role): Promise<{ personId: string; keyId: string; code: string }>;
  close(): Promise<void>;
}

export interface FixtureOptions {
  clock?: Clock;
  server?: Partial<ContractServerOptions<SipGrant>>;
  maxUploadBytes?: number;
}

/** A contract server on loopback with people, logins and uploads on a test store; nothing else. */
export async function openContractFixture(options: FixtureOptions = {}): Promise<ContractFixture> {
  const clock = options.clock ?? systemClock;
  const ids = createIdSource(clock, systemRandom);
  const store = openTestStore({ writes: accessWrites, clock, ids });
  const logged: ContractFixture['logged'] = [];
  const audited: AuditEntry[] = [];
  const logger = recordingLogger(logged);
  const access = createAccess({ store, clock, logger });
  const owner = await access.open('Owner');
  const directory = mkdtempSync(join(tmpdir(), 'dialdesk-uploads-'));
  let token = 0;
  const uploads = new Uploads({
    directory,
    clock,
    idSource: ids,
    newToken: () => `upload-token-${token++}`,
    ...(options.maxUploadBytes === undefined ? {} : { maxBytes: options.maxUploadBytes }),
  });
  await uploads.open();
  const server = createContractServer<SipGrant>({
    authenticator: access.authenticator,
    audit(entry) {
      audited.push(entry);
      access.audit(entry);
    },
    clock,
    idSource: ids,
    logger,
    storeKind: 'practice',
    handlers: access.handlers,
    checkOutputs: true,
    uploads,
    ...options.server,
  });
  access.attachPublisher(server);
  const address = await server.listen();

  return {
    server,
    access,
    store,
    uploads,
    address,
    audited,
    logged,
    ownerId: owner.personId,
    async personWithCode(role) {
      const { personId } = await store.write(accessWrites, 'access.addPerson', {
        displayName: `A ${role}`,
        role,
        by: null,
      });
      return { personId, ...(await access.issueWindowLogin(personId)) };
    },
    async close() {
      await server.close();
      await access.settled();
      await uploads.close();
      await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function recordingLogger(logged: ContractFixture['logged']): Logger {
  const at =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) => {
      logged.push({ level, message, fields });
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
