import type {
  AdapterKind,
  AdapterParts,
  AskedMessage,
  GatewayAdapter,
  HandOver,
  OutgoingMessage,
  Receipt,
} from '../../types.ts';
import { AwaitedMessages, mostAwaited, named } from './awaited.ts';
import type { BindRole } from './bind.ts';
import { Deliveries, incomingCursor } from './deliveries.ts';
import { handOverParts } from './hand-over.ts';
import { IncomingKeys } from './incoming-keys.ts';
import { gatewayStateOf } from './link-report.ts';
import { queryParts } from './query.ts';
import { readContent, sourceOf } from './read-deliver.ts';
import { readReceipt } from './receipt.ts';
import { ReceiptIds } from './receipt-ids.ts';
import { SmppLink } from './smpp-link.ts';
import { refusalOf } from './statuses.ts';
import { buildSubmits } from './submits.ts';
import { testSmpp } from './test-gateway.ts';
import { type Answer, commandStatus, type Pdu, type RequestOptions } from './wire/index.ts';

/** of `AdapterParts.cursors`: how this SMSC writes ids, once that is found out */
const idStyleCursor = 'receiptIds';
/** of the 5 s that closing may take: the rest is for taking leave */
const finishWithinMs = 3_000;

/** SMSCs that speak SMPP 3.4. */
export const smppAdapter: AdapterKind<'smpp'> = {
  kind: 'smpp',
  create: (parts) => new SmppAdapter(parts),
  test: testSmpp,
};

/**
 * One SMSC: a transceiver, or a transmitter and a receiver, that stay bound by themselves. Messages leave by the link that
 * transmits; receipts and answers come by the one that receives.
 */
export class SmppAdapter implements GatewayAdapter {
  readonly concurrency: number;
  readonly maxMediaBytes = null;
  #parts: AdapterParts<'smpp'>;
  #links: readonly [transmitting: SmppLink, ...others: SmppLink[]];
  #ids: ReceiptIds;
  #keys: IncomingKeys;
  #awaited = new AwaitedMessages();
  #deliveries: Deliveries;
  #underWay = new Set<Promise<unknown>>();
  #partReference: number;
  #isLimited = false;
  #closing = false;
  #closed = false;

