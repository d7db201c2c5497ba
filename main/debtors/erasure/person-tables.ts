import type { ErasedGroup, KeptGroup } from '#shared/contract/index.ts';

/** What an erasure does with the rows of a table. */
export type EraseRule =
  /** columns get these values */
  | {
      kind: 'empty';
      group: ErasedGroup;
      columns: Readonly<Record<string, string | number | null>>;
      /** gets the instant of the erasure, when it has none */
      stamp?: 'erasedAt' | 'deletedAt';
      unless?: KeptGroup;
    }
  /** the row is a working copy of this machine and goes */
  | { kind: 'delete'; group: ErasedGroup }
  /** values that tell who it was are taken out of a JSON column */
  | {
      kind: 'redact';
      group: ErasedGroup;
      columns: readonly string[];
      empty?: Readonly<Record<string, null>>;
    }
  /** stays as it is, because a law or the books need it; holds nothing that tells who it was */
  | { kind: 'keep' };

export interface PersonTable {
  /**
   * Which rows are a debtor's, as a condition on the table's own columns. `who` is a table with one column, `id`: the
   * debtor and all that were merged into them.
   */
  rows: string;
  /** why it is kept, for what stays in the books */
  kept?: KeptGroup;
  /** never given out: keys of files, names of files */
  secret?: readonly string[];
  /** the first that applies to a column wins; several may apply to a table */
  erase: readonly EraseRule[];
}

const OWN = 'debtorId IN (SELECT id FROM who)';
const OF_INTERACTION =
  'interactionId IN (SELECT i.id FROM interaction i WHERE i.debtorId IN (SELECT id FROM who))';
/** contacts with a number before it was known whose it is are kept under the number */
const OWN_OR_NUMBER = `(${OWN} OR debtorId IN (
  SELECT 'number:' || p.value FROM contactPoint p WHERE p.debtorId IN (SELECT id FROM who)))`;
const OF_MESSAGE =
  'messageId IN (SELECT m.id FROM message m WHERE m.debtorId IN (SELECT id FROM who))';
const OWN_NUMBERS = `number IN (SELECT p.value FROM contactPoint p WHERE p.debtorId IN (SELECT id FROM who))`;
const OWN_CALLS = `callId IN (SELECT a.callId FROM attempt a WHERE a.debtorId IN (SELECT id FROM who)
  UNION SELECT i.callId FROM interaction i WHERE i.debtorId IN (SELECT id FROM who) AND i.callId IS NOT NULL)`;

/** a merge whose undo has nothing to put back */
const NOTHING_MOVED =
  '{"rows":{},"relationsTo":[],"removed":[],"filled":[],"accounts":[],"entries":[]}';

const keep: EraseRule = { kind: 'keep' };

/**
 * Every table that holds rows of debtors, in the order in which an erasure goes through them: what is needed to find
 * other rows (numbers, names) goes last. A test fails on a table that stands neither here nor in `impersonalTables`.
 */
