import { accessWrites } from '../access/writes.ts';
import { gatewayWrites } from '../channels/gateways/writes.ts';
import { createInboxWrites, threadTrace } from '../channels/inbox/writes.ts';
import { linkWrites } from '../channels/links/writes.ts';
import { messageMediaWrites } from '../channels/mms/writes.ts';
import { createBulkWrites, createOutboxWrites } from '../channels/outbox/writes.ts';
import { templateWrites } from '../channels/templates/writes.ts';
import {
  createOptOutWrites,
  createOverrideWrites,
  firmRuleWrites,
} from '../contact-rules/index.ts';
import {
  bankWrites,
  debtorsWrites,
  documentWrites,
  erasureWrites,
  importWrites,
  listWrites,
  retentionWrites,
  workWrites,
} from '../debtors/writes.ts';
import { abandonmentMessageWrites } from '../dialer/abandonment-message/writes.ts';
import {
  createAttemptWrites,
  createRecoverWrites,
  disposeWrites,
} from '../dialer/attempts/writes.ts';
import { callerIdWrites } from '../dialer/caller-id/writes.ts';
import { campaignWrites } from '../dialer/campaigns/writes.ts';
import { dispositionWrites } from '../dialer/dispositions/writes.ts';
import { lookupWrites } from '../dialer/lookup/writes.ts';
import { pacingLogWrites } from '../dialer/pacing-log/writes.ts';
import { rankingWrites } from '../dialer/ranking/writes.ts';
import { scoreWrites } from '../dialer/score/writes.ts';
import { screeningWrites } from '../dialer/screening/writes.ts';
import { scriptWrites } from '../dialer/scripts/writes.ts';
import type { WriteContext, WriteDb, WriteMap } from '../store/index.ts';
import {
  agreeFactsWithParty,
  inboundWrites,
  partyWrites,
  recordingWrites,
} from '../telephony/call/writes.ts';
import { trunkWrites } from '../telephony/trunks/writes.ts';
import { demoWrites } from './demo-writes.ts';
import { lazyDoor } from './door.ts';
import { optOutTrace } from './opt-out-trace.ts';
import { overrideTraces } from './override-traces.ts';
import { settingWrites } from './setting-writes.ts';

const door = lazyDoor();
export const attemptWrites = createAttemptWrites(door);
export const recoverWrites = createRecoverWrites(attemptWrites);
export const overrideWrites = createOverrideWrites(door, overrideTraces);
export const messageBulkWrites = createBulkWrites(door);
export const optOutWrites = createOptOutWrites(optOutTrace);
export const outboxWrites = createOutboxWrites(
  { ...door, applyOptOut: optOutWrites['optOut.apply'] },
  threadTrace,
);

export const inboxWrites = createInboxWrites({
  applyOptOut: optOutWrites['optOut.apply'],
  recordContactEvents: (db, context, outcome) => door.recordContactEvents(db, context, outcome),
});

export const doorWrites = {
  /** What came of an inbound call counts for some waits. */
  'door.record-facts': (
    db: WriteDb,
    context: WriteContext,
    input: Parameters<typeof door.recordFacts>[2],
  ): void => {
    door.recordFacts(db, context, input);
    // Somebody may have said already who is on the line.
    agreeFactsWithParty(db, context, input.callId);
  },
  /** A person confirmed the time: the writer thread's guard takes their word too. */
  'door.confirm-clock': (db: WriteDb, _context: WriteContext, _input: null): void =>
    door.confirmClock(db),
  /** The machine sleeps or woke up: the writer thread's guard must not take that for a clock that was set. */
  'door.power': (db: WriteDb, _context: WriteContext, event: 'suspend' | 'resume'): void =>
    door.power(db, event),
};

/**
 * Every write the writer thread knows, by name. An area that writes adds its map here; names carry
 * the area (`debtor.addNote`), so two areas cannot meet.
 */
export const allWrites: WriteMap = mergeWrites(
  abandonmentMessageWrites,
  accessWrites,
  attemptWrites,
  bankWrites,
  callerIdWrites,
  campaignWrites,
  debtorsWrites,
  demoWrites,
  disposeWrites,
  dispositionWrites,
  documentWrites,
  doorWrites,
  erasureWrites,
  firmRuleWrites,
  gatewayWrites,
  importWrites,
  inboundWrites,
  inboxWrites,
  linkWrites,
  listWrites,
  lookupWrites,
  messageBulkWrites,
  messageMediaWrites,
  optOutWrites,
  outboxWrites,
  overrideWrites,
  pacingLogWrites,
  partyWrites,
  rankingWrites,
  recordingWrites,
  recoverWrites,
  retentionWrites,
  scoreWrites,
  screeningWrites,
  scriptWrites,
  settingWrites,
  templateWrites,
  trunkWrites,
  workWrites,
);

function mergeWrites(...maps: readonly WriteMap[]): WriteMap {
  const merged: WriteMap = {};
  for (const map of maps) {
    for (const [name, write] of Object.entries(map)) {
      if (Object.hasOwn(merged, name)) throw new Error(`two writes are called ${name}`);
      merged[name] = write;
    }
  }
  return merged;
}
