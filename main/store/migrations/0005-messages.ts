import type { Migration } from './migration.ts';

/**
 * SMS, MMS and e-mail: the outbox with its parts and receipts, templates with their versions, what came in and the
 * threads of the inbox, links to documents, where polling of gateways stands. Conventions as in 0001.
 */
export const migration0005: Migration = {
  version: 5,
  name: '0005-messages',
  sql: `
-- one message to one address; its id is our reference at every gateway
CREATE TABLE message (
  id TEXT PRIMARY KEY, channel TEXT NOT NULL CHECK (channel IN ('sms','mms','email')), debtorId TEXT, debtId TEXT,
  contactPointId TEXT, toAddress TEXT NOT NULL, sender TEXT, gatewayId TEXT, templateId TEXT, templateVersion INTEGER,
  language TEXT, purpose TEXT NOT NULL DEFAULT 'collection', bulkId TEXT, campaignId TEXT, callId TEXT, threadId TEXT,
  personId TEXT,
  -- what is sent, when it differs from one debtor to the next: text, subject, html, fields of templates to be filled in
  contentJson TEXT,
  state TEXT NOT NULL CHECK (state IN
    ('queued','permitted','sent','delivered','read','failed','expired','unknown','cancelled')),
  -- why it failed, waits or is unknown: a code, and what the gateway said
  reason TEXT, detail TEXT,
  -- 1: the state rests on a hint (a read receipt, a link that was opened), which proves little
  hint INTEGER NOT NULL DEFAULT 0,
  -- not before; given up after
  dueAt INTEGER NOT NULL, expiresAt INTEGER,
  -- next look at it: handing over, a retry, a question to the gateway; null: nothing is to be done
  nextAt INTEGER, tries INTEGER NOT NULL DEFAULT 0,
  parts INTEGER, reservationId TEXT, decisionId TEXT, interactionId TEXT,
  queuedAt INTEGER NOT NULL, permittedAt INTEGER, sentAt INTEGER, deliveredAt INTEGER, readAt INTEGER, finishedAt INTEGER
) WITHOUT ROWID;
-- what is to be done next, of each gateway: by hand first (no bulk), then each bulk; small: what has ended left it
CREATE INDEX messageByQueue ON message (gatewayId, state, bulkId, nextAt)
  WHERE nextAt IS NOT NULL;
CREATE INDEX messageByDebtor ON message (debtorId, queuedAt);
CREATE INDEX messageByInteraction ON message (interactionId) WHERE interactionId IS NOT NULL;
CREATE INDEX messageByBulk ON message (bulkId, state) WHERE bulkId IS NOT NULL;
CREATE INDEX messageByQueuedAt ON message (queuedAt);
-- how a gateway names a message, or one part of a long one
CREATE TABLE messagePart (
  gatewayId TEXT NOT NULL, providerId TEXT NOT NULL, messageId TEXT NOT NULL, part INTEGER NOT NULL,
  state TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (gatewayId, providerId)
) WITHOUT ROWID;
CREATE INDEX messagePartOf ON messagePart (messageId);
-- receipts that came before the answer which names their message
CREATE TABLE strayReceipt (
  gatewayId TEXT NOT NULL, providerId TEXT NOT NULL, at INTEGER NOT NULL, receiptJson TEXT NOT NULL,
  PRIMARY KEY (gatewayId, providerId, at)
) WITHOUT ROWID;
CREATE TABLE messageAttachment (
  id TEXT PRIMARY KEY, messageId TEXT NOT NULL, debtorId TEXT, documentId TEXT NOT NULL, position INTEGER NOT NULL,
  name TEXT NOT NULL, mediaType TEXT NOT NULL, bytes INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX messageAttachmentOf ON messageAttachment (messageId);
CREATE INDEX messageAttachmentDocument ON messageAttachment (documentId);
-- of pictures and papers of messages: pixels, pages, and what was done to make them fit
ALTER TABLE document ADD COLUMN mediaJson TEXT;
-- one template for many debtors
CREATE TABLE messageBulk (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, channel TEXT NOT NULL, templateId TEXT NOT NULL, templateVersion INTEGER NOT NULL,
  gatewayId TEXT, scopeJson TEXT NOT NULL, state TEXT NOT NULL
    CHECK (state IN ('collecting','running','paused','finished','cancelled','failed')),
  total INTEGER, collected INTEGER NOT NULL DEFAULT 0, skippedJson TEXT NOT NULL DEFAULT '{}', dueAt INTEGER NOT NULL,
  perMinute INTEGER, cursor TEXT, error TEXT, personId TEXT, createdAt INTEGER NOT NULL, finishedAt INTEGER
) WITHOUT ROWID;
-- where polling of a gateway, or reading of a mailbox, stands
CREATE TABLE gatewayCursor (
  gatewayId TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (gatewayId, name)
) WITHOUT ROWID;

-- bodyJson: what is being written; versions: what was published
ALTER TABLE template ADD COLUMN state TEXT NOT NULL DEFAULT 'draft';
ALTER TABLE template ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE template ADD COLUMN sample INTEGER NOT NULL DEFAULT 0;
ALTER TABLE template ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE template ADD COLUMN updatedAt INTEGER NOT NULL DEFAULT 0;
ALTER TABLE template ADD COLUMN personId TEXT;
CREATE TABLE templateVersion (
  id TEXT PRIMARY KEY, templateId TEXT NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL, bodyJson TEXT NOT NULL,
  at INTEGER NOT NULL, personId TEXT
) WITHOUT ROWID;
CREATE INDEX templateVersionOf ON templateVersion (templateId, version);

-- everything that came in from one debtor, or from one address that is nobody's yet
CREATE TABLE inboxThread (
  id TEXT PRIMARY KEY, debtorId TEXT, peer TEXT, state TEXT NOT NULL CHECK (state IN ('open','snoozed','done')),
  snoozedUntil INTEGER, assignedTo TEXT, lastAt INTEGER NOT NULL, lastInAt INTEGER, unread INTEGER NOT NULL DEFAULT 0,
  -- what it came by, each once, with a space between
  channels TEXT NOT NULL DEFAULT '',
  createdAt INTEGER NOT NULL, deletedAt INTEGER
) WITHOUT ROWID;
CREATE INDEX inboxThreadDebtor ON inboxThread (debtorId) WHERE debtorId IS NOT NULL;
CREATE INDEX inboxThreadPeer ON inboxThread (peer) WHERE debtorId IS NULL;
CREATE INDEX inboxThreadState ON inboxThread (state, lastAt) WHERE deletedAt IS NULL;
CREATE INDEX inboxThreadMine ON inboxThread (state, assignedTo, lastAt) WHERE deletedAt IS NULL;
CREATE INDEX inboxThreadSms ON inboxThread (state, lastAt) WHERE deletedAt IS NULL AND instr(channels, 'sms') > 0;
CREATE INDEX inboxThreadMms ON inboxThread (state, lastAt) WHERE deletedAt IS NULL AND instr(channels, 'mms') > 0;
CREATE INDEX inboxThreadEmail ON inboxThread (state, lastAt) WHERE deletedAt IS NULL AND instr(channels, 'email') > 0;
CREATE INDEX inboxThreadNobodys ON inboxThread (state, lastAt) WHERE debtorId IS NULL AND deletedAt IS NULL;
CREATE INDEX inboxThreadSnoozed ON inboxThread (snoozedUntil) WHERE state = 'snoozed';
CREATE TABLE inboundMessage (
  id TEXT PRIMARY KEY, threadId TEXT, interactionId TEXT NOT NULL, debtorId TEXT, channel TEXT NOT NULL,
  gatewayId TEXT NOT NULL, fromAddress TEXT NOT NULL, toAddress TEXT,
  -- what the gateway calls it: the same message is taken once
  sourceKey TEXT NOT NULL,
  at INTEGER NOT NULL, receivedAt INTEGER NOT NULL, matchedBy TEXT, inReplyTo TEXT,
  -- Message-ID of an e-mail, for answers to it
  headerId TEXT, referencesJson TEXT NOT NULL DEFAULT '[]', automatic INTEGER NOT NULL DEFAULT 0,
  optOutJson TEXT
) WITHOUT ROWID;
CREATE INDEX inboundMessageSource ON inboundMessage (gatewayId, sourceKey);
CREATE INDEX inboundMessageThread ON inboundMessage (threadId, at);
CREATE INDEX inboundMessageDebtor ON inboundMessage (debtorId) WHERE debtorId IS NOT NULL;
CREATE INDEX inboundMessageInteraction ON inboundMessage (interactionId);
-- parts of a long text until all are there
CREATE TABLE inboundPart (
  gatewayId TEXT NOT NULL, groupKey TEXT NOT NULL, part INTEGER NOT NULL, total INTEGER NOT NULL, at INTEGER NOT NULL,
  eventJson TEXT NOT NULL, PRIMARY KEY (gatewayId, groupKey, part)
) WITHOUT ROWID;

-- a document that its receiver opens by an address of its own; the id is the digest of the token in that address
CREATE TABLE documentLink (
  id TEXT PRIMARY KEY, messageId TEXT NOT NULL, debtorId TEXT, documentId TEXT NOT NULL, createdAt INTEGER NOT NULL,
  expiresAt INTEGER NOT NULL, openedAt INTEGER, opens INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX documentLinkMessage ON documentLink (messageId);
CREATE INDEX documentLinkDebtor ON documentLink (debtorId);
`,
};
