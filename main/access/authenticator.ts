import type { Principal } from '#shared/contract/index.ts';
import type { Clock, Dispose } from '#shared/util/index.ts';
import { Emitter } from '#shared/util/index.ts';
import type {
  Authenticator,
  LoginOutcome,
  LoginProof,
  RefusalAudit,
} from '../contract-server/index.ts';
import type { Store } from '../store/types.ts';
import { type Credential, findCredential, isUsable } from './credentials.ts';
import { FailureLimit } from './failure-limit.ts';
import { findPerson } from './people.ts';
import { clientProof, sameProof, sealSecret, serverProof } from './proofs.ts';
import { accessWrites } from './writes.ts';

/** How long a window's credential lives; the window itself forgets it when it closes. */
const CREDENTIAL_MS = 30 * 24 * 3_600_000;

export interface AuthenticatorOptions {
  store: Store;
  clock: Clock;
  refused: RefusalAudit;
  randomBytes: (length: number) => Uint8Array;
}

/** Proves clients by challenge, and ends the logins of a person when told to. */
export interface AccessAuthenticator extends Authenticator {
  endLogins(personId: string): void;
}

export function createAuthenticator(options: AuthenticatorOptions): AccessAuthenticator {
  const ended = new Emitter<string>();
  const limit = new FailureLimit(options.clock);
  // Unknown keys are checked against this one, so that the time does not tell which keys exist.
  const noSecretHex = hexOf(options.randomBytes(32));

  async function login(proof: LoginProof): Promise<LoginOutcome> {
    const { remoteAddress, keyId } = proof;
    if (!limit.allows(remoteAddress, keyId)) {
      return refuse(proof, 'access.too-many-attempts');
    }
    const credential = findCredential(options.store.read, keyId);
    const proven = sameProof(proof.proof, clientProof(credential?.secretHex ?? noSecretHex, proof));
    if (!proven || !credential || !fits(credential, proof)) {
      limit.failed(remoteAddress, keyId);
      return refuse(proof, 'access.bad-credential');
    }
    const principal = principalOf(options.store, credential);
    if (!principal) return refuse(proof, 'access.bad-credential');
    if (!isUsable(credential, options.clock.now())) {
      return refuse(
        proof,
        credential.kind === 'code' ? 'access.code-used' : 'access.bad-credential',
      );
    }
    return credential.kind === 'code'
      ? exchangeCode(proof, credential, principal)
      : { ok: true, principal, proof: serverProof(credential.secretHex, proof) };
  }

  async function exchangeCode(
    proof: LoginProof,
    code: Credential,
    principal: Principal,
  ): Promise<LoginOutcome> {
    const secretHex = hexOf(options.randomBytes(32));
    const expiresAt = options.clock.now() + CREDENTIAL_MS;
    const used = await options.store.write(
      accessWrites,
      'access.useCode',
      { keyId: code.id, secretHex, expiresAt },
      { priority: 'command' },
    );
    if (!used) return refuse(proof, 'access.code-used');
    const iv = hexOf(options.randomBytes(12));
    const sealedSecret = sealSecret(code.secretHex, secretHex, proof, iv);
    return {
      ok: true,
      principal,
      proof: serverProof(code.secretHex, proof),
      credential: { keyId: used.keyId, iv, sealedSecret },
    };
  }

  function refuse(
    { remoteAddress, kind }: LoginProof,
    code: Extract<LoginOutcome, { ok: false }>['code'],
  ): LoginOutcome {
    options.refused('access.login-refused', remoteAddress, { code, kind });
    return { ok: false, code };
  }

  return {
    login,
    onLoginsEnded: (listener: (personId: string) => void): Dispose => ended.on(listener),
    endLogins: (personId) => ended.emit(personId),
  };
}

function fits(credential: Credential, proof: LoginProof): boolean {
  return (credential.kind === 'code') === (proof.kind === 'code');
}

function principalOf(store: Store, credential: Credential): Principal | null {
  const person = findPerson(store.read, credential.personId);
  if (!person?.active) return null;
  const { personId, displayName, role } = person;
  return { personId, displayName, role };
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
