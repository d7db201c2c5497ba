import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { Agents } from '../../agents/index.ts';
import { type ManualClock, manualClock } from '../../testing/contract-clock.ts';
import { ANSWER_SDP, anIdentity, FakeMedia, rest, turnsUntil } from '../../testing/dialer-rig.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import type { IncomingCall } from '../sip/types.ts';
import { type InboundAnnouncement, InboundCalls } from './inbound.ts';
import { listMissed } from './inbound-queries.ts';
import { inboundWrites } from './inbound-writes.ts';
import { LiveCalls } from './live-calls.ts';
import { Player } from './player.ts';
import { Prompts } from './prompts.ts';

/** A call as SIP gives it, played by the test. */
class FakeIncoming implements IncomingCall {
  readonly identity = anIdentity();
  readonly toUser = '+48100999000';
  readonly fromUser = '+48100000000';
  readonly assertedUser = null;
  readonly privacy = false;
  readonly remoteHost = '127.0.0.1';
  readonly said: string[] = [];
  offerSdp: string | null = ANSWER_SDP;
  /** the caller leaves before its ACK */
  leavesBeforeAck = false;
  onCancelled: (() => void) | null = null;
  onEnded: ((end: { by: 'local' | 'remote' | 'network' }) => void) | null = null;
  onOffer = null;
  onInfoDigit = null;

  ringing(): void {
    this.said.push('180');
  }

  async answer(): Promise<{ ackSdp: null }> {
    this.said.push('200');
    if (this.leavesBeforeAck) throw new AppError('sip.call-over', 'no ACK');
    return { ackSdp: null };
  }

  reject(status: number): void {
    this.said.push(String(status));
  }

  async hangUp(): Promise<void> {
    this.said.push('BYE');
  }
}

let clock: ManualClock;
let store: TestStore;
let media: FakeMedia;
let agents: Agents;
let inbound: InboundCalls;
let offers: InboundAnnouncement[];
let conversations: string[];
let comesIn: (sip: IncomingCall) => void;

beforeEach(() => {
  clock = manualClock();
  store = openTestStore({ clock, writes: inboundWrites });
  media = new FakeMedia([]);
  agents = new Agents({
    clock,
    personById: (personId) => ({ personId, displayName: personId }),
    campaignsOf: () => [],
  });
  offers = [];
  conversations = [];
  const lineIdOf = (personId: string) =>
    agents.status(personId).line === 'down' ? null : `line-${personId}`;
  let next = 0;
  const idSource = { next: () => `id-${++next}` };
  inbound = new InboundCalls({
    store,
    media,
    trunks: {
      invite: () => {
        throw new Error('nobody is called here');
      },
      mediaOf: () => ({ bindHost: '127.0.0.1', codecs: ['pcma'] }),
      onIncoming: (listener) => {
        comesIn = (sip) => listener('trunk', sip);
        return () => {};
      },
    },
    agents,
    calls: new LiveCalls({ media, clock, lineIdOf }),
    player: new Player(media, idSource),
    prompts: new Prompts('/prompts'),
    clock,
    idSource,
    identify: () => ({
      number: '+48100000000',
      debtorId: null,
      contactPointId: null,
      language: 'pl',
    }),
    dutiesOf: () => ({
      recording: {
        wanted: false,
        announce: false,
        consent: false,
        forbidden: false,
        mandatory: false,
      },
      obligations: [],
    }),
    onConversation: (_caller, callId) => conversations.push(callId),
    log: () => {},
  });
  inbound.on((announcement) => offers.push(announcement));
});
afterEach(() => store.close());

function ready(personId: string): void {
  agents.setLine(personId, 'up');
  agents.apply(personId, { type: 'ready' });
  clock.advance(10);
}

async function offeredCall(
  sip = new FakeIncoming(),
): Promise<{ sip: FakeIncoming; callId: string }> {
  comesIn(sip);
  await turnsUntil('offered', () => offers.some(({ type }) => type === 'offered'));
  const offer = offers.find((announcement) => announcement.type === 'offered');
  return { sip, callId: offer?.type === 'offered' ? offer.call.view.callId : '' };
}

const missed = () => listMissed(store.read, false).map(({ reason }) => reason);
const messages = () => media.inputs('play').map(({ source }) => (source as { file: string }).file);

describe('a call that comes in', () => {
  it('taken by the agent it rings at, is answered and joined', async () => {
    ready('anna');
    const { sip, callId } = await offeredCall();
    await inbound.answer(callId, 'anna');
    expect(sip.said).toEqual(['180', '200']);
    expect(agents.state('anna')).toMatchObject({ kind: 'talking', callId });
    expect(conversations).toEqual([callId]);
    sip.onEnded?.({ by: 'remote' });
    await turnsUntil('wrapUp', () => agents.state('anna').kind === 'wrapUp');
    expect(missed()).toEqual([]);
  });

  it('whose caller leaves before the ACK frees the agent and stands in the work list', async () => {
    ready('anna');
    const { sip, callId } = await offeredCall();
    sip.leavesBeforeAck = true;
    await inbound.answer(callId, 'anna');
    await turnsUntil('free', () => agents.state('anna').kind === 'ready');
    expect(missed()).toEqual(['hungUp']);
    expect(conversations).toEqual([]);
  });

  it('whose agent vanishes as it is answered hears the message', async () => {
    ready('anna');
    const { sip, callId } = await offeredCall();
    media.refused.add('join');
    await inbound.answer(callId, 'anna');
    await turnsUntil('message', () => messages().length === 1);
    expect(messages()[0]).toMatch(/inbound-no-agent\.wav$/);
    expect(sip.said).toEqual(['180', '200']);
    expect(agents.state('anna').kind).toBe('ready');
    expect(missed()).toEqual(['noAgent']);
    media.endPlay();
    await turnsUntil('ended', () => sip.said.includes('BYE'));
  });

  it('nobody takes rings each free agent for a while, then hears the message', async () => {
    ready('anna');
    ready('boris');
    const { callId } = await offeredCall();
    expect(agents.state('anna')).toMatchObject({ kind: 'reserved', callId });
    clock.advance(15_000);
    await turnsUntil('next agent', () => offers.length === 2);
    await rest();
    expect(agents.state('anna').kind).toBe('ready');
    expect(agents.state('boris')).toMatchObject({ kind: 'reserved', callId });
    clock.advance(15_000);
    await turnsUntil('message', () => messages().length === 1);
    expect(agents.state('boris').kind).toBe('ready');
    expect(missed()).toEqual(['noAgent']);
  });

  it('given up by the caller while it rings is missed once', async () => {
    ready('anna');
    const { sip, callId } = await offeredCall();
    sip.onCancelled?.();
    await turnsUntil('free', () => agents.state('anna').kind === 'ready');
    await rest();
    expect(missed()).toEqual(['hungUp']);
    await expect(inbound.answer(callId, 'anna')).rejects.toMatchObject({ code: 'call.gone' });
  });

  it('given up at once, before its row stands, is missed too', async () => {
    const sip = new FakeIncoming();
    comesIn(sip);
    sip.onCancelled?.();
    await turnsUntil('missed', () => missed().length === 1);
    expect(missed()).toEqual(['hungUp']);
    expect(sip.said).toEqual(['180']);
  });

  it('with nothing to talk over is refused with 488', async () => {
    const sip = new FakeIncoming();
    sip.offerSdp = 'v=0\r\nm=video 9 RTP/AVP 96\r\n';
    comesIn(sip);
    await turnsUntil('refused', () => sip.said.includes('488'));
    expect(missed()).toEqual(['noAgent']);
  });
});
