import { z } from 'zod';
import { role, storeKind } from '../domain/index.ts';

/** WebSocket subprotocol of the contract. */
export const contractSubprotocol = 'dialdesk.v1';
export const contractVersion = 1;
export const contractMinimumVersion = 1;

const hex = z.string().regex(/^[0-9a-f]+$/);

/**
 * Login by challenge, so that neither side sends the secret and a port taken over by another
 * program learns nothing:
 *
 *   server → challenge {serverNonce}
 *   client → prove {keyId, clientNonce, proof = HMAC-SHA256(secret, "client" ‖ serverNonce ‖ clientNonce)}
 *   server → welcome {proof = HMAC-SHA256(secret, "server" ‖ clientNonce ‖ serverNonce), …}
 *
 * `kind` says what the secret is: a `credential` (kept by the client) or a single-use login `code`
 * (30 s for the Node shell's own window, longer for an invitation). A code is answered with a
 * credential, encrypted with AES-256-GCM under HKDF-SHA256(code, salt = serverNonce ‖ clientNonce,
 * info = "dialdesk credential"); `iv` is 12 bytes and the 16-byte tag ends the ciphertext. Nonces are 32 bytes in hex; a
 * secret is 32 bytes in hex. Secrets and nonces enter HMAC and HKDF as their bytes, labels as UTF-8.
 *
 * A refusal `access.code-used` also means that the code is too old; `access.too-many-attempts` passes with time and
 * says nothing about the credential.
 */
export const clientMessage = z.discriminatedUnion('t', [
  z.strictObject({
    t: z.literal('prove'),
    kind: z.enum(['credential', 'code']),
    keyId: z.string().max(64),
    clientNonce: hex.length(64),
    proof: hex.length(64),
    version: z.number().int(),
  }),
  z.strictObject({
    t: z.literal('command'),
    /** chosen by the client, echoed in the reply */
    id: z.number().int().nonnegative(),
    name: z.string().max(64),
    input: z.unknown(),
    commandId: z.uuid().optional(),
  }),
  z.strictObject({ t: z.literal('ping'), n: z.number().int() }),
]);
export type ClientMessage = z.infer<typeof clientMessage>;

export const errorData = z.object({
  code: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.unknown()),
  retryable: z.boolean(),
});

export const principal = z.object({
  personId: z.string(),
  displayName: z.string(),
  role,
});
export type Principal = z.infer<typeof principal>;

export const serverMessage = z.discriminatedUnion('t', [
  z.object({ t: z.literal('challenge'), serverNonce: hex.length(64) }),
  z.object({
    t: z.literal('welcome'),
    proof: hex.length(64),
    version: z.number().int(),
    minimumVersion: z.number().int(),
    /** changes whenever the engine starts: what a client knew before is void */
    epoch: z.string(),
    /** number of the last event sent on this connection before now */
    seq: z.number().int(),
    principal,
    storeKind,
    capabilities: z.array(z.string()),
    /** only after a login by code */
    credential: z.object({ keyId: z.string(), iv: hex.length(24), sealedSecret: hex }).optional(),
  }),
  z.object({
    t: z.literal('refused'),
    code: z.enum([
      'access.bad-credential',
      'access.code-used',
      'access.too-many-attempts',
      'contract.version',
    ]),
  }),
  z.object({
    t: z.literal('reply'),
    id: z.number().int(),
    ok: z.literal(true),
    value: z.unknown(),
  }),
  z.object({ t: z.literal('error'), id: z.number().int(), ok: z.literal(false), error: errorData }),
  z.object({
    t: z.literal('event'),
    epoch: z.string(),
    /** counts events on this connection, from 1, without gaps */
    seq: z.number().int(),
    name: z.string(),
    data: z.unknown(),
  }),
  z.object({ t: z.literal('pong'), n: z.number().int() }),
]);
export type ServerMessage = z.infer<typeof serverMessage>;
