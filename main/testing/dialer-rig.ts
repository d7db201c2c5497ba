import { defaultCampaignSettings } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { Emitter, type IdSource } from '#shared/util/index.ts';
import { Agents } from '../agents/index.ts';
import {
  Attempts,
  type AttemptsOptions,
  type ContactDoor,
  type ContactFact,
  createAttemptWrites,
  createRecoverWrites,
  disposeWrites,
} from '../dialer/attempts/index.ts';
import { campaignWrites } from '../dialer/campaigns/index.ts';
import { pacingLogWrites } from '../dialer/pacing-log/index.ts';
import type { AttemptStart } from '../dialer/types.ts';
import type { Store, WriteContext, WriteDb, WriteMap } from '../store/index.ts';
import {
  LiveCalls,
  Player,
  Prompts,
  partyWrites,
  Ringback,
  type TrunkGate,
  type TrunkInvite,
} from '../telephony/call/index.ts';
import type { MediaEvent, MediaPort, MediaRequestName } from '../telephony/media/media-protocol.ts';
import type {
  DialogIdentity,
  IncomingCall,
  OutgoingCall,
  SipFinal,
} from '../telephony/sip/types.ts';
import { type ManualClock, manualClock } from './contract-clock.ts';
import { openTestStore, type TestStore } from './open-test-store.ts';

export const ANSWER_SDP = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 6000 RTP/AVP 8 101',
  'a=rtpmap:101 telephone-event/8000',
  '',
].join('\r\n');

export const FINAL = (status: number, more: Partial<SipFinal> = {}): SipFinal => ({
  status,
  reasonPhrase: '',
  q850Cause: null,
  ...more,
});

/** The media process as a port: writes down what it is asked, answers at once. */
export class FakeMedia implements MediaPort {
  readonly requests: { name: MediaRequestName; input: Record<string, unknown> }[] = [];
  /** requests of these names are refused */
  readonly refused = new Set<MediaRequestName>();
  readonly #events = new Emitter<MediaEvent>();
  readonly #restarts = new Emitter<void>();
  readonly #journal: string[];

  constructor(journal: string[]) {
    this.#journal = journal;
  }

  async request(name: MediaRequestName, input: object): Promise<never> {
    this.#journal.push(`media ${name}`);
    this.requests.push({ name, input: input as Record<string, unknown> });
    if (this.refused.has(name)) throw new AppError('media.refused', 'not now');
    const reply =
      name === 'openTrunkLeg'
        ? { host: '127.0.0.1', port: 4_000 }
        : name === 'stopRecording'
          ? { durationMs: 1_000, bytes: 8_000 }
          : {};
    return reply as never;
  }

  onEvent(listener: (event: MediaEvent) => void): () => void {
    return this.#events.on(listener);
  }

  onRestart(listener: () => void): () => void {
    return this.#restarts.on(listener);
  }

  emit(event: MediaEvent): void {
    this.#events.emit(event);
  }

  restart(): void {
    this.#restarts.emit();
  }

  /** Ends the announcement that plays. */
  endPlay(): void {
    const play = this.requests.findLast(({ name }) => name === 'play');
    this.emit({ type: 'playEnded', playId: String(play?.input.playId) });
  }

  inputs(name: MediaRequestName): Record<string, unknown>[] {
    return this.requests.filter((request) => request.name === name).map(({ input }) => input);
  }
}

/** One INVITE that was asked for; the test plays the carrier. */
export class FakeCall implements OutgoingCall {
  identity: DialogIdentity | null = null;
  sent = false;
  hungUp = 0;
  /** it takes no channel of the trunk any more */
  isOver = false;
  readonly byeAnswered = Promise.withResolvers<void>();
  #isUp = false;
  readonly trunkId: string;
  readonly request: TrunkInvite;

  constructor(trunkId: string, request: TrunkInvite, journal: string[]) {
    this.trunkId = trunkId;
    this.request = request;
    const identity = anIdentity();
    request.beforeSend(identity).then(
      () => {
        this.identity = identity;
        this.sent = true;
        journal.push('INVITE');
      },
      () => this.fail(FINAL(0, { reasonPhrase: 'Not Sent' })),
    );
  }

  /** As SIP does: after the answer our end is told at once, and the promise waits for the answer to the BYE. */
  async hangUp(): Promise<void> {
    this.hungUp += 1;
    this.isOver = true;
    if (!this.#isUp) return;
    this.end('local');
    await this.byeAnswered.promise;
  }

  ring(earlyMediaSdp: string | null = null): void {
    this.request.onProvisional?.({ status: earlyMediaSdp === null ? 180 : 183, earlyMediaSdp });
  }

  /** @returns what the ACK waits for */
  answer(): Promise<void> | void {
    const identity = { ...anIdentity(), remoteTag: 'r', confirmed: true };
    this.#isUp = true;
    return this.request.onAnswered({ answerSdp: ANSWER_SDP, identity });
  }

  fail(final: SipFinal): void {
    this.isOver = true;
    this.request.onFailed(final);
  }

  end(by: 'local' | 'remote' | 'network' = 'remote'): void {
    this.#isUp = false;
    this.isOver = true;
    this.request.onEnded({ by, q850Cause: null });
  }
}

export class FakeTrunks implements TrunkGate {
  readonly calls: FakeCall[] = [];
  down = false;
  /** channels of each trunk */
  lines = 500;
  readonly #journal: string[];

