import { createHash } from 'node:crypto';
import { AppError } from '#shared/errors/index.ts';
import type {
  AdapterParts,
  GatewayAdapter,
  GatewayEvent,
  HandOver,
  OutgoingMessage,
} from '../../types.ts';
import type { OpenLine } from './line/byte-line.ts';
import type { LinkState } from './link-state.ts';
import { MessageReferences } from './message-references.ts';
import { ModemLink } from './modem-link.ts';
import { decodePdu, type ReceivedPdu } from './pdu/decode-pdu.ts';
import { deliveryState, deliveryWords } from './pdu/delivery-status.ts';
import { type ModemFacts, prepareModem, requireNetwork } from './prepare-modem.ts';
import { refusedPinsOf } from './refused-pins.ts';
import {
  deleteStored,
  fields,
  listStored,
  readStored,
  type StoredMessage,
} from './stored-messages.ts';
import { type PartOutcome, submitPart, submitParts } from './submit-parts.ts';
import { readReport } from './text-mode.ts';

/** Notices get lost, and networks too: everything is looked at once in a while. */
const POLL_EVERY_MS = 60_000;
const AGAIN_AFTER_MS = 3_000;
const PART_TRIES = 3;
const CLOSE_MS = 5_000;

/** A modem with a card: texts in and out, and status reports. One command at a time. */
export class ModemAdapter implements GatewayAdapter {
  readonly concurrency = 1;
  readonly maxMediaBytes = null;
  readonly #parts: AdapterParts<'modem'>;
  readonly #link: ModemLink<ModemFacts>;
  readonly #references: MessageReferences;
  /** reports that came without being stored, until they are durable with us */
  #loose: ReceivedPdu[] = [];
  #work: Promise<unknown> = Promise.resolve();
  #cancelPoll: (() => void) | null = null;
  #longReference: number;
  #closed = false;

