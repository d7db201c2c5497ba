import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CallRecord } from '../../main/practice/index.ts';
import type { NodeAgent } from '../support/node-agent.ts';
import { OwnCarrier } from '../support/own-carrier.ts';
import { comeToRest, finishWrapUp, heard, say, workStateIs } from './support/calls.ts';
import { EngineRun, FIRM, numberEnding } from './support/engine.ts';
import { freePorts } from './support/sipp-carrier.ts';

/** Calls to the firm, from a carrier in a process of its own. */

const DEBTOR = numberEnding('001');
const STRANGER = numberEnding('900');
const DEBTOR_HZ = 700;
const AGENT_HZ = 880;

describe('calls to the firm', () => {
  let engine: EngineRun;
  let carrier: OwnCarrier;
  let trunkPort: number;
  let anna: NodeAgent;
  let boris: NodeAgent;

  beforeAll(async () => {
    engine = await EngineRun.start({ numbers: [DEBTOR] });
    carrier = await OwnCarrier.start({ name: 'callers' });
    trunkPort = await freePorts(1);
    await engine.trunkTo(carrier.port, { localPort: trunkPort });
    anna = (await engine.addAgent('Anna')).agent;
    boris = (await engine.addAgent('Boris')).agent;
  });

  afterAll(async () => {
    await engine?.stop();
    await carrier?.stop();
  });

  afterEach(async () => {
    for (const agent of [anna, boris]) {
      await comeToRest(agent);
      agent.events.length = 0;
    }
    await missed();
  });

  function callIn(from: string, patienceMs = 20_000): Promise<number> {
    return carrier.callIn({
      from,
      to: FIRM,
      target: { host: '127.0.0.1', port: trunkPort },
      patienceMs,
      talk: { steps: [{ tone: { hz: DEBTOR_HZ, levelDbfs: -20 } }], whenDone: 'stay' },
    } as never);
  }

  function atCarrier(callNumber: number, matches: (call: CallRecord) => boolean) {
    return carrier.call(
      `call ${callNumber}`,
      (call) => call.callNumber === callNumber && matches(call),
    );
  }

  async function offered(agent: NodeAgent) {
    const found = () => agent.events.find(({ name }) => name === 'call.offered');
    await agent.until('an offer', () => found() !== undefined);
    const event = found();
    if (event?.name !== 'call.offered') throw new Error('no offer');
    return event.data;
  }

  async function missed() {
    const { items } = await engine.owner.send('call.list-missed', {} as never);
    for (const { missedInboundId } of items)
      await engine.owner.send('call.resolve-missed', { missedInboundId } as never);
    return items.map(({ number, reason, debtorName }) => ({ number, reason, debtorName }));
  }

  it('a known debtor rings a free agent with the card, and they talk', async () => {
    await anna.goReady();
    const callNumber = await callIn(DEBTOR);
    const offer = await offered(anna);
    expect(offer.card).toMatchObject({ displayName: 'Debtor 0' });
    expect(offer.call).toMatchObject({ direction: 'in', state: 'offered', number: DEBTOR });
    const input = { callId: offer.call.callId };
    await anna.send('call.answer', input);
    say(anna, AGENT_HZ);
    expect(Math.abs((await heard(anna, DEBTOR_HZ)) + 20)).toBeLessThan(0.5);
    await atCarrier(callNumber, (call) => Math.abs(loudest(call, AGENT_HZ) + 16) < 1);
    say(anna, null);
    await anna.send('call.hang-up', input);
    await atCarrier(callNumber, (call) => call.endedBy === 'engine');
    await workStateIs(anna, 'wrapUp');
    const current = await anna.send('call.current', {});
    expect(current.call).toMatchObject({ callId: input.callId, direction: 'in', state: 'ended' });
    await finishWrapUp(anna, input.callId, 'dispute', 'notReady');
    const [row] = await engine.read<{ direction: string; kinds: string }>(
      `SELECT i.direction, group_concat(e.kind) AS kinds FROM interaction i JOIN interactionEvent e ON e.interactionId = i.id
        WHERE i.callId = ? GROUP BY i.id`,
      input.callId,
    );
    expect(row).toMatchObject({ direction: 'in', kinds: 'joined,callEnded,disposed' });
  });

  it('who is rejected rings the next agent, then hears the message', async () => {
    await anna.goReady();
    await boris.goReady();
    const callNumber = await callIn(DEBTOR);
    const first = await offered(anna);
    await anna.send('call.reject', { callId: first.call.callId });
    const second = await offered(boris);
    expect(second.call.callId).toBe(first.call.callId);
    await workStateIs(anna, 'ready');
    await boris.send('call.reject', { callId: second.call.callId });
    const record = await atCarrier(callNumber, (call) => call.endedBy === 'engine');
    expect(soundSeconds(record)).toBeGreaterThanOrEqual(2);
    expect(await missed()).toEqual([{ number: DEBTOR, reason: 'noAgent', debtorName: 'Debtor 0' }]);
  });

  it('with nobody ready the message is played and the call stands in the work list', async () => {
    const callNumber = await callIn(STRANGER);
    const record = await atCarrier(callNumber, (call) => call.endedBy === 'engine');
    expect(record.answeredAt).not.toBeNull();
    expect(soundSeconds(record)).toBeGreaterThanOrEqual(2);
    expect(await missed()).toEqual([{ number: STRANGER, reason: 'noAgent', debtorName: null }]);
  });

  it('a caller who gives up while it rings is missed, and the agent is free again', async () => {
    await anna.goReady();
    await callIn(DEBTOR, 4_000);
    const offer = await offered(anna);
    await anna.until('withdrawn', () =>
      anna.events.some(
        ({ name, data }) => name === 'call.changed' && data.call.callId === offer.call.callId,
      ),
    );
    await workStateIs(anna, 'ready');
    await expect(anna.send('call.answer', { callId: offer.call.callId })).rejects.toMatchObject({
      code: 'call.gone',
    });
    const items: unknown[] = [];
    await anna.until('missed', async () => items.push(...(await missed())) > 0);
    expect(items).toMatchObject([{ number: DEBTOR, reason: 'hungUp' }]);
  });

  it('a withheld number is offered without one, an unknown one without a card', async () => {
    await anna.goReady();
    await callIn('anonymous', 5_000);
    const withheld = await offered(anna);
    expect(withheld.call).toMatchObject({ number: null, debtorId: null });
    expect(withheld.card).toBeNull();
    await workStateIs(anna, 'ready');
    anna.events.length = 0;
    await callIn(STRANGER, 5_000);
    const unknown = await offered(anna);
    expect(unknown.call).toMatchObject({ number: STRANGER, debtorId: null });
    expect(unknown.card).toBeNull();
    await workStateIs(anna, 'ready');
    const numbers: (string | null)[] = [];
    await anna.until('both missed', async () => {
      numbers.push(...(await missed()).map(({ number }) => number));
      return numbers.length === 2;
    });
    expect(numbers).toEqual(expect.arrayContaining([STRANGER, null]));
  });
});

/** of the seconds with this tone the loudest, dBFS */
function loudest(record: CallRecord, frequencyHz: number): number {
  const windows = record.media?.windows ?? [];
  const levels = windows
    .filter(({ dominantHz }) => Math.abs((dominantHz ?? 0) - frequencyHz) < 10)
    .map(({ levelDbfs }) => levelDbfs);
  return Math.max(-127, ...levels);
}

function soundSeconds(record: CallRecord): number {
  return record.media?.windows.filter(({ levelDbfs }) => levelDbfs > -45).length ?? 0;
}
