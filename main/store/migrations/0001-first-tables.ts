import type { Migration } from './migration.ts';

/**
 * The entities of the main job. Ids are UUIDv7 text; instants are epoch ms; dates are `YYYY-MM-DD`; money is
 * integer minor units with an ISO 4217 code; booleans are 0 or 1; `…Json` columns hold JSON text.
 * Nothing cascades and no UNIQUE spans nodes except ids (sync, design §4).
 */
export const migration0001: Migration = {
  version: 1,
  name: '0001-first-tables',
  sql: `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  nodeId TEXT NOT NULL,
  hlc TEXT NOT NULL,
  tableName TEXT NOT NULL,
  rowId TEXT NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('insert','update','remove','chunk')),
  columnsJson TEXT NOT NULL,
  schemaVersion INTEGER NOT NULL
);
CREATE TABLE commandReply (
  commandId TEXT NOT NULL, writeName TEXT NOT NULL, at INTEGER NOT NULL, replyJson TEXT NOT NULL,
  PRIMARY KEY (commandId, writeName)
) WITHOUT ROWID;
CREATE INDEX commandReplyAt ON commandReply (at);
CREATE TABLE setting (id TEXT PRIMARY KEY, valueJson TEXT NOT NULL, updatedAt INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE person (
  id TEXT PRIMARY KEY, displayName TEXT NOT NULL, role TEXT NOT NULL, sipUser TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1, createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE TABLE team (id TEXT PRIMARY KEY, name TEXT NOT NULL, deletedAt INTEGER) WITHOUT ROWID;
CREATE TABLE credential (
  id TEXT PRIMARY KEY, personId TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('credential','code','token')),
  secretHex TEXT NOT NULL, createdAt INTEGER NOT NULL, expiresAt INTEGER, usedAt INTEGER, revokedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX credentialPerson ON credential (personId);
CREATE TABLE auditEntry (
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, personId TEXT, action TEXT NOT NULL, detailsJson TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX auditEntryAt ON auditEntry (at);

CREATE TABLE portfolio (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, creditorName TEXT NOT NULL, synthetic INTEGER NOT NULL DEFAULT 0,
  createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE TABLE importJob (
  id TEXT PRIMARY KEY, portfolioId TEXT, fileName TEXT NOT NULL, fileSha256 TEXT NOT NULL, mappingJson TEXT NOT NULL,
  state TEXT NOT NULL, rows INTEGER NOT NULL DEFAULT 0, imported INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0, startedAt INTEGER NOT NULL,
  finishedAt INTEGER, personId TEXT, error TEXT
) WITHOUT ROWID;
CREATE TABLE debtor (
  id TEXT PRIMARY KEY, portfolioId TEXT, externalRef TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('person','company')),
  displayName TEXT NOT NULL, searchName TEXT NOT NULL, givenName TEXT, familyName TEXT, companyName TEXT,
  birthDate TEXT, nationalIdKind TEXT, nationalId TEXT, taxId TEXT, language TEXT NOT NULL,
  jurisdiction TEXT NOT NULL, timeZonesJson TEXT NOT NULL, street TEXT, postalCode TEXT, city TEXT, country TEXT,
  synthetic INTEGER NOT NULL DEFAULT 0, importJobId TEXT, createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX debtorPortfolio ON debtor (portfolioId, deletedAt, externalRef);
CREATE INDEX debtorName ON debtor (searchName, id, deletedAt);
CREATE INDEX debtorRef ON debtor (externalRef, id, deletedAt);
CREATE TABLE debt (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, portfolioId TEXT, externalRef TEXT NOT NULL, creditorName TEXT NOT NULL,
  debtKind TEXT NOT NULL, currency TEXT NOT NULL, principalMinor INTEGER NOT NULL, interestMinor INTEGER NOT NULL DEFAULT 0,
  feesMinor INTEGER NOT NULL DEFAULT 0, paidMinor INTEGER NOT NULL DEFAULT 0, balanceMinor INTEGER NOT NULL,
  dueOn TEXT, accountToPay TEXT, status TEXT NOT NULL CHECK (status IN ('open','paid','closed')),
  importJobId TEXT, createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX debtDebtor ON debt (debtorId, deletedAt, status, currency, balanceMinor, dueOn);
CREATE INDEX debtPortfolio ON debt (portfolioId, externalRef);
CREATE INDEX debtRef ON debt (externalRef);
CREATE INDEX debtTotals ON debt (portfolioId, deletedAt, currency, status, balanceMinor);
CREATE TABLE contactPoint (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, status TEXT NOT NULL,
  timeZonesJson TEXT NOT NULL, rank INTEGER NOT NULL DEFAULT 0, lastTriedAt INTEGER, lastResult TEXT,
  importJobId TEXT, createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX contactPointDebtor ON contactPoint (debtorId);
CREATE INDEX contactPointValue ON contactPoint (value);

CREATE TABLE interaction (
  id TEXT PRIMARY KEY, debtorId TEXT, debtId TEXT, channel TEXT NOT NULL, direction TEXT NOT NULL, at INTEGER NOT NULL,
  personId TEXT, campaignId TEXT, callId TEXT, contactPointId TEXT, peer TEXT, synthetic INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX interactionDebtor ON interaction (debtorId, at);
CREATE INDEX interactionCall ON interaction (callId);
CREATE TABLE interactionEvent (
  id TEXT PRIMARY KEY, interactionId TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, personId TEXT,
  dataJson TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX interactionEventInteraction ON interactionEvent (interactionId, at);
CREATE TABLE interactionContent (
  id TEXT PRIMARY KEY, interactionId TEXT NOT NULL, kind TEXT NOT NULL, text TEXT, erasedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX interactionContentInteraction ON interactionContent (interactionId);
CREATE TABLE promiseToPay (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, debtId TEXT, interactionId TEXT, amountMinor INTEGER NOT NULL,
  currency TEXT NOT NULL, dueOn TEXT NOT NULL, status TEXT NOT NULL, personId TEXT, createdAt INTEGER NOT NULL,
  deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX promiseDebtor ON promiseToPay (debtorId);
CREATE INDEX promiseInteraction ON promiseToPay (interactionId);
CREATE TABLE hold (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, kind TEXT NOT NULL, medium TEXT, contactPointId TEXT, debtId TEXT,
  since INTEGER NOT NULL, until INTEGER, maxDays INTEGER, reason TEXT, personId TEXT, liftedAt INTEGER, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX holdDebtor ON hold (debtorId);
CREATE TABLE callback (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, contactPointId TEXT, campaignId TEXT, personId TEXT, at INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open','done','cancelled')), interactionId TEXT, createdAt INTEGER NOT NULL,
  deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX callbackAt ON callback (status, at);
CREATE INDEX callbackDebtor ON callback (debtorId);

CREATE TABLE contactEvent (
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, direction TEXT NOT NULL, channel TEXT NOT NULL,
  debtorId TEXT NOT NULL, debtId TEXT, contactPointId TEXT, number TEXT, mode TEXT, flagsJson TEXT NOT NULL DEFAULT '[]',
  callId TEXT, decisionId TEXT, reservation TEXT CHECK (reservation IN ('held','used','released'))
) WITHOUT ROWID;
CREATE INDEX contactEventDebtor ON contactEvent (debtorId, at);
CREATE INDEX contactEventNumber ON contactEvent (number, at);
CREATE INDEX contactEventCall ON contactEvent (callId);
CREATE TABLE contactDecision (
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, debtorId TEXT, number TEXT, channel TEXT NOT NULL, mode TEXT NOT NULL,
  allowed INTEGER NOT NULL, requestJson TEXT NOT NULL, resultJson TEXT NOT NULL, factsHash TEXT NOT NULL,
  packsJson TEXT NOT NULL, overriddenBy TEXT, overrideReason TEXT
) WITHOUT ROWID;
CREATE INDEX contactDecisionDebtor ON contactDecision (debtorId, at);
CREATE TABLE rulePack (
  id TEXT PRIMARY KEY, packId TEXT NOT NULL, version TEXT NOT NULL, packJson TEXT NOT NULL, loadedAt INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE trunk (
  id TEXT PRIMARY KEY, settingsJson TEXT NOT NULL, password TEXT, enabled INTEGER NOT NULL, practice INTEGER NOT NULL,
  createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE TABLE gateway (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, settingsJson TEXT NOT NULL, secret TEXT, enabled INTEGER NOT NULL,
  practice INTEGER NOT NULL, createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE TABLE callerId (
  id TEXT PRIMARY KEY, trunkId TEXT NOT NULL, e164 TEXT NOT NULL, label TEXT NOT NULL, createdAt INTEGER NOT NULL,
  deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX callerIdTrunk ON callerId (trunkId);
CREATE TABLE dispositionCode (
  id TEXT PRIMARY KEY, code TEXT NOT NULL, key TEXT, effect TEXT NOT NULL, active INTEGER NOT NULL DEFAULT 1,
  position INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE TABLE template (
  id TEXT PRIMARY KEY, channel TEXT NOT NULL, name TEXT NOT NULL, language TEXT NOT NULL, bodyJson TEXT NOT NULL,
  deletedAt INTEGER
) WITHOUT ROWID;
CREATE TABLE script (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, language TEXT NOT NULL, debtKind TEXT, bodyJson TEXT NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;

CREATE TABLE campaign (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, portfolioId TEXT NOT NULL, trunkId TEXT, callerIdId TEXT, status TEXT NOT NULL,
  settingsJson TEXT NOT NULL, personIdsJson TEXT, leaseHolder TEXT, leaseEpoch INTEGER NOT NULL DEFAULT 0,
  createdAt INTEGER NOT NULL, startedAt INTEGER, finishedAt INTEGER, deletedAt INTEGER
) WITHOUT ROWID;
CREATE TABLE contactListEntry (
  id TEXT PRIMARY KEY, campaignId TEXT NOT NULL, debtorId TEXT NOT NULL, status TEXT NOT NULL
    CHECK (status IN ('pending','waiting','inProgress','done','skipped')),
  position INTEGER NOT NULL, nextAt INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, lastResult TEXT,
  doneReason TEXT, updatedAt INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX contactListEntryNext ON contactListEntry (campaignId, status, nextAt, position);
CREATE INDEX contactListEntryDebtor ON contactListEntry (debtorId, status);
CREATE TABLE attempt (
  id TEXT PRIMARY KEY, callId TEXT NOT NULL, campaignId TEXT, entryId TEXT, debtorId TEXT, contactPointId TEXT,
  number TEXT NOT NULL, mode TEXT NOT NULL, personId TEXT, trunkId TEXT NOT NULL, callerId TEXT, decisionId TEXT,
  reservationId TEXT, interactionId TEXT, state TEXT NOT NULL, reservedAt INTEGER NOT NULL, dialedAt INTEGER,
  ringingAt INTEGER, answeredAt INTEGER, greetingEndAt INTEGER, personAt INTEGER, joinedAt INTEGER, endedAt INTEGER,
  attemptResult TEXT, sipStatus INTEGER, sipReason TEXT, q850Cause INTEGER, endedBy TEXT, dispositionCode TEXT,
  disposedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX attemptCampaign ON attempt (campaignId, reservedAt);
CREATE INDEX attemptCall ON attempt (callId);
CREATE INDEX attemptDebtor ON attempt (debtorId, reservedAt);
CREATE INDEX attemptUnfinished ON attempt (state) WHERE endedAt IS NULL;
CREATE TABLE dialog (
  id TEXT PRIMARY KEY, legId TEXT NOT NULL, callId TEXT, role TEXT NOT NULL CHECK (role IN ('trunkOut','trunkIn','agentLine')),
  trunkId TEXT, personId TEXT, sipCallId TEXT NOT NULL, localTag TEXT NOT NULL, remoteTag TEXT, branch TEXT,
  localCseq INTEGER NOT NULL, localUri TEXT NOT NULL, remoteUri TEXT NOT NULL, requestUri TEXT NOT NULL,
  remoteTarget TEXT, routeSetJson TEXT NOT NULL DEFAULT '[]', localContact TEXT NOT NULL, peerHost TEXT NOT NULL,
  peerPort INTEGER NOT NULL, confirmed INTEGER NOT NULL DEFAULT 0, createdAt INTEGER NOT NULL, endedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX dialogUnfinished ON dialog (createdAt) WHERE endedAt IS NULL;
CREATE TABLE recording (
  id TEXT PRIMARY KEY, callId TEXT NOT NULL, interactionId TEXT, debtorId TEXT, fileName TEXT NOT NULL, keyHex TEXT,
  startedAt INTEGER NOT NULL, endedAt INTEGER, durationMs INTEGER, bytes INTEGER, state TEXT NOT NULL
    CHECK (state IN ('recording','complete','recovered','erased','failed'))
) WITHOUT ROWID;
CREATE INDEX recordingCall ON recording (callId);
CREATE INDEX recordingInteraction ON recording (interactionId);
CREATE INDEX recordingUnfinished ON recording (state) WHERE state = 'recording';
CREATE TABLE missedInbound (
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, number TEXT, debtorId TEXT, trunkId TEXT, reason TEXT NOT NULL,
  interactionId TEXT, resolvedAt INTEGER, resolvedBy TEXT, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX missedInboundOpen ON missedInbound (resolvedAt, at);
`,
};
