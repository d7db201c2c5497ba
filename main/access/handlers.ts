import { loginFragment } from '#shared/contract/index.ts';
import type { Role } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Handlers, Publisher, RequestContext } from '../contract-server/index.ts';
import type { Store } from '../store/types.ts';
import { listAuditEntries } from './audit-entries.ts';
import { findPerson, listPeople, type PersonData } from './people.ts';
import type { SipLogins } from './sip-logins.ts';
import { accessWrites } from './writes.ts';

export const INVITATION_MS = 24 * 3_600_000;

export interface AccessHandlerOptions {
  store: Store;
  sipLogins: SipLogins;
  /** makes a login code for that person */
  issueCode(
    personId: string,
    lifetimeMs: number,
  ): Promise<{ keyId: string; code: string; expiresAt: number }>;
  /** ends connections, tickets and links of a person; `by` still gets the reply to the command */
  endLogins(personId: string, by: string): void;
  /** null until the server is there */
  publisher(): Publisher | null;
  /** the engine's address for clients that came in memory */
  baseUrl(): string;
}

/** The commands `access.*`. */
export function accessHandlers(options: AccessHandlerOptions): Handlers {
  const { store } = options;
  const address = (context: RequestContext) => context.baseUrl ?? options.baseUrl();
  const byCommand = (context: RequestContext) => ({
    priority: 'command' as const,
    ...(context.commandId === null ? {} : { commandId: context.commandId }),
  });

  return {
    'access.me': (_input, context) => knownPerson(store, context.principal.personId),

    'access.list-people': () => ({ people: listPeople(store.read) }),

    'access.add-person': async (input, context) => {
      refuseMachine(input.role);
      const by = context.principal.personId;
      const person = await store.write(
        accessWrites,
        'access.addPerson',
        { ...input, by },
        byCommand(context),
      );
      announce(options.publisher(), person);
      return person;
    },

    'access.update-person': async (input, context) => {
      refuseMachine(input.role);
      const before = knownPerson(store, input.personId);
      refuseMachine(before.role);
      const by = context.principal.personId;
      const person = await store.write(
        accessWrites,
        'access.updatePerson',
        { ...input, by },
        byCommand(context),
      );
      announce(options.publisher(), person);
      // What a connection may do was fixed at its login: it comes back with the new role, or not at all.
      if (!person.active || person.role !== before.role) options.endLogins(person.personId, by);
      return person;
    },

    // Not kept as a reply in the store: it would keep the code. A repeat after a restart makes another one.
    'access.invite': async (input, context) => {
      const person = knownPerson(store, input.personId);
      refuseMachine(person.role);
      if (!person.active) throw new AppError('contract.not-found', 'that person is not active');
      const { expiresAt, ...login } = await options.issueCode(person.personId, INVITATION_MS);
      await store.write(accessWrites, 'access.addAuditEntry', {
        action: 'access.invited',
        personId: context.principal.personId,
        details: { personId: person.personId },
      });
      return { url: `${address(context)}/${loginFragment(login)}`, expiresAt };
    },

    'access.revoke': async (input, context) => {
      const by = context.principal.personId;
      const { personId } = input;
      const result = await store.write(
        accessWrites,
        'access.revokePerson',
        { personId, by },
        byCommand(context),
      );
      options.endLogins(personId, by);
      return result;
    },

    'access.sip-ticket': (_input, context) => {
      const person = knownPerson(store, context.principal.personId);
      const { ticket, expiresAt, grant } = options.sipLogins.issue(person);
      const { addressOfRecord, user, realm, secret } = grant;
      const sipUrl = `${address(context).replace(/^http/, 'ws')}/sip?ticket=${ticket}`;
      return { sipUrl, addressOfRecord, user, realm, secret, expiresAt };
    },

    'access.list-audit': (input) => ({ entries: listAuditEntries(store.read, input.limit) }),
  };
}

function knownPerson(store: Store, personId: string): PersonData {
  const person = findPerson(store.read, personId);
  if (!person) throw new AppError('contract.not-found', 'no such person');
  return person;
}

/** The command line's own entry is made and kept by the engine. */
function refuseMachine(role: Role | undefined): void {
  if (role === 'machine') {
    throw new AppError('access.not-for-people', 'that role belongs to the command line');
  }
}

function announce(publisher: Publisher | null, person: PersonData): void {
  publisher?.publish('access.person-changed', person, {
    kind: 'roles',
    roles: ['lead', 'admin', 'machine'],
  });
  if (person.role === 'agent') {
    publisher?.publish('access.person-changed', person, {
      kind: 'person',
      personId: person.personId,
    });
  }
}
