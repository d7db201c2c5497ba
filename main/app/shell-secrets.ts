import { AppError } from '#shared/errors/index.ts';
import type { EngineToShell, ParentPort, ShellToEngine } from '../shell/ports.ts';
import type { KeyProvider } from '../store/index.ts';

type KeyResult = Extract<ShellToEngine, { type: 'key-result' }>;

/** The store's key, wrapped and unwrapped by the shell with what the system offers; it travels by message port only. */
export class ShellSecrets {
  readonly #parent: ParentPort;
  readonly #waiting = new Map<number, (result: KeyResult) => void>();
  #next = 1;

  constructor(parent: ParentPort) {
    this.#parent = parent;
  }

  keyProvider(): KeyProvider {
    return {
      kind: 'os',
      wrap: (key) => this.#ask((requestId) => ({ type: 'wrap-key', requestId, key })),
      unwrap: (wrapped) => this.#ask((requestId) => ({ type: 'unwrap-key', requestId, wrapped })),
    };
  }

  onResult(result: KeyResult): void {
    this.#waiting.get(result.requestId)?.(result);
    this.#waiting.delete(result.requestId);
  }

  #ask(message: (requestId: number) => EngineToShell): Promise<Uint8Array> {
    const requestId = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(requestId, (result) => {
        if (result.ok && result.bytes !== undefined) resolve(result.bytes);
        else
          reject(
            new AppError('store.key-unwrap-failed', result.message ?? 'the shell has no key store'),
          );
      });
      this.#parent.send(message(requestId));
    });
  }
}
