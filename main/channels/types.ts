import type { GatewayState, GatewayTestStep } from '#shared/contract/gateway.contract.ts';
import type {
  GatewayKind,
  GatewaySettings,
  MessageChannel,
  SettingsOf,
} from '#shared/contract/gateway-settings.schema.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Unbranded } from '../contract-server/types.ts';

/** A picture, a PDF or a text that goes with a message, already fitted to what the gateway takes. */
export interface OutgoingMedia {
  name: string;
  /** as in RFC 6838 */
  mediaType: string;
  bytes: Uint8Array;
}

/** One message to one address, whole: fields are filled in, rules have said yes. */
export interface OutgoingMessage {
  /** our reference, UUIDv7: given to the provider wherever it keeps one, and what an unknown message is asked for by */
  messageId: string;
  channel: MessageChannel;
  /** E.164, or an e-mail address */
  to: string;
  /** name or number; null: the gateway's usual one */
  sender: string | null;
  text: string;
  /** '' when there is none */
  subject: string;
  /** of e-mails that are more than text */
  html: string | null;
  media: readonly OutgoingMedia[];
  /** how long the provider may try; null: as the gateway's settings say */
  validityMs: number | null;
  /** of an e-mail that answers one: its Message-ID and those before it, oldest first, with angle brackets */
  inReplyTo: string | null;
  references: readonly string[];
  language: string;
}

/**
 * What came of handing over. Whoever cannot tell whether the other end took it says `unknown`: it is then asked for, and
 * never handed over again.
 */
export type HandOver =
  /** taken; one id for each part, as receipts will name them */
  | { kind: 'accepted'; providerIds: readonly string[]; parts: number }
  /** certainly not taken, and it would not be next time either */
  | { kind: 'rejected'; code: string; detail: string | null; badAddress: boolean }
  /** certainly not taken; to be tried again: throttled, not connected, the other end is down */
  | { kind: 'later'; code: string; detail: string | null; retryAfterMs: number | null }
  | { kind: 'unknown'; code: string; detail: string | null };

/** What a gateway says of a message later. */
export interface Receipt {
  kind: 'receipt';
  /** one of them is given; `messageId` where the provider returns our reference */
  providerId: string | null;
  messageId: string | null;
  state: 'accepted' | 'delivered' | 'read' | 'failed' | 'expired';
  /** it proves little: an MDN, a success DSN by a relay, a pixel */
  hint: boolean;
  /** of failures: the address does not exist, so that it is not tried again */
  badAddress: boolean;
  /** of `badAddress`: which one; it counts only when that is where the message went. Absent: the message's own */
  address?: string;
  /** it tells of one part of a long message, whose others have ids of their own; absent: of all that its id names */
  onePart?: boolean;
  /** of failures: the receiver has told the provider that they want no messages; absent: it does not say so */
  optedOut?: boolean;
  /** the provider's own word, for people */
  code: string | null;
  /** epoch ms by the provider's clock; null: it did not say */
  at: number | null;
}

/** Something that a debtor (or anybody) sent to one of our numbers or addresses. */
export interface Incoming {
  kind: 'incoming';
  /** the same message has the same key, however often it is delivered to us */
  sourceKey: string;
  channel: MessageChannel;
  /** E.164 where it can be made so, else as it came; an e-mail address in lower case */
  from: string;
  to: string | null;
  text: string | null;
  subject: string | null;
  /** as it came, not sanitised */
  html: string | null;
  media: readonly OutgoingMedia[];
  /** epoch ms; null: it did not say */
  at: number | null;
  /** Message-ID and what it answers, of e-mails, with angle brackets */
  headerId: string | null;
  references: readonly string[];
  /** the message of ours that the provider says it answers, by its id there */
  answersProviderId: string | null;
  /** made by a machine: out of office, a list (RFC 3834) */
  automatic: boolean;
  /** of one part of a long SMS; the inbox puts the parts together */
  part: { group: string; number: number; total: number } | null;
}

export type GatewayEvent = Receipt | Incoming;

