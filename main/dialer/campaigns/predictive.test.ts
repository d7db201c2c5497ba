import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultCampaignSettings } from '#shared/contract/index.ts';
import { type DialerRig, openDialerRig } from '../../testing/dialer-rig.ts';
import {
  campaignsOver,
  logNormalMs,
  playWorld,
  seeded,
  setSettings,
  type World,
} from '../../testing/dialer-world.ts';
import { createPacer, PacerLines } from '../pacing/index.ts';
import { exportSegment, linesOf, readDecisions, replay, segmentsOf } from '../pacing-log/index.ts';
import type { Campaigns } from './campaigns.ts';

const LINES = 9;
const MINUTE_MS = 60_000;
let rig: DialerRig;
let campaigns: Campaigns;
let world: World;

function open(seed: number, takeBack = false): void {
  const random = seeded(seed);
  rig = openDialerRig(600);
  const pacing = { ...defaultCampaignSettings.pacing, takeBack };
  setSettings(rig, { mode: 'predictive', ringTimeoutMs: 40_000, pacing });
  campaigns = campaignsOver(rig, LINES);
  world = playWorld(rig, campaigns, {
    agents: 4,
    lines: LINES,
    outcome() {
      const drawn = random();
      if (drawn < 0.3) return { kind: 'human', afterMs: logNormalMs(random, 9_000, 0.5) };
      if (drawn < 0.4) return { kind: 'failed', afterMs: 1_500 };
      return { kind: 'unanswered', afterMs: 25_000 };
    },
    talkMs: () => logNormalMs(random, 40_000, 0.8),
    wrapUpMs: () => logNormalMs(random, 12_000, 0.5),
  });
}

beforeEach(() => open(5, true));
afterEach(async () => {
  await campaigns.stop();
  await rig.close();
});

const start = () => campaigns.command(rig.campaignId, 'start');

