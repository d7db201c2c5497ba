import { afterEach, describe, expect, it } from 'vitest';
import { hasPeer } from '../../main/testing/peers.ts';
import { Baresip, bestTone } from './support/baresip.ts';
import {
  finishWrapUp,
  hangUpAndDispose,
  heard,
  loudness,
  nextConnected,
  say,
} from './support/calls.ts';
import { EngineRun, numberEnding } from './support/engine.ts';

/** baresip answers as the debtor: another implementation of SIP, SDP, RTP and RFC 4733 at the far end. */

const DEBTOR_HZ = 660;
const AGENT_HZ = 880;
const NUMBER = numberEnding('001');
const STAFF = numberEnding('950');

const engines: EngineRun[] = [];
const peers: Baresip[] = [];

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
  for (const peer of peers.splice(0)) await peer.stop();
});

async function setUp(codec: 'PCMU' | 'PCMA', number = NUMBER) {
  const engine = await EngineRun.start({ numbers: [NUMBER] });
  engines.push(engine);
  const debtor = await Baresip.start({ number, codec, toneHz: DEBTOR_HZ });
  peers.push(debtor);
  const trunk = await engine.trunkTo(debtor.port);
  const { owner } = engine;
  await owner.goReady();
  return { engine, debtor, trunk, owner };
}

/** what baresip hears in the next second and a half */
async function hears(debtor: Baresip, wait: (audioMs: number) => Promise<void>): Promise<number[]> {
  const before = debtor.heard().length;
  await wait(1_500);
  return debtor.heard().slice(before);
}

describe.skipIf(!hasPeer('baresip'))('baresip as the debtor', () => {
  for (const codec of ['PCMU', 'PCMA'] as const)
    it(`a campaign call over ${codec}: audio and keys both ways, hold, mute, and the agent hangs up`, async () => {
      const { engine, debtor, trunk, owner } = await setUp(codec);
      const campaignId = await engine.campaign(trunk, { recordCalls: false });
      await engine.start(campaignId);
      const callId = await nextConnected(owner, 0);
      const input = { callId } as never;
      const wait = async (audioMs: number) => {
        const enough = audioMs / 20;
        owner.peer?.heard.clear();
        await owner.peer?.heard.until('time', ({ packets }) => packets.length >= enough);
      };

      say(owner, AGENT_HZ);
      const atAgent = await heard(owner, DEBTOR_HZ);
      const atDebtor = bestTone(await hears(debtor, wait), AGENT_HZ);

      await owner.send('call.send-dtmf', { callId, digits: '159#' } as never);
      await owner.until('keys at baresip', () => debtor.keys === '159#');

      await owner.send('call.mute', { callId, muted: true } as never);
      await wait(300);
      const muted = bestTone(await hears(debtor, wait), AGENT_HZ);
      await owner.send('call.mute', { callId, muted: false } as never);

      await owner.send('call.hold', input);
      await wait(300);
      const heldAgent = await loudness(owner);
      const held = await hears(debtor, wait);
      const music = levelOf(held);
      const agentInMusic = bestTone(held, AGENT_HZ);
      await owner.send('call.resume', input);
      await wait(300);
      const resumed = bestTone(await hears(debtor, wait), AGENT_HZ);

      console.log(codec, { atAgent, atDebtor, muted, heldAgent, music, agentInMusic, resumed });
      expect(Math.abs(atAgent + 16)).toBeLessThan(0.5);
      expect(Math.abs(atDebtor + 16)).toBeLessThan(0.5);
      expect(muted).toBeLessThan(-60);
      expect(heldAgent).toBeLessThan(-60);
      expect(music).toBeGreaterThan(-50);
      expect(agentInMusic).toBeLessThan(-35);
      expect(Math.abs(resumed + 16)).toBeLessThan(0.5);
      await hangUpAndDispose(owner, callId, 'dispute');
      await owner.until('closed at baresip', () => debtor.saw('CALL_CLOSED'));
    });

  it('answers a test call as the lead would, presses 1, and the report says that both hear', async () => {
    const { debtor, trunk, owner } = await setUp('PCMU', STAFF);
    const report = owner.send('telephony.call-my-phone', {
      trunkId: trunk.trunkId,
      to: STAFF,
      staffNumberConfirmed: true,
    });
    await owner.until('answered', () => debtor.saw('CALL_ESTABLISHED'));
    debtor.press('1');
    expect(await report).toMatchObject({
      answered: true,
      heardUs: 'yes',
      weHeard: true,
      finding: 'audio.both-ways',
    });
  });

  it('the debtor holds by re-INVITE, comes back, and hangs up', async () => {
    const { engine, debtor, trunk, owner } = await setUp('PCMA');
    const campaignId = await engine.campaign(trunk, { recordCalls: false });
    await engine.start(campaignId);
    const callId = await nextConnected(owner, 0);
    expect(Math.abs((await heard(owner, DEBTOR_HZ)) + 16)).toBeLessThan(0.5);
    await debtor.command('hold');
    await owner.until('silence', async () => (await loudness(owner)) < -60);
    await debtor.command('resume');
    await owner.until('sound', async () => Math.abs((await heard(owner, DEBTOR_HZ)) + 16) < 0.5);
    await debtor.command('hangup');
    await finishWrapUp(owner, callId, 'dispute');
    const [attempt] = await engine.read('SELECT attemptResult, endedBy FROM attempt');
    expect(attempt).toEqual({ attemptResult: 'answered', endedBy: 'debtor' });
  });
});

function levelOf(samples: readonly number[]): number {
  const square = samples.reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0);
  return square === 0 ? -127 : 10 * Math.log10(square / samples.length);
}
