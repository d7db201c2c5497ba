import type { Migration } from './migration.ts';

/**
 * What the door reads and keeps beyond the main job: the debtor's own wishes, notices, overrides, packs of the firm and
 * their reviews, who was on the line, facts of decisions for replay, screening of lists, runs of retention.
 * Conventions as in 0001.
 */
export const migration0003: Migration = {
  version: 3,
  name: '0003-contact-rules',
  sql: `
-- who was reached: 'debtor', 'thirdParty', …; null: not known
ALTER TABLE contactEvent ADD COLUMN target TEXT;
ALTER TABLE contactDecision ADD COLUMN overrideId TEXT;
-- reason to think that the prefix of a number misleads about where the person is
ALTER TABLE contactPoint ADD COLUMN zoneDoubt INTEGER NOT NULL DEFAULT 0;
-- was the portfolio worked by somebody before us: 'none', 'imported' (their contacts came with it), 'unknown'
ALTER TABLE portfolio ADD COLUMN priorContact TEXT NOT NULL DEFAULT 'unknown';
-- the log of one person in one place: row by row it lies all over the file, and each decision reads it
DROP INDEX contactEventDebtor;
CREATE INDEX contactEventDebtor
  ON contactEvent (debtorId, at, kind, direction, channel, debtId, number, flagsJson, target, reservation);
-- whose log is read from the number is mostly the person's own, and left out
DROP INDEX contactEventNumber;
CREATE INDEX contactEventNumber ON contactEvent (number, at, debtorId, reservation);
-- what the rules say of an entry, found by screening or by dialing; nextAt stays what the retries want, and both count
-- (0: nothing against it; 8640000000000000: refused, and no date is in sight)
ALTER TABLE contactListEntry ADD COLUMN blockedUntil INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contactListEntry ADD COLUMN blockedRule TEXT;
ALTER TABLE contactListEntry ADD COLUMN blockedPack TEXT;
ALTER TABLE contactListEntry ADD COLUMN blockedBecause TEXT;
DROP INDEX contactListEntryNext;
CREATE INDEX contactListEntryNext ON contactListEntry (campaignId, status, max(nextAt, blockedUntil), position);
-- the order in which a list is looked through, which no change of an entry moves
CREATE INDEX contactListEntryPosition ON contactListEntry (campaignId, position);
-- a refusal without a date took debtors off their lists for good: the rules are asked again
UPDATE contactListEntry SET status = CASE attempts WHEN 0 THEN 'pending' ELSE 'waiting' END, doneReason = NULL
  WHERE status = 'skipped' AND doneReason NOT IN ('merged','erased');
-- how far screening is with a list
CREATE TABLE campaignScreening (
  campaignId TEXT PRIMARY KEY,
  -- start of the last look at the whole list that still counts
  since INTEGER,
  -- of the look under way: when it began, and the last position that it has written down
  startedAt INTEGER, position INTEGER NOT NULL DEFAULT -1,
  -- changes up to this one are in what is written down
  changeSeq INTEGER NOT NULL,
  -- the rules and the mode of dialing under which it was done
  revision TEXT NOT NULL
) WITHOUT ROWID;

-- facts and events that a stored decision rested on, deflated JSON; the id is that of the decision
CREATE TABLE contactDecisionFacts (
  id TEXT PRIMARY KEY, debtorId TEXT, facts BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX contactDecisionFactsDebtor ON contactDecisionFacts (debtorId);

-- times and places that the debtor called inconvenient; local times HH:MM, never across midnight
CREATE TABLE personalBlock (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, contactPointId TEXT, daysJson TEXT NOT NULL, fromTime TEXT NOT NULL,
  toTime TEXT NOT NULL, timeZone TEXT, channelsJson TEXT, note TEXT, callId TEXT, personId TEXT,
  createdAt INTEGER NOT NULL, liftedAt INTEGER, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX personalBlockDebtor ON personalBlock (debtorId);
-- where the debtor says to be for now
CREATE TABLE statedPlace (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, timeZonesJson TEXT NOT NULL, label TEXT, since INTEGER NOT NULL,
  until INTEGER, callId TEXT, personId TEXT, createdAt INTEGER NOT NULL, endedAt INTEGER, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX statedPlaceDebtor ON statedPlace (debtorId);
-- a text that some rules ask for before a contact, and when it went out
CREATE TABLE noticeSent (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, debtId TEXT, notice TEXT NOT NULL, sentAt INTEGER NOT NULL,
  source TEXT NOT NULL, documentId TEXT, personId TEXT, createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX noticeSentDebtor ON noticeSent (debtorId);

-- one contact that a supervisor allowed although rules refuse; used once
CREATE TABLE contactOverride (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, contactPointId TEXT, channel TEXT NOT NULL, rulesJson TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('requested','granted','refused','used','withdrawn')),
  requestedBy TEXT, requestedAt INTEGER NOT NULL, requestReason TEXT, decidedBy TEXT, decidedAt INTEGER, reason TEXT,
  expiresAt INTEGER, usedAt INTEGER, decisionId TEXT, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX contactOverrideDebtor ON contactOverride (debtorId);
CREATE INDEX contactOverrideOpen ON contactOverride (state, requestedAt) WHERE state IN ('requested','granted');

-- packs that the firm wrote; a version that was published is never edited
CREATE TABLE ownPack (
  id TEXT PRIMARY KEY, packId TEXT NOT NULL, version INTEGER NOT NULL, packJson TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft','inForce','replaced','retired')),
  createdAt INTEGER NOT NULL, createdBy TEXT, updatedAt INTEGER NOT NULL, publishedAt INTEGER, publishedBy TEXT,
  endedAt INTEGER, endedBy TEXT, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX ownPackOf ON ownPack (packId, version);
-- a lawyer has read this version of a pack, or takes that back
CREATE TABLE packReview (
  id TEXT PRIMARY KEY, packId TEXT NOT NULL, version TEXT NOT NULL, packSha256 TEXT NOT NULL, reviewer TEXT NOT NULL,
  reviewedOn TEXT NOT NULL, note TEXT, personId TEXT, at INTEGER NOT NULL, revokedAt INTEGER, revokedBy TEXT
) WITHOUT ROWID;

-- who was on the line of a call, and how that was found out; the id is that of the call
CREATE TABLE callParty (
  id TEXT PRIMARY KEY, debtorId TEXT, state TEXT NOT NULL CHECK (state IN ('unknown','identified','thirdPerson')),
  checksJson TEXT NOT NULL DEFAULT '[]', relation TEXT, at INTEGER NOT NULL, personId TEXT,
  revealReason TEXT, revealedBy TEXT, revealedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX callPartyDebtor ON callParty (debtorId);

-- what the daily job looks through: what was removed leaves the index
CREATE INDEX recordingKept ON recording (startedAt) WHERE keyHex IS NOT NULL;
CREATE INDEX contactEventNumbered ON contactEvent (at) WHERE number IS NOT NULL;
CREATE TABLE retentionRun (
  id TEXT PRIMARY KEY, startedAt INTEGER NOT NULL, finishedAt INTEGER, state TEXT NOT NULL
    CHECK (state IN ('running','finished','failed')),
  resultJson TEXT NOT NULL DEFAULT '[]', personId TEXT, error TEXT
) WITHOUT ROWID;
`,
};
