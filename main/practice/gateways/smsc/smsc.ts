import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { commandStatus, type Pdu, SmppWire } from '../../../channels/sms/smpp/index.ts';
import { behaviourOf } from '../behaviour.ts';
import { DeliveryQueue, type Receiving } from './delivery-queue.ts';
import { deliveriesOf } from './from-phone.ts';
import { readSubmit } from './read-submit.ts';
import { queryState, receiptOf } from './receipts.ts';
import type {
  FromPhone,
  PracticeSmsc,
  PracticeSmscParts,
  SmscFault,
  SubmittedMessage,
  SubmittedPart,
} from './smsc-types.ts';

interface Esme {
  wire: SmppWire;
  /** null: not bound yet */
  login: { systemId: string; role: string } | null;
  receiving: Receiving | null;
}

interface Phone {
  outcome: 'delivered' | 'failed' | 'expired';
  failure: 'unknownAddress' | 'refused' | null;
}

const firstId = 1_000_000_000;
const unbindWithinMs = 2_000;

/** An SMSC with phones behind it: takes messages, reports on them, and lets debtors answer. On loopback only. */
export async function startPracticeSmsc(parts: PracticeSmscParts): Promise<PracticeSmsc> {
  const smsc = new Smsc(parts);
  await smsc.listen();
  return smsc;
}

class Smsc implements PracticeSmsc {
  #parts: PracticeSmscParts;
  #server: Server;
  #esmes = new Set<Esme>();
  #queue: DeliveryQueue;
  #taken: SubmittedPart[] = [];
  #messages: SubmittedMessage[] = [];
  #incomplete = new Map<string, SubmittedPart[]>();
  #outcomes = new Map<string, Phone['outcome'] | null>();
  #timers = new Set<() => void>();
  #submits = 0;
  #reference: number;
  #second = { at: 0, count: 0 };
  #silent = false;
  #stopped = false;

