import { AppError } from '#shared/errors/index.ts';
import type { Audit, Handler, Handlers } from '../../../contract-server/index.ts';
import type { Store } from '../../../store/index.ts';
import { documentWrites } from '../document-writes.ts';
import { checkTemplate } from '../letter/placeholders.ts';
import { once } from '../once.ts';
import { listTemplates, listVersions, loadTemplate, type Template } from './template-queries.ts';

export interface TemplateParts {
  store: Store;
  audit: Audit;
}

/** Commands on templates of letters. */
export function createTemplateHandlers(parts: TemplateParts): Handlers {
  const { read } = parts.store;
  return {
    'document.list-templates': (input) => ({ templates: listTemplates(read, input) }),
    'document.save-template': saveTemplate(parts),
    'document.template-versions': ({ letterTemplateId }) => ({
      versions: listVersions(read, letterTemplateId),
    }),
    'document.remove-template': removeTemplate(parts),
  };
}

function saveTemplate(parts: TemplateParts): Handler<'document.save-template'> {
  return async (input, { principal, commandId }) => {
    const { store, audit } = parts;
    assertTemplate(input.body);
    const { letterTemplateId: known = null, version = null, ...columns } = input;
    const { letterTemplateId } = await store.write(
      documentWrites,
      'document.saveTemplate',
      { ...columns, letterTemplateId: known, version, personId: principal.personId },
      once(commandId),
    );
    const saved = loadTemplate(store.read, letterTemplateId);
    const details = { letterTemplateId, version: saved.version };
    audit({ action: 'document.template-saved', personId: principal.personId, details });
    return saved;
  };
}

function removeTemplate(parts: TemplateParts): Handler<'document.remove-template'> {
  return async ({ letterTemplateId }, { principal, commandId }) => {
    const { store, audit } = parts;
    const input = { letterTemplateId };
    await store.write(documentWrites, 'document.removeTemplate', input, once(commandId));
    audit({
      action: 'document.template-removed',
      personId: principal.personId,
      details: { letterTemplateId },
    });
    return {};
  };
}

/** @throws AppError `document.template-invalid`, with what is wrong where */
export function assertTemplate(body: Template['body']): void {
  const problems = checkTemplate(body);
  if (problems.length === 0) return;
  throw new AppError('document.template-invalid', 'the template cannot be printed as it is', {
    details: { problems },
  });
}
