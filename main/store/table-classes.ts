import type { TableClass } from './types.ts';

/**
 * How a table takes part in sync:
 *
 * - `event`: rows are facts, added and never changed (but for the listed late columns); merging is
 *   the union of both sides
 * - `attribute`: the last writer of each column wins
 * - `hostOnly`: belongs to the machine that dials; logged, sent to no other desktop
 * - `local`: this file's own affairs; not logged
 */
export interface TableRule {
  class: TableClass;
  /** columns of an event that are filled in or erased after the row was written */
  lateColumns?: readonly string[];
}

export const tableRules: Readonly<Record<string, TableRule>> = {
  meta: { class: 'local' },
  change: { class: 'local' },
  commandReply: { class: 'local' },
  /** a dialog is with this machine's address: no other can end it */
  dialog: { class: 'local' },
  importBefore: { class: 'local' },
  importSeen: { class: 'local' },
  /** counted from the recordings of this machine */
  waveform: { class: 'local' },
  bulkJob: { class: 'local' },
  bulkPart: { class: 'local' },
  /** derived from the rows of this file */
  campaignScreening: { class: 'local' },
  campaignRanking: { class: 'local' },
  answerProfile: { class: 'local' },
  payScoreModel: { class: 'local' },
  lookupItem: { class: 'local' },
  /** what gateways of this machine called a message, and where reading them stands */
  messagePart: { class: 'local' },
  strayReceipt: { class: 'local' },
  inboundPart: { class: 'local' },
  gatewayCursor: { class: 'local' },
  /** a record of this machine's dialer, as long as its attempts */
  pacerSegment: { class: 'local' },
  pacerChunk: { class: 'local' },
  pacerLearned: { class: 'local' },

  setting: { class: 'hostOnly' },
  credential: { class: 'hostOnly' },
  importJob: { class: 'hostOnly' },
  importTemplate: { class: 'hostOnly' },
  bankEntry: { class: 'hostOnly' },
  trunk: { class: 'hostOnly' },
  gateway: { class: 'hostOnly' },
  callerId: { class: 'hostOnly' },
  contactListEntry: { class: 'hostOnly' },
  attempt: { class: 'hostOnly' },
  contactOverride: { class: 'hostOnly' },
  retentionRun: { class: 'hostOnly' },
  answerTally: { class: 'hostOnly' },
  callerIdTally: { class: 'hostOnly' },
  callerIdReport: { class: 'hostOnly' },
  /** its sound is a file of this machine */
  campaignMessage: { class: 'hostOnly' },
  message: { class: 'hostOnly' },
  messageAttachment: { class: 'hostOnly' },
  messageBulk: { class: 'hostOnly' },
  documentLink: { class: 'hostOnly' },
  numberLookup: { class: 'hostOnly' },
  lookupJob: { class: 'hostOnly' },

  person: { class: 'attribute' },
  team: { class: 'attribute' },
  portfolio: { class: 'attribute' },
  debtor: { class: 'attribute' },
  debt: { class: 'attribute' },
  contactPoint: { class: 'attribute' },
  promiseToPay: { class: 'attribute' },
  hold: { class: 'attribute' },
  callback: { class: 'attribute' },
  payment: { class: 'attribute' },
  paymentPlan: { class: 'attribute' },
  instalment: { class: 'attribute' },
  writeOff: { class: 'attribute' },
  relation: { class: 'attribute' },
  consent: { class: 'attribute' },
  document: { class: 'attribute' },
  letterTemplate: { class: 'attribute' },
  erasure: { class: 'attribute' },
  debtorMerge: { class: 'attribute' },
  savedFilter: { class: 'attribute' },
  doNotCall: { class: 'attribute' },
  rulePack: { class: 'attribute' },
  ownPack: { class: 'attribute' },
  packReview: { class: 'attribute' },
  personalBlock: { class: 'attribute' },
  statedPlace: { class: 'attribute' },
  noticeSent: { class: 'attribute' },
  callParty: { class: 'attribute' },
  dispositionCode: { class: 'attribute' },
  template: { class: 'attribute' },
  inboxThread: { class: 'attribute' },
  inboundMessage: { class: 'attribute' },
  script: { class: 'attribute' },
  campaign: { class: 'attribute' },
  recording: { class: 'attribute' },
  missedInbound: { class: 'attribute' },

  // an erasure empties columns of events that tell who it was; that something happened stays
  auditEntry: { class: 'event', lateColumns: ['detailsJson'] },
  letterTemplateVersion: { class: 'event' },
  templateVersion: { class: 'event' },
  debtEntry: { class: 'event', lateColumns: ['debtorId', 'note'] },
  contactPointVersion: { class: 'event', lateColumns: ['debtorId', 'reason', 'beforeJson'] },
  /** a merge moves the history of one debtor to another */
  interaction: { class: 'event', lateColumns: ['debtorId', 'peer'] },
  interactionEvent: { class: 'event', lateColumns: ['dataJson'] },
  /** content is erased in place, so that the head stays */
  interactionContent: { class: 'event', lateColumns: ['text', 'erasedAt'] },
  /** a reservation is taken before the call and then used or released */
  contactEvent: {
    class: 'event',
    lateColumns: ['reservation', 'kind', 'flagsJson', 'callId', 'debtorId', 'number', 'target'],
  },
  contactDecision: {
    class: 'event',
    lateColumns: [
      'overriddenBy',
      'overrideReason',
      'debtorId',
      'number',
      'requestJson',
      'resultJson',
    ],
  },
  /** emptied when the person is erased: that a decision was made stays */
  contactDecisionFacts: { class: 'event', lateColumns: ['facts', 'debtorId'] },
};
