/**
 * Which rows of a debtor go along with a merge, each as a query of their ids. In what is not here the debtor stays who
 * they were then: decisions of the door and erasures are evidence, and list entries leave their campaigns.
 */
export const movedTables = {
  debt: 'SELECT id FROM debt WHERE debtorId = ?',
  debtEntry: 'SELECT e.id FROM debt b JOIN debtEntry e ON e.debtId = b.id WHERE b.debtorId = ?',
  contactPoint: 'SELECT id FROM contactPoint WHERE debtorId = ?',
  answerTally: 'SELECT id FROM answerTally WHERE debtorId = ?',
  contactPointVersion: 'SELECT id FROM contactPointVersion WHERE debtorId = ?',
  interaction: 'SELECT id FROM interaction WHERE debtorId = ?',
  promiseToPay: 'SELECT id FROM promiseToPay WHERE debtorId = ?',
  paymentPlan: 'SELECT id FROM paymentPlan WHERE debtorId = ?',
  instalment:
    'SELECT i.id FROM paymentPlan n JOIN instalment i ON i.paymentPlanId = n.id WHERE n.debtorId = ?',
  payment: 'SELECT id FROM payment WHERE debtorId = ?',
  writeOff: 'SELECT id FROM writeOff WHERE debtorId = ?',
  relation: 'SELECT id FROM relation WHERE debtorId = ?',
  hold: 'SELECT id FROM hold WHERE debtorId = ?',
  personalBlock: 'SELECT id FROM personalBlock WHERE debtorId = ?',
  noticeSent: 'SELECT id FROM noticeSent WHERE debtorId = ?',
  consent: 'SELECT id FROM consent WHERE debtorId = ?',
  document: 'SELECT id FROM document WHERE debtorId = ?',
  callback: 'SELECT id FROM callback WHERE debtorId = ?',
  /** caps of contact rules count what both were called */
  contactEvent: 'SELECT id FROM contactEvent WHERE debtorId = ?',
  recording: 'SELECT id FROM recording WHERE debtorId = ?',
  missedInbound: 'SELECT id FROM missedInbound WHERE debtorId = ?',
  bankEntry: 'SELECT id FROM bankEntry WHERE debtorId = ?',
  messageAttachment:
    'SELECT a.id FROM message m JOIN messageAttachment a ON a.messageId = m.id WHERE m.debtorId = ?',
  documentLink: 'SELECT id FROM documentLink WHERE debtorId = ?',
  message: 'SELECT id FROM message WHERE debtorId = ?',
  inboundMessage: 'SELECT id FROM inboundMessage WHERE debtorId = ?',
  /** both stay, so that nothing unread is lost; the next message goes to the newer one */
  inboxThread: 'SELECT id FROM inboxThread WHERE debtorId = ?',
  attempt: 'SELECT id FROM attempt WHERE debtorId = ?',
} as const;

export type MovedTable = keyof typeof movedTables;
export const movedTableNames = Object.keys(movedTables) as MovedTable[];

/** Tables with a `debtorId` whose rows stay, and why. */
export const stayingTables: Readonly<Record<string, string>> = {
  contactListEntry: 'it leaves its list, and comes back with an undo',
  contactDecisionFacts: 'what the door knew of whom it was asked',
  contactOverride: 'it was granted for one contact with one debtor',
  callParty: 'who was on the line of a call',
  statedPlace: 'where one of the two said to be: a merge does not choose between two places',
  contactDecision: 'what the door decided about whom it was asked',
  erasure: 'what was erased of whom',
};

/** Whose a row is now. The texts are constant, so that statements are kept. */
export const ownerOf = Object.fromEntries(
  movedTableNames.map((table) => [table, `SELECT debtorId FROM ${table} WHERE id = ?`]),
) as Record<MovedTable, string>;

/** What a merge did, so that it can be undone exactly. */
export interface MovedContent {
  rows: Partial<Record<MovedTable, string[]>>;
  /** relations of others that named the merged debtor */
  relationsTo: string[];
  /** rows that became superfluous, with the instant that was written as their end */
  removed: { table: 'contactPoint' | 'relation'; id: string; at: number }[];
  /** empty columns of the kept debtor that were filled */
  filled: { column: string; value: unknown }[];
  /** debts that got the account of the merged debtor, because the kept one has another */
  accounts: { debtId: string; account: string }[];
  entries: { id: string; status: string; doneReason: string | null }[];
}
