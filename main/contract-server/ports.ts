import type { LoginCode, Principal, ServerMessage } from '#shared/contract/index.ts';
import type { Dispose } from '#shared/util/index.ts';

/** What the contract server needs to know of logging; fields carry no secrets, bodies or full numbers. */
export interface Logger {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

export interface AuditEntry {
  /** `area.what-happened` */
  action: string;
  personId: string | null;
  details: Record<string, unknown>;
}

/** Takes note of something for the audit list. Returns at once and never throws. */
export type Audit = (entry: AuditEntry) => void;

/** The client's `prove` together with what the server knows of it. */
export interface LoginProof {
  kind: 'credential' | 'code';
  keyId: LoginCode['keyId'];
  serverNonce: string;
  clientNonce: string;
  proof: string;
  remoteAddress: string;
}

export type LoginRefusal = Extract<ServerMessage, { t: 'refused' }>['code'];
type Welcome = Extract<ServerMessage, { t: 'welcome' }>;

export type LoginOutcome =
  | {
      ok: true;
      principal: Principal;
      /** the server's own proof, hex */
      proof: string;
      /** only for a login by code */
      credential?: NonNullable<Welcome['credential']>;
    }
  | { ok: false; code: LoginRefusal };

/** Decides who a client is. Refusals are audited by the implementation. */
export interface Authenticator {
  login(proof: LoginProof): Promise<LoginOutcome>;
  /** told when the logins of a person end or their role changes: connections are closed at once */
  onLoginsEnded(listener: (personId: string) => void): Dispose;
}

/** Permission to open `/sip`, taken once. */
export interface SipTickets<Grant extends { personId: string }> {
  take(ticket: string): Grant | null;
}
