import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Agents } from '../../agents/index.ts';
import {
  createCalendars,
  createClockGuard,
  createContactRules,
  loadCalendars,
  loadPacks,
  packsForStore,
  siteSettingId,
} from '../../contact-rules/index.ts';
import {
  LiveCalls,
  Player,
  Prompts,
  Recorder,
  Ringback,
  recordingWrites,
} from '../../telephony/call/index.ts';
import { type ManualClock, manualClock } from '../../testing/contract-clock.ts';
import { FakeMedia, FakeTrunks, rest, turnsUntil } from '../../testing/dialer-rig.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { createAttemptWrites } from './attempt-writes.ts';
import { Attempts } from './attempts.ts';

// Behaviour vectors B07 and B08 of the reference on contact rules, with the packs that ship.
const resources = join(import.meta.dirname, '../../../resources');
const packs = packsForStore(loadPacks(join(resources, 'rule-packs')), 'real');
const calendars = createCalendars(loadCalendars(join(resources, 'calendars')));

let clock: ManualClock;
let store: TestStore;
let media: FakeMedia;
let trunks: FakeTrunks;
let agents: Agents;
let calls: LiveCalls;
let attempts: Attempts;
let recorder: Recorder;
let directory: string;

function open(at: string, site: string[], inForce = packs): void {
  clock = manualClock(Date.parse(at));
  const rules = createContactRules({
    packs: inForce,
    calendars,
    storeKind: 'real',
    clockGuard: createClockGuard(clock),
  });
  const writes = createAttemptWrites(rules);
  store = openTestStore({ storeKind: 'real', clock, writes: { ...writes, ...recordingWrites } });
  media = new FakeMedia([]);
  trunks = new FakeTrunks([]);
  agents = new Agents({
    clock,
    personById: (personId) => ({ personId, displayName: personId }),
    campaignsOf: () => [],
  });
  calls = new LiveCalls({ media, clock, lineIdOf: () => 'line' });
  let next = 0;
  const idSource = { next: () => `id-${++next}` };
  const player = new Player(media, idSource);
  const prompts = new Prompts('/prompts');
  const shared = { store, media, calls, player, prompts, clock, idSource, log: () => {} };
  attempts = new Attempts({
    ...shared,
    writes,
    trunks,
    agents,
    ringback: new Ringback({ media, clock, idSource, lineIdOf: () => 'line' }),
    clockSuspect: () => false,
    lines: { callsUp: () => 0, maxConcurrentCalls: () => 10 },
    stillAllowed: () => true,
    autoReadyAt: () => null,
  });
  recorder = new Recorder({ ...shared, directory, recover: async () => null });
  store.runNow((db) =>
    db.insert('setting', {
      id: siteSettingId,
      valueJson: JSON.stringify({ jurisdictions: site }),
      updatedAt: 0,
    }),
  );
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dialdesk-by-law-'));
});
afterEach(async () => {
  if (media.inputs('play').length > 0) media.endPlay();
  await recorder.settled();
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

function addDebtor(id: string, jurisdiction: string, timeZone: string, number: string): void {
  store.runNow((db) => {
    const timeZonesJson = JSON.stringify([timeZone]);
    db.insert('debtor', {
      id,
      externalRef: id,
      kind: 'person',
      displayName: 'Made Up',
      searchName: 'made up',
      language: 'en',
      jurisdiction,
      timeZonesJson,
      createdAt: 0,
    });
    db.insert('contactPoint', {
      id: `${id}-phone`,
      debtorId: id,
      kind: 'mobile',
      value: number,
      status: 'active',
      timeZonesJson,
      createdAt: 0,
    });
    // the texts that some of these laws want before a call
    for (const notice of ['firstClaimInTextForm', 'validationNotice'])
      db.insert('noticeSent', {
        id: `${id}-${notice}`,
        debtorId: id,
        notice,
        sentAt: clock.now() - 60 * 86_400_000,
        source: 'creditor',
        createdAt: 0,
      });
  });
}

function call(debtorId: string, number: string, overrides: { recordCalls?: boolean } = {}) {
  const callId = `call-${debtorId}`;
  agents.setLine('anna', 'up');
  agents.apply('anna', { type: 'reserve', callId });
  return attempts.start(
    {
      mode: 'manual',
      debtorId,
      contactPointId: `${debtorId}-phone`,
      number,
      trunkId: 'trunk',
      callerId: '+12025550100',
      campaignId: null,
      entryId: null,
      personId: 'anna',
      ringTimeoutMs: 60_000,
      answerToAgentMaxMs: 2_000,
      recordCalls: true,
      ...overrides,
    },
    callId,
  );
}

/** The debtor has answered and talks with the agent. */
async function talking(debtorId: string, number: string) {
  const started = await call(debtorId, number);
  if (!started.ok) throw new Error(JSON.stringify(started.blockedBy));
  await turnsUntil('sent', () => trunks.calls.at(-1)?.sent === true);
  trunks.calls.at(-1)?.answer();
  await turnsUntil('joined', () => view()?.state === 'connected');
  await turnsUntil('announced', () => media.inputs('play').length > 0);
  function view() {
    return calls.find(`call-${debtorId}`)?.view;
  }
  return { callId: started.callId, view };
}

const owed = (view: { obligations: { what: string; pack: string }[] } | undefined, what: string) =>
  (view?.obligations ?? []).filter((one) => one.what === what).map(({ pack }) => pack);

/** Without the safe base, which asks for consent everywhere: what is left is the law of the two ends. */
const lawAlone = packs.filter(({ fallback }) => fallback !== true);

describe('B07: agent in Texas, debtor in California', () => {
  const california = '+14155552671';
  beforeEach(() => {
    open('2026-11-24T10:00:00-08:00', ['US-TX'], lawAlone);
    addDebtor('ca', 'US-CA', 'America/Los_Angeles', california);
  });

  it('the decision lists the announcement, and the recorder is off until the debtor has heard it and stays', async () => {
    const { callId, view } = await talking('ca', california);
    expect(owed(view(), 'announceRecording')).toHaveLength(1);
    expect(owed(view(), 'askRecordingConsent')).toEqual(['us-ca']);
    await rest();
    expect(view()?.recording).toBe('waiting');
    expect([media.inputs('startRecording'), readdirSync(directory)]).toEqual([[], []]);
    media.endPlay();
    await rest();
    await recorder.confirmConsent(callId);
    await turnsUntil('on', () => view()?.recording === 'on');
    expect(media.inputs('startRecording')).toHaveLength(1);
  });

  it('a debtor who leaves during the announcement is never recorded', async () => {
    const { callId } = await talking('ca', california);
    trunks.calls.at(-1)?.end();
    await turnsUntil('over', () => calls.find(callId) === null);
    media.endPlay();
    await recorder.confirmConsent(callId);
    await rest();
    expect([media.inputs('startRecording'), readdirSync(directory)]).toEqual([[], []]);
    expect(store.read.all('SELECT id FROM recording')).toEqual([]);
  });
});

it('B07 the other way round: the law of the agent counts too', async () => {
  open('2026-11-24T10:00:00-06:00', ['US-CA'], lawAlone);
  addDebtor('tx', 'US-TX', 'America/Chicago', '+15125552671');
  const { view } = await talking('tx', '+15125552671');
  expect(owed(view(), 'askRecordingConsent')).toEqual(['us-ca']);
});

it('without California at either end one party is enough: nobody is asked', async () => {
  open('2026-11-24T10:00:00-06:00', ['US-TX'], lawAlone);
  addDebtor('tx', 'US-TX', 'America/Chicago', '+15125552671');
  const { view } = await talking('tx', '+15125552671');
  expect(owed(view(), 'askRecordingConsent')).toEqual([]);
});

describe('B08', () => {
  const german = '+4915112345678';
  const russian = '+79161234567';
  beforeEach(() => {
    open('2026-11-24T12:00:00+03:00', []);
    addDebtor('de', 'DE', 'Europe/Berlin', german);
    addDebtor('ru', 'RU', 'Europe/Moscow', russian);
  });

  it('a debtor in Germany who refuses is talked to unrecorded, and nothing is kept', async () => {
    const { callId, view } = await talking('de', german);
    expect(owed(view(), 'askRecordingConsent')).toHaveLength(1);
    expect(await recorder.refuse(callId, 'anna')).toEqual({ mustEnd: false });
    media.endPlay();
    await recorder.confirmConsent(callId);
    await rest();
    expect(view()).toMatchObject({ state: 'connected', recording: 'refused', recordingId: null });
    expect([media.inputs('startRecording'), readdirSync(directory)]).toEqual([[], []]);
  });

  it('who agreed and takes it back leaves no file behind', async () => {
    const { callId, view } = await talking('de', german);
    media.endPlay();
    await rest();
    await recorder.confirmConsent(callId);
    await turnsUntil('on', () => view()?.recording === 'on');
    writeFileSync(String(media.inputs('startRecording')[0]?.file), 'sound');
    await recorder.refuse(callId, 'anna');
    expect(readdirSync(directory)).toEqual([]);
    expect(view()?.state).toBe('connected');
  });

  it('a Russian call without a recorder is refused, and with one its refusal ends the call', async () => {
    const refused = await call('ru', russian, { recordCalls: false });
    expect(refused).toMatchObject({ ok: false });
    if (!refused.ok)
      expect(refused.blockedBy.map(({ pack, because }) => [pack, because])).toEqual([
        ['ru', 'recording'],
      ]);
    agents.apply('anna', { type: 'released', callId: 'call-ru' });
    const { callId } = await talking('ru', russian);
    expect(await recorder.refuse(callId, 'anna')).toEqual({ mustEnd: true });
  });
});
