import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/errors/index.ts';
import { type Clock, Disposables, type Random } from '#shared/util/index.ts';
import {
  createSipEndpoint,
  type IncomingCall,
  type SipCounters,
  type SipEndpoint,
  type SipLogger,
  type SipSocket,
} from '../telephony/sip/index.ts';
import { PromptLibrary } from './audio/prompt-library.ts';
import { type CallChoice, CallChoices } from './calls/call-choices.ts';
import { CallFromDebtor } from './calls/call-from-debtor.ts';
import { CallLog, type LogSink } from './calls/call-log.ts';
import type { CallRecord } from './calls/call-record.ts';
import { type CarrierContext, closeRecord, type LiveCall } from './calls/carrier-context.ts';
import { DebtorCall } from './calls/debtor-call.ts';
import { RtpClock } from './media/rtp-clock.ts';
import {
  type CallIn,
  digitsOf,
  drawMs,
  namesInSteps,
  promptNames,
  type Scenario,
  seededRandom,
  type Talk,
} from './scenario/index.ts';
import { Gate } from './wire/gate.ts';
import { ImpairedSocket } from './wire/impaired-socket.ts';
import { malformedSip } from './wire/malformed.ts';
import { firstHeader, type SipRequestText, userOf } from './wire/sip-text.ts';
import { openUdpSocket } from './wire/udp-socket.ts';

export interface PracticeCarrierOptions {
  scenario: Scenario;
  listen: { host: string; port: number };
  /** searched in order for `NAME.wav` */
  promptFolders: readonly string[];
  clock: Clock;
  /** gets every change of a call as a JSON line */
  log?: LogSink;
}

export interface CallInRequest {
  from: string;
  to: string;
  /** absent: where the latest registration or call came from */
  target?: { host: string; port: number };
  patienceMs?: number;
  talk?: Talk;
}

export interface CarrierStatus {
  calls: readonly CallRecord[];
  callsUp: number;
  registrations: number;
  sip: SipCounters;
}

/** A carrier that is not one: real SIP and RTP on loopback, and debtors out of a scenario. */
export interface PracticeCarrier {
  readonly host: string;
  readonly port: number;
  /** @throws AppError `practice.no-engine` when nobody has registered or called yet and no target is given */
  callIn(request: CallInRequest): Promise<CallRecord>;
  status(): CarrierStatus;
  /** `false`: every SIP packet is lost in both ways, as when the carrier is gone; RTP of calls goes on */
  setNetworkUp(up: boolean): void;
  /** hangs up what is up and closes the sockets */
  stop(): Promise<void>;
}

/**
 * Binds the address and begins to answer. Rejects when the address cannot be had.
 * @throws AppError `practice.no-prompt`, `practice.bad-prompt` for a prompt that the scenario names
 */
export async function createPracticeCarrier(
  options: PracticeCarrierOptions,
): Promise<PracticeCarrier> {
  const carrier = new Carrier(options);
  await carrier.start();
  return carrier;
}

/** for answers to our BYEs when the carrier stops */
const longestGoodbyeMs = 1000;

const silentLogger: SipLogger = { debug() {}, info() {}, warn() {}, error() {} };

class Carrier implements PracticeCarrier {
  readonly #options: PracticeCarrierOptions;
  readonly #context: CarrierContext;
  readonly #random: Random;
  readonly #live = new Set<LiveCall>();
  readonly #timers = new Disposables();
  readonly #choices: CallChoices;
  #network: ImpairedSocket | null = null;
  #gate: Gate | null = null;
  #endpoint: SipEndpoint | null = null;

