import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DialerRig, openDialerRig } from '../../testing/dialer-rig.ts';
import { campaignsOver } from '../../testing/dialer-world.ts';
import { createPacer, type PacerLine } from '../pacing/index.ts';
import { pacingLogWrites } from '../pacing-log/index.ts';
import type { Campaigns } from './campaigns.ts';
import { createPacingHandlers } from './pacing-handlers.ts';

const DAY_MS = 86_400_000;
const BEGIN = Date.UTC(2026, 10, 23, 8);
const ROUNDS = 6_000;
const ROUND_MS = 500;
let rig: DialerRig;
let campaigns: Campaigns;

beforeEach(() => {
  rig = openDialerRig(1);
  campaigns = campaignsOver(rig, 4);
});
afterEach(async () => {
  await campaigns.stop();
  await rig.close();
});

const ask = async (input: { from: number; to: number }) => {
  const handler = createPacingHandlers({ read: rig.store.read, campaigns, clock: rig.clock });
  const replay = handler['campaign.replay'] as unknown as (
    input: unknown,
    context: unknown,
  ) => Promise<{ decisions: number; different: number; recorded: { dials: number } }>;
  return replay({ campaignId: rig.campaignId, ...input }, {});
};

/** One call each round, decided upon once and ended at once; twenty agents. */
async function record(): Promise<void> {
  const { campaignId, store } = rig;
  const config = { mode: 'progressive' } as const;
  const pacer = createPacer(config);
  const segment = {
    segmentId: 'segment',
    campaignId,
    startedAt: BEGIN,
    configJson: JSON.stringify(config),
  };
  await store.write(pacingLogWrites, 'pacing-log.open', segment);
  let texts: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const at = BEGIN + round * ROUND_MS;
    const call = { at, type: 'call', id: `call-${round}` } as const;
    const lines: PacerLine[] = [
      { at, type: 'agent', id: `a${round % 20}`, state: round % 2 ? 'talking' : 'ready' },
      { ...call, state: 'dialing' },
      { ...call, state: 'ended' },
      { at, type: 'decide' },
    ];
    for (const line of lines) {
      texts.push(JSON.stringify(line));
      const answer = pacer.feed(line);
      if (answer) texts.push(JSON.stringify(answer));
    }
    if (round % 6 !== 5) continue;
    const counts = { decisions: 6, dials: 0, cancels: 0 };
    await store.write(pacingLogWrites, 'pacing-log.append', {
      segmentId: segment.segmentId,
      campaignId,
      fromAt: at - 5 * ROUND_MS,
      toAt: at,
      ...counts,
      lines: new Uint8Array(deflateRawSync(texts.join('\n'))),
    });
    texts = [];
  }
}

describe('a replay', () => {
  it('takes at most 31 days, and only time that goes forward', async () => {
    for (const [from, to] of [
      [0, 31 * DAY_MS + 1],
      [BEGIN, BEGIN],
      [BEGIN, BEGIN - 1],
    ] as const)
      await expect(ask({ from, to })).rejects.toMatchObject({ code: 'contract.bad-input' });
    await expect(ask({ from: 0, to: 31 * DAY_MS })).rejects.toMatchObject({
      code: 'campaign.nothing-recorded',
    });
  });

  it('of a long record counts all of it, or the part that is asked for, and leaves the thread to others', async () => {
    await record();
    const end = BEGIN + ROUNDS * ROUND_MS;
    const middle = BEGIN + (ROUNDS / 2) * ROUND_MS;
    const blocks: number[] = [];
    let last = performance.now();
    let busy = true;
    const watch = () => {
      const now = performance.now();
      blocks.push(now - last);
      last = now;
      if (busy) setImmediate(watch);
    };
    setImmediate(watch);
    const whole = await ask({ from: BEGIN, to: end });
    busy = false;
    expect(whole).toMatchObject({
      decisions: ROUNDS,
      different: 0,
      recorded: { dials: ROUNDS },
    });
    blocks.sort((a, b) => a - b);
    // the machine that tests may be busy: nine pieces of ten say what one takes
    expect(blocks[Math.floor(blocks.length * 0.9)] ?? 0).toBeLessThan(25);
    const halves = [await ask({ from: BEGIN, to: middle }), await ask({ from: middle, to: end })];
    expect(halves.map(({ decisions }) => decisions)).toEqual([ROUNDS / 2, ROUNDS / 2]);
    expect(halves.map(({ different }) => different)).toEqual([0, 0]);
    expect(halves.map(({ recorded }) => recorded.dials)).toEqual([ROUNDS / 2, ROUNDS / 2]);
  });
});
