import {
  type ClientMessage,
  contractMinimumVersion,
  contractVersion,
  type LoginCode,
  type ServerMessage,
  type Token,
} from '#shared/contract/index.ts';
import type { RefusalCode } from './connection-machine.ts';
import type { CredentialStore } from './credential-store.ts';
import { type Nonces, newNonce, openSealedSecret, proveClient, verifyServer } from './proofs.ts';

type Prove = Extract<ClientMessage, { t: 'prove' }>;
type Welcome = Extract<ServerMessage, { t: 'welcome' }>;

interface Attempt {
  kind: Prove['kind'];
  secretHex: string;
  nonces: Nonces;
}

/** One login after another over the life of a client: first by code if there is one, then by credential. */
export class Login {
  readonly #store: CredentialStore;
  #code: LoginCode | null;
  #attempt: Attempt | null = null;

  constructor(store: CredentialStore, code: LoginCode | null) {
    this.#store = store;
    this.#code = code;
  }

  /** @returns null when there is nothing to prove */
  async prove(serverNonce: string): Promise<Prove | null> {
    const secret = this.#secret();
    if (!secret) return null;
    const { kind, keyId, secretHex } = secret;
    const nonces = { serverNonce, clientNonce: newNonce() };
    this.#attempt = { kind, secretHex, nonces };
    const proof = await proveClient(secretHex, nonces);
    const { clientNonce } = nonces;
    return { t: 'prove', kind, keyId, clientNonce, proof, version: contractVersion };
  }

  /**
   * Checks the engine's proof before anything that it says is believed, and keeps the credential that a code was
   * exchanged for.
   * @returns why it is not accepted, or null
   */
  async accept(welcome: Welcome): Promise<RefusalCode | null> {
    const attempt = this.#attempt;
    this.#attempt = null;
    if (!attempt) return 'contract.engine-unproven';
    const { secretHex, nonces } = attempt;
    if (!(await verifyServer(secretHex, nonces, welcome.proof))) return 'contract.engine-unproven';
    if (welcome.minimumVersion > contractVersion || welcome.version < contractMinimumVersion) {
      return 'contract.version';
    }
    if (attempt.kind === 'credential') return null;
    return this.#keep(welcome, attempt);
  }

  /**
   * The engine said no. A code is not tried again; a credential is kept, for whoever says so has not proved to be our
   * engine.
   */
  refused(): void {
    if (this.#attempt?.kind === 'code') this.#code = null;
    this.#attempt = null;
  }

  /** Another code, from a shell or an invitation. */
  use(code: LoginCode): void {
    this.#code = code;
  }

  async #keep(welcome: Welcome, attempt: Attempt): Promise<RefusalCode | null> {
    if (!welcome.credential) return 'contract.engine-unproven';
    try {
      const { credential } = welcome;
      const secretHex = await openSealedSecret(attempt.secretHex, attempt.nonces, credential);
      this.#store.write({ keyId: credential.keyId, secretHex });
      this.#code = null;
      return null;
    } catch {
      // Proven but sealed with something else: not the engine that the proof came from.
      return 'contract.engine-unproven';
    }
  }

  #secret(): ({ kind: Prove['kind'] } & Token) | null {
    if (this.#code) {
      return { kind: 'code', keyId: this.#code.keyId, secretHex: this.#code.code };
    }
    const credential = this.#store.read();
    return credential && { kind: 'credential', ...credential };
  }
}
