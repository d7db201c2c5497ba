import type { Clock, Random } from '#shared/util/index.ts';
import { createSipEndpoint } from '../telephony/sip/endpoint.ts';
import type {
  DialogIdentity,
  IncomingCall,
  InviteRequest,
  OutgoingCall,
  SipEndpoint,
  SipEndpointOptions,
  SipFinal,
  SipLogger,
} from '../telephony/sip/types.ts';
import { SipNetwork } from './sip-network.ts';
import { ScriptedPeer } from './sip-peer.ts';

/** The global timers seen as a Clock: a test that fakes them governs sip.js's own timers and ours alike. */
export const globalClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

export const halfRandom: Random = { next: () => 0.5 };

/** Keeps what was logged, so that a test can see that nothing private is in it. */
export class RecordingLogger implements SipLogger {
  readonly lines: string[] = [];
  readonly debug = (message: string, details?: object): void => this.#add(message, details);
  readonly info = (message: string, details?: object): void => this.#add(message, details);
  readonly warn = (message: string, details?: object): void => this.#add(message, details);
  readonly error = (message: string, details?: object): void => this.#add(message, details);

  #add(message: string, details: object | undefined): void {
    this.lines.push(`${message} ${JSON.stringify(details ?? {})}`);
  }
}

export const OFFER_SDP = [
  'v=0',
  'o=- 1 1 IN IP4 10.0.0.1',
  's=-',
  'c=IN IP4 10.0.0.1',
  't=0 0',
  'm=audio 40000 RTP/AVP 0 8 101',
  'a=rtpmap:101 telephone-event/8000',
  '',
].join('\r\n');
export const ANSWER_SDP = OFFER_SDP.replaceAll('10.0.0.1', '10.0.0.2').replace('40000', '50000');

/** What happened to one outgoing call, in the order in which it happened. */
export interface CallRecord {
  call: OutgoingCall;
  identities: DialogIdentity[];
  provisionals: { status: number; earlyMediaSdp: string | null }[];
  answered: { answerSdp: string; identity: DialogIdentity } | null;
  failed: SipFinal | null;
  ended: { by: string; q850Cause: number | null } | null;
  digits: string[];
  order: string[];
}

/** Two endpoints on one faulty network: `alice` is us, `bob` the carrier she has as peer. */
export interface SipBench {
  network: SipNetwork;
  alice: SipEndpoint;
  bob: SipEndpoint;
  logger: RecordingLogger;
  incoming: IncomingCall[];
  place(overrides?: Partial<InviteRequest>): CallRecord;
  close(): Promise<void>;
}

export const ALICE = { host: '10.0.0.1', port: 5060 };
export const BOB = { host: '10.0.0.2', port: 5060 };

export function endpointOptions(overrides: Partial<SipEndpointOptions> = {}): SipEndpointOptions {
  return {
    bindHost: '127.0.0.1',
    bindPort: 0,
    account: { user: 'firm', authUser: 'firm', password: '', domain: 'carrier.example' },
    registerExpiresSec: 300,
    keepAliveMs: 0,
    userAgent: 'test',
    ...overrides,
  };
}

export async function makeSipBench(
  overrides: { alice?: Partial<SipEndpointOptions>; bob?: Partial<SipEndpointOptions> } = {},
): Promise<SipBench> {
  const network = new SipNetwork(globalClock);
  const logger = new RecordingLogger();
  const services = { clock: globalClock, random: halfRandom, logger };
  const alice = await createSipEndpoint(
    endpointOptions({ socket: network.socket(ALICE.host), peer: BOB, ...overrides.alice }),
    services,
  );
  const bob = await createSipEndpoint(
    endpointOptions({ socket: network.socket(BOB.host), ...overrides.bob }),
    services,
  );
  const incoming: IncomingCall[] = [];
  bob.onIncoming = (call) => void incoming.push(call);
  return {
    network,
    alice,
    bob,
    logger,
    incoming,
    place: (request = {}) => placeCall(alice, request),
    close: async () => {
      await alice.close();
      await bob.close();
    },
  };
}

/** Places a call and records what it reports. */
export function placeCall(
  endpoint: SipEndpoint,
  overrides: Partial<InviteRequest> = {},
): CallRecord {
  const record: Omit<CallRecord, 'call'> = {
    identities: [],
    provisionals: [],
    answered: null,
    failed: null,
    ended: null,
    digits: [],
    order: [],
  };
  const call = endpoint.invite({
    toUser: '+48221234567',
    fromUser: '+48229876543',
    offerSdp: OFFER_SDP,
    beforeSend: async (identity) => {
      record.identities.push(identity);
      record.order.push('beforeSend');
    },
    onProvisional: (response) => {
      record.provisionals.push(response);
      record.order.push(String(response.status));
    },
    onAnswered: (answer) => {
      record.answered = answer;
      record.order.push('answered');
    },
    onFailed: (final) => {
      record.failed = final;
      record.order.push('failed');
    },
    onEnded: (end) => {
      record.ended = end;
      record.order.push('ended');
    },
    onInfoDigit: (digit) => void record.digits.push(digit),
    ...overrides,
  });
  return Object.assign(record, { call });
}

/** Our endpoint with a scripted peer at the carrier's address. */
export async function makeScriptedBench(overrides: Partial<SipEndpointOptions> = {}): Promise<{
  network: SipNetwork;
  alice: SipEndpoint;
  peer: ScriptedPeer;
  logger: RecordingLogger;
  incoming: IncomingCall[];
}> {
  const network = new SipNetwork(globalClock);
  const logger = new RecordingLogger();
  const alice = await createSipEndpoint(
    endpointOptions({ socket: network.socket(ALICE.host), peer: BOB, ...overrides }),
    { clock: globalClock, random: halfRandom, logger },
  );
  const peer = new ScriptedPeer(network.socket(BOB.host), ALICE);
  const incoming: IncomingCall[] = [];
  alice.onIncoming = (call) => void incoming.push(call);
  return { network, alice, peer, logger, incoming };
}