  constructor(parts: AdapterParts<'modem'>, openLine: OpenLine) {
    this.#parts = parts;
    const { clock, settings, secrets } = parts;
    this.#references = new MessageReferences(parts.cursors);
    this.#longReference = clock.now() & 0xff;
    const refused = refusedPinsOf(parts.cursors);
    this.#link = new ModemLink({
      clock,
      openLine,
      address: settings,
      prepare: (dialog) => prepareModem(dialog, { settings, pin: secrets.pin, refused }),
      onUnsolicited: (line, body) => this.#noticed(line, body),
      onChange: (state, error) => this.#changed(state, error),
    });
  }

  open(): void {
    this.#link.open();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelPoll?.();
    let cancel = () => {};
    const limit = new Promise<void>((resolve) => {
      cancel = this.#parts.clock.setTimer(CLOSE_MS, resolve);
    });
    await Promise.race([this.#work, limit]);
    cancel();
    await this.#link.close();
  }

  send(message: OutgoingMessage): Promise<HandOver> {
    return this.#alone(() => this.#send(message));
  }

  /** A modem remembers nothing of what it sent. */
  query(): Promise<null> {
    return Promise.resolve(null);
  }

  /** Sending and reading take turns: a storage that is chosen stays chosen until both are done. */
  #alone<Value>(task: () => Promise<Value>): Promise<Value> {
    const done = this.#work.then(task, task);
    this.#work = done.catch(() => {});
    return done;
  }

  async #send(message: OutgoingMessage): Promise<HandOver> {
    const ready = this.#link.ready;
    if (ready === null || this.#closed) return notReady();
    const { settings, clock } = this.#parts;
    const validityMs = message.validityMs ?? settings.validityMinutes * 60_000;
    this.#longReference = (this.#longReference + 1) & 0xff;
    const { to, text } = message;
    const request = { to, text, validityMs, reference: this.#longReference };
    const ids: string[] = [];
    try {
      for (const part of submitParts(request, settings, ready.facts)) {
        const outcome = await this.#submit(part);
        if (outcome.kind !== 'taken') return ids.length === 0 ? outcome : partly(outcome);
        ids.push(this.#references.add(outcome.reference, to, clock.now()));
      }
    } catch (error) {
      // thrown before anything was handed over: the text cannot be written
      if (!(error instanceof AppError)) throw error;
      const { code, message: detail } = error;
      return { kind: 'rejected', code, detail, badAddress: false };
    }
    await this.#references.save().catch((error: unknown) => {
      this.#parts.log('names of messages are not kept', { error: String(error) });
    });
    return { kind: 'accepted', providerIds: ids, parts: ids.length };
  }

  /** A part that was certainly not taken is tried again at once: the others may have left. */
  async #submit(part: Parameters<typeof submitPart>[1]): Promise<PartOutcome> {
    let outcome: PartOutcome = notReady();
    for (let tries = 1; tries <= PART_TRIES; tries += 1) {
      const ready = this.#link.ready;
      if (ready === null) return outcome;
      outcome = await submitPart(ready.dialog, part);
      const { code } = outcome as { code?: string };
      if (outcome.kind === 'unknown' || code === 'gateway.modem-silent') {
        this.#link.fail(new AppError('gateway.modem-silent', 'the modem does not answer'));
        return outcome;
      }
      if (outcome.kind !== 'later') return outcome;
      if (tries < PART_TRIES) await this.#pause(AGAIN_AFTER_MS);
    }
    return outcome;
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#parts.clock.setTimer(ms, resolve);
    });
  }

  #changed(state: LinkState, error: AppError | null): void {
    const { onState } = this.#parts;
    const code = error?.code ?? null;
    const detail = error?.message ?? null;
    if (state.kind === 'ready') {
      onState({ kind: 'ready', code: null, detail: this.#link.ready?.facts.name ?? null });
      this.#look();
    } else if (state.kind === 'closed') onState({ kind: 'off', code: null, detail: null });
    else if (state.kind === 'waiting' || state.kind === 'stopped') {
      onState({ kind: 'failing', code, detail });
    } else if (state.kind === 'opening' && state.tries === 0) {
      onState({ kind: 'connecting', code: null, detail: null });
    }
  }

  #noticed(line: string, body: string | null): void {
    if (line.startsWith('+CMTI:')) this.#look();
    else if (line.startsWith('+CDSI:')) this.#reportStored(line.slice('+CDSI:'.length));
    else if (line.startsWith('+CDS:')) {
      const text = fields(line.slice('+CDS:'.length));
      const report = body === null ? readReport(text) : decodePdu(body);
      if (report !== null) this.#loose.push(report);
      this.#look();
    }
  }

  /** Reads what is stored, now and in a minute. */
  #look(): void {
    if (this.#closed) return;
    this.#cancelPoll?.();
    this.#cancelPoll = this.#parts.clock.setTimer(POLL_EVERY_MS, () => this.#poll());
    this.#run(() => this.#drain());
  }

  #poll(): void {
    this.#run(async () => {
      const ready = this.#link.ready;
      if (ready !== null) await requireNetwork(ready.dialog);
    });
    this.#look();
  }

  #run(task: () => Promise<void>): void {
    this.#alone(task).catch((error: unknown) => {
      if (error instanceof AppError && error.code.startsWith('gateway.modem-')) {
        this.#link.fail(error);
      } else {
        // the store did not take it: it stays where it is until the next look
        this.#parts.log('messages of the modem', { error: String(error) });
      }
    });
  }

  async #drain(): Promise<void> {
    const ready = this.#link.ready;
    if (ready === null) return;
    await this.#takeLoose();
    for (const stored of await listStored(ready.dialog, ready.facts)) {
      if (await this.#taken(stored)) await deleteStored(ready.dialog, stored.index);
    }
  }

  async #takeLoose(): Promise<void> {
    const reports = this.#loose;
    const events = reports.flatMap((report) => this.#eventsOf(report, ''));
    if (events.length > 0) await this.#parts.events(events);
    this.#loose = this.#loose.filter((report) => !reports.includes(report));
  }

  /** `"SR",3`: in a storage of its own, or among the messages. */
  #reportStored(place: string): void {
    const [storage = '', index = ''] = fields(place);
    if (storage !== 'SR' || !/^\d+$/.test(index)) {
      this.#look();
      return;
    }
    this.#run(async () => {
      const ready = this.#link.ready;
      if (ready === null) return;
      const { dialog, facts } = ready;
      if (!(await dialog.command('+CPMS="SR"')).ok) return;
      const stored = await readStored(dialog, facts, Number(index));
      if (stored !== null && (await this.#taken(stored))) await deleteStored(dialog, stored.index);
      await dialog.command(`+CPMS="${this.#parts.settings.storage}"`);
    });
  }

  /** @returns whether it may be deleted: it is durable with us, or of nobody's interest */
  async #taken({ received, raw, index }: StoredMessage): Promise<boolean> {
    if (received === null) {
      this.#parts.log('a message on the card cannot be read and stays there', { index });
      return false;
    }
    const events = this.#eventsOf(received, raw);
    if (events.length > 0) await this.#parts.events(events);
    return true;
  }

  #eventsOf(received: ReceivedPdu, raw: string): GatewayEvent[] {
    if (received.kind === 'statusReport') {
      const providerId = this.#references.find(received.reference, received.to);
      if (providerId === null) return [];
      const { status, dischargedAt } = received;
      const code = deliveryWords(status);
      const state = deliveryState(status);
      return [{ kind: 'receipt', providerId, messageId: null, ...state, code, at: dischargedAt }];
    }
    const { from, text, at, part } = received;
    return [
      {
        kind: 'incoming',
        // the same message is read again after a crash between keeping and deleting it
        sourceKey: createHash('sha256').update(raw).digest('hex').slice(0, 40),
        channel: 'sms',
        from,
        to: null,
        text,
        subject: null,
        html: null,
        media: [],
        at,
        headerId: null,
        references: [],
        answersProviderId: null,
        automatic: false,
        part: part && {
          group: `${from}/${part.reference}/${part.total}`,
          number: part.number,
          total: part.total,
        },
      },
    ];
  }
}

function notReady(): Extract<HandOver, { kind: 'later' }> {
  return { kind: 'later', code: 'gateway.modem-not-ready', detail: null, retryAfterMs: 15_000 };
}

/** Some parts left: it is neither sent nor certainly not, and never sent again by itself. */
function partly(outcome: Exclude<PartOutcome, { kind: 'taken' }>): HandOver {
  return { kind: 'unknown', code: 'gateway.modem-partly-sent', detail: outcome.detail };
}
