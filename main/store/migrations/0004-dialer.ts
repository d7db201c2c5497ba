import type { Migration } from './migration.ts';

/**
 * What the predictive dialer keeps: strategy ranks of lists, tries and answers by number and hour, the pool of numbers
 * that the firm shows, look-ups, outcomes with what each does next, and every decision of the pacer.
 * Conventions as in 0001.
 */
export const migration0004: Migration = {
  version: 4,
  name: '0004-dialer',
  sql: `
-- place in the order of the strategy: smaller is earlier; ties by position
ALTER TABLE contactListEntry ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
-- the filter of the strategy leaves the entry out for now
ALTER TABLE contactListEntry ADD COLUMN excluded INTEGER NOT NULL DEFAULT 0;
-- promised to the debtor: at this minute, with this agent
ALTER TABLE contactListEntry ADD COLUMN callbackAt INTEGER;
ALTER TABLE contactListEntry ADD COLUMN callbackPersonId TEXT;
-- a person met silence at this instant: the next call has an agent on the line first
ALTER TABLE contactListEntry ADD COLUMN silentAt INTEGER;
CREATE INDEX contactListEntryRank
  ON contactListEntry (campaignId, status, excluded, rank, position, nextAt, blockedUntil);
CREATE INDEX contactListEntryCallback ON contactListEntry (campaignId, callbackAt) WHERE callbackAt IS NOT NULL;
CREATE INDEX contactListEntrySilent ON contactListEntry (campaignId, silentAt) WHERE silentAt IS NOT NULL;
-- what was promised before: the earliest open callback of each debtor, unless it was tried in vain and waits for its retry
UPDATE contactListEntry SET
  status = CASE status WHEN 'inProgress' THEN status ELSE 'waiting' END,
  (callbackAt, callbackPersonId, nextAt) = (
    SELECT b.at, b.personId, CASE WHEN contactListEntry.status = 'inProgress' OR EXISTS (
        SELECT 1 FROM attempt a WHERE a.debtorId = b.debtorId AND a.entryId = contactListEntry.id AND a.dialedAt >= b.at)
      THEN max(contactListEntry.nextAt, b.at) ELSE b.at END
    FROM callback b WHERE b.debtorId = contactListEntry.debtorId AND b.status = 'open' AND b.deletedAt IS NULL
    ORDER BY b.at, b.id LIMIT 1)
  WHERE id IN (
    SELECT e.id FROM callback b CROSS JOIN contactListEntry e ON e.debtorId = b.debtorId
    WHERE b.status = 'open' AND b.deletedAt IS NULL AND e.status IN ('pending','waiting','inProgress'));
-- how far ranking is with a list, and under which strategy and day
CREATE TABLE campaignRanking (
  campaignId TEXT PRIMARY KEY, revision TEXT NOT NULL, startedAt INTEGER, finishedAt INTEGER,
  position INTEGER NOT NULL DEFAULT -1, changeSeq INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- tries of one number: in a row without reaching anybody; not before; what networks say of it
ALTER TABLE contactPoint ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contactPoint ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contactPoint ADD COLUMN nextTryAt INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contactPoint ADD COLUMN lineStatus TEXT;
ALTER TABLE contactPoint ADD COLUMN lineStatusAt INTEGER;
-- it was switched off or absent, and is reachable again since
ALTER TABLE contactPoint ADD COLUMN reachableSince INTEGER;
CREATE INDEX contactPointReachable ON contactPoint (reachableSince) WHERE reachableSince IS NOT NULL;
-- answers of one number by kind of day and hour of the debtor's clock; id: contactPointId|slot
CREATE TABLE answerTally (
  id TEXT PRIMARY KEY, debtorId TEXT NOT NULL, contactPointId TEXT NOT NULL, slot TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0, answers INTEGER NOT NULL DEFAULT 0, updatedAt INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX answerTallyPoint ON answerTally (contactPointId, slot);
CREATE INDEX answerTallyDebtor ON answerTally (debtorId);
-- the same over all debtors alike; id: group|slot, e.g. 'mobile|PL|telecom|workday-18'
CREATE TABLE answerProfile (
  id TEXT PRIMARY KEY, tries REAL NOT NULL DEFAULT 0, answers REAL NOT NULL DEFAULT 0, updatedAt INTEGER NOT NULL
) WITHOUT ROWID;

-- numbers that the firm shows
ALTER TABLE callerId ADD COLUMN state TEXT NOT NULL DEFAULT 'active';
ALTER TABLE callerId ADD COLUMN stateReason TEXT;
ALTER TABLE callerId ADD COLUMN stateSince INTEGER;
ALTER TABLE callerId ADD COLUMN restUntil INTEGER;
-- how the firm shows that the number is its own
ALTER TABLE callerId ADD COLUMN proofJson TEXT;
-- hours in which it may be shown; null: always
ALTER TABLE callerId ADD COLUMN scheduleJson TEXT;
ALTER TABLE callerId ADD COLUMN maxPerHour INTEGER;
-- how often it was put to rest by itself
ALTER TABLE callerId ADD COLUMN rests INTEGER NOT NULL DEFAULT 0;
-- who entered a number with its trunk has said that it is the firm's own
UPDATE callerId SET proofJson =
  json_object('kind', 'statement', 'note', 'entered with the trunk', 'at', createdAt, 'personId', NULL);
-- calls shown with a number, by region called, hour of the callee's clock and day (UTC); id: number|region|hour|day
CREATE TABLE callerIdTally (
  id TEXT PRIMARY KEY, e164 TEXT NOT NULL, region TEXT NOT NULL, hour INTEGER NOT NULL, day TEXT NOT NULL,
  calls INTEGER NOT NULL DEFAULT 0, answers INTEGER NOT NULL DEFAULT 0, refusals INTEGER NOT NULL DEFAULT 0,
  talkTimeMs INTEGER NOT NULL DEFAULT 0, updatedAt INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX callerIdTallyNumber ON callerIdTally (e164, day);
-- what others say of a number: complaint, listed as unwanted, taken off the list
CREATE TABLE callerIdReport (
  id TEXT PRIMARY KEY, e164 TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('listed','delisted','complaint')),
  source TEXT NOT NULL, note TEXT, at INTEGER NOT NULL, personId TEXT, createdAt INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX callerIdReportNumber ON callerIdReport (e164, at);
CREATE INDEX attemptCallerId ON attempt (callerId, reservedAt);

-- networks' answers about numbers
CREATE TABLE numberLookup (
  id TEXT PRIMARY KEY, number TEXT NOT NULL, provider TEXT NOT NULL, at INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('reachable','absent','dead','invalid','unknown')),
  network TEXT, country TEXT, ported INTEGER, roaming TEXT, lineType TEXT, costMicro INTEGER NOT NULL DEFAULT 0,
  currency TEXT, jobId TEXT
) WITHOUT ROWID;
CREATE INDEX numberLookupNumber ON numberLookup (number, at);
CREATE TABLE lookupJob (
  id TEXT PRIMARY KEY, gatewayId TEXT NOT NULL, portfolioId TEXT, campaignId TEXT, state TEXT NOT NULL
    CHECK (state IN ('running','finished','stopped','failed','budgetSpent')),
  numbers INTEGER NOT NULL, fromCache INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0, costMicro INTEGER NOT NULL DEFAULT 0, currency TEXT, budgetMicro INTEGER,
  foundJson TEXT NOT NULL DEFAULT '{}', inputJson TEXT NOT NULL DEFAULT '{}', error TEXT, personId TEXT, createdAt INTEGER NOT NULL, finishedAt INTEGER
) WITHOUT ROWID;
-- numbers of a job that are still to be asked
-- askedAt: the provider may have been asked already, and its price counts
CREATE TABLE lookupItem (
  id TEXT PRIMARY KEY, jobId TEXT NOT NULL, number TEXT NOT NULL, askedAt INTEGER, doneAt INTEGER
) WITHOUT ROWID;
CREATE INDEX lookupItemNumber ON lookupItem (number);
CREATE INDEX lookupItemOpen ON lookupItem (jobId, id) WHERE doneAt IS NULL;

-- what an outcome is called, when the firm gave it a name, and what it does next
ALTER TABLE dispositionCode ADD COLUMN label TEXT;
ALTER TABLE dispositionCode ADD COLUMN nextJson TEXT NOT NULL DEFAULT '{}';
CREATE INDEX attemptDisposition ON attempt (dispositionCode) WHERE dispositionCode IS NOT NULL;

-- what the pacer of a campaign was told and what it said: one row for each time it was started or set anew …
CREATE TABLE pacerSegment (
  id TEXT PRIMARY KEY, campaignId TEXT NOT NULL, startedAt INTEGER NOT NULL, endedAt INTEGER, configJson TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX pacerSegmentCampaign ON pacerSegment (campaignId, startedAt);
-- … and its lines with their answers, deflated, in order
CREATE TABLE pacerChunk (
  id TEXT PRIMARY KEY, segmentId TEXT NOT NULL, campaignId TEXT NOT NULL, fromAt INTEGER NOT NULL, toAt INTEGER NOT NULL,
  decisions INTEGER NOT NULL, dials INTEGER NOT NULL, cancels INTEGER NOT NULL, lines BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX pacerChunkSegment ON pacerChunk (segmentId, fromAt);
CREATE INDEX pacerChunkCampaign ON pacerChunk (campaignId, fromAt);
-- what the pacer of a campaign has learnt
CREATE TABLE pacerLearned (campaignId TEXT PRIMARY KEY, at INTEGER NOT NULL, learnedJson TEXT NOT NULL) WITHOUT ROWID;

-- what the firm itself says to who meets no agent; the sound is a file named by the id, which the digest is of
CREATE TABLE campaignMessage (
  id TEXT PRIMARY KEY, campaignId TEXT NOT NULL, name TEXT NOT NULL, durationMs INTEGER NOT NULL, sha256 TEXT NOT NULL,
  personId TEXT, createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX campaignMessageCampaign ON campaignMessage (campaignId, createdAt) WHERE deletedAt IS NULL;

-- likelihood to pay, learnt from this firm's own outcomes
CREATE TABLE payScoreModel (
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, cases INTEGER NOT NULL, payers INTEGER NOT NULL, modelJson TEXT NOT NULL,
  reportJson TEXT NOT NULL
) WITHOUT ROWID;
`,
};
