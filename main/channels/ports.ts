import type {
  AttachedMedia,
  DocumentLanguage,
  MessageField,
  TemplateAttachment,
  TextProblem,
} from '#shared/contract/index.ts';
import type { Purpose } from '#shared/rule-packs/index.ts';
import type { Unbranded } from '../contract-server/types.ts';
import type { ReadDb, WriteContext, WriteDb } from '../store/types.ts';
import type { Incoming, MessageChannel, OutgoingMedia } from './types.ts';

/*
 * What the parts of channels promise each other, as types alone. `app/` wires them: the outbox knows no template, templates
 * know no outbox, and neither knows the inbox.
 */

/** One message to be written for one debtor. */
export interface FillRequest {
  debtorId: string;
  channel: MessageChannel;
  templateId: string | null;
  /** that version exactly (messages to many); null: the newest published */
  templateVersion: number | null;
  /** null: the debtor's own when the template has it, else the template's usual one */
  language: DocumentLanguage | null;
  /** stands for the template's text; may hold fields. null: the template's */
  text: string | null;
  subject: string | null;
  /** null: the open debts */
  debtIds: readonly string[] | null;
  paymentPlanId: string | null;
  agentName: string | null;
  /** what stands for `{{document.link}}`; null: there is none, and a text that needs it misses a field */
  documentLink: string | null;
}

export interface FilledMessage {
  ok: true;
  language: DocumentLanguage;
  /** '' when there is none */
  subject: string;
  /** plain text of every channel, also beside `html` */
  text: string;
  /** e-mails from a template; null: text alone */
  html: string | null;
  /** fields without a value for this debtor; `text` then shows their names */
  missing: MessageField[];
  /** against the rules of the places that this debtor touches; also lengths and emptiness */
  problems: Unbranded<TextProblem>[];
  discloses: boolean;
  /** as the template says; null: the usual one of the gateway */
  sender: string | null;
  purpose: Purpose;
  /** null without a template */
  templateVersion: number | null;
  /** what the template wants to go with it */
  attachments: TemplateAttachment[];
  /** the text holds `{{document.link}}`: the outbox then makes a link for this message */
  wantsDocumentLink: boolean;
}

export type Filled =
  | FilledMessage
  /** `template.not-published`, `message.empty`, `contract.not-found` (the debtor is gone) */
  | { ok: false; code: string };

export interface OfferedTemplate {
  templateId: string;
  name: string;
  language: DocumentLanguage;
  discloses: boolean;
  sample: boolean;
}

/** Texts of messages; templates implement it. Everything is synchronous reading, for many debtors at once. */
export interface MessageTexts {
  /**
   * Fills in a chunk (up to some hundreds of debtors), with few reads of the store: rows of all debtors at once, a template
   * parsed once, content rules compared once for each template text and set of packs.
   * @param at epoch ms
   * @returns in the order of the requests
   */
  fillMany(read: ReadDb, requests: readonly FillRequest[], at: number): Filled[];
  /** Published templates of a channel that fit the debtor's debts; the debtor's language and best fit first. */
  offer(
    read: ReadDb,
    asked: { debtorId: string; channel: MessageChannel; debtIds: readonly string[] | null },
  ): OfferedTemplate[];
  /** The version in use; null: none is, or it was retired. */
  published(
    read: ReadDb,
    templateId: string,
  ): {
    name: string;
    channel: MessageChannel;
    version: number;
    purpose: Purpose;
    sender: string | null;
    attachments: TemplateAttachment[];
    discloses: boolean;
  } | null;
}

/** What comes in; the inbox implements it. */
export interface InboxSink {
  /**
   * Takes what came by one gateway, in one write: matched, stored once by its `sourceKey`, opt-outs applied in the same
   * transaction, contact events recorded, then announced.
   * @returns when it is durable
   */
  take(gatewayId: string, incoming: readonly Incoming[]): Promise<void>;
  /** For an e-mail that answers a thread: the newest Message-ID of the debtor's and those before it; null: nothing to answer. */
  replyHeaders(
    read: ReadDb,
    inboxThreadId: string,
  ): { inReplyTo: string; references: string[]; subject: string | null } | null;
}

/** What the outbox tells threads, inside its own transaction on the writer thread; the inbox implements it. */
export interface ThreadTrace {
  /** A message by hand (none of a bulk) was queued or handed over: its thread, or the debtor's if there is one, moves up. */
  outgoing(
    db: WriteDb,
    context: WriteContext,
    message: { threadId: string | null; debtorId: string; at: number },
  ): void;
}

/** Pictures and papers of messages; `main/channels/mms` implements it. Each attachment is a row of `document`. */
export interface MessageMedia {
  /**
   * Makes what a template wants, as drafts of documents.
   * @throws AppError `document.no-payment-plan`, `document.nothing-owed`, `message.media-unreadable`,
   *   `message.media-too-large`, `message.attachment-gone` (no document of that kind)
   */
  make(wanted: {
    debtorId: string;
    channel: MessageChannel;
    /** of all together; null: no limit */
    maxBytes: number | null;
    attachments: readonly TemplateAttachment[];
    language: DocumentLanguage;
    debtIds: readonly string[] | null;
    paymentPlanId: string | null;
    personId: string | null;
  }): Promise<KeptMedia[]>;
  /**
   * As a person sees them before sending, with links that open for that person.
   * @throws AppError `message.attachment-gone` when one is not this debtor's, or was removed or erased
   */
  show(
    documentIds: readonly string[],
    viewer: { debtorId: string; personId: string; baseUrl: string },
  ): Promise<Unbranded<AttachedMedia>[]>;
  /** @throws AppError `message.attachment-gone` as `show` */
  keptMedia(read: ReadDb, debtorId: string, documentIds: readonly string[]): KeptMedia[];
  /** The bytes, to be handed over. @throws AppError `message.attachment-gone` */
  read(documentId: string): Promise<OutgoingMedia>;
}

export interface KeptMedia {
  documentId: string;
  name: string;
  mediaType: string;
  bytes: number;
}
