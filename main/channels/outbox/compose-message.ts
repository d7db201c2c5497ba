import type { DocumentLanguage, MessagePreview } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Purpose } from '#shared/rule-packs/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { ContactRules } from '../../contact-rules/index.ts';
import type { RequestContext, Unbranded } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import { type GatewayHub, type OpenGateway, readMessageSettings } from '../gateways/index.ts';
import { newDocumentLink } from '../links/index.ts';
import type { FilledMessage, KeptMedia, MessageMedia, MessageTexts } from '../ports.ts';
import type { MessageChannel } from '../types.ts';
import {
  type AskedRecipient,
  askRecipients,
  chooseRecipient,
  debtOf,
  keptDebtor,
} from './recipients.ts';

/** Whether something that names the debt may be given out now; `main/telephony/call` answers. */
export type MayDisclose = (about: {
  debtorId: string;
  personId: string;
  callId?: string | undefined;
}) => { ok: true } | { ok: false; because: string };

export interface ComposeParts {
  store: Store;
  clock: Clock;
  rules: Pick<ContactRules, 'decideMany'>;
  hub: GatewayHub;
  texts: MessageTexts;
  media: MessageMedia;
  mayDisclose: MayDisclose;
  /** where links to documents lead; '' has none */
  publicBaseUrl(): string;
}

/** What is to be written, as commands say it. */
export interface Wanted {
  debtorId: string;
  channel: MessageChannel;
  contactPointId?: string | undefined;
  debtIds?: readonly string[] | undefined;
  paymentPlanId?: string | undefined;
  gatewayId?: string | undefined;
  sender?: string | undefined;
  templateId?: string | undefined;
  language?: DocumentLanguage | undefined;
  text?: string | undefined;
  subject?: string | undefined;
  attachments?: readonly string[] | undefined;
  /** files of the template are not made now */
  filesLater?: boolean | undefined;
  purpose?: Purpose | undefined;
  callId?: string | undefined;
}

/** A message by hand as it would be sent now, with all that stands in its way. */
export interface ComposedMessage {
  debtorId: string;
  debtId: string | null;
  filled: FilledMessage;
  to: AskedRecipient | null;
  gateway: OpenGateway | null;
  sender: string | null;
  attachments: readonly KeptMedia[];
  /** the template has files that were not made */
  filesPending: boolean;
  documentLink: { linkId: string; url: string } | null;
  purpose: Purpose;
  /** who is on the line may not hear of the debt; null: nothing of the kind */
  undisclosed: string | null;
  maxBytes: number | null;
}

/**
 * Fills in, asks the door about each address, chooses gateway and sender. Stores nothing but drafts of attachments.
 * @throws AppError `message.empty`, `message.free-text-refused`, `message.bad-sender`, `message.attachment-gone`,
 *   `template.not-published`, `contract.not-found`, and those of making attachments
 */
export async function composeMessage(
  parts: ComposeParts,
  wanted: Wanted,
  { principal }: Pick<RequestContext, 'principal'>,
): Promise<ComposedMessage> {
  const { store, clock, hub } = parts;
  const { read } = store;
  const debtorId = keptDebtor(read, wanted.debtorId);
  if (debtorId === null) throw new AppError('contract.not-found', 'no such debtor');
  assertMayWrite(parts, wanted, principal.role);
  const { channel } = wanted;
  const gateway = hub.choose(channel, wanted.gatewayId);
  const maxBytes = channel === 'sms' ? null : (gateway?.adapter.maxMediaBytes ?? null);
  const { personId, displayName: agentName } = principal;
  const link = newDocumentLink(parts.publicBaseUrl());
  const filled = fill(parts, { ...wanted, debtorId }, agentName, link?.url ?? null);
  const media = { debtorId, channel, personId, maxBytes, language: filled.language };
  const filesPending =
    wanted.filesLater === true && wanted.attachments === undefined && filled.attachments.length > 0;
  const attachments = filesPending ? [] : await attachmentsOf(parts, wanted, filled, media);
  const linked = filled.wantsDocumentLink && (filesPending || attachments.length > 0);
  const final =
    filled.wantsDocumentLink && !linked
      ? fill(parts, { ...wanted, debtorId }, agentName, null)
      : filled;
  // rules of collection hold for what a template says, whatever somebody calls it
  const purpose = (wanted.templateId === undefined ? wanted.purpose : undefined) ?? final.purpose;
  // what is attached is of the debtor's file, also beside a text that says nothing
  const discloses = final.discloses || attachments.length > 0;
  const debtId = debtOf(read, debtorId, wanted.debtIds);
  const about = { debtorId, channel, debtId, purpose, personId };
  const asked = askRecipients(read, parts.rules, about, clock.now());
  return {
    debtorId,
    debtId,
    filled: { ...final, discloses },
    to: chooseRecipient(asked, wanted.contactPointId),
    gateway,
    sender: senderOf(wanted, final, gateway),
    attachments,
    filesPending,
    documentLink: linked ? link : null,
    purpose,
    undisclosed: discloses ? undisclosed(parts, debtorId, personId, wanted.callId) : null,
    maxBytes,
  };
}

