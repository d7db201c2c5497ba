import type { DocumentLanguage, TextProblem } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { countSms } from '#shared/util/sms-text.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import { newDocumentLink } from '../links/index.ts';
import type { FilledMessage, KeptMedia, MessageMedia, MessageTexts } from '../ports.ts';
import type { MessageRow, QueuedContent } from './outbox-rows.ts';
import type { PermitItem } from './permit-writes.ts';

export interface FillParts {
  read: ReadDb;
  texts: MessageTexts;
  media: Pick<MessageMedia, 'make'>;
  /** '' has no links */
  publicBaseUrl(): string;
  documentLinkMs(): number;
  /** of all media together, as the gateway takes them; null: no limit */
  maxMediaBytes: number | null;
}

export type FilledItem =
  | { ok: true; row: MessageRow; content: QueuedContent; item: PermitItem }
  | { ok: false; row: MessageRow; reason: string; detail: string | null };

/** Messages of bulks get their text when they are handed over, so that amounts are those of this hour. */
export async function fillDue(
  parts: FillParts,
  rows: readonly MessageRow[],
  now: number,
): Promise<FilledItem[]> {
  const { read, texts } = parts;
  const publicBaseUrl = parts.publicBaseUrl();
  const links = rows.map(() => (publicBaseUrl === '' ? null : newDocumentLink(publicBaseUrl)));
  const filled = texts.fillMany(
    read,
    rows.map((row, index) => ({
      debtorId: row.debtorId ?? '',
      channel: row.channel,
      templateId: row.templateId,
      templateVersion: row.templateVersion,
      language: row.language as DocumentLanguage | null,
      text: null,
      subject: null,
      debtIds: null,
      paymentPlanId: null,
      agentName: null,
      documentLink: links[index]?.url ?? null,
    })),
    now,
  );
  const items: FilledItem[] = [];
  for (const [index, row] of rows.entries()) {
    const one = filled[index];
    const refusal = one === undefined ? null : refusalOf(one);
    if (one === undefined || !one.ok || refusal !== null) {
      const { reason, detail } = refusal ?? { reason: 'contract.not-found', detail: null };
      items.push({ ok: false, row, reason, detail });
      continue;
    }
    items.push(await complete(parts, row, one, links[index]?.linkId ?? null, now));
  }
  return items;
}

/** Why a filled text cannot go out as it is; null: nothing. */
export function refusalOf(
  filled: FilledMessage | { ok: false; code: string },
): { reason: string; detail: string | null } | null {
  if (!filled.ok) return { reason: filled.code, detail: null };
  if (filled.missing.length > 0)
    return { reason: 'message.missing-fields', detail: filled.missing.join(', ') };
  const blocking = filled.problems.find(({ blocks }) => blocks);
  return blocking === undefined ? null : { reason: codeOf(blocking), detail: wordsOf(blocking) };
}

function codeOf({ problem }: Unbranded<TextProblem>): string {
  if (problem === 'empty') return 'message.empty';
  return problem === 'too-long' ? 'message.too-long' : 'message.content-refused';
}

function wordsOf({ problem, element, rule }: Unbranded<TextProblem>): string {
  return [problem, element, rule].filter((word) => word !== null).join(' ');
}

async function complete(
  parts: FillParts,
  row: MessageRow,
  filled: FilledMessage,
  linkId: string | null,
  now: number,
): Promise<FilledItem> {
  try {
    const attachments = await makeAttachments(parts, row, filled);
    const [first] = attachments;
    const wantsLink = filled.wantsDocumentLink && linkId !== null;
    if (wantsLink && first === undefined)
      return { ok: false, row, reason: 'message.missing-fields', detail: 'document.link' };
    const content = { text: filled.text, subject: filled.subject, html: filled.html };
    return {
      ok: true,
      row,
      content,
      item: {
        messageId: row.id,
        filled: {
          content,
          language: filled.language,
          sender: row.sender ?? filled.sender,
          parts: row.channel === 'sms' ? countSms(filled.text).parts : null,
          attachments,
          documentLink:
            wantsLink && first
              ? {
                  id: linkId,
                  documentId: first.documentId,
                  expiresAt: now + parts.documentLinkMs(),
                }
              : null,
        },
      },
    };
  } catch (error) {
    // What is missing is missing tomorrow too: this one fails, the others go on.
    if (error instanceof AppError) return { ok: false, row, reason: error.code, detail: null };
    throw error;
  }
}

function makeAttachments(
  { media, maxMediaBytes }: FillParts,
  row: MessageRow,
  { attachments, language }: FilledMessage,
): Promise<KeptMedia[]> | KeptMedia[] {
  if (attachments.length === 0) return [];
  return media.make({
    debtorId: row.debtorId ?? '',
    channel: row.channel,
    maxBytes: maxMediaBytes,
    attachments,
    language,
    debtIds: null,
    paymentPlanId: null,
    personId: row.personId,
  });
}
