import type { Channel, DialingMode } from '#shared/domain/index.ts';
import type { Purpose, Target } from '#shared/rule-packs/index.ts';

/** What is asked of the door, about one contact with one person. */
export interface ContactRequest {
  /** '' when a number is dialed by hand without a debtor: its owner is then looked up */
  debtorId: string;
  debtId?: string;
  contactPointId?: string;
  /** E.164; for calls */
  number?: string;
  channel: Channel;
  mode: DialingMode | 'bot' | 'prerecorded';
  purpose: Purpose;
  target: Target;
  callerIdWithheld?: boolean;
  /** the number that will be shown, E.164; absent: not known yet, and not asked about */
  callerId?: string;
  /** false: the call will not be recorded whatever the law (somebody refused); absent: as the law asks */
  recording?: boolean;
  /** named facts that the asker knows: `guaranteedAgent`, `noWeekdayReach`, … */
  flags?: readonly string[];
  personId?: string;
}

export interface Refusal {
  rule: string;
  pack: string;
  version: string;
  /**
   * Code for translated text. Kinds of rules: `cap`, `cooldown`, `hours`, `personalBlock`, `hold`, `consent`, `firstNotice`,
   * `addressee`, `callerId`, `recording` (a law demands one and there will be none), and `recordingConflict`. The door
   * itself: `clock`, `no-pack`, `zone-unknown`, `debtor-unknown`, `debtor-ambiguous`, `number-missing`,
   * `channel-unknown`, `practice-in-real`, `real-in-practice`, `doNotCallList` (a list of the firm's own).
   */
  because: string;
  until: number | null;
  /** a supervisor may allow one contact in spite of it, with a reason */
  overridable: boolean;
}

/** What a contact owes; `shared/contract/permission.schema.ts` lists what stands in `what` and `element`. */
export interface Obligation {
  rule: string;
  pack: string;
  what:
    | 'say'
    | 'include'
    | 'avoid'
    | 'announceRecording'
    | 'askRecordingConsent'
    | 'recordingMandatory'
    | 'recordingForbidden'
    | 'showNumber'
    | 'limitedVoicemailOnly'
    | 'limitedTopics'
    | 'firstNotice';
  element: string | null;
}

/** A supervisor's word for one contact that rules refuse. */
export interface GrantedOverride {
  overrideId: string;
  expiresAt: number;
}

export interface Decision {
  /** row of contactDecision; '' when it was only asked about and not stored */
  decisionId: string;
  /** also true when an override lifts every refusal; `blockedBy` then still names what it lifts */
  allowed: boolean;
  blockedBy: Refusal[];
  warnings: Refusal[];
  /** epoch ms; null: allowed now, or not before a fact changes */
  nextAllowedAt: number | null;
  obligations: Obligation[];
  overridable: boolean;
  /** granted and not used; a reservation uses it */
  override: GrantedOverride | null;
}
