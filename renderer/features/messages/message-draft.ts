import type { CommandInput, CommandOutput, MessageChannel } from '#shared/contract/index.ts';
import type {
  ContactPointId,
  DebtorId,
  DocumentId,
  InboxThreadId,
  TemplateId,
} from '#shared/domain/index.ts';

export type MessageOffer = CommandOutput<'message.offer'>;
export type OfferedTemplate = MessageOffer['templates'][number];
export type Recipient = MessageOffer['recipients'][number];

/** What an agent has chosen and typed for one message. Null: as the engine proposes. */
export interface MessageDraft {
  /** '': own words */
  templateId: string | null;
  language: OfferedTemplate['language'] | null;
  contactPointId: string | null;
  /** name or number that is shown; null: the template’s, else the gateway’s usual one */
  sender: string | null;
  /** of the template, after a change */
  text: string | null;
  subject: string | null;
  /** without a template; kept while templates are looked at */
  ownText: string;
  ownSubject: string;
  /** documents that go with it, instead of those of the template */
  attachments: readonly string[] | null;
  /** wall time where the debtor is, as a field holds it; null: now */
  later: string | null;
  /** why it goes out although nobody was identified */
  reason: string;
}

export const untouched: MessageDraft = {
  templateId: null,
  language: null,
  contactPointId: null,
  sender: null,
  text: null,
  subject: null,
  ownText: '',
  ownSubject: '',
  attachments: null,
  later: null,
  reason: '',
};

/** Something that would be missed: a choice alone is made again by one key. */
export function holdsWork({ text, subject, ownText, attachments, reason }: MessageDraft): boolean {
  return (
    (text ?? '').trim() !== '' ||
    (subject ?? '').trim() !== '' ||
    ownText.trim() !== '' ||
    attachments !== null ||
    reason.trim() !== ''
  );
}

export interface Choice {
  template: OfferedTemplate | null;
  recipient: Recipient | null;
}

/**
 * What is chosen: the draft's own choice where the engine still offers it, else the best. Without templates, own words.
 * Of the recipients the first that may be written to now is the best one.
 * @param veiled nobody was identified: the best that does not name the debt comes first
 */
export function choiceOf(draft: MessageDraft, offer: MessageOffer, veiled = false): Choice {
  const best =
    (veiled && offer.templates.find(({ discloses }) => !discloses)) || offer.templates[0];
  const template =
    draft.templateId === ''
      ? null
      : (offer.templates.find(({ templateId }) => templateId === draft.templateId) ?? best ?? null);
  const recipient =
    offer.recipients.find(({ contactPointId }) => contactPointId === draft.contactPointId) ??
    offer.recipients[0] ??
    null;
  return { template, recipient };
}

/** The neighbour of what is chosen in a list, round its ends. */
export function neighbour<Item>(
  items: readonly Item[],
  current: Item | null,
  step: 1 | -1,
): Item | null {
  if (items.length === 0) return null;
  const at = current === null ? (step === 1 ? -1 : 0) : items.indexOf(current);
  return items[(at + step + items.length) % items.length] ?? null;
}

/** The words that are being typed; null: those of the template. */
export function wordsOf(
  draft: MessageDraft,
  template: OfferedTemplate | null,
): { text: string | null; subject: string | null } {
  return template === null
    ? { text: draft.ownText, subject: draft.ownSubject.trim() === '' ? null : draft.ownSubject }
    : { text: draft.text, subject: draft.subject };
}

/** Another template, or own words (''). Words that were changed in the one before are kept as own words. */
export function withTemplate(draft: MessageDraft, templateId: string): Partial<MessageDraft> {
  const changed = (draft.text ?? '').trim();
  const known = draft.ownText.trim();
  const kept =
    changed === '' || known.includes(changed)
      ? draft.ownText
      : [known, changed].filter(Boolean).join('\n\n');
  return {
    templateId,
    language: null,
    // the other one may name its own
    sender: null,
    text: null,
    subject: null,
    ownText: kept,
    ownSubject: draft.ownSubject || (changed === '' ? '' : (draft.subject ?? '')),
  };
}

export interface Subject {
  debtorId: DebtorId;
  channel: MessageChannel;
  inboxThreadId: string | null;
}

/** What is asked of the engine to see the message as it would be sent. */
export function previewInput(
  { debtorId, channel, inboxThreadId }: Subject,
  draft: MessageDraft,
  { template, recipient }: Choice,
): CommandInput<'message.preview'> {
  const words = wordsOf(draft, template);
  return {
    debtorId,
    channel,
    ...(recipient ? { contactPointId: recipient.contactPointId as ContactPointId } : {}),
    ...(inboxThreadId === null ? {} : { inboxThreadId: inboxThreadId as InboxThreadId }),
    ...(template ? { templateId: template.templateId as TemplateId } : {}),
    ...(template && draft.language ? { language: draft.language } : {}),
    ...(draft.sender === null ? {} : { sender: draft.sender }),
    ...(words.text === null ? {} : { text: words.text }),
    ...(words.subject === null ? {} : { subject: words.subject }),
    ...(draft.attachments === null ? {} : { attachments: [...draft.attachments] as DocumentId[] }),
  };
}

/** Everything but the words: a preview of another choice must not be taken for this one. */
export function choiceKey(input: CommandInput<'message.preview'>): string {
  const { text: _, subject: __, ...choice } = input;
  return JSON.stringify(choice);
}

/** The preview that came with the offer shows exactly this. */
export function isOffered(
  input: CommandInput<'message.preview'>,
  { templates, recipients }: MessageOffer,
): boolean {
  return (
    input.templateId === templates[0]?.templateId &&
    input.contactPointId === recipients[0]?.contactPointId &&
    input.text === undefined &&
    input.subject === undefined &&
    input.language === undefined &&
    input.sender === undefined &&
    input.attachments === undefined
  );
}
