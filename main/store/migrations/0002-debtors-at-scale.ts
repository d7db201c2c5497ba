import type { Migration } from './migration.ts';

/**
 * What a debtor is beyond the main job: money with its entries, plans, relations, consents, documents, merges, the
 * work of imports and of bulk actions. Conventions as in 0001.
 */
export const migration0002: Migration = {
  version: 2,
  name: '0002-debtors-at-scale',
  sql: `
ALTER TABLE debtor ADD COLUMN companyNumber TEXT;
ALTER TABLE debtor ADD COLUMN accountToPay TEXT;
ALTER TABLE debtor ADD COLUMN mergedInto TEXT;
ALTER TABLE debtor ADD COLUMN erasedAt INTEGER;
ALTER TABLE debt ADD COLUMN interestKind TEXT NOT NULL DEFAULT 'none';
ALTER TABLE debt ADD COLUMN interestRatePpm INTEGER;
ALTER TABLE debt ADD COLUMN interestFrom TEXT;
ALTER TABLE debt ADD COLUMN issuedOn TEXT;
ALTER TABLE debt ADD COLUMN limitationOn TEXT;
ALTER TABLE contactPoint ADD COLUMN label TEXT;
ALTER TABLE contactPoint ADD COLUMN hoursJson TEXT;
ALTER TABLE contactPoint ADD COLUMN speakTo TEXT;
ALTER TABLE contactPoint ADD COLUMN source TEXT;
ALTER TABLE importJob ADD COLUMN kind TEXT NOT NULL DEFAULT 'portfolio';
ALTER TABLE importJob ADD COLUMN unchanged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE importJob ADD COLUMN undoneAt INTEGER;
ALTER TABLE importJob ADD COLUMN undoneBy TEXT;
ALTER TABLE promiseToPay ADD COLUMN paymentPlanId TEXT;
ALTER TABLE promiseToPay ADD COLUMN importJobId TEXT;
ALTER TABLE promiseToPay ADD COLUMN paidMinor INTEGER NOT NULL DEFAULT 0;
-- found kept or broken here, by its payments; null: it is open, or a person or a file said so
ALTER TABLE promiseToPay ADD COLUMN settledAt INTEGER;
ALTER TABLE interaction ADD COLUMN importJobId TEXT;

-- balanceMinor of a debt = its opening amounts + the sum of its entries
CREATE TABLE debtEntry (
  id TEXT PRIMARY KEY, debtId TEXT NOT NULL, debtorId TEXT NOT NULL, at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('payment','reversal','interest','fee','correction','writeOff')),
  component TEXT NOT NULL CHECK (component IN ('principal','interest','fees')),
  amountMinor INTEGER NOT NULL, paymentId TEXT, writeOffId TEXT, importJobId TEXT, personId TEXT, note TEXT
) WITHOUT ROWID;
CREATE INDEX debtEntryDebt ON debtEntry (debtId, at);
CREATE INDEX debtEntryPayment ON debtEntry (paymentId);
CREATE TABLE payment (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, portfolioId TEXT, amountMinor INTEGER NOT NULL, currency TEXT NOT NULL,
  paidOn TEXT NOT NULL, method TEXT NOT NULL, reference TEXT, payer TEXT, source TEXT NOT NULL
    CHECK (source IN ('manual','import','bank')),
  sourceKey TEXT, status TEXT NOT NULL CHECK (status IN ('booked','reversed')), unallocatedMinor INTEGER NOT NULL DEFAULT 0,
  interactionId TEXT, importJobId TEXT, personId TEXT, createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX paymentDebtor ON payment (debtorId, paidOn);
CREATE INDEX paymentSource ON payment (sourceKey);
CREATE INDEX paymentPaidOn ON payment (paidOn);
CREATE INDEX paymentUnallocated ON payment (paidOn) WHERE unallocatedMinor > 0;
CREATE INDEX paymentJob ON payment (importJobId) WHERE importJobId IS NOT NULL;
CREATE TABLE paymentPlan (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, currency TEXT NOT NULL, totalMinor INTEGER NOT NULL,
  debtIdsJson TEXT NOT NULL, status TEXT NOT NULL CHECK (status IN ('active','kept','broken','cancelled')),
  interactionId TEXT, personId TEXT, createdAt INTEGER NOT NULL, endedAt INTEGER, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX paymentPlanDebtor ON paymentPlan (debtorId);
CREATE TABLE instalment (
  id TEXT PRIMARY KEY, paymentPlanId TEXT NOT NULL, debtorId TEXT NOT NULL, position INTEGER NOT NULL,
  dueOn TEXT NOT NULL, amountMinor INTEGER NOT NULL, paidMinor INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL CHECK (status IN ('open','paid','late','cancelled')), deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX instalmentPlan ON instalment (paymentPlanId, position);
CREATE INDEX instalmentDue ON instalment (status, dueOn);
CREATE TABLE writeOff (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, debtId TEXT NOT NULL, amountMinor INTEGER NOT NULL, currency TEXT NOT NULL,
  reason TEXT NOT NULL, status TEXT NOT NULL CHECK (status IN ('proposed','approved','rejected','withdrawn')),
  proposedBy TEXT, decidedBy TEXT, decidedAt INTEGER, decisionNote TEXT, createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX writeOffDebtor ON writeOff (debtorId);
CREATE INDEX writeOffStatus ON writeOff (status, createdAt);
CREATE TABLE relation (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, kind TEXT NOT NULL
    CHECK (kind IN ('guarantor','coDebtor','spouse','employer','representative','family','other')),
  name TEXT NOT NULL, otherDebtorId TEXT, contact TEXT, maySpeak INTEGER NOT NULL DEFAULT 0, note TEXT,
  importJobId TEXT, createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX relationDebtor ON relation (debtorId);
CREATE INDEX relationOther ON relation (otherDebtorId) WHERE otherDebtorId IS NOT NULL;
CREATE TABLE consent (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, contactPointId TEXT, channel TEXT, kind TEXT NOT NULL, givenAt INTEGER NOT NULL,
  source TEXT NOT NULL, note TEXT, withdrawnAt INTEGER, personId TEXT, createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX consentDebtor ON consent (debtorId);
CREATE TABLE document (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, debtId TEXT, interactionId TEXT, kind TEXT NOT NULL, name TEXT NOT NULL,
  mediaType TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, fileName TEXT NOT NULL, keyHex TEXT,
  templateId TEXT, templateVersion INTEGER, language TEXT, personId TEXT, createdAt INTEGER NOT NULL,
  sentAt INTEGER, sentBy TEXT, sentHow TEXT, sentReference TEXT, erasedAt INTEGER, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX documentDebtor ON document (debtorId);
CREATE INDEX documentInteraction ON document (interactionId) WHERE interactionId IS NOT NULL;
-- letters of the firm; every version stays readable, since letters were sent from it
CREATE TABLE letterTemplate (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, language TEXT NOT NULL, version INTEGER NOT NULL,
  sample INTEGER NOT NULL DEFAULT 0, bodyJson TEXT NOT NULL, updatedAt INTEGER NOT NULL, personId TEXT, deletedAt INTEGER
) WITHOUT ROWID;
CREATE TABLE letterTemplateVersion (
  id TEXT PRIMARY KEY, letterTemplateId TEXT NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL,
  bodyJson TEXT NOT NULL, at INTEGER NOT NULL, personId TEXT
) WITHOUT ROWID;
CREATE INDEX letterTemplateVersionOf ON letterTemplateVersion (letterTemplateId, version);
-- an erasure that was ordered: it goes on from its step after a restart
CREATE TABLE erasure (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, personId TEXT, reason TEXT, jurisdiction TEXT NOT NULL,
  keptJson TEXT NOT NULL DEFAULT '[]', step INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('running','finished','failed')),
  startedAt INTEGER NOT NULL, finishedAt INTEGER, error TEXT
) WITHOUT ROWID;
CREATE INDEX erasureDebtor ON erasure (debtorId);
-- everything about one person is found without reading whole tables (access requests, erasure)
CREATE INDEX dialogCall ON dialog (callId);
CREATE INDEX recordingDebtor ON recording (debtorId);
-- what a contact point was before each correction
CREATE TABLE contactPointVersion (
  id TEXT PRIMARY KEY, contactPointId TEXT NOT NULL, debtorId TEXT NOT NULL, at INTEGER NOT NULL, personId TEXT,
  reason TEXT, beforeJson TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX contactPointVersionPoint ON contactPointVersion (contactPointId, at);
CREATE INDEX contactPointVersionDebtor ON contactPointVersion (debtorId);
CREATE TABLE debtorMerge (
  id TEXT PRIMARY KEY, keptDebtorId TEXT NOT NULL, mergedDebtorId TEXT NOT NULL, at INTEGER NOT NULL, personId TEXT,
  movedJson TEXT NOT NULL, undoneAt INTEGER, undoneBy TEXT, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX debtorMergeKept ON debtorMerge (keptDebtorId);
CREATE INDEX debtorCompanyNumber ON debtor (companyNumber) WHERE companyNumber IS NOT NULL;
CREATE INDEX debtorMergedRef ON debtor (portfolioId, externalRef) WHERE mergedInto IS NOT NULL;
CREATE INDEX debtorMergeMerged ON debtorMerge (mergedDebtorId);

-- peaks of a recording's two channels, so that they are counted once
CREATE TABLE waveform (
  id TEXT PRIMARY KEY, durationMs INTEGER NOT NULL, leftJson TEXT NOT NULL, rightJson TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE savedFilter (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, personId TEXT NOT NULL, shared INTEGER NOT NULL DEFAULT 0,
  filterJson TEXT NOT NULL, createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE TABLE importTemplate (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, mappingJson TEXT NOT NULL, headersJson TEXT NOT NULL,
  createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
-- a row as it was before an import changed it, so that the import can be undone
CREATE TABLE importBefore (
  importJobId TEXT NOT NULL, tableName TEXT NOT NULL, rowId TEXT NOT NULL, beforeJson TEXT NOT NULL,
  PRIMARY KEY (importJobId, tableName, rowId)
) WITHOUT ROWID;
CREATE TABLE bankEntry (
  id TEXT PRIMARY KEY, importJobId TEXT, sourceKey TEXT NOT NULL, account TEXT, bookedOn TEXT NOT NULL,
  amountMinor INTEGER NOT NULL, currency TEXT NOT NULL, payer TEXT, payerAccount TEXT, title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('matched','open','ignored')), debtorId TEXT, debtId TEXT, paymentId TEXT,
  matchedBy TEXT, personId TEXT, createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX bankEntryDebtor ON bankEntry (debtorId) WHERE debtorId IS NOT NULL;
CREATE INDEX bankEntrySource ON bankEntry (sourceKey);
CREATE INDEX bankEntryState ON bankEntry (state, bookedOn);
CREATE INDEX bankEntryJob ON bankEntry (importJobId) WHERE importJobId IS NOT NULL;
CREATE INDEX bankEntryPayer ON bankEntry (payerAccount) WHERE payerAccount IS NOT NULL;
CREATE TABLE doNotCall (
  id TEXT PRIMARY KEY, list TEXT NOT NULL, number TEXT NOT NULL, importJobId TEXT, createdAt INTEGER NOT NULL,
  deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX doNotCallNumber ON doNotCall (number);
-- rows that an import found again, while it runs: those of a list that it did not find leave the list at its end
CREATE TABLE importSeen (importJobId TEXT NOT NULL, rowId TEXT NOT NULL, PRIMARY KEY (importJobId, rowId)) WITHOUT ROWID;

-- one action for many debtors: what is left of it, in parts that each go in one transaction
CREATE TABLE bulkJob (
  id TEXT PRIMARY KEY, personId TEXT, actionJson TEXT NOT NULL, filterJson TEXT, state TEXT NOT NULL
    CHECK (state IN ('collecting','running','finished','cancelled','failed')),
  total INTEGER, done INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0, startedAt INTEGER NOT NULL,
  finishedAt INTEGER
) WITHOUT ROWID;
CREATE TABLE bulkPart (bulkJobId TEXT NOT NULL, position INTEGER NOT NULL, debtorIds BLOB NOT NULL,
  PRIMARY KEY (bulkJobId, position)
) WITHOUT ROWID;
-- with the channel, so that the last contact of each debtor is read from the index alone
DROP INDEX interactionDebtor;
CREATE INDEX interactionDebtor ON interaction (debtorId, at, channel);
CREATE INDEX debtorNationalId ON debtor (nationalId) WHERE nationalId IS NOT NULL;
CREATE INDEX debtorTaxId ON debtor (taxId) WHERE taxId IS NOT NULL;
-- whose account money was paid to
CREATE INDEX debtorAccount ON debtor (accountToPay) WHERE accountToPay IS NOT NULL;
CREATE INDEX debtAccount ON debt (accountToPay) WHERE accountToPay IS NOT NULL;
-- what an import made is found by its ids: they grow, and lie between the id of the job and its lastId
ALTER TABLE importJob ADD COLUMN lastId TEXT;
ALTER TABLE importJob ADD COLUMN madePortfolio INTEGER NOT NULL DEFAULT 0;
-- how far an undo is, and what it has done
ALTER TABLE importJob ADD COLUMN undoJson TEXT;
-- of bank statements and payments: what waits in the queue, what was left out, what was noticed
ALTER TABLE importJob ADD COLUMN toldJson TEXT;
-- an import writes to every index of its tables: each place that is not at an end costs a page
DROP INDEX debtPortfolio;
DROP INDEX debtRef;
CREATE INDEX debtRef ON debt (externalRef, portfolioId);
DROP INDEX debtTotals;
CREATE INDEX debtTotals ON debt (portfolioId, id, deletedAt, currency, status, balanceMinor);
CREATE INDEX interactionJob ON interaction (importJobId) WHERE importJobId IS NOT NULL;
CREATE INDEX interactionAt ON interaction (at);
CREATE INDEX promiseDue ON promiseToPay (status, dueOn);
`,
};
