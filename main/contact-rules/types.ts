import type { Channel, DialingMode } from '#shared/domain/index.ts';

/** What is asked of the door, about one contact with one person. */
export interface ContactRequest {
  /** '' when a number is dialed by hand without a debtor: its owner is then looked up */
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
  /**
   * Code for translated text. Kinds of rules: `cap`, `cooldown`, `hours`, `personalBlock`, `hold`,
   * `consent`, `addressee`, `callerId`, and `recordingConflict`. The door itself: `clock`, `no-pack`,
   * `zone-unknown`, `debtor-unknown`, `debtor-ambiguous`, `number-missing`, `channel-unknown`,
   * `practice-in-real`, `real-in-practice`, `doNotCallList` (a list of the firm's own).
   */
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
  /** row of contactDecision; '' when it was only asked about and not stored */
  decisionId: string;
  allowed: boolean;
  blockedBy: Refusal[];
  /** epoch ms; null: allowed now, or not before a fact changes */
  nextAllowedAt: number | null;
  obligations: Obligation[];
  overridable: boolean;
}
