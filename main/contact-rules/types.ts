import type { Channel, DialingMode } from '#shared/domain/index.ts';

/** What is asked of the door, about one contact with one person. */
export interface ContactRequest {
  debtorId: string;
  debtId?: string;
  contactPointId?: string;
  /** E.164; for calls */
  number?: string;
  channel: Channel;
  mode: DialingMode;
  purpose: 'collection' | 'marketing' | 'service' | 'legalNotice';
  target: 'debtor' | 'spouse' | 'guarantor' | 'thirdParty' | 'lawyer';
  callerIdWithheld?: boolean;
  personId?: string;
}

export interface Refusal {
  rule: string;
  pack: string;
  version: string;
  /** code for translated text: `hours`, `cap`, `cooldown`, `hold`, `clock`, `no-pack` … */
  because: string;
  until: number | null;
}

export interface Obligation {
  rule: string;
  what:
    | 'announceRecording'
    | 'recordingMandatory'
    | 'recordingForbidden'
    | 'askRecordingConsent'
    | 'showNumber'
    | 'optOutInMessage'
    | 'identifyCaller'
    | 'limitedVoicemailOnly';
}

export interface Decision {
  decisionId: string;
  allowed: boolean;
  blockedBy: Refusal[];
  /** epoch ms; null: allowed now, or not before a fact changes */
  nextAllowedAt: number | null;
  obligations: Obligation[];
  overridable: boolean;
}