  constructor(parts: PracticeSmscParts) {
    this.#parts = parts;
    this.#reference = parts.seed & 0xffff;
    this.#queue = new DeliveryQueue(parts.clock, parts.acknowledgeWithinMs ?? 10_000);
    const accept = (socket: Socket) => this.#accept(socket);
    this.#server = parts.tls ? createTlsServer(parts.tls, accept) : createServer(accept);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async listen(): Promise<void> {
    this.#server.listen(this.#parts.port, this.#parts.host ?? '127.0.0.1');
    await once(this.#server, 'listening');
  }

  binds(): { systemId: string; role: string }[] {
    return [...this.#esmes].flatMap(({ login }) => (login === null ? [] : [login]));
  }

  parts(): readonly SubmittedPart[] {
    return this.#taken;
  }

  submitted(): readonly SubmittedMessage[] {
    return this.#messages;
  }

  waiting(): number {
    return this.#queue.unacknowledged;
  }

  async deliver(message: FromPhone): Promise<void> {
    this.#reference = (this.#reference + 1) & 0xffff;
    const systemId = message.systemId ?? null;
    const acknowledged = deliveriesOf(message, this.#reference).map(
      (delivery) => new Promise<void>((done) => this.#queue.add({ ...delivery, systemId, done })),
    );
    await Promise.all(acknowledged);
  }

  setSilent(silent: boolean): void {
    this.#silent = silent;
  }

  async unbindAll(): Promise<void> {
    await Promise.all(
      [...this.#esmes].map(async ({ wire }) => {
        await wire.request('unbind', { withinMs: unbindWithinMs });
        wire.end();
      }),
    );
  }

  disconnectAll(): void {
    for (const { wire } of [...this.#esmes]) wire.destroy();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#queue.stop();
    for (const cancel of this.#timers) cancel();
    this.disconnectAll();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(socket: Socket): void {
    if (this.#stopped) return void socket.destroy();
    const wire: SmppWire = new SmppWire({
      socket,
      clock: this.#parts.clock,
      onRequest: (pdu) => this.#onRequest(esme, pdu),
      onEnd: () => {
        this.#esmes.delete(esme);
        if (esme.receiving !== null) this.#queue.gone(esme.receiving);
      },
    });
    const esme: Esme = { wire, login: null, receiving: null };
    this.#esmes.add(esme);
  }

  #onRequest(esme: Esme, pdu: Pdu): void {
    if (this.#silent) return;
    if (pdu.command.startsWith('bind_')) return this.#bind(esme, pdu);
    if (pdu.command === 'enquire_link') return esme.wire.reply(pdu);
    if (esme.login === null) return esme.wire.reply(pdu, commandStatus.wrongBindStatus);
    if (pdu.command === 'unbind') {
      esme.wire.reply(pdu);
      return esme.wire.end();
    }
    if (pdu.command === 'submit_sm') return this.#submit(esme, pdu, esme.login);
    if (pdu.command === 'query_sm') return this.#query(esme, pdu);
    esme.wire.reply({ ...pdu, command: 'unknown' }, commandStatus.invalidCommandId);
  }

  #bind(esme: Esme, pdu: Pdu): void {
    const { system_id: systemId = '', password = '' } = pdu.fields;
    const { login } = this.#parts;
    if (esme.login !== null) return esme.wire.reply(pdu, commandStatus.alreadyBound);
    if (login !== undefined && login.systemId !== systemId) {
      return esme.wire.reply(pdu, commandStatus.invalidSystemId);
    }
    if (login !== undefined && login.password !== password) {
      return esme.wire.reply(pdu, commandStatus.invalidPassword);
    }
    const role = pdu.command.slice('bind_'.length);
    esme.login = { systemId, role };
    esme.wire.reply(pdu, commandStatus.ok, { system_id: 'dialdesk-smsc' });
    if (role === 'transmitter') return;
    esme.receiving = { systemId, wire: esme.wire, underWay: 0 };
    this.#queue.bound(esme.receiving);
  }

  #submit(esme: Esme, pdu: Pdu, { systemId, role }: { systemId: string; role: string }): void {
    const { clock, faultOf } = this.#parts;
    if (role === 'receiver') return esme.wire.reply(pdu, commandStatus.wrongBindStatus);
    if (this.#isThrottled()) return esme.wire.reply(pdu, commandStatus.throttled);
    const read = readSubmit(pdu);
    if (!/^[1-9]\d{6,14}$/.test(read.to)) {
      return esme.wire.reply(pdu, commandStatus.invalidDestination);
    }
    this.#submits += 1;
    const part: SubmittedPart = {
      ...read,
      number: this.#submits,
      id: this.#idOf(this.#submits),
      systemId,
      at: clock.now(),
    };
    this.#answer(esme, pdu, part, faultOf?.(part) ?? null);
  }

  #answer(esme: Esme, pdu: Pdu, part: SubmittedPart, fault: SmscFault | null): void {
    const answer = () => esme.wire.reply(pdu, commandStatus.ok, { message_id: part.id });
    switch (fault?.kind) {
      case 'refuse':
        return esme.wire.reply(pdu, fault.status);
      case 'ignore':
        return;
      case 'disconnect':
        if (fault.taken) this.#take(part, 1);
        return esme.wire.destroy();
      case 'dropAnswer':
        return this.#take(part, 1);
      case 'delayAnswer':
        this.#after(fault.delayMs, answer);
        return this.#take(part, 1);
      case 'receiptFirst':
        return this.#reportFirst(part, answer);
      default:
        answer();
        this.#take(part, fault?.kind === 'receiptTwice' ? 2 : 1);
    }
  }

  #reportFirst(part: SubmittedPart, answer: () => void): void {
    this.#taken.push(part);
    this.#outcomes.set(part.id, 'delivered');
    this.#report(part, { outcome: 'delivered', failure: null }, answer);
  }

  #take(part: SubmittedPart, receipts: number): void {
    this.#taken.push(part);
    this.#outcomes.set(part.id, null);
    const all = this.#complete(part);
    if (all === null) return;
    const text = all.map((one) => one.text ?? '').join('');
    const ids = all.map(({ id }) => id);
    const { systemId, from, to, at } = part;
    this.#messages.push({ ids, systemId, from, to, text, parts: all.length, at });
    this.#letPhoneAct(all, text, receipts);
  }

  /** @returns all parts in order, once they are here */
  #complete(part: SubmittedPart): SubmittedPart[] | null {
    if (part.part === null) return [part];
    const key = `${part.systemId} ${part.from} ${part.to} ${part.part.reference} ${part.part.total}`;
    const others = this.#incomplete.get(key) ?? [];
    const all = [...others.filter((other) => other.part?.number !== part.part?.number), part].sort(
      (a, b) => (a.part?.number ?? 0) - (b.part?.number ?? 0),
    );
    if (all.length < part.part.total) {
      this.#incomplete.set(key, all);
      return null;
    }
    this.#incomplete.delete(key);
    return all;
  }

  #letPhoneAct(all: readonly SubmittedPart[], text: string, receipts: number): void {
    const [first] = all;
    if (first === undefined) return;
    const behave = this.#parts.behaviour ?? behaviourOf;
    const { outcome, afterMs, failure, reply } = behave(`+${first.to}`, text, this.#parts.seed);
    if (outcome !== 'silent') {
      this.#after(afterMs, () => {
        for (const part of all) {
          this.#outcomes.set(part.id, outcome);
          for (let time = 0; time < receipts; time += 1) this.#report(part, { outcome, failure });
        }
      });
    }
    if (reply === null || first.from === '') return;
    const { systemId, from, to } = first;
    this.#after(reply.afterMs, () => {
      void this.deliver({ from: `+${to}`, to: from, text: reply.text, systemId });
    });
  }

  #report(part: SubmittedPart, phone: Phone, done: () => void = () => {}): void {
    if (!part.wantsReceipt) return done();
    const receipt = receiptOf(part, phone, this.#parts, this.#parts.clock.now());
    this.#queue.add({ ...receipt, systemId: part.systemId, done });
  }

  #query(esme: Esme, pdu: Pdu): void {
    const id = pdu.fields.message_id ?? '';
    const outcome = this.#outcomes.get(id);
    if (outcome === undefined) return esme.wire.reply(pdu, commandStatus.queryFailed);
    const fields = { message_id: id, message_state: queryState(outcome) };
    esme.wire.reply(pdu, commandStatus.ok, fields);
  }

  #isThrottled(): boolean {
    const { maxPerSecond, clock } = this.#parts;
    if (maxPerSecond === undefined) return false;
    const second = Math.floor(clock.monotonic() / 1_000);
    if (this.#second.at !== second) this.#second = { at: second, count: 0 };
    this.#second.count += 1;
    return this.#second.count > maxPerSecond;
  }

  #idOf(number: number): string {
    const id = firstId + number;
    return this.#parts.receiptIds === 'decimalInReceipt' ? id.toString(16) : String(id);
  }

  #after(delayMs: number, act: () => void): void {
    if (delayMs <= 0) return act();
    const cancel = this.#parts.clock.setTimer(delayMs, () => {
      this.#timers.delete(cancel);
      act();
    });
    this.#timers.add(cancel);
  }
}
