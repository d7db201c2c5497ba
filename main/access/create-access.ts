import { randomBytes as systemRandomBytes } from 'node:crypto';
import type { LoginCode } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import {
  type Audit,
  createRefusalAudit,
  type Handlers,
  type Logger,
  type Publisher,
  type SipTickets,
} from '../contract-server/index.ts';
import type { Store } from '../store/types.ts';
import { type AccessAuthenticator, createAuthenticator } from './authenticator.ts';
import { accessHandlers } from './handlers.ts';
import { firstOfRole, type PersonData } from './people.ts';
import { type SipAccounts, type SipGrant, SipLogins } from './sip-logins.ts';
import { writeTokenFile } from './token-file.ts';
import { accessWrites } from './writes.ts';

/** A shell opens its window within this time of asking for the code. */
export const WINDOW_LOGIN_MS = 30_000;

export interface AccessOptions {
  store: Store;
  clock: Clock;
  logger: Logger;
  /** address of the contract server, for clients that came in memory; known once it listens */
  baseUrl?: () => string;
  /** cryptographic; the system's unless told */
  randomBytes?: (length: number) => Uint8Array;
}

export interface Access {
  authenticator: AccessAuthenticator;
  sipTickets: SipTickets<SipGrant>;
  sipAccounts: SipAccounts;
  handlers: Handlers;
  /** makes the owner and the command line's entry if the store is new; call before anything else */
  open(ownerName: string): Promise<PersonData>;
  /** where `access.person-changed` goes; the server exists only after the authenticator */
  attachPublisher(publisher: Publisher): void;
  /** told when a person's logins end, to drop what hangs on them (media links) */
  onLoginsEnded: AccessAuthenticator['onLoginsEnded'];
  /** a code that opens one window within 30 s; for the owner unless told */
  issueWindowLogin(personId?: string): Promise<LoginCode>;
  /** writes a new token for the command line to `path` (mode 0600) and ends the one before */
  issueTokenFile(path: string): Promise<void>;
  audit: Audit;
  /** resolves when every audit entry so far is stored */
  settled(): Promise<void>;
}

/** People, roles, logins, tickets and the audit list, over one store. */
export function createAccess(options: AccessOptions): Access {
  const { store, clock } = options;
  const randomBytes = options.randomBytes ?? systemRandomBytes;
  const randomHex = (length: number) => Buffer.from(randomBytes(length)).toString('hex');
  const { audit, settled } = createAudit(options);
  const refused = createRefusalAudit(audit, clock);
  const authenticator = createAuthenticator({ store, clock, refused, randomBytes });
  const sipLogins = new SipLogins(clock, () => randomHex(24));
  let publisher: Publisher | null = null;

  function endLogins(personId: string, by: string): void {
    sipLogins.endPerson(personId);
    const end = () => authenticator.endLogins(personId);
    // A person who ends their own logins gets the reply first; everybody else is cut at once.
    if (personId === by) clock.setTimer(0, end);
    else end();
  }

  async function addKey(
    personId: string,
    kind: 'code' | 'token',
    lifetimeMs: number | null,
  ): Promise<{ keyId: string; secretHex: string; expiresAt: number | null }> {
    const secretHex = randomHex(32);
    const expiresAt = lifetimeMs === null ? null : clock.now() + lifetimeMs;
    const { keyId } = await store.write(
      accessWrites,
      'access.addCredential',
      { personId, kind, secretHex, expiresAt, replace: kind === 'token' },
      { priority: 'command' },
    );
    return { keyId, secretHex, expiresAt };
  }

  async function issueCode(personId: string, lifetimeMs: number) {
    const { keyId, secretHex, expiresAt } = await addKey(personId, 'code', lifetimeMs);
    return { keyId, code: secretHex, expiresAt: expiresAt ?? 0 };
  }

  const handlers = accessHandlers({
    store,
    sipLogins,
    issueCode,
    endLogins,
    publisher: () => publisher,
    baseUrl: options.baseUrl ?? (() => ''),
  });

  return {
    authenticator,
    sipTickets: sipLogins,
    sipAccounts: sipLogins,
    handlers,
    audit,
    settled,
    onLoginsEnded: authenticator.onLoginsEnded,
    attachPublisher(given) {
      publisher = given;
    },
    async open(ownerName) {
      const ensure = (role: 'admin' | 'machine', displayName: string) =>
        store.write(accessWrites, 'access.ensurePerson', { role, displayName });
      const owner = await ensure('admin', ownerName);
      await ensure('machine', 'Command line');
      return owner;
    },
    async issueWindowLogin(personId) {
      const { keyId, code } = await issueCode(personId ?? idOfFirst('admin'), WINDOW_LOGIN_MS);
      return { keyId, code };
    },
    async issueTokenFile(path) {
      await writeTokenFile(path, await addKey(idOfFirst('machine'), 'token', null));
    },
  };

  function idOfFirst(role: 'admin' | 'machine'): string {
    const person = firstOfRole(store.read, role);
    if (!person) throw new AppError('access.no-person', `the store has no active ${role}`);
    return person.personId;
  }
}

/** Entries are written behind whatever else waits; a failure is logged and stops nobody. */
function createAudit(options: AccessOptions): { audit: Audit; settled(): Promise<void> } {
  const { store, clock, logger } = options;
  const writing = new Set<Promise<void>>();
  const audit: Audit = (entry) => {
    const written = store
      .write(
        accessWrites,
        'access.addAuditEntry',
        { ...entry, at: clock.now() },
        { priority: 'message' },
      )
      .catch((error: unknown) => {
        logger.error('audit entry lost', { action: entry.action, error: String(error) });
      })
      .finally(() => writing.delete(written));
    writing.add(written);
  };
  return {
    audit,
    async settled() {
      await Promise.all(writing);
    },
  };
}