export const personTables: Readonly<Record<string, PersonTable>> = {
  importBefore: {
    // each part of the key is given, so that it is looked up and not searched for
    rows: `importJobId IN (SELECT j.id FROM importJob j)
      AND tableName IN ('debtor', 'debt', 'contactPoint', 'relation', 'hold', 'payment', 'promiseToPay')
      AND rowId IN (SELECT id FROM who
      UNION SELECT d.id FROM debt d WHERE d.debtorId IN (SELECT id FROM who)
      UNION SELECT p.id FROM contactPoint p WHERE p.debtorId IN (SELECT id FROM who)
      UNION SELECT r.id FROM relation r WHERE r.debtorId IN (SELECT id FROM who)
      UNION SELECT h.id FROM hold h WHERE h.debtorId IN (SELECT id FROM who)
      UNION SELECT y.id FROM payment y WHERE y.debtorId IN (SELECT id FROM who))`,
    erase: [{ kind: 'delete', group: 'workingCopies' }],
  },
  dialog: {
    rows: OWN_CALLS,
    secret: ['sipCallId', 'localTag', 'remoteTag', 'branch'],
    erase: [{ kind: 'delete', group: 'workingCopies' }],
  },
  contactListEntry: { rows: OWN, erase: [keep] },
  /** counts by hour */
  answerTally: { rows: OWN, erase: [keep] },
  lookupItem: { rows: OWN_NUMBERS, erase: [{ kind: 'delete', group: 'workingCopies' }] },
  /** what it cost stays in the books */
  numberLookup: {
    rows: OWN_NUMBERS,
    erase: [{ kind: 'empty', group: 'contactPoints', columns: { number: '' } }],
  },
  callback: { rows: OWN, erase: [keep] },
  attempt: {
    rows: OWN,
    kept: 'contactProof',
    erase: [{ kind: 'empty', group: 'contactPoints', columns: { number: '' } }],
  },
  missedInbound: {
    rows: OWN,
    erase: [{ kind: 'empty', group: 'contactPoints', columns: { number: null } }],
  },
  contactEvent: {
    rows: OWN_OR_NUMBER,
    kept: 'contactProof',
    erase: [{ kind: 'empty', group: 'contactPoints', columns: { number: null } }],
  },
  contactDecision: {
    rows: OWN_OR_NUMBER,
    kept: 'contactProof',
    erase: [
      {
        kind: 'redact',
        group: 'contactPoints',
        columns: ['requestJson', 'resultJson'],
        empty: { number: null, overrideReason: null },
      },
    ],
  },
  /** numbers and history of one person: a decision can no longer be replayed, its result stays */
  contactDecisionFacts: {
    rows: OWN_OR_NUMBER,
    /** packed copies of rows that are given out where they stand */
    secret: ['facts'],
    erase: [{ kind: 'empty', group: 'workingCopies', columns: { facts: '' } }],
  },
  contactOverride: {
    rows: OWN,
    kept: 'contactProof',
    erase: [{ kind: 'empty', group: 'notes', columns: { requestReason: null, reason: null } }],
  },
  personalBlock: {
    rows: OWN,
    kept: 'contactProof',
    erase: [{ kind: 'empty', group: 'notes', columns: { note: null } }],
  },
  statedPlace: {
    rows: OWN,
    erase: [{ kind: 'empty', group: 'address', columns: { label: null, timeZonesJson: '[]' } }],
  },
  noticeSent: { rows: OWN, kept: 'contactProof', erase: [keep] },
  callParty: {
    rows: OWN,
    kept: 'contactProof',
    erase: [{ kind: 'empty', group: 'notes', columns: { relation: null, revealReason: null } }],
  },
  /** parts of a text that has not come whole yet */
  inboundPart: {
    // each part of the key is given, so that it is looked up and not searched for
    rows: `gatewayId IN (SELECT g.id FROM gateway g) AND json_extract(eventJson, '$.from') IN (
      SELECT p.value FROM contactPoint p WHERE p.debtorId IN (SELECT id FROM who))`,
    erase: [{ kind: 'delete', group: 'workingCopies' }],
  },
  inboundMessage: {
    rows: OWN,
    kept: 'contactProof',
    erase: [
      {
        kind: 'empty',
        group: 'contactPoints',
        columns: {
          fromAddress: '',
          toAddress: null,
          inReplyTo: null,
          headerId: null,
          referencesJson: '[]',
          optOutJson: null,
        },
      },
    ],
  },
  inboxThread: {
    rows: OWN,
    kept: 'contactProof',
    erase: [
      {
        kind: 'empty',
        group: 'contactPoints',
        columns: { peer: null, state: 'done', snoozedUntil: null, unread: 0 },
      },
    ],
  },
  /** ids at gateways */
  messagePart: { rows: OF_MESSAGE, erase: [keep] },
  messageAttachment: {
    rows: OF_MESSAGE,
    erase: [{ kind: 'empty', group: 'documents', columns: { name: '' }, unless: 'documents' }],
  },
  /** nobody opens it any more */
  documentLink: {
    rows: OWN,
    kept: 'contactProof',
    erase: [{ kind: 'empty', group: 'documents', columns: { expiresAt: 0 } }],
  },
  message: {
    rows: OWN,
    kept: 'contactProof',
    erase: [
      { kind: 'empty', group: 'messages', columns: { contentJson: null }, unless: 'messages' },
      { kind: 'empty', group: 'contactPoints', columns: { toAddress: '', detail: null } },
    ],
  },
  interactionContent: {
    rows: OF_INTERACTION,
    erase: [
      {
        kind: 'empty',
        group: 'messages',
        columns: { text: null },
        stamp: 'erasedAt',
        unless: 'messages',
      },
    ],
  },
  interactionEvent: {
    rows: OF_INTERACTION,
    kept: 'contactProof',
    erase: [{ kind: 'redact', group: 'messages', columns: ['dataJson'] }],
  },
  /** made anew from a recording that is kept */
  waveform: {
    rows: `id IN (SELECT r.id FROM recording r WHERE r.debtorId IN (SELECT id FROM who)
      UNION SELECT r.id FROM recording r WHERE r.${OF_INTERACTION})`,
    erase: [{ kind: 'delete', group: 'workingCopies' }],
  },
  recording: {
    rows: `(${OWN} OR ${OF_INTERACTION})`,
    secret: ['keyHex', 'fileName'],
    erase: [
      {
        kind: 'empty',
        group: 'recordings',
        columns: { keyHex: null, state: 'erased' },
        unless: 'recordings',
      },
    ],
  },
  document: {
    rows: OWN,
    secret: ['keyHex', 'fileName'],
    erase: [
      {
        kind: 'empty',
        group: 'documents',
        columns: { keyHex: null, name: '', sentReference: null, mediaJson: null },
        stamp: 'erasedAt',
        unless: 'documents',
      },
    ],
  },
  interaction: {
    rows: OWN,
    kept: 'contactProof',
    erase: [{ kind: 'empty', group: 'contactPoints', columns: { peer: null } }],
  },
  debtEntry: {
    rows: 'debtId IN (SELECT b.id FROM debt b WHERE b.debtorId IN (SELECT id FROM who))',
    kept: 'payments',
    erase: [{ kind: 'empty', group: 'notes', columns: { note: null } }],
  },
  payment: {
    rows: OWN,
    kept: 'payments',
    erase: [{ kind: 'empty', group: 'bankDetails', columns: { reference: null, payer: null } }],
  },
  bankEntry: {
    rows: OWN,
    kept: 'payments',
    erase: [
      {
        kind: 'empty',
        group: 'bankDetails',
        columns: { payer: null, payerAccount: null, title: '' },
      },
    ],
  },
  paymentPlan: { rows: OWN, kept: 'plans', erase: [keep] },
  instalment: {
    rows: 'paymentPlanId IN (SELECT p.id FROM paymentPlan p WHERE p.debtorId IN (SELECT id FROM who))',
    kept: 'plans',
    erase: [keep],
  },
  promiseToPay: { rows: OWN, kept: 'plans', erase: [keep] },
  writeOff: {
    rows: OWN,
    kept: 'debts',
    erase: [{ kind: 'empty', group: 'notes', columns: { reason: '', decisionNote: null } }],
  },
  debt: { rows: OWN, kept: 'debts', erase: [keep] },
  hold: {
    rows: OWN,
    kept: 'contactProof',
    erase: [{ kind: 'empty', group: 'notes', columns: { reason: null } }],
  },
  consent: {
    rows: OWN,
    kept: 'contactProof',
    erase: [{ kind: 'empty', group: 'consents', columns: { note: null, source: '' } }],
  },
  relation: {
    rows: `(${OWN} OR otherDebtorId IN (SELECT id FROM who))`,
    erase: [
      {
        kind: 'empty',
        group: 'relations',
        columns: { name: '', contact: null, note: null },
        stamp: 'deletedAt',
      },
    ],
  },
  contactPointVersion: {
    rows: OWN,
    erase: [{ kind: 'empty', group: 'contactPoints', columns: { beforeJson: '{}', reason: null } }],
  },
  debtorMerge: {
    rows: 'keptDebtorId IN (SELECT id FROM who) OR mergedDebtorId IN (SELECT id FROM who)',
    erase: [{ kind: 'empty', group: 'identity', columns: { movedJson: NOTHING_MOVED } }],
  },
  contactPoint: {
    rows: OWN,
    erase: [
      {
        kind: 'empty',
        group: 'contactPoints',
        columns: {
          value: '',
          status: 'retired',
          label: null,
          hoursJson: null,
          speakTo: null,
          source: null,
        },
        stamp: 'deletedAt',
      },
    ],
  },
  /** its reason was freed of names when it was given */
  erasure: { rows: OWN, kept: 'audit', erase: [keep] },
  debtor: {
    rows: 'id IN (SELECT id FROM who)',
    erase: [
      {
        kind: 'empty',
        group: 'identity',
        columns: {
          externalRef: '',
          displayName: '—',
          searchName: '',
          givenName: null,
          familyName: null,
          companyName: null,
          birthDate: null,
          nationalIdKind: null,
          nationalId: null,
          taxId: null,
          companyNumber: null,
          accountToPay: null,
        },
      },
      {
        kind: 'empty',
        group: 'address',
        columns: { street: null, postalCode: null, city: null },
      },
    ],
  },
};