  constructor(journal: string[]) {
    this.#journal = journal;
  }

  invite(trunkId: string, request: TrunkInvite): OutgoingCall {
    if (this.down) throw new AppError('call.no-trunk', 'the trunk is unreachable');
    const call = new FakeCall(trunkId, request, this.#journal);
    this.calls.push(call);
    return call;
  }

  callsUp(trunkId: string): number {
    return this.calls.filter((call) => call.trunkId === trunkId && !call.isOver).length;
  }

  maxConcurrentCalls(): number {
    return this.lines;
  }

  mediaOf() {
    return { bindHost: '127.0.0.1', codecs: ['pcma', 'pcmu'] as const };
  }

  onIncoming(_listener: (trunkId: string, call: IncomingCall) => void): () => void {
    return () => {};
  }
}

/** The door as a port: says yes unless told otherwise, and writes down the facts. */
export class FakeDoor implements ContactDoor {
  readonly facts: { callId: string; facts: readonly ContactFact[] }[] = [];
  readonly uses: string[] = [];
  refusal: { nextAllowedAt: number | null } | null = null;
  /** the door says no to these, whatever else it says */
  readonly refusedDebtors = new Set<string>();

  reserve: ContactDoor['reserve'] = (_db, context, request) => {
    const refusal = this.refusedDebtors.has(request.debtorId)
      ? { nextAllowedAt: null }
      : this.refusal;
    const decision = {
      decisionId: context.newId(),
      obligations: [],
      warnings: [],
      overridable: false,
      override: null,
    };
    if (refusal === null)
      return {
        ...decision,
        allowed: true,
        blockedBy: [],
        nextAllowedAt: null,
        reservationId: 'held',
      };
    const refused = { rule: 'X-1', pack: 'x', version: '1', because: 'cap', until: null };
    const blockedBy = [{ ...refused, overridable: true }];
    const { nextAllowedAt } = refusal;
    return { ...decision, allowed: false, blockedBy, nextAllowedAt, reservationId: null };
  };
  markUsed: ContactDoor['markUsed'] = () => void this.uses.push('used');
  release: ContactDoor['release'] = () => void this.uses.push('released');
  recordFacts: ContactDoor['recordFacts'] = (_db, _context, { callId, facts }) =>
    void this.facts.push({ callId, facts });
}

export interface DialerRig {
  /** what happened, in order: `write NAME` when durable, `media NAME`, `INVITE` */
  journal: string[];
  clock: ManualClock;
  idSource: IdSource;
  store: TestStore;
  /** writes of these names fail, as a full disk would make them */
  failing: Set<string>;
  media: FakeMedia;
  trunks: FakeTrunks;
  door: FakeDoor;
  agents: Agents;
  calls: LiveCalls;
  attempts: Attempts;
  logged: string[];
  /** `attempts` over the store that journals */
  journaled: Store;
  campaignId: string;
  debtorIds: string[];
  phoneIds: string[];
  /** an attempt of the campaign for the `index`-th debtor */
  start(index?: number, overrides?: Partial<AttemptStart>): AttemptStart;
  /** an agent with a line that flows */
  ready(personId: string): void;
  attempt(callId: string): Record<string, unknown>;
  entry(index?: number): Record<string, unknown>;
  close(): Promise<void>;
}

/** The dialer over a real store, with fakes for media, trunks and the door. */
export function openDialerRig(
  debtors = 1,
  more: Pick<AttemptsOptions, 'ownMessage'> & { writes?: WriteMap } = {},
): DialerRig {
  const journal: string[] = [];
  const logged: string[] = [];
  const failing = new Set<string>();
  const clock = manualClock();
  const door = new FakeDoor();
  const writes = createAttemptWrites(door);
  const store = openTestStore({
    clock,
    writes: {
      ...writes,
      ...disposeWrites,
      ...createRecoverWrites(writes),
      ...campaignWrites,
      ...pacingLogWrites,
      ...partyWrites,
      ...more.writes,
    },
  });
  const journaled = journalOf(store, journal, failing);
  const media = new FakeMedia(journal);
  const trunks = new FakeTrunks(journal);
  const campaign = fill(store, debtors);
  const agents = new Agents({
    clock,
    personById: (personId) => ({ personId, displayName: personId }),
    campaignsOf: () => [campaign.campaignId],
  });
  const lineIdOf = (personId: string) =>
    agents.status(personId).line === 'down' ? null : `line-${personId}`;
  const idSource = counter();
  const calls = new LiveCalls({ media, clock, lineIdOf });
  const attempts = new Attempts({
    store: journaled,
    writes,
    media,
    trunks,
    agents,
    calls,
    player: new Player(media, idSource),
    prompts: new Prompts('/prompts'),
    ringback: new Ringback({ media, clock, idSource, lineIdOf }),
    clock,
    idSource,
    clockSuspect: () => false,
    stillAllowed: () => door.refusal === null,
    lines: trunks,
    autoReadyAt: () => null,
    ...(more.ownMessage ? { ownMessage: more.ownMessage } : {}),
    log: (message) => logged.push(message),
  });
  return {
    journal,
    clock,
    idSource,
    store,
    failing,
    media,
    trunks,
    door,
    agents,
    calls,
    attempts,
    logged,
    journaled,
    ...campaign,
    start: (index = 0, overrides = {}) => ({
      mode: 'progressive',
      debtorId: campaign.debtorIds[index] ?? null,
      contactPointId: campaign.phoneIds[index] ?? null,
      number: '+48100000001',
      trunkId: 'trunk',
      callerId: '+48100999000',
      campaignId: campaign.campaignId,
      entryId: campaign.entryIds[index] ?? null,
      personId: null,
      ringTimeoutMs: 25_000,
      answerToAgentMaxMs: 2_000,
      recordCalls: false,
      ...overrides,
    }),
    ready(personId) {
      agents.setLine(personId, 'up');
      agents.apply(personId, { type: 'ready' });
    },
    attempt: (callId) =>
      store.read.get<Record<string, unknown>>('SELECT * FROM attempt WHERE callId = ?', callId) ??
      {},
    entry: (index = 0) =>
      store.read.get<Record<string, unknown>>(
        'SELECT * FROM contactListEntry WHERE id = ?',
        campaign.entryIds[index],
      ) ?? {},
    close: () => store.close(),
  };
}

/** Until something holds, a turn of the event loop at a time; nothing sleeps. */
export async function turnsUntil(what: string, holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 5_000; turn += 1) {
    if (holds()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`never happened: ${what}`);
}

/** Lets everything that is under way come to rest. */
export async function rest(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function journalOf(store: TestStore, journal: string[], failing: Set<string>): Store {
  return {
    ...store,
    async write(map, name, input, options) {
      if (failing.has(name)) throw new AppError('store.full', 'the disk is full');
      const value = await store.write(map, name, input, options);
      journal.push(`write ${name}`);
      return value;
    },
  };
}

function fill(store: TestStore, debtors: number) {
  return store.runNow((db, context) => {
    const portfolioId = context.newId();
    const { now: createdAt } = context;
    db.insert('portfolio', {
      id: portfolioId,
      name: 'Spring',
      creditorName: 'Kredyt SA',
      createdAt,
    });
    const people = Array.from({ length: debtors }, (_, index) =>
      addDebtor(db, context, portfolioId, index),
    );
    db.insert('callerId', {
      id: 'caller',
      trunkId: 'trunk',
      e164: '+48100999000',
      label: '',
      createdAt,
    });
    const { campaignId } = campaignWrites['campaign.create'](db, context, {
      name: 'Spring',
      portfolioId,
      trunkId: 'trunk',
      callerIdId: 'caller',
      settings: defaultCampaignSettings,
      personIds: null,
    });
    campaignWrites['campaign.fill-list'](db, context, { campaignId, afterDebtorId: '' });
    const entryOf = (debtorId: string) =>
      db.get<{ id: string }>('SELECT id FROM contactListEntry WHERE debtorId = ?', debtorId)?.id ??
      '';
    return {
      campaignId,
      debtorIds: people.map(({ debtorId }) => debtorId),
      phoneIds: people.map(({ phoneId }) => phoneId),
      entryIds: people.map(({ debtorId }) => entryOf(debtorId)),
    };
  });
}

function addDebtor(db: WriteDb, context: WriteContext, portfolioId: string, index: number) {
  const debtorId = context.newId();
  const phoneId = context.newId();
  const { now: createdAt } = context;
  db.insert('debtor', {
    id: debtorId,
    portfolioId,
    externalRef: `D-${index}`,
    kind: 'person',
    displayName: `Debtor ${index}`,
    searchName: `debtor ${index}`,
    language: 'en',
    jurisdiction: 'PL',
    timeZonesJson: '["Europe/Warsaw"]',
    createdAt,
  });
  db.insert('contactPoint', {
    id: phoneId,
    debtorId,
    kind: 'mobile',
    value: `+48100${String(index).padStart(6, '0')}`,
    status: 'active',
    timeZonesJson: '["Europe/Warsaw"]',
    createdAt,
  });
  return { debtorId, phoneId };
}

function counter() {
  let next = 0;
  return {
    next: () => {
      next += 1;
      return `id-${next}`;
    },
  };
}

export function anIdentity(): DialogIdentity {
  return {
    sipCallId: 'c',
    localTag: 'l',
    remoteTag: null,
    branch: 'z9hG4bK1',
    localCseq: 1,
    localUri: 'sip:a@x',
    remoteUri: 'sip:b@x',
    requestUri: 'sip:b@x',
    remoteTarget: null,
    routeSet: [],
    localContact: 'sip:a@x',
    peerHost: '127.0.0.1',
    peerPort: 5060,
    confirmed: false,
  };
}