/** What an adapter is given by its owner. */
export interface AdapterParts<Kind extends GatewayKind = GatewayKind> {
  gatewayId: string;
  settings: SettingsOf<Kind>;
  /** by the names in `gatewaySecrets`; those not set are absent */
  secrets: Readonly<Record<string, string>>;
  clock: Clock;
  fetch: typeof globalThis.fetch;
  /**
   * Takes what came in. Resolves when it is durable: only then may the other end be told that we have it, and only then may
   * a cursor move on. Rejects when the store cannot take it: then it must be delivered again.
   */
  events(events: readonly GatewayEvent[]): Promise<void>;
  /** where polling stands; kept over restarts */
  cursors: { read(name: string): string | null; write(name: string, value: string): Promise<void> };
  /** where this gateway's provider may report to; null or absent: the engine has no address on the internet */
  webhookUrl?(): string | null;
  /**
   * Puts media where a provider can fetch them, for about two hours.
   * @returns the address; null, or absent: nowhere
   */
  publishMedia?(media: OutgoingMedia): string | null;
  /** Parts of messages whose last receipt has not come, youngest first: for providers that are asked about each id. */
  unfinished?(limit: number): { providerId: string; at: number }[];
  /** Messages of unknown fate at this gateway, youngest first: for providers whose receipts may still name them. */
  lost?(limit: number): { messageId: string; to: string; parts: number | null }[];
  /** tells of a change of the connection; the same state twice is harmless */
  onState(state: Unbranded<Omit<GatewayState, 'since'>>): void;
  /** never bodies, numbers in full, secrets */
  log(message: string, details?: Record<string, unknown>): void;
}

/** A request of a provider to our public address. */
export interface WebhookRequest {
  method: string;
  /** what stands behind the gateway's own path, with its query */
  path: string;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  /** of the request as the provider made it, which signatures cover */
  url: string;
}

export interface WebhookReply {
  status: number;
  contentType: string;
  body: string;
}

/**
 * One gateway that is on. Made closed; after `close` nothing is heard of it any more. Never throws for what the other end
 * does: that is a value or a state.
 */
export interface GatewayAdapter {
  /** connects, registers, starts to poll: whatever it needs; resolves at once, and tells by `onState` how it goes */
  open(): void;
  /** finishes what is under way for at most 5 s, then leaves the rest to be asked about after the next start */
  close(): Promise<void>;
  /** how many messages may be under way at once */
  readonly concurrency: number;
  /** most bytes of media together; null: no limit that we know */
  readonly maxMediaBytes: number | null;
  /** Hands over one message. Called at most `concurrency` times at once, and not above `maxPerSecond`. */
  send(message: OutgoingMessage): Promise<HandOver>;
  /**
   * Asks what became of a message whose hand-over is unknown, by our reference, by its ids there, or by address and instant.
   * `null`: this gateway cannot be asked, or does not know yet; `notTaken`: it certainly never took it.
   */
  query(asked: AskedMessage): Promise<Receipt | 'notTaken' | null>;
  /** of gateways that report by webhook; the reply goes out after its events are durable */
  webhook?(request: WebhookRequest): Promise<WebhookReply>;
}

export interface AskedMessage {
  messageId: string;
  channel: MessageChannel;
  to: string;
  providerIds: readonly string[];
  /** when handing over began */
  permittedAt: number;
  /** how many it was split into; absent or null: not known */
  parts?: number | null;
  /** as it was sent; absent or null: the gateway's usual one. Some SMSCs compare it */
  sender?: string | null;
}

/** What an adapter's module exports for the registry. */
export interface AdapterKind<Kind extends GatewayKind = GatewayKind> {
  kind: Kind;
  create(parts: AdapterParts<Kind>): GatewayAdapter;
  /**
   * Tries settings step by step, and says what is wrong and where. Sends nothing unless `message` is given.
   * @param parts `events` and `cursors` take nothing
   */
  test(
    parts: AdapterParts<Kind>,
    message: OutgoingMessage | null,
  ): Promise<Unbranded<GatewayTestStep>[]>;
}

export type { GatewayKind, GatewaySettings, MessageChannel };