/** Without a template, or with a text of one's own, where the firm lets people write. */
function assertMayWrite({ store }: ComposeParts, wanted: Wanted, role: string): void {
  const { templateId, text } = wanted;
  if (templateId === undefined && text === undefined)
    throw new AppError('message.empty', 'a template or a text is needed');
  if (templateId !== undefined && text === undefined) return;
  const { freeText } = readMessageSettings(store.read);
  if (mayWrite(freeText, role)) return;
  throw new AppError('message.free-text-refused', 'the firm lets templates alone be sent');
}

export function mayWrite(freeText: 'everyone' | 'leads' | 'nobody', role: string): boolean {
  return freeText === 'everyone' || (freeText === 'leads' && role !== 'agent');
}

function fill(
  { texts, store, clock }: ComposeParts,
  wanted: Wanted,
  agentName: string,
  documentLink: string | null,
): FilledMessage {
  const request = {
    debtorId: wanted.debtorId,
    channel: wanted.channel,
    templateId: wanted.templateId ?? null,
    templateVersion: null,
    language: wanted.language ?? null,
    text: wanted.text ?? null,
    subject: wanted.subject ?? null,
    debtIds: wanted.debtIds ?? null,
    paymentPlanId: wanted.paymentPlanId ?? null,
    agentName,
    documentLink,
  };
  const [filled] = texts.fillMany(store.read, [request], clock.now());
  if (filled?.ok) return filled;
  throw new AppError(filled?.code ?? 'contract.not-found', 'this cannot be written');
}

async function attachmentsOf(
  { media, store }: ComposeParts,
  wanted: Wanted,
  filled: FilledMessage,
  about: Pick<
    Parameters<MessageMedia['make']>[0],
    'debtorId' | 'channel' | 'personId' | 'maxBytes' | 'language'
  >,
): Promise<readonly KeptMedia[]> {
  if (wanted.attachments !== undefined)
    return media.keptMedia(store.read, about.debtorId, wanted.attachments);
  if (filled.attachments.length === 0) return [];
  return media.make({
    ...about,
    attachments: filled.attachments,
    debtIds: wanted.debtIds ?? null,
    paymentPlanId: wanted.paymentPlanId ?? null,
  });
}

/** What the gateway may show: the wanted one, the template's, or its usual one. */
function senderOf(
  { sender }: Wanted,
  filled: FilledMessage,
  gateway: OpenGateway | null,
): string | null {
  const senders: readonly string[] = gateway?.record.settings.senders ?? [];
  if (sender !== undefined && !senders.includes(sender))
    throw new AppError('message.bad-sender', 'this gateway may not show this sender');
  if (sender !== undefined) return sender;
  if (filled.sender !== null && senders.includes(filled.sender)) return filled.sender;
  return senders[0] ?? null;
}

function undisclosed(
  { mayDisclose }: ComposeParts,
  debtorId: string,
  personId: string,
  callId: string | undefined,
): string | null {
  const answer = mayDisclose({ debtorId, personId, callId });
  return answer.ok ? null : answer.because;
}

/** As a person sees it before it is sent. */
export async function toPreview(
  { media }: Pick<ComposeParts, 'media'>,
  composed: ComposedMessage,
  { principal, baseUrl }: Pick<RequestContext, 'principal' | 'baseUrl'>,
): Promise<Unbranded<MessagePreview>> {
  const { filled, to, gateway, attachments, debtorId } = composed;
  const shown = await media.show(
    attachments.map(({ documentId }) => documentId),
    { debtorId, personId: principal.personId, baseUrl: baseUrl ?? '' },
  );
  return {
    language: filled.language,
    subject: filled.subject || null,
    text: filled.text,
    html: filled.html,
    to: to?.recipient ?? null,
    gatewayId: gateway?.record.gatewayId ?? null,
    gatewayName: gateway?.record.settings.name ?? null,
    sender: composed.sender,
    senders: filled.sender === null ? [...(gateway?.record.settings.senders ?? [])] : [],
    missing: filled.missing,
    problems: filled.problems,
    obligations: to?.decision.obligations ?? [],
    discloses: filled.discloses,
    needsIdentification: composed.undisclosed !== null,
    attachments: shown,
    filesPending: composed.filesPending,
    bytes: bytesOf(composed),
    maxBytes: composed.maxBytes,
  };
}

/** Of everything that is sent; what surrounds it on the wire is not counted. */
export function bytesOf({ filled, attachments }: ComposedMessage): number {
  const text = Buffer.byteLength(filled.text) + Buffer.byteLength(filled.html ?? '');
  return attachments.reduce((sum, { bytes }) => sum + bytes, text);
}
