import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Agents } from '../../agents/index.ts';
import {
  createCalendars,
  createClockGuard,
  createContactRules,
  loadCalendars,
  loadPacks,
  packsForStore,
  practiceNumberAt,
} from '../../contact-rules/index.ts';
import { listWrites, workWrites } from '../../debtors/writes.ts';
import {
  LiveCalls,
  Player,
  Prompts,
  Ringback,
  type TrunkGate,
} from '../../telephony/call/index.ts';
import { FakeMedia } from '../../testing/dialer-rig.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { ANSWER_SDP, globalClock, makeSipBench, type SipBench } from '../../testing/sip-bench.ts';
import { createAttemptWrites } from './attempt-writes.ts';
import { Attempts } from './attempts.ts';

const resources = join(import.meta.dirname, '../../../resources');
const rules = createContactRules({
  packs: packsForStore(loadPacks(join(resources, 'rule-packs')), 'practice'),
  calendars: createCalendars(loadCalendars(join(resources, 'calendars'))),
  storeKind: 'practice',
  clockGuard: createClockGuard(globalClock),
});
const writes = createAttemptWrites(rules);
const number = practiceNumberAt('PL', 1) ?? '';

let store: TestStore;
let bench: SipBench;
let agents: Agents;
let calls: LiveCalls;
let attempts: Attempts;

beforeEach(async () => {
  bench = await makeSipBench();
  store = openTestStore({ writes: { ...writes, ...workWrites, ...listWrites } });
  store.runNow((db) => {
    for (const id of ['debtor', 'other']) {
      db.insert('debtor', {
        id,
        externalRef: id,
        kind: 'person',
        displayName: 'Made Up',
        searchName: 'made up',
        language: 'pl',
        jurisdiction: 'PL',
        timeZonesJson: '["Europe/Warsaw"]',
        synthetic: 1,
        createdAt: 0,
      });
    }
    db.insert('contactPoint', {
      id: 'phone',
      debtorId: 'debtor',
      kind: 'mobile',
      value: number,
      status: 'active',
      timeZonesJson: '["Europe/Warsaw"]',
      createdAt: 0,
    });
  });
  agents = new Agents({
    clock: globalClock,
    personById: (personId) => ({ personId, displayName: personId }),
    campaignsOf: () => [],
  });
  const media = new FakeMedia([]);
  const lineIdOf = () => 'line';
  let next = 0;
  const idSource = { next: () => `00000000-0000-7000-8000-${String(++next).padStart(12, '0')}` };
  calls = new LiveCalls({ media, clock: globalClock, lineIdOf });
  attempts = new Attempts({
    store,
    writes,
    media,
    trunks: overTheWire(bench),
    agents,
    calls,
    player: new Player(media, idSource),
    prompts: new Prompts('/prompts'),
    ringback: new Ringback({ media, clock: globalClock, idSource, lineIdOf }),
    clock: globalClock,
    idSource,
    clockSuspect: () => false,
    lines: { callsUp: () => 0, maxConcurrentCalls: () => 10 },
    stillAllowed: (reservationId) =>
      rules.recheck(store.read, reservationId, globalClock.now()).allowed,
    autoReadyAt: () => null,
    log: (message, details) => {
      throw new Error(`${message} ${JSON.stringify(details)}`);
    },
  });
});
afterEach(async () => {
  await attempts.endAll();
  await bench.close();
  await store.close();
});

/** A trunk whose far end is a SIP endpoint of ours on a network in memory. */
function overTheWire({ alice }: SipBench): TrunkGate {
  return {
    invite: (_trunkId, { toNumber, callerId, ...request }) =>
      alice.invite({ ...request, toUser: toNumber, fromUser: callerId }),
    mediaOf: () => ({ bindHost: '127.0.0.1', codecs: ['pcma', 'pcmu'] }),
    onIncoming: () => () => {},
  };
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + 3_000;
  while (!holds()) {
    if (performance.now() > giveUpAt) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A call by hand whose far end rings. */
async function ringing(): Promise<string> {
  agents.setLine('anna', 'up');
  agents.apply('anna', { type: 'reserve', callId: 'call' });
  const started = await attempts.start(
    {
      mode: 'manual',
      debtorId: 'debtor',
      contactPointId: 'phone',
      number,
      trunkId: 'trunk',
      callerId: practiceNumberAt('PL', 2) ?? '',
      campaignId: null,
      entryId: null,
      personId: 'anna',
      ringTimeoutMs: 60_000,
      answerToAgentMaxMs: 2_000,
      recordCalls: true,
    },
    'call',
  );
  if (!started.ok) throw new Error(JSON.stringify(started.blockedBy));
  await until('INVITE', () => bench.incoming.length === 1);
  bench.incoming[0]!.ringing();
  await until('ringing', () => calls.find('call')?.view.state === 'ringing');
  return started.callId;
}

const canceled = () => bench.network.sent.find(({ startLine }) => startLine.startsWith('CANCEL'));
const attempt = () =>
  store.read.get("SELECT attemptResult, endedBy FROM attempt WHERE callId = 'call'");

it('a call that rings is cancelled within 100 ms of the flag, and its agent is free', async () => {
  const callId = await ringing();
  const setAt = performance.now();
  await store.write(workWrites, 'flag.set', {
    debtorId: 'debtor',
    kind: 'cease',
    personId: 'lead',
  });
  await until('CANCEL', () => canceled() !== undefined);
  expect(performance.now() - setAt).toBeLessThan(100);
  await until('over', () => calls.find(callId) === null);
  expect(attempt()).toEqual({ attemptResult: 'cancelled', endedBy: 'engine' });
  expect(agents.holderOf(callId)).toBeNull();
});

it('is left alone by a flag of another debtor and by one that no rule cares about', async () => {
  await ringing();
  await store.write(workWrites, 'flag.set', {
    debtorId: 'other',
    kind: 'cease',
    personId: 'lead',
  });
  await store.write(workWrites, 'flag.set', {
    debtorId: 'debtor',
    kind: 'vulnerable',
    personId: 'lead',
  });
  // the next flag is seen after those two, and at once
  const setAt = performance.now();
  await until('looked at', () => performance.now() - setAt > 60);
  expect([canceled(), calls.find('call')?.view.state]).toEqual([undefined, 'ringing']);
});

it('talks on when it was answered before the flag came', async () => {
  const callId = await ringing();
  void bench.incoming[0]!.answer(ANSWER_SDP);
  await until('connected', () => calls.find(callId)?.view.state === 'connected');
  await store.write(workWrites, 'flag.set', { debtorId: 'debtor', kind: 'cease', personId: 'l' });
  const setAt = performance.now();
  await until('looked at', () => performance.now() - setAt > 60);
  expect(calls.find(callId)?.view.state).toBe('connected');
});