  /** @param draw uniform in [0, 1) */
  constructor(parts: AdapterParts<'smpp'>, draw: () => number = Math.random) {
    this.#parts = parts;
    this.concurrency = parts.settings.window;
    this.#partReference = Math.floor(draw() * 0x10000);
    this.#keys = new IncomingKeys(parts.clock, parts.cursors.read(incomingCursor));
    this.#ids = new ReceiptIds({
      setting: parts.settings.receiptIds,
      learned: parts.cursors.read(idStyleCursor),
      onLearned: (style) => void this.#keepIdStyle(style),
    });
    this.#deliveries = new Deliveries({
      adapter: parts,
      keys: this.#keys,
      readReceipt: (pdu) => this.#readReceipt(pdu),
    });
    this.#links =
      parts.settings.bind === 'transceiver'
        ? [this.#makeLink('transceiver', draw)]
        : [this.#makeLink('transmitter', draw), this.#makeLink('receiver', draw)];
  }

  open(): void {
    const lost = this.#parts.lost?.(mostAwaited) ?? [];
    for (const { messageId, to, parts } of lost) {
      this.#awaited.add({ messageId, onePart: this.#isSplit(parts) }, to);
    }
    for (const link of this.#links) link.open();
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#finish();
    this.#deliveries.close();
    await Promise.all(this.#links.map((link) => link.close()));
    this.#closed = true;
  }

  async send(message: OutgoingMessage): Promise<HandOver> {
    if (this.#closing) return notConnected();
    const sending = this.#send(message);
    this.#underWay.add(sending);
    try {
      return await sending;
    } finally {
      this.#underWay.delete(sending);
    }
  }

  async query(asked: AskedMessage): Promise<Receipt | 'notTaken' | null> {
    const { messageId, to, providerIds, parts = null } = asked;
    const isSplit = this.#isSplit(parts);
    if (providerIds.length === 0) {
      // SMPP asks by the SMSC's own ids alone; a receipt may still come that names it by our reference
      return this.#awaited.add({ messageId, onePart: isSplit }, to);
    }
    // what became of the other parts nobody can say
    if (isSplit && providerIds.length < (parts ?? 1)) return null;
    const { settings } = this.#parts;
    const sender = asked.sender ?? settings.senders[0] ?? null;
    return await queryParts(
      (command, options) => this.#links[0].request(command, options),
      { providerIds, sender },
      settings.answerWithinMs,
    );
  }

  async #send(message: OutgoingMessage): Promise<HandOver> {
    const { settings, clock } = this.#parts;
    this.#partReference = (this.#partReference + 1) & 0xffff;
    const submits = buildSubmits(message, settings, this.#partReference);
    if (submits === null) {
      return { kind: 'rejected', code: 'gateway.too-long', detail: null, badAddress: false };
    }
    const { messageId } = message;
    const taken = { messageId, onePart: submits.submits.length > 1 };
    const handOver = await handOverParts(submits, {
      clock,
      answerWithinMs: settings.answerWithinMs,
      request: (command, options) => this.#request(command, options),
      onTaken: (id) => this.#ids.remember(id, message.to, taken),
      onLateAnswer: (pdu) => void this.#tellLateAnswer(message, pdu),
    });
    if (handOver.kind === 'unknown') this.#awaited.add(taken, message.to);
    return handOver;
  }

  async #request(command: string, options: RequestOptions): Promise<Answer> {
    const answer = await this.#links[0].request(command, options);
    if (answer.kind === 'answered') {
      const isLimited = answer.pdu.status !== commandStatus.ok && isThrottled(answer.pdu.status);
      if (isLimited !== this.#isLimited) {
        this.#isLimited = isLimited;
        this.#report();
      }
    }
    return answer;
  }

  #makeLink(role: BindRole, draw: () => number): SmppLink {
    const { settings, secrets, clock } = this.#parts;
    const link: SmppLink = new SmppLink({
      settings,
      password: secrets.password ?? '',
      role,
      clock,
      draw,
      onDeliver: (pdu, wire) => this.#deliveries.take(pdu, wire),
      onHeard: (wire, writtenAtMs) => this.#keys.heard(wire, writtenAtMs),
      onState: (state) => {
        if (state.kind === 'bound' && link.wire !== null && role !== 'transmitter') {
          this.#keys.bound(link.wire);
        }
        this.#report();
      },
    });
    return link;
  }

  #report(): void {
    if (this.#closed || this.#closing) return;
    const states = this.#links.map(({ state }) => state);
    this.#parts.onState(gatewayStateOf(states, this.#isLimited));
  }

  #readReceipt(pdu: Pdu): Receipt | null {
    const { text } = readContent(pdu, this.#parts.settings.defaultAlphabet);
    const receipt = readReceipt(pdu, text ?? '');
    if (receipt.id === null || receipt.state === null) {
      this.#parts.log('a receipt that says nothing', { code: receipt.code });
      return null;
    }
    const phone = sourceOf(pdu);
    const providerId = this.#ids.resolve(receipt.id, phone === '' ? null : phone);
    const { state, badAddress, code } = receipt;
    const common = { kind: 'receipt', messageId: null, hint: false, at: null } as const;
    const told: Receipt = { ...common, providerId, state, badAddress, code };
    const taken = this.#ids.messageOf(providerId);
    if (taken !== null) return named(told, taken);
    return this.#awaited.claim(told, pdu.tlvs.user_message_reference, phone);
  }

  /** It was told to be unknown; now it is known after all. */
  async #tellLateAnswer({ messageId, to }: OutgoingMessage, pdu: Pdu): Promise<void> {
    if (this.#closed) return;
    this.#awaited.delete(messageId);
    const id = pdu.fields.message_id ?? '';
    const common = { kind: 'receipt', messageId, hint: false, at: null } as const;
    let receipt: Receipt = {
      ...common,
      providerId: id === '' ? null : id,
      state: 'accepted',
      badAddress: false,
      code: null,
    };
    if (pdu.status === commandStatus.ok) this.#ids.remember(id, to, { messageId, onePart: false });
    else {
      const refusal = refusalOf(pdu.status);
      const badAddress = refusal.kind === 'rejected' && refusal.badAddress;
      receipt = { ...receipt, providerId: null, state: 'failed', badAddress, code: refusal.detail };
    }
    try {
      await this.#parts.events([receipt]);
    } catch (error) {
      // nobody can be asked to tell it again: it stays unknown
      this.#parts.log('a late answer could not be stored', { messageId, error: String(error) });
    }
  }

  /** Whether each part is a submit of its own, and has an id of its own. */
  #isSplit(parts: number | null): boolean {
    return (parts ?? 1) > 1 && this.#parts.settings.longMessages !== 'payload';
  }

  async #keepIdStyle(style: string): Promise<void> {
    try {
      await this.#parts.cursors.write(idStyleCursor, style);
    } catch (error) {
      // found out anew after the next start
      this.#parts.log('the style of ids could not be kept', { error: String(error) });
    }
  }

  async #finish(): Promise<void> {
    if (this.#underWay.size === 0) return;
    let cancel = () => {};
    const tooLong = new Promise<void>((resolve) => {
      cancel = this.#parts.clock.setTimer(finishWithinMs, resolve);
    });
    await Promise.race([Promise.allSettled(this.#underWay), tooLong]);
    cancel();
  }
}

function isThrottled(status: number): boolean {
  return refusalOf(status).code === 'gateway.throttled';
}

function notConnected(): HandOver {
  return { kind: 'later', code: 'gateway.not-connected', detail: null, retryAfterMs: 1_000 };
}
