import { lookup } from 'node:dns/promises';
import type { GatewayTestStep } from '#shared/contract/gateway.contract.ts';
import type { Unbranded } from '../../../contract-server/types.ts';
import type { AdapterParts, HandOver, OutgoingMessage } from '../../types.ts';
import { samePhone } from './addresses.ts';
import { type BindRole, bindWire } from './bind.ts';
import { handOverParts } from './hand-over.ts';
import type { LinkProblem } from './link-state.ts';
import { openSocket, problemOf } from './open-socket.ts';
import { readContent, sourceOf } from './read-deliver.ts';
import { deliverKind, readReceipt } from './receipt.ts';
import { buildSubmits } from './submits.ts';
import { commandStatus, type Pdu, SmppWire } from './wire/index.ts';

type Step = Unbranded<GatewayTestStep>;
/** what a step found: null is well */
type Found = (LinkProblem & { isWarning?: boolean }) | null;

const receiptWithinMs = 20_000;
const enquireWithinMs = 10_000;
const unbindWithinMs = 2_000;

/** Resolve, connect (with TLS), bind, enquire; with a message: send it and wait for its receipt. */
export async function testSmpp(
  parts: AdapterParts<'smpp'>,
  message: OutgoingMessage | null,
): Promise<Step[]> {
  const test = new SmppTest(parts);
  const steps = new StepList(parts.clock);
  await steps.try('resolve', () => test.resolve());
  await steps.try(parts.settings.tls === undefined ? 'connect' : 'tls', () => test.connect());
  await steps.try('login', () => test.bind());
  await steps.try('enquire', () => test.enquire());
  if (message !== null) {
    await steps.try('send', () => test.send(message));
    await steps.try('receipt', () => test.awaitReceipt());
  }
  await test.close();
  return steps.done;
}

/** Steps in order; after a failure the rest is skipped. */
class StepList {
  readonly done: Step[] = [];
  #clock: AdapterParts['clock'];
  #failed = false;

  constructor(clock: AdapterParts['clock']) {
    this.#clock = clock;
  }

  async try(step: string, run: () => Promise<Found>): Promise<void> {
    if (this.#failed) {
      this.done.push({ step, state: 'skipped', tookMs: 0, code: null, detail: null });
      return;
    }
    const startedAtMs = this.#clock.monotonic();
    const found = await run();
    const tookMs = Math.round(this.#clock.monotonic() - startedAtMs);
    if (found === null) {
      this.done.push({ step, state: 'ok', tookMs, code: null, detail: null });
      return;
    }
    const { code, detail, isWarning = false } = found;
    this.done.push({ step, state: isWarning ? 'warning' : 'failed', tookMs, code, detail });
    this.#failed = !isWarning;
  }
}

class SmppTest {
  #parts: AdapterParts<'smpp'>;
  #wires: SmppWire[] = [];
  #receipts: Pdu[] = [];
  #onReceipt = () => {};
  #sentTo = '';

  constructor(parts: AdapterParts<'smpp'>) {
    this.#parts = parts;
  }

  async resolve(): Promise<Found> {
    try {
      await lookup(this.#parts.settings.host);
      return null;
    } catch (error) {
      return problemOf(error instanceof Error ? error : new Error(String(error)));
    }
  }

  async connect(): Promise<Found> {
    for (const _role of this.#roles()) {
      const found = await this.#connectOne();
      if (found !== null) return found;
    }
    const { tls } = this.#parts.settings;
    if (tls?.verify !== false) return null;
    return { code: 'gateway.certificate-unchecked', detail: null, isWarning: true };
  }

  async bind(): Promise<Found> {
    const { settings, secrets } = this.#parts;
    for (const [index, role] of this.#roles().entries()) {
      const wire = this.#wires[index];
      if (wire === undefined) return { code: 'gateway.connection-lost', detail: null };
      const problem = await bindWire(wire, role, settings, secrets.password ?? '');
      if (problem !== null) return problem;
    }
    return null;
  }

  async enquire(): Promise<Found> {
    for (const wire of this.#wires) {
      const answer = await wire.request('enquire_link', { withinMs: enquireWithinMs });
      if (answer.kind !== 'answered') return { code: 'gateway.no-answer', detail: 'enquire_link' };
    }
    return null;
  }

  async send(message: OutgoingMessage): Promise<Found> {
    const { settings, clock } = this.#parts;
    const [wire] = this.#wires;
    this.#sentTo = message.to;
    const submits = buildSubmits(message, settings, Math.floor(clock.now()) & 0xffff);
    if (wire === undefined) return { code: 'gateway.connection-lost', detail: null };
    if (submits === null) return { code: 'gateway.too-long', detail: null };
    const handOver: HandOver = await handOverParts(submits, {
      clock,
      answerWithinMs: settings.answerWithinMs,
      request: (command, options) => wire.request(command, options),
      onTaken: () => {},
      onLateAnswer: () => {},
    });
    return handOver.kind === 'accepted' ? null : { code: handOver.code, detail: handOver.detail };
  }

  /** The SMSC tells of this bind's messages here, or to another bind of the same account: so nothing is proved without. */
  async awaitReceipt(): Promise<Found> {
    if (this.#receipts.length === 0) await this.#waitForReceipt();
    const [pdu] = this.#receipts;
    if (pdu === undefined) return { code: 'gateway.no-receipt-yet', detail: null, isWarning: true };
    const { text } = readContent(pdu, this.#parts.settings.defaultAlphabet);
    const { state, code } = readReceipt(pdu, text ?? '');
    const failed = state === 'failed' || state === 'expired';
    return failed ? { code: 'gateway.not-delivered', detail: code, isWarning: true } : null;
  }

  async close(): Promise<void> {
    for (const wire of this.#wires) {
      if (!wire.ended) await wire.request('unbind', { withinMs: unbindWithinMs });
      wire.destroy();
    }
  }

  #roles(): BindRole[] {
    const isOne = this.#parts.settings.bind === 'transceiver';
    return isOne ? ['transceiver'] : ['transmitter', 'receiver'];
  }

  async #connectOne(): Promise<Found> {
    const { settings, clock } = this.#parts;
    const opened = await openSocket(settings, clock).opened;
    if (!opened.ok) return opened.problem;
    const wire: SmppWire = new SmppWire({
      socket: opened.socket,
      clock,
      onRequest: (pdu) => this.#onRequest(pdu, wire),
      onEnd: () => {},
    });
    this.#wires.push(wire);
    return null;
  }

  #onRequest(pdu: Pdu, wire: SmppWire): void {
    if (pdu.command === 'enquire_link' || pdu.command === 'unbind') return wire.reply(pdu);
    if (pdu.command !== 'deliver_sm' && pdu.command !== 'data_sm') return;
    const isOurs = deliverKind(pdu) === 'receipt' && samePhone(sourceOf(pdu), this.#sentTo);
    // what belongs to debtors is refused for now, so that it comes again to the bind that stores it
    if (!isOurs) return wire.reply(pdu, commandStatus.temporaryError);
    wire.reply(pdu);
    this.#receipts.push(pdu);
    this.#onReceipt();
  }

  #waitForReceipt(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#parts.clock.setTimer(receiptWithinMs, resolve);
      this.#onReceipt = () => {
        cancel();
        resolve();
      };
    });
  }
}