  constructor(options: PracticeCarrierOptions) {
    const { scenario, clock, listen } = options;
    this.#options = options;
    this.#random = seededRandom(scenario.seed, 'network');
    this.#context = {
      scenario,
      clock,
      rtpClock: new RtpClock(clock),
      network: {
        bindHost: listen.host,
        impairment: scenario.carrier.rtp,
        malformedPercent: scenario.carrier.malformed.rtpPercent,
        clock,
        random: this.#random,
      },
      prompts: new PromptLibrary(options.promptFolders),
      log: new CallLog(randomUUID(), options.log ?? (() => {})),
    };
    this.#choices = new CallChoices(this.#context);
  }

  get host(): string {
    return this.#required(this.#gate).localHost;
  }

  get port(): number {
    return this.#required(this.#gate).localPort;
  }

  async start(): Promise<void> {
    const { listen, scenario, clock } = this.#options;
    for (const name of promptNames(scenario)) this.#context.prompts.samples(name);
    this.#network = new ImpairedSocket({
      inner: await openUdpSocket(listen.host, listen.port),
      impairment: scenario.carrier.sip,
      random: this.#random,
      clock,
    });
    this.#gate = new Gate({
      inner: this.#network,
      access: scenario.carrier.access,
      clock,
      ignoresInvite: (invite) => this.#meetInvite(invite),
    });
    this.#endpoint = await this.#openEndpoint(this.#gate);
    this.#endpoint.onIncoming = (call) => this.#take(call);
    for (const plan of scenario.callIn) this.#scheduleCallIn(plan);
    this.#scheduleMalformed();
  }

  async callIn(request: CallInRequest): Promise<CallRecord> {
    const talk = request.talk ?? { steps: [], whenDone: 'stay' };
    for (const name of namesInSteps(talk.steps)) this.#context.prompts.samples(name);
    const target = request.target ?? this.#required(this.#gate).engineAddress();
    if (target === null) {
      throw new AppError('practice.no-engine', 'nobody has registered or called yet');
    }
    const { scenario, log, clock } = this.#context;
    const nthCall = log.countCall(`in ${digitsOf(request.from)}`);
    const open = log.open({
      sipCallId: '',
      direction: 'fromDebtor',
      from: request.from,
      to: request.to,
      nthCall,
      behaviour: 'callIn',
      invitedAt: clock.now(),
    });
    const call: CallFromDebtor = new CallFromDebtor({
      context: this.#context,
      endpoint: this.#required(this.#endpoint),
      open,
      target,
      talk,
      patienceMs: request.patienceMs ?? 30_000,
      random: seededRandom(scenario.seed, 'in', digitsOf(request.from), nthCall),
      onOver: () => this.#live.delete(call),
    });
    this.#live.add(call);
    await call.start();
    return open.record;
  }

  status(): CarrierStatus {
    for (const call of this.#live) call.refresh();
    return {
      calls: this.#context.log.all(),
      callsUp: this.#live.size,
      registrations: this.#required(this.#gate).registrations.count,
      sip: { ...this.#required(this.#endpoint).counters },
    };
  }

  setNetworkUp(up: boolean): void {
    this.#required(this.#network).setUp(up);
  }

  async stop(): Promise<void> {
    this.#timers.dispose();
    await this.#hangUpAll();
    await this.#endpoint?.close();
    await this.#gate?.close();
  }

  /** Says BYE to everyone; an engine that is gone itself does not hold us up. */
  async #hangUpAll(): Promise<void> {
    const calls = [...this.#live].map((call) => call.hangUp());
    if (calls.length === 0) return;
    const limit = new Promise<void>((resolve) => {
      this.#context.clock.setTimer(longestGoodbyeMs, resolve);
    });
    await Promise.race([Promise.allSettled(calls), limit]);
  }

  #openEndpoint(socket: SipSocket): Promise<SipEndpoint> {
    const options = {
      socket,
      bindHost: socket.localHost,
      bindPort: socket.localPort,
      account: { user: 'practice', authUser: 'practice', password: '', domain: socket.localHost },
      registerExpiresSec: 0,
      keepAliveMs: 0,
      userAgent: 'Dialdesk practice carrier',
    };
    const { clock } = this.#options;
    return createSipEndpoint(options, { clock, random: this.#random, logger: silentLogger });
  }

  /** First sight of an INVITE, before the endpoint. @returns whether it is met with silence */
  #meetInvite(invite: SipRequestText): boolean {
    const sipCallId = firstHeader(invite, 'call-id');
    const to = userOf(invite.requestUri);
    const { choice, isNew } = this.#choices.meet(sipCallId, to);
    if (choice.behaviour.kind !== 'noResponse') return false;
    if (isNew) {
      const from = userOf(firstHeader(invite, 'from'));
      const open = this.#openRecord({ sipCallId, from, to }, choice);
      closeRecord(this.#context, open, { by: 'carrier', audio: null });
    }
    return true;
  }

  #take(call: IncomingCall): void {
    const { sipCallId } = call.identity;
    const choice = this.#choices.take(sipCallId, call.toUser);
    const from = call.assertedUser ?? call.fromUser ?? 'anonymous';
    const open = this.#openRecord({ sipCallId, from, to: call.toUser }, choice);
    if (this.#live.size >= this.#context.scenario.carrier.maxConcurrentCalls) {
      closeRecord(this.#context, open, { by: 'carrier', status: 503, audio: null });
      call.reject(503, 'Service Unavailable');
      return;
    }
    const { behaviour, random } = choice;
    const debtor: DebtorCall = new DebtorCall({
      context: this.#context,
      call,
      open,
      behaviour,
      random,
      onOver: () => this.#live.delete(debtor),
    });
    this.#live.add(debtor);
    debtor.start().catch(() => void debtor.hangUp());
  }

  #openRecord(call: { sipCallId: string; from: string; to: string }, choice: CallChoice) {
    const { log, clock } = this.#context;
    return log.open({
      ...call,
      direction: 'toDebtor',
      nthCall: choice.nthCall,
      behaviour: choice.label,
      invitedAt: clock.now(),
    });
  }

  #scheduleCallIn(plan: CallIn, nth = 1): void {
    const random = seededRandom(this.#options.scenario.seed, 'callIn', plan.from, plan.to, nth);
    const wait = nth === 1 ? plan.afterMs : (plan.everyMs ?? plan.afterMs);
    this.#after(drawMs(wait, random), () => {
      const { from, to, talk } = plan;
      const patienceMs = drawMs(plan.patienceMs, random);
      // With no engine there yet the debtor gets no line; the next planned call tries again.
      this.callIn({ from, to, patienceMs, talk }).catch(() => {});
      if (nth < plan.times) this.#scheduleCallIn(plan, nth + 1);
    });
  }

  #scheduleMalformed(): void {
    const { sipPerMinute } = this.#options.scenario.carrier.malformed;
    if (sipPerMinute === 0) return;
    this.#after(60_000 / sipPerMinute, () => {
      const target = this.#gate?.engineAddress();
      if (target) this.#network?.send(malformedSip(this.#random), target.host, target.port);
      this.#scheduleMalformed();
    });
  }

  #after(delayMs: number, act: () => void): void {
    this.#timers.add(this.#options.clock.setTimer(delayMs, act));
  }

  #required<Value>(value: Value | null): Value {
    if (value === null) throw new AppError('practice.not-started', 'the carrier is not started');
    return value;
  }
}