describe('a predictive campaign, played through', () => {
  it('keeps to the lines of the trunk, calls nobody twice at once and nobody whom the door refuses', async () => {
    const refused = new Set(rig.debtorIds.filter((_id, index) => index % 7 === 3));
    for (const debtorId of refused) rig.door.refusedDebtors.add(debtorId);
    await start();
    await world.play(15 * MINUTE_MS);
    expect(world.seen.dials).toBeGreaterThan(80);
    expect(world.seen.mostLines).toBeGreaterThan(4);
    expect(world.seen.mostLines).toBeLessThanOrEqual(LINES);
    expect(world.seen.twoLines).toEqual([]);
    const called = rig.store.read.all<{ debtorId: string }>('SELECT debtorId FROM attempt');
    expect(called.filter(({ debtorId }) => refused.has(debtorId))).toEqual([]);
    expect(world.seen.silent / Math.max(1, world.seen.answered)).toBeLessThan(0.06);
  });

  it('recorded and taken up again, every decision is the same: in process and through the lines of the command', async () => {
    await start();
    await world.play(8 * MINUTE_MS);
    await campaigns.command(rig.campaignId, 'pause');
    await campaigns.stop();
    const [segment, ...others] = segmentsOf(rig.store.read, rig.campaignId, 0, rig.clock.now() + 1);
    if (!segment) throw new Error('nothing was recorded');
    expect(others).toEqual([]);
    const replayed = replay(segment.configJson, linesOf(rig.store.read, segment.segmentId));
    expect(replayed.decisions).toBeGreaterThan(900);
    expect(replayed.different).toBe(0);

    const exported = exportSegment(rig.store.read, segment);
    const pacer = new PacerLines(createPacer(JSON.parse(exported.config)));
    const answers = exported.lines
      .trimEnd()
      .split('\n')
      .flatMap((line) => {
        const result = pacer.take(line);
        return result.kind === 'answer' ? [`${result.text}\n`] : [];
      });
    expect(answers.join('') === exported.answers).toBe(true);
  });

  it('a callback has its minute in the middle of it', async () => {
    const at = rig.clock.now() + 4 * MINUTE_MS;
    rig.store.runNow((db) =>
      db.update('contactListEntry', String(rig.entry(590).id), {
        status: 'waiting',
        nextAt: at,
        callbackAt: at,
        callbackPersonId: null,
      }),
    );
    await start();
    await world.play(6 * MINUTE_MS);
    const called = rig.store.read.get<{ reservedAt: number; mode: string }>(
      'SELECT reservedAt, mode FROM attempt WHERE debtorId = ?',
      rig.debtorIds[590],
    );
    expect(called?.mode).toBe('preview');
    expect(called?.reservedAt).toBeGreaterThanOrEqual(at);
    expect((called?.reservedAt ?? 0) - at).toBeLessThan(MINUTE_MS);
  });

  it('a changed answer in the record is seen as different', async () => {
    await start();
    await world.play(MINUTE_MS);
    await campaigns.stop();
    const [segment] = segmentsOf(rig.store.read, rig.campaignId, 0, rig.clock.now() + 1);
    if (!segment) throw new Error('nothing was recorded');
    const lines = [...linesOf(rig.store.read, segment.segmentId)];
    const decided = lines.find(({ answer }) => answer !== null);
    if (decided?.answer) decided.answer = { ...decided.answer, dial: decided.answer.dial + 1 };
    expect(replay(segment.configJson, lines).different).toBe(1);
  });

  it('a crash loses the last seconds of the record and no more', async () => {
    await start();
    await world.play(2 * MINUTE_MS);
    const { decisions } = readDecisions(rig.store.read, {
      campaignId: rig.campaignId,
      before: Number.MAX_SAFE_INTEGER,
      after: 0,
      actionsOnly: false,
      limit: 10_000,
    });
    expect(rig.clock.now() - (decisions[0]?.at ?? 0)).toBeLessThan(4_000);
  });

  it.each(['stop', 'pause'] as const)('%s means no new call', async (command) => {
    await start();
    await world.play(3 * MINUTE_MS);
    const before = rig.trunks.calls.length;
    const done = campaigns.command(rig.campaignId, command);
    const inHand = rig.attempts.callsUp(rig.campaignId);
    await done;
    await world.play(30_000);
    // what was reserved before the key still leaves, and on stop is taken back; nothing else does
    expect(rig.trunks.calls.length - before).toBeLessThanOrEqual(inHand);
    const reserved = rig.store.read.get<{ n: number }>(
      'SELECT COUNT(*) AS n FROM attempt WHERE reservedAt > ?',
      rig.clock.now() - 30_000,
    );
    expect(reserved?.n).toBe(0);
    if (command === 'stop') expect(rig.attempts.inFlight(rig.campaignId)).toBe(0);
  });

  it('what it has learnt is there at the next start', async () => {
    await start();
    await world.play(5 * MINUTE_MS);
    await campaigns.command(rig.campaignId, 'pause');
    await campaigns.stop();
    const kept = rig.store.read.get<{ learnedJson: string }>(
      'SELECT learnedJson FROM pacerLearned',
    );
    expect(kept).toBeDefined();
    campaigns = campaignsOver(rig, LINES);
    await campaigns.command(rig.campaignId, 'resume');
    await campaigns.stop();
    const segments = segmentsOf(rig.store.read, rig.campaignId, 0, rig.clock.now() + 1);
    expect(JSON.parse(segments.at(-1)?.configJson ?? '{}').learned).toEqual(
      JSON.parse(kept?.learnedJson ?? ''),
    );
  });

  it('settings changed by hand begin a segment of their own, and dialing goes on', async () => {
    await start();
    await world.play(2 * MINUTE_MS);
    const before = world.seen.dials;
    setSettings(rig, { maxConcurrentCalls: 5 });
    campaigns.refresh(rig.campaignId);
    campaigns.refresh(rig.campaignId);
    await world.play(2 * MINUTE_MS);
    expect(world.seen.dials).toBeGreaterThan(before);
    expect(rig.attempts.callsUp(rig.campaignId)).toBeLessThanOrEqual(5);
    await campaigns.stop();
    const segments = segmentsOf(rig.store.read, rig.campaignId, 0, rig.clock.now() + 1);
    expect(segments).toHaveLength(2);
    for (const { configJson, segmentId } of segments)
      expect(replay(configJson, linesOf(rig.store.read, segmentId)).different).toBe(0);
  });
});
