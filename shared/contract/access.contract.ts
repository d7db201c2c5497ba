import { z } from 'zod';
import { instant, personId, role } from '../domain/index.ts';
import { admins, defineCommands, defineEvents, everyone, people } from './define.ts';

export const person = z.object({
  personId,
  displayName: z.string(),
  role,
  active: z.boolean(),
  /** what the softphone registers as; the user part of its address of record */
  sipUser: z.string(),
});
export type Person = z.infer<typeof person>;

export const accessCommands = defineCommands({
  'access.me': {
    roles: everyone,
    input: z.strictObject({}),
    output: person,
  },
  'access.list-people': {
    roles: ['lead', 'admin', 'machine'],
    input: z.strictObject({}),
    output: z.object({ people: z.array(person) }),
  },
  'access.add-person': {
    roles: admins,
    changes: true,
    input: z.strictObject({ displayName: z.string().trim().min(1).max(120), role }),
    output: person,
    errors: ['access.not-for-people'],
  },
  'access.update-person': {
    roles: admins,
    changes: true,
    input: z.strictObject({
      personId,
      displayName: z.string().trim().min(1).max(120).optional(),
      role: role.optional(),
      active: z.boolean().optional(),
    }),
    output: person,
    errors: ['access.last-admin', 'access.not-for-people'],
  },
  /** A link that logs that person in once, in another browser or on another desk. */
  'access.invite': {
    roles: admins,
    changes: true,
    input: z.strictObject({ personId }),
    output: z.object({ url: z.string(), expiresAt: instant }),
  },
  /** Ends every credential of that person and closes their connections. */
  'access.revoke': {
    roles: admins,
    changes: true,
    input: z.strictObject({ personId }),
    output: z.object({ revoked: z.number().int() }),
  },
  /** Single-use permission to open `/sip` for 30 s, with the digest secret of this login. */
  'access.sip-ticket': {
    roles: people,
    input: z.strictObject({}),
    output: z.object({
      sipUrl: z.string(),
      addressOfRecord: z.string(),
      user: z.string(),
      realm: z.string(),
      secret: z.string(),
      expiresAt: instant,
    }),
  },
  'access.list-audit': {
    roles: admins,
    input: z.strictObject({ limit: z.number().int().min(1).max(500).default(100) }),
    output: z.object({
      entries: z.array(
        z.object({
          at: instant,
          personId: z.string().nullable(),
          displayName: z.string().nullable(),
          action: z.string(),
          details: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  },
});

export const accessEvents = defineEvents({
  'access.person-changed': person,
});
