import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { parse, Report } from 'node-pdu';
import { reportFields } from './at-commands.ts';
import { AtLine } from './at-line.ts';
import type { ModemState, SubmitAnswer } from './modem-state.ts';
import type { PracticeModem, PracticeModemParts, SubmittedSms } from './modem-types.ts';
import { PhoneNetwork } from './phone-network.ts';
import { SimCard } from './sim-card.ts';

export type { ModemFault, PracticeModem, PracticeModemParts, SubmittedSms } from './modem-types.ts';

const CAPACITY = 30;
/** no network has this number */
const SERVICE_CENTRE = '+48000000000';

/** A GSM modem at a serial port on the network, with a card and phones behind it. On loopback only. */
export async function startPracticeModem(parts: PracticeModemParts): Promise<PracticeModem> {
  const modem = new Modem(parts);
  await modem.listen();
  return modem;
}

class Modem implements PracticeModem {
  readonly #parts: PracticeModemParts;
  readonly #server: Server;
  readonly #network: PhoneNetwork;
  readonly #state: ModemState;
  readonly #lines = new Set<AtLine>();
  readonly #submits: SubmittedSms[] = [];
  /** what the card has no place for */
  readonly #held: { pdu: string; notice: string | null }[] = [];
  #plugged = true;

  constructor(parts: PracticeModemParts) {
    this.#parts = parts;
    this.#server = createServer((socket) => this.#accept(socket));
    this.#network = new PhoneNetwork({
      ...parts,
      deliver: (pdu) => this.#store(pdu, this.#state.messageNotices > 0 ? '+CMTI' : null),
      report: (pdu) => this.#report(pdu),
    });
    this.#state = {
      parts,
      card: new SimCard(parts.capacity ?? CAPACITY),
      commands: [],
      unlocked: parts.pin === undefined,
      pinTries: 0,
      registered: true,
      textMode: false,
      alphabet: 'GSM',
      serviceCentre: parts.serviceCentre ?? SERVICE_CENTRE,
      messageNotices: 0,
      reportNotices: 0,
      numbersErrors: false,
      textFlags: 17,
      submit: (message) => this.#submit(message),
      freed: () => this.#releaseHeld(),
    };
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get address(): string {
    return `tcp://${this.#parts.host ?? '127.0.0.1'}:${this.port}`;
  }

  async listen(): Promise<void> {
    this.#server.listen(this.#parts.port, this.#parts.host ?? '127.0.0.1');
    await once(this.#server, 'listening');
  }

  submits(): readonly SubmittedSms[] {
    return this.#submits;
  }

  commands(): readonly string[] {
    return this.#state.commands;
  }

  stored(): number {
    return this.#state.card.used;
  }

  receive(message: { from: string; text: string }): void {
    this.#network.receive(message);
  }

  unplug(): void {
    this.#plugged = false;
    for (const line of this.#lines) line.unplug();
  }

  /** As any modem that gets power: the card is locked again, notices are off. */
  plugIn(): void {
    this.#plugged = true;
    const { pin } = this.#parts;
    const settings = { messageNotices: 0, reportNotices: 0, textMode: false, alphabet: 'GSM' };
    Object.assign(this.#state, { ...settings, unlocked: pin === undefined });
  }

  setRegistered(registered: boolean): void {
    this.#state.registered = registered;
  }

  async stop(): Promise<void> {
    this.#network.stop();
    this.#server.close();
    for (const line of this.#lines) line.unplug();
    if (this.#server.listening) await once(this.#server, 'close');
  }

  #accept(socket: Socket): void {
    if (!this.#plugged) {
      socket.destroy();
      return;
    }
    socket.setNoDelay(true);
    const line = new AtLine(socket, this.#state);
    this.#lines.add(line);
    socket.on('close', () => this.#lines.delete(line));
  }

  #submit(message: Omit<SubmittedSms, 'number' | 'at'>): SubmitAnswer {
    const { clock, faultOf } = this.#parts;
    const submit = { ...message, number: this.#submits.length + 1, at: clock.now() };
    const fault = faultOf?.(submit) ?? null;
    if (!this.#state.registered) return { kind: 'fault', fault: { kind: 'refuse', error: 331 } };
    if (fault === null || fault.kind === 'noPrompt') {
      return { kind: 'taken', reference: this.#take(submit) };
    }
    if (fault.kind !== 'refuse' && fault.taken) this.#take(submit);
    return { kind: 'fault', fault };
  }

  #take(submit: SubmittedSms): number {
    this.#submits.push(submit);
    return this.#network.take(submit);
  }

  #report(pdu: string): void {
    const { reportNotices } = this.#state;
    if (reportNotices === 2) this.#store(pdu, '+CDSI');
    else if (reportNotices === 1) this.#reportAtOnce(pdu);
  }

  #reportAtOnce(pdu: string): void {
    const report = parse(pdu);
    if (!this.#state.textMode) this.#tell(`+CDS: ${pdu.length / 2 - 1}`, pdu);
    else if (report instanceof Report) this.#tell(`+CDS: ${reportFields(report)}`);
  }

  #store(pdu: string, notice: string | null): void {
    const index = this.#state.card.store(pdu);
    if (index === null) this.#held.push({ pdu, notice });
    else if (notice !== null) this.#tell(`${notice}: "SM",${index}`);
  }

  #releaseHeld(): void {
    for (const { pdu, notice } of this.#held.splice(0)) this.#store(pdu, notice);
  }

  #tell(...lines: string[]): void {
    for (const line of this.#lines) line.notice(...lines);
  }
}
