import { people, type TemplateBody } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Audit, Handler, Handlers, Publisher } from '../../contract-server/index.ts';
import type { Store } from '../../store/types.ts';
import type { MessageChannel } from '../types.ts';
import { checkTemplate } from './check/check-template.ts';
import type { ContentGate } from './check/content-gate.ts';
import { loadDebtorFacts } from './facts/load-facts.ts';
import { fillMessage } from './fill-message.ts';
import { contextOf, disclosesText, toSource } from './message-texts.ts';
import { compileBody } from './published-templates.ts';
import { listTemplates, listVersions, loadTemplate, type TemplateRow } from './template-rows.ts';
import { templateWrites } from './template-writes.ts';

export interface TemplateHandlersParts {
  store: Store;
  gate: ContentGate;
  clock: Pick<Clock, 'now'>;
  publisher: Publisher;
  audit: Audit;
  /** whether this person may give out now what names the debt: not in a call whose other end is not identified */
  mayDisclose(debtorId: string, personId: string): { ok: true } | { ok: false; because: string };
}

/** Commands on templates of messages. */
export function createTemplateHandlers(parts: TemplateHandlersParts): Handlers {
  const { store, gate, clock } = parts;
  const { read } = store;
  return {
    'template.list': ({ channel = null }) => ({
      templates: listTemplates(read, channel).map((row) => shown(parts, row)),
    }),
    'template.save': saveTemplate(parts),
    'template.check': ({ templateId, draft }) => {
      const asked = draft ?? (templateId === undefined ? null : loadTemplate(read, templateId));
      if (asked === null) throw new AppError('template.invalid', 'nothing to check');
      return { problems: checkTemplate(gate, read, asked, clock.now()) };
    },
    'template.publish': publishTemplate(parts),
    'template.retire': async ({ templateId }, { principal, commandId }) => {
      const input = { templateId, personId: principal.personId };
      await store.write(templateWrites, 'template.retire', input, once(commandId));
      return announced(parts, templateId);
    },
    'template.versions': ({ templateId }) => ({ versions: listVersions(read, templateId) }),
    'template.preview': previewTemplate(parts),
  };
}

function saveTemplate(parts: TemplateHandlersParts): Handler<'template.save'> {
  return async (input, { principal, commandId }) => {
    const { templateId = null, updatedAt = null, position = null, channel, name, body } = input;
    assertWritten(body);
    const { personId } = principal;
    const saved = await parts.store.write(
      templateWrites,
      'template.save',
      { templateId, updatedAt, position, channel, name, body, personId },
      once(commandId),
    );
    const { audit } = parts;
    audit({ action: 'template.saved', personId, details: { templateId: saved.templateId } });
    return announced(parts, saved.templateId);
  };
}

/** @throws AppError `template.invalid` */
function assertWritten({ texts, defaultLanguage }: TemplateBody): void {
  if (texts[defaultLanguage] !== undefined) return;
  throw new AppError('template.invalid', 'nothing is written in the usual language', {
    details: { language: defaultLanguage },
  });
}

function publishTemplate(parts: TemplateHandlersParts): Handler<'template.publish'> {
  return async ({ templateId, updatedAt }, { principal, commandId }) => {
    const { store, gate, clock } = parts;
    const row = loadTemplate(store.read, templateId);
    const isRepeated = row.updatedAt !== updatedAt;
    // the write refuses another text than the one that was looked at; a repeated command finds its reply there
    const problems = isRepeated ? [] : checkTemplate(gate, store.read, row, clock.now());
    const blocking = problems.filter(({ blocks }) => blocks);
    if (blocking.length > 0) {
      throw new AppError('template.has-problems', 'the template may not be used as it is', {
        details: { problems: blocking },
      });
    }
    const input = { templateId, updatedAt, personId: principal.personId };
    await store.write(templateWrites, 'template.publish', input, once(commandId));
    return announced(parts, templateId);
  };
}

function previewTemplate(parts: TemplateHandlersParts): Handler<'template.preview'> {
  return ({ draft, debtorId, language = null }, { principal }) => {
    const { store, gate, clock } = parts;
    const { read } = store;
    assertWritten(draft.body);
    const at = clock.now();
    const facts = loadDebtorFacts(read, [debtorId], at).get(debtorId);
    if (!facts) throw new AppError('contract.not-found', 'no such debtor');
    const texts = compileBody(draft.body);
    const filled = fillMessage(
      contextOf(read, gate, at),
      {
        ...{ debtorId, channel: draft.channel, templateId: null, templateVersion: null, language },
        ...{ text: null, subject: null, debtIds: null, paymentPlanId: null },
        ...{ agentName: principal.displayName, documentLink: 'https://link.invalid/' },
      },
      facts,
      toSource({ version: null, texts, body: draft.body }),
    );
    if (!filled.ok) throw new AppError('template.invalid', 'there is nothing to fill in');
    if (filled.discloses) assertMayDisclose(parts, debtorId, principal.personId);
    const { subject, text, html, missing } = filled;
    return {
      ...{ language: filled.language, subject, text, html, missing },
      attachments: draft.body.attachments.map((one) => attachmentName(parts, one)),
    };
  };
}

function attachmentName(
  { store }: TemplateHandlersParts,
  attachment: TemplateBody['attachments'][number],
): string {
  if (attachment.kind === 'document') return attachment.documentKind;
  const letter = store.read.get<{ name: string }>(
    'SELECT name FROM letterTemplate WHERE id = ? AND deletedAt IS NULL',
    attachment.letterTemplateId,
  );
  return letter?.name ?? attachment.letterTemplateId;
}

function assertMayDisclose(
  { mayDisclose }: TemplateHandlersParts,
  debtorId: string,
  personId: string,
): void {
  const disclosure = mayDisclose(debtorId, personId);
  if (disclosure.ok) return;
  throw new AppError('call.not-identified', 'it is not known that the debtor is on the line', {
    details: { because: disclosure.because },
  });
}

function announced(parts: TemplateHandlersParts, templateId: string) {
  parts.publisher.publish('template.changed', { templateId }, { kind: 'roles', roles: people });
  return shown(parts, loadTemplate(parts.store.read, templateId));
}

function shown({ gate, store, clock }: TemplateHandlersParts, row: TemplateRow) {
  const asked: { channel: MessageChannel; body: TemplateBody } = row;
  const discloses = [...compileBody(row.body).values()].some((text) =>
    disclosesText(gate, store.read, asked, text, clock.now()),
  );
  return { ...row, discloses };
}

/** Options of a write that a repeated command does not make twice. */
function once(commandId: string | null): { commandId?: string } {
  return commandId === null ? {} : { commandId };
}
