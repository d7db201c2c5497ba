import {
  type DocumentLanguage,
  documentLanguage,
  type Letterhead,
  type MessageField,
  type MessageSettings,
  type TemplateAttachment,
  type TextProblem,
} from '#shared/contract/index.ts';
import type { Purpose } from '#shared/rule-packs/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import type { Filled, FillRequest } from '../ports.ts';
import type { MessageChannel } from '../types.ts';
import type { ContentGate } from './check/content-gate.ts';
import { lengthProblems, ownProblem } from './check/text-lengths.ts';
import { createValues, type FieldSources } from './facts/field-values.ts';
import { type DebtorFacts, debtsOf, planOf, promiseOf } from './facts/load-facts.ts';
import { chooseText } from './published-templates.ts';
import {
  type CompiledBlock,
  type CompiledText,
  compileFreeText,
  compileText,
  fieldsOf,
  type Segment,
} from './text/compile-text.ts';
import { isRevealing } from './text/discloses.ts';
import { writeHtml } from './text/write-html.ts';
import { blocksFor, missingFields, writeLine, writePlain } from './text/write-text.ts';

/** What is to be filled in: a template, as published or as it is being written. */
export interface FilledFrom {
  version: number | null;
  texts: ReadonlyMap<DocumentLanguage, CompiledText>;
  defaultLanguage: DocumentLanguage;
  purpose: Purpose;
  sender: string | null;
  attachments: readonly TemplateAttachment[];
  first: boolean;
}

/** The same for every debtor of a chunk. */
export interface FillContext {
  read: ReadDb;
  at: number;
  gate: ContentGate;
  firm: Letterhead;
  settings: MessageSettings;
}

/** Writes one message for one debtor. */
export function fillMessage(
  context: FillContext,
  request: FillRequest,
  facts: DebtorFacts,
  from: FilledFrom | null,
): Filled {
  const compiled = textFor(request, facts, from);
  if (compiled === null) return { ok: false, code: 'message.empty' };
  const { language } = compiled;
  const fieldValue = createValues(sourcesOf(context, request, facts, compiled));
  const blocks = blocksFor(compiled, fieldValue);
  const isMail = request.channel === 'email';
  const subject = request.channel === 'sms' ? '' : writeLine(compiled.subject, fieldValue);
  const text = writePlain(blocks, fieldValue, isMail ? '\n\n' : '\n');
  const content = context.gate.check(
    context.read,
    facts,
    {
      channel: request.channel,
      language,
      text: rawTextOf(compiled, blocks, request.channel),
      isFirst: from?.first === true || !facts.toldBefore,
    },
    context.at,
  );
  const segments = request.channel === 'sms' ? [] : compiled.subject;
  const used = usedFields(segments, blocks);
  const attachments = [...(from?.attachments ?? [])];
  return {
    ok: true,
    language,
    subject,
    text,
    html:
      isMail && from !== null && request.text === null
        ? writeHtml({ language, title: subject }, blocks, fieldValue)
        : null,
    missing: missingFields(segments, blocks, fieldValue),
    problems: [
      ...unknownFields(language, segments, blocks),
      ...lengthProblems(request.channel, language, { subject, text }),
      ...content.problems,
    ],
    discloses: content.namesDebt || attachments.length > 0 || used.some(isRevealing),
    sender: from?.sender ?? null,
    purpose: from?.purpose ?? 'collection',
    templateVersion: from?.version ?? null,
    attachments,
    wantsDocumentLink: used.includes('document.link'),
  };
}

/** Of the template, or what was written in its place. */
function textFor(
  { language, text, subject }: FillRequest,
  facts: DebtorFacts,
  from: FilledFrom | null,
): CompiledText | null {
  const chosen =
    from === null ? null : chooseText(from.texts, [language, facts.language, from.defaultLanguage]);
  if (text === null && chosen === null) return null;
  const spoken = chosen?.language ?? language ?? spokenLanguage(facts.language);
  if (text !== null) return compileFreeText(spoken, subject ?? chosen?.rawSubject ?? '', text);
  if (chosen === null || subject === null) return chosen;
  return { ...chosen, ...onlySubject(spoken, subject, chosen) };
}

function onlySubject(language: DocumentLanguage, subject: string, { fields }: CompiledText) {
  const { subject: segments, rawSubject } = compileText(language, { subject, blocks: [] });
  return { subject: segments, rawSubject, fields: new Set([...fields, ...fieldsOf(segments)]) };
}

function spokenLanguage(language: string): DocumentLanguage {
  return documentLanguage.options.find((known) => known === language) ?? 'en';
}

function sourcesOf(
  { read, firm, settings }: FillContext,
  request: FillRequest,
  facts: DebtorFacts,
  { language, fields, isGsm }: CompiledText,
): FieldSources {
  const { debtorId, channel, paymentPlanId, agentName, documentLink } = request;
  return {
    facts,
    debts: debtsOf(read, facts, request.debtIds, fields),
    plan: remembered(() => planOf(read, debtorId, paymentPlanId)),
    promise: remembered(() => promiseOf(read, debtorId)),
    firm,
    settings,
    agentName,
    documentLink,
    style: { language, short: channel !== 'email', gsm: channel === 'sms' && isGsm },
  };
}

function remembered<Value>(make: () => Value): () => Value {
  let made: { value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** What content rules are compared with: the words with their fields, whatever these are filled with. */
export function rawTextOf(
  { rawSubject }: CompiledText,
  blocks: readonly CompiledBlock[],
  channel: MessageChannel,
): string {
  const texts = blocks.map(({ raw }) => raw);
  return (channel === 'sms' ? texts : [rawSubject, ...texts]).join('\n');
}

export function usedFields(
  segments: readonly Segment[],
  blocks: readonly CompiledBlock[],
): MessageField[] {
  return [
    ...fieldsOf(segments),
    ...blocks.flatMap((block) => [
      ...fieldsOf(block.segments),
      ...(block.link === null ? [] : [block.link]),
    ]),
  ];
}

/** Of texts that somebody types: a template is not published with them. */
function unknownFields(
  language: DocumentLanguage,
  segments: readonly Segment[],
  blocks: readonly CompiledBlock[],
): Unbranded<TextProblem>[] {
  const all = [...segments, ...blocks.flatMap((block) => block.segments)];
  return all.flatMap((one) =>
    'unknown' in one ? [ownProblem(language, 'unknown-field', { element: one.unknown })] : [],
  );
}
