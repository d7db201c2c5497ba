import type { Clock } from '#shared/util/index.ts';
import { coversPlace } from '../../contact-rules/index.ts';
import { readLetterhead } from '../../debtors/documents/letterhead-setting.ts';
import type { ReadDb } from '../../store/types.ts';
import { readMessageSettings } from '../gateways/index.ts';
import type { Filled, FillRequest, MessageTexts, OfferedTemplate } from '../ports.ts';
import type { MessageChannel } from '../types.ts';
import type { ContentGate } from './check/content-gate.ts';
import { type DebtorFacts, loadDebtorFacts } from './facts/load-facts.ts';
import { type FillContext, type FilledFrom, fillMessage, usedFields } from './fill-message.ts';
import {
  chooseText,
  type PublishedTemplate,
  type PublishedTemplates,
} from './published-templates.ts';
import { templatesInUse, versionInUse } from './template-rows.ts';
import type { CompiledText } from './text/compile-text.ts';
import { isRevealing } from './text/discloses.ts';

export interface MessageTextsParts {
  clock: Pick<Clock, 'now'>;
  gate: ContentGate;
  templates: PublishedTemplates;
}

/** Makes the texts of messages: templates filled in for one debtor or for many. */
export function createMessageTexts({ clock, gate, templates }: MessageTextsParts): MessageTexts {
  const fillMany = (read: ReadDb, requests: readonly FillRequest[], at: number): Filled[] => {
    const context = contextOf(read, gate, at);
    const ids = [...new Set(requests.map(({ debtorId }) => debtorId))];
    const facts = loadDebtorFacts(read, ids, at);
    const sources = new Map<string, FilledFrom | 'not-published'>();
    return requests.map((request) => {
      const debtor = facts.get(request.debtorId);
      if (!debtor) return { ok: false, code: 'contract.not-found' };
      const from = sourceOf(read, templates, sources, request);
      if (from === 'not-published') return { ok: false, code: 'template.not-published' };
      if (from === null && (request.text ?? '').trim() === '') {
        return { ok: false, code: 'message.empty' };
      }
      return fillMessage(context, request, debtor, from);
    });
  };
  return {
    fillMany,
    offer: (read, asked) => offerTemplates({ clock, gate, templates }, read, asked),
    published(read, templateId) {
      const used = versionInUse(read, templateId);
      const found = used && templates.load(read, used.channel, templateId, used.version);
      if (!found) return null;
      const { name, channel, version, body } = found;
      const { purpose, sender, attachments } = body;
      const discloses = [...found.texts.values()].some((text) =>
        disclosesText(gate, read, found, text, clock.now()),
      );
      return { name, channel, version, purpose, sender, attachments, discloses };
    },
  };
}

export function contextOf(read: ReadDb, gate: ContentGate, at: number): FillContext {
  const { letterhead: firm } = readLetterhead(read);
  return { read, at, gate, firm, settings: readMessageSettings(read) };
}