/** Tables that hold no row of any debtor, and why that is so. */
export const impersonalTables: Readonly<Record<string, string>> = {
  meta: 'of the store itself',
  change: 'names tables, ids and columns; holds no values',
  commandReply: 'replies hold ids; those that name the debtor are removed, all go after a week',
  setting: 'of the firm; keys of files of rejected records are removed',
  person: 'colleagues',
  team: 'colleagues',
  credential: 'colleagues',
  auditEntry: 'what colleagues did; what names the debtor is taken out',
  portfolio: 'of creditors',
  importJob: 'of files',
  importSeen: 'ids of rows that an import has met',
  importTemplate: 'columns of files',
  rulePack: 'law',
  ownPack: 'rules of the firm',
  packReview: 'lawyers of the firm',
  retentionRun: 'counts',
  trunk: 'lines',
  gateway: 'lines',
  callerId: 'our own numbers',
  dispositionCode: 'of the firm',
  template: 'of the firm',
  script: 'of the firm',
  letterTemplate: 'of the firm',
  letterTemplateVersion: 'of the firm',
  templateVersion: 'of the firm',
  messageBulk: 'one message for many debtors',
  gatewayCursor: 'how far reading of a gateway is',
  strayReceipt:
    'what gateways said of messages by their own ids; gone as soon as it is known or a day old',
  campaign: 'of the firm',
  campaignMessage: 'of the firm',
  campaignRanking: 'how far a list is ranked',
  answerProfile: 'counts over many',
  callerIdTally: 'our own numbers',
  callerIdReport: 'our own numbers',
  lookupJob: 'counts and costs',
  pacerSegment: 'settings of a campaign',
  pacerChunk: 'ids of calls and agents, and when what happened',
  pacerLearned: 'counts over many',
  payScoreModel: 'weights over many',
  savedFilter: 'conditions that a colleague has typed',
  bulkJob: 'one action for many debtors',
  bulkPart: 'ids of an action that runs',
  campaignScreening: 'how far the look at a list is',
  doNotCall:
    'numbers that must not be called, whoever they belong to: kept, since else they would be called again',
};
