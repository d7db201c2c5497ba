import type { StoreKind } from '#shared/domain/index.ts';

/** What can be sent between processes: structured-clone data without functions. */
export type ProcessMessage = unknown;

/** A program that runs in a process of its own. Names match files in `main/entries`. */
export type ProcessName = 'engine' | 'media' | 'practice-carrier' | 'practice-gateways';

/** A running child, the same for `utilityProcess` (Electron) and `child_process` (Node). */
export interface ChildProcessPort {
  readonly pid: number | undefined;
  send(message: ProcessMessage): void;
  onMessage(listener: (message: ProcessMessage) => void): void;
  /** `code` is null when a signal ended it */
  onExit(listener: (code: number | null) => void): void;
  /** asks it to end, and ends it after `graceMs` */
  stop(graceMs?: number): Promise<void>;
}

export interface SpawnOptions {
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** Starts one of our own programs: never a shell, never a path from a message. */
export type SpawnPort = (name: ProcessName, options?: SpawnOptions) => ChildProcessPort;

/** The near end of the channel to the process that started this one; absent when started by hand. */
export interface ParentPort {
  send(message: ProcessMessage): void;
  onMessage(listener: (message: ProcessMessage) => void): void;
}

/** Wraps and unwraps the store's key with what the system offers (DPAPI, Keychain). */
export interface SecretsPort {
  available(): Promise<boolean>;
  wrap(secret: Uint8Array): Promise<Uint8Array>;
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

/** New versions of the application; what a shell can do about them is data, not a method that throws. */
export interface UpdatesPort {
  readonly capability:
    | { kind: 'off'; reason: 'no-source' | 'not-https' | 'no-publisher' | 'not-signed' }
    | { kind: 'ready' };
}

/** What the engine tells the shell that started it. */
export type EngineToShell =
  | {
      type: 'ready';
      url: string;
      sipUrl: string;
      pid: number;
      /** single-use login code for the shell's own window */
      login: { keyId: string; code: string };
      storeKind: StoreKind;
    }
  | { type: 'login-code'; requestId: number; login: { keyId: string; code: string } }
  | { type: 'unwrap-key'; requestId: number; wrapped: Uint8Array }
  | { type: 'wrap-key'; requestId: number; key: Uint8Array }
  /** restart me on the other store (design §3: connecting a trunk makes a new, real store) */
  | { type: 'open-store'; storeKind: StoreKind }
  | { type: 'lines-up'; count: number }
  | { type: 'notify'; title: string; body: string }
  | { type: 'fatal'; code: string; message: string };

export type ShellToEngine =
  | { type: 'new-login-code'; requestId: number }
  | { type: 'key-result'; requestId: number; ok: boolean; bytes?: Uint8Array; message?: string }
  | { type: 'power'; event: 'suspend' | 'resume' }
  | { type: 'stop' };
