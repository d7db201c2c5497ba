import type { ReadReply } from '../../contact-rules/index.ts';
import type { MessageChannel } from '../types.ts';

/** A file of a message that came in, sealed already. */
export interface ArrivedFile {
  name: string;
  mediaType: string;
  bytes: number;
  sha256: string;
  fileName: string;
  keyHex: string;
}

/** One whole message, read and ready to be written. */
export interface ArrivedMessage {
  /** digest of what the gateway calls it */
  sourceKey: string;
  channel: MessageChannel;
  from: string;
  to: string | null;
  text: string | null;
  subject: string | null;
  html: string | null;
  /** epoch ms by the provider's clock; null: it did not say */
  at: number | null;
  headerId: string | null;
  references: readonly string[];
  ourMessageIds: readonly string[];
  answersProviderId: string | null;
  automatic: boolean;
  /** what it asks for; null of what a machine wrote */
  reading: ReadReply | null;
  files: readonly ArrivedFile[];
}

/** A part of a long text. `event`: what is kept of it until all are there; null: it has been put together with the rest. */
export interface KeptPart {
  groupKey: string;
  part: number;
  total: number;
  sourceKey: string;
  event: object | null;
}

export interface TakeArrived {
  gatewayId: string;
  messages: readonly ArrivedMessage[];
  parts: readonly KeptPart[];
}

/** What one message became, to be announced. */
export interface TakenMessage {
  inboxThreadId: string;
  debtorId: string | null;
  interactionId: string;
  channel: MessageChannel;
  at: number;
  displayName: string | null;
  snippet: string;
}

export interface Taken {
  messages: TakenMessage[];
  /** of messages that were there already */
  unusedFiles: string[];
}