/** Each template of a chunk is looked up once. */
function sourceOf(
  read: ReadDb,
  templates: PublishedTemplates,
  known: Map<string, FilledFrom | 'not-published'>,
  { templateId, templateVersion, channel }: FillRequest,
): FilledFrom | 'not-published' | null {
  if (templateId === null) return null;
  const key = `${templateId} ${templateVersion ?? ''} ${channel}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = loadAsked(read, templates, { templateId, templateVersion, channel });
  const source = found === null ? 'not-published' : toSource(found);
  known.set(key, source);
  return source;
}

function loadAsked(
  read: ReadDb,
  templates: PublishedTemplates,
  asked: { templateId: string; templateVersion: number | null; channel: MessageChannel },
): PublishedTemplate | null {
  const { templateId, templateVersion, channel } = asked;
  // a version that a message to many was started with stays what it was, whatever became of its template
  if (templateVersion !== null) return templates.load(read, channel, templateId, templateVersion);
  const used = versionInUse(read, templateId);
  if (used === null || used.channel !== channel) return null;
  return templates.load(read, channel, templateId, used.version);
}

export function toSource({
  version,
  texts,
  body,
}: Pick<PublishedTemplate, 'texts' | 'body'> & { version: number | null }): FilledFrom {
  const { defaultLanguage, purpose, sender, attachments, first } = body;
  return { version, texts, defaultLanguage, purpose, sender, attachments, first };
}

/** Names amounts or the debt, whichever of its blocks are written. */
export function disclosesText(
  gate: ContentGate,
  read: ReadDb,
  { body, channel }: Pick<PublishedTemplate, 'body' | 'channel'>,
  text: CompiledText,
  at: number,
): boolean {
  if (body.attachments.length > 0 || usedFields(text.subject, text.blocks).some(isRevealing)) {
    return true;
  }
  const raw = [text.rawSubject, ...text.blocks.map((block) => block.raw)].join('\n');
  const asked = { channel, language: text.language, text: raw, isFirst: false };
  return gate.check(read, { places: [], creditors: [] }, asked, at).namesDebt;
}

/** Stands for the link that a message gets when it is sent. */
const SOME_LINK = 'https://link.invalid/';

interface Ranked {
  offered: OfferedTemplate;
  /** it can be sent to this debtor as it is */
  isWhole: boolean;
  speaksTheirs: boolean;
}

/**
 * The templates that fit, best first: those that can be sent as they are, then those in the debtor's language, each in the
 * order that the firm gave them.
 */
function offerTemplates(
  { clock, gate, templates }: MessageTextsParts,
  read: ReadDb,
  asked: { debtorId: string; channel: MessageChannel; debtIds: readonly string[] | null },
): OfferedTemplate[] {
  const at = clock.now();
  const { debtorId, channel, debtIds } = asked;
  const facts = loadDebtorFacts(read, [debtorId], at).get(debtorId);
  if (!facts) return [];
  const context = contextOf(read, gate, at);
  const ranked = templatesInUse(read, channel).flatMap((used): Ranked[] => {
    const template = templates.load(read, channel, used.templateId, used.version);
    if (!template || !isFitting(template, facts, debtIds)) return [];
    const { defaultLanguage } = template.body;
    const text = chooseText(template.texts, [facts.language, defaultLanguage]);
    if (!text) return [];
    const filled = fillMessage(
      context,
      requestFor(asked, used.templateId),
      facts,
      toSource(template),
    );
    if (!filled.ok) return [];
    const { name, templateId } = template;
    const { language, discloses } = filled;
    return [
      {
        offered: { templateId, name, language, discloses, sample: used.sample === 1 },
        isWhole: filled.missing.length === 0 && !filled.problems.some(({ blocks }) => blocks),
        speaksTheirs: language === facts.language,
      },
    ];
  });
  const rank = ({ isWhole, speaksTheirs }: Ranked) => (isWhole ? 0 : 2) + (speaksTheirs ? 0 : 1);
  // sorting keeps what is alike in its order
  return ranked.sort((one, other) => rank(one) - rank(other)).map(({ offered }) => offered);
}

function requestFor(
  asked: { debtorId: string; channel: MessageChannel; debtIds: readonly string[] | null },
  templateId: string,
): FillRequest {
  return {
    ...asked,
    templateId,
    templateVersion: null,
    language: null,
    text: null,
    subject: null,
    paymentPlanId: null,
    agentName: 'agent',
    documentLink: SOME_LINK,
  };
}

/** By kinds of debt and by place. */
function isFitting(
  { body: { debtKinds, places } }: PublishedTemplate,
  { debtRows, jurisdiction }: DebtorFacts,
  debtIds: readonly string[] | null,
): boolean {
  const kinds = debtRows
    .filter(({ id, status }) => (debtIds === null ? status === 'open' : debtIds.includes(id)))
    .map(({ debtKind }) => debtKind);
  if (debtKinds.length > 0 && !kinds.some((kind) => debtKinds.includes(kind))) return false;
  return places.length === 0 || places.some((place) => coversPlace(place, jurisdiction));
}
