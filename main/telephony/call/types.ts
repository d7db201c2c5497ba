import type { AttemptResult, DialingMode } from '#shared/domain/index.ts';

/**
 * How the dialer sees telephony. Declared here because `telephony` never imports `dialer`; the dialer's attempt
 * service is the only caller for outgoing calls, and supplies what must be durable before each effect.
 */
export interface OutgoingCallRequest {
  callId: string;
  mode: DialingMode;
  /** E.164 */
  number: string;
  trunkId: string;
  /** E.164 of a number the firm owns */
  callerId: string;
  ringTimeoutMs: number;
  /** preview and manual: this agent's line, reserved since before the dial */
  personId: string | null;
  campaignId: string | null;
  debtorId: string | null;
  contactPointId: string | null;
}

export interface CallEnd {
  attemptResult: AttemptResult;
  sipStatus: number | null;
  sipReason: string | null;
  q850Cause: number | null;
  endedBy: 'agent' | 'debtor' | 'network' | 'engine';
}
