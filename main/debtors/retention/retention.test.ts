import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commands } from '#shared/contract/index.ts';
import {
  createIdSource,
  systemRandom,
  type WriteContext,
  type WriteDb,
} from '../../store/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { addDebt, addDebtor, addPhone, addPortfolio } from '../debtors.fixture.ts';
import { createRetentionHandlers } from './retention-handlers.ts';
import { RetentionJob } from './retention-job.ts';
import type { RetentionLaw } from './retention-types.ts';
import { retentionWrites } from './retention-writes.ts';

const NOW = Date.UTC(2026, 10, 22, 9);
const YEAR = 365 * 86_400_000;
const ADMIN = { personId: 'admin', displayName: 'Admin', role: 'admin' } as const;
const context = { principal: ADMIN, connectionId: 'c', commandId: null };

let now: number;
let store: TestStore;
let laws: RetentionLaw[];
let job: RetentionJob;
let expired: number;
let timers: { delayMs: number; run: () => void }[];

beforeEach(() => {
  now = NOW;
  laws = [];
  expired = 0;
  timers = [];
  const clock = {
    now: () => now,
    monotonic: () => now,
    setTimer(delayMs: number, run: () => void) {
      const timer = { delayMs, run };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
  };
  store = openTestStore({
    writes: retentionWrites,
    clock: { ...clock, setTimer: () => () => {} },
  });
  mkdirSync(join(store.dataDir, 'recordings'));
  job = new RetentionJob({
    store,
    clock,
    idSource: createIdSource(clock, systemRandom),
    laws: { of: () => laws, places: () => ['PL'] },
    recordingsDirectory: join(store.dataDir, 'recordings'),
    expireErasures: async () => {
      expired += 1;
      return 0;
    },
    log: () => {},
  });
});
afterEach(() => store.close());

// biome-ignore lint/suspicious/noExplicitAny: tests look at whatever the contract lets through
async function call(name: keyof typeof commands, input: Record<string, unknown>): Promise<any> {
  const handler = createRetentionHandlers({ store, job, now: () => now })[name] as (
    ...given: unknown[]
  ) => unknown;
  return commands[name].output.parse(await handler(commands[name].input.parse(input), context));
}

const write = <Value>(work: (db: WriteDb, context: WriteContext) => Value): Value =>
  store.runNow(work);

/** A debtor with one old record of every kind. */
function aCase(at: number, debtStatus: 'open' | 'paid' = 'paid') {
  return write((db, { newId }) => {
    const context = { now: at, newId };
    const portfolioId = addPortfolio(db, context);
    const debtorId = addDebtor(db, context, { portfolioId });
    const debtId = addDebt(db, context, { portfolioId, debtorId, status: debtStatus });
    addPhone(db, context, { debtorId, value: '+48100000001' });
    const [callInteraction, smsInteraction, callId] = [newId(), newId(), newId()];
    const head = { debtorId, direction: 'out', at, peer: '+48100000001' };
    db.insert('interaction', { id: callInteraction, channel: 'call', callId, ...head });
    db.insert('interaction', { id: smsInteraction, channel: 'sms', ...head });
    const [bodyId, noteId, recordingId, eventId, decisionId, consentId, attemptId] = [
      ...Array(7),
    ].map(() => newId()) as [string, string, string, string, string, string, string];
    db.insert('interactionContent', {
      ...{ id: bodyId, interactionId: smsInteraction, kind: 'body', text: 'please pay' },
    });
    db.insert('message', {
      ...{ id: newId(), channel: 'sms', debtorId, interactionId: smsInteraction, state: 'sent' },
      ...{ toAddress: '+48100000001', contentJson: '{"text":"please pay"}' },
      ...{ dueAt: at, queuedAt: at },
    });
    db.insert('inboundMessage', {
      ...{ id: newId(), channel: 'sms', debtorId, interactionId: smsInteraction, gatewayId: 'g' },
      ...{ fromAddress: '+48100000001', sourceKey: newId(), at, receivedAt: at },
      ...{ optOutJson: '{"verdict":"optOut","words":"stop"}' },
    });
    db.insert('interactionContent', {
      ...{ id: noteId, interactionId: callInteraction, kind: 'note', text: 'called' },
    });
    db.insert('recording', {
      ...{ id: recordingId, callId, debtorId, fileName: `${recordingId}.ddr`, keyHex: 'aa' },
      ...{ startedAt: at, endedAt: at, bytes: 1_000, state: 'complete' },
    });
    writeFileSync(join(store.dataDir, 'recordings', `${recordingId}.ddr`), 'sound');
    db.insert('contactEvent', {
      ...{ id: eventId, at, kind: 'attempt', direction: 'out', channel: 'call', debtorId },
      ...{ number: '+48100000001', callId },
    });
    db.insert('contactDecision', {
      ...{ id: decisionId, at, debtorId, number: '+48100000001', channel: 'call' },
      ...{ mode: 'manual', allowed: 1, requestJson: '{"number":"+48100000001","mode":"manual"}' },
      ...{ resultJson: '{}', factsHash: '', packsJson: '[]' },
    });
    db.insert('contactDecisionFacts', { id: decisionId, debtorId, facts: Buffer.from('facts') });
    db.insert('consent', {
      ...{ id: consentId, debtorId, kind: 'directConsent', givenAt: at, source: 'in a call' },
      ...{ note: 'said yes', withdrawnAt: at, createdAt: at },
    });
    db.insert('attempt', {
      ...{ id: attemptId, callId, debtorId, number: '+48100000001', mode: 'manual', trunkId: 't' },
      ...{ state: 'ended', reservedAt: at, endedAt: at },
    });
    return { debtorId, debtId, bodyId, noteId, recordingId, eventId, decisionId, consentId };
  });
}

const chosen = (artefact: string, period: string, jurisdiction = '*') =>
  call('rules.set-retention', { artefact, jurisdiction, chosen: period });
const all = async (period: string) => {
  for (const artefact of ['recording', 'message', 'contactLog', 'consent', 'decision'])
    await chosen(artefact, period);
};
const row = (sql: string, id: string) => store.read.get<Record<string, unknown>>(sql, id);
const fileOf = (id: string) => join(store.dataDir, 'recordings', `${id}.ddr`);

describe('the daily job', () => {
  it('removes nothing while nobody has set a period', async () => {
    const { recordingId, bodyId } = aCase(NOW - 20 * YEAR);
    const run = await call('rules.run-retention', {});
    expect(run).toMatchObject({ state: 'finished', results: [] });
    expect(existsSync(fileOf(recordingId))).toBe(true);
    expect(row('SELECT text FROM interactionContent WHERE id = ?', bodyId)?.text).toBe(
      'please pay',
    );
  });

  it('takes the personal part out of every kind of record that is old enough, and reports it', async () => {
    await all('P3Y');
    const old = aCase(NOW - 4 * YEAR);
    const young = aCase(NOW - 2 * YEAR);
    const preview = await call('rules.preview-retention', {});
    expect(existsSync(fileOf(old.recordingId))).toBe(true);
    const run = await call('rules.run-retention', {});
    expect(preview.results).toEqual(run.results);
    const removed = Object.fromEntries(
      run.results.map((result: { artefact: string; removed: number }) => [
        result.artefact,
        result.removed,
      ]),
    );
    // two interactions and one event carry the number
    expect(removed).toEqual({ recording: 1, message: 1, contactLog: 3, consent: 1, decision: 1 });
    expect(existsSync(fileOf(old.recordingId))).toBe(false);
    expect(existsSync(fileOf(young.recordingId))).toBe(true);
    expect(row('SELECT state, keyHex FROM recording WHERE id = ?', old.recordingId)).toEqual({
      state: 'erased',
      keyHex: null,
    });
    const body = 'SELECT text, erasedAt FROM interactionContent WHERE id = ?';
    expect(row(body, old.bodyId)).toEqual({ text: null, erasedAt: NOW });
    expect(row(body, young.bodyId)).toEqual({ text: 'please pay', erasedAt: null });
    expect(row(body, old.noteId)?.text).toBe('called');
    const sent = 'SELECT toAddress, contentJson FROM message WHERE debtorId = ?';
    expect(row(sent, old.debtorId)).toEqual({ toAddress: '', contentJson: null });
    expect(row(sent, young.debtorId)?.contentJson).toContain('please pay');
    const received = 'SELECT fromAddress, optOutJson FROM inboundMessage WHERE debtorId = ?';
    expect(row(received, old.debtorId)).toEqual({ fromAddress: '', optOutJson: null });
    expect(row(received, young.debtorId)?.fromAddress).toBe('+48100000001');
    expect(row('SELECT number FROM contactEvent WHERE id = ?', old.eventId)?.number).toBeNull();
    expect(
      row('SELECT number, requestJson FROM contactDecision WHERE id = ?', old.decisionId),
    ).toEqual({ number: null, requestJson: '{"mode":"manual"}' });
    const left = store.read.all<{ id: string }>(
      `SELECT id FROM interaction WHERE peer IS NOT NULL UNION ALL SELECT id FROM attempt WHERE number <> ''`,
    );
    expect(left).toHaveLength(3);
    const listed = await call('rules.list-retention-runs', {});
    expect(listed.runs[0]).toEqual(run);
    const audit = store.read.all("SELECT 1 FROM auditEntry WHERE action = 'retention.removed'");
    expect(audit).toHaveLength(1);
  });

  it('finds nothing left the second time, and new old records the third', async () => {
    await all('P3Y');
    aCase(NOW - 4 * YEAR);
    await call('rules.run-retention', {});
    expect((await call('rules.run-retention', {})).results).toEqual([]);
    const later = aCase(NOW - 2.5 * YEAR);
    now = NOW + YEAR;
    const run = await call('rules.run-retention', {});
    expect(run.results).toContainEqual(
      expect.objectContaining({ artefact: 'recording', removed: 1 }),
    );
    expect(existsSync(fileOf(later.recordingId))).toBe(false);
  });

  it('looks at everything again when a period becomes shorter', async () => {
    await all('P3Y');
    const { recordingId } = aCase(NOW - 2 * YEAR);
    aCase(NOW - 4 * YEAR);
    await call('rules.run-retention', {});
    await chosen('recording', 'P1Y');
    await call('rules.run-retention', {});
    expect(existsSync(fileOf(recordingId))).toBe(false);
  });

  it('keeps what a dispute may need, says so, and takes it when the dispute is over', async () => {
    await chosen('recording', 'P1Y');
    const { debtorId, recordingId } = aCase(NOW - 2 * YEAR);
    write((db, { newId }) =>
      db.insert('hold', { id: newId(), debtorId, kind: 'dispute', since: NOW - YEAR }),
    );
    const run = await call('rules.run-retention', {});
    expect(run.results).toEqual([expect.objectContaining({ removed: 0, keptByHold: 1 })]);
    expect(existsSync(fileOf(recordingId))).toBe(true);
    write((db) => {
      const hold = db.get<{ id: string }>('SELECT id FROM hold WHERE debtorId = ?', debtorId);
      db.update('hold', hold?.id ?? '', { liftedAt: NOW });
    });
    await call('rules.run-retention', {});
    expect(existsSync(fileOf(recordingId))).toBe(false);
  });

  it('counts from the end of the case where law says so: an open debt starts no period', async () => {
    laws = [
      {
        artefact: 'recording',
        min: 'P1Y',
        max: 'P2Y',
        anchor: 'caseClosed',
        source: 'an act',
        approved: true,
      },
    ];
    const open = aCase(NOW - 9 * YEAR, 'open');
    const closed = aCase(NOW - 9 * YEAR, 'paid');
    await call('rules.run-retention', {});
    expect(existsSync(fileOf(open.recordingId))).toBe(true);
    expect(existsSync(fileOf(closed.recordingId))).toBe(false);
  });

  it('counts from the last activity where law says so', async () => {
    laws = [
      {
        ...{
          artefact: 'recording',
          min: 'P3Y',
          max: 'P3Y',
          source: '12 CFR 1006.100',
          approved: true,
        },
        anchor: 'lastCollectionActivity',
      },
    ];
    const { debtorId, recordingId } = aCase(NOW - 4 * YEAR);
    write((db, { newId }) =>
      db.insert('interaction', {
        ...{ id: newId(), debtorId, channel: 'call', direction: 'in', at: NOW - YEAR },
      }),
    );
    await call('rules.run-retention', {});
    expect(existsSync(fileOf(recordingId))).toBe(true);
    now = NOW + 2.1 * YEAR;
    await call('rules.run-retention', {});
    expect(existsSync(fileOf(recordingId))).toBe(false);
  });

  it('goes through many pages', async () => {
    await chosen('contactLog', 'P2Y');
    const { debtorId } = aCase(NOW);
    write((db, { newId }) => {
      for (let index = 0; index < 450; index += 1) {
        const at = NOW - 3 * YEAR + (index % 3);
        db.insert('contactEvent', {
          ...{ id: newId(), at, kind: 'attempt', direction: 'out', channel: 'call', debtorId },
          number: '+48100000001',
        });
      }
    });
    const run = await call('rules.run-retention', {});
    expect(run.results).toEqual([expect.objectContaining({ removed: 450 })]);
  });

  it('runs once a day by itself, first some minutes after the start', async () => {
    job.start();
    const tick = async () => {
      const timer = timers.shift();
      expect(timer).toBeDefined();
      now += timer?.delayMs ?? 0;
      timer?.run();
      await vi.waitFor(() => expect(timers).toHaveLength(1));
    };
    const runs = () => store.read.all('SELECT id FROM retentionRun').length;
    await tick();
    expect(runs()).toBe(1);
    expect(expired).toBe(1);
    for (let hour = 0; hour < 23; hour += 1) await tick();
    expect(runs()).toBe(1);
    await tick();
    expect(runs()).toBe(2);
    await job.stop();
    expect(timers).toHaveLength(0);
  });

  it('takes a run that a dead engine left for failed', async () => {
    write((db) =>
      db.insert('retentionRun', {
        ...{ id: '01a00000-0000-7000-8000-00000000dead', startedAt: NOW - 1, state: 'running' },
      }),
    );
    await call('rules.run-retention', {});
    const { runs } = await call('rules.list-retention-runs', {});
    expect(runs.map(({ state }: { state: string }) => state)).toEqual(['finished', 'failed']);
  });

  it('refuses a second run while one runs', async () => {
    const first = job.run(null);
    await expect(job.run(null)).rejects.toMatchObject({ code: 'retention.running' });
    await first;
  });
});

describe('choosing a period', () => {
  it('under what law wants is refused with what law says', async () => {
    laws = [
      {
        artefact: 'recording',
        min: 'P3Y',
        max: null,
        anchor: 'event',
        source: '12 CFR 1006.100',
        approved: false,
      },
    ];
    await expect(chosen('recording', 'P2Y', 'US')).rejects.toMatchObject({
      code: 'retention.too-short',
      details: { atLeast: 'P3Y', source: '12 CFR 1006.100' },
    });
    await expect(chosen('message', 'P0D')).rejects.toMatchObject({
      code: 'retention.bad-period',
    });
    await expect(chosen('decision', 'P30D', 'PL')).rejects.toMatchObject({
      code: 'retention.too-short',
    });
    await expect(chosen('recording', 'three years')).rejects.toMatchObject({
      code: 'retention.bad-period',
    });
    const { periods } = await chosen('recording', 'P3Y', 'US');
    expect(periods).toContainEqual(
      expect.objectContaining({ artefact: 'recording', jurisdiction: 'US', effective: 'P3Y' }),
    );
  });

  it('can be taken back', async () => {
    await chosen('message', 'P1Y');
    const { periods } = await call('rules.set-retention', {
      ...{ artefact: 'message', jurisdiction: '*', chosen: null },
    });
    expect(periods).toContainEqual(
      expect.objectContaining({ artefact: 'message', jurisdiction: '*', effective: null }),
    );
  });
});
