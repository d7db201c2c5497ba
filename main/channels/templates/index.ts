import { join } from 'node:path';
import {
  type ContactRules,
  createContentChecker,
  loadContentWords,
} from '../../contact-rules/index.ts';
import type { Handlers } from '../../contract-server/index.ts';
import type { MessageTexts } from '../ports.ts';
import { ContentGate } from './check/content-gate.ts';
import { createMessageTexts } from './message-texts.ts';
import { PublishedTemplates } from './published-templates.ts';
import { loadSampleTemplates } from './samples/load-samples.ts';
import { createTemplateHandlers, type TemplateHandlersParts } from './template-handlers.ts';
import { templateWrites } from './template-writes.ts';

export { templateWrites } from './template-writes.ts';

export interface TemplatesParts extends Omit<TemplateHandlersParts, 'gate'> {
  rules: Pick<ContactRules, 'packsFor'>;
  /** folder of the files that ship with the program */
  resources: string;
  storeKind: 'practice' | 'real';
}

export interface Templates {
  texts: MessageTexts;
  handlers: Handlers;
  /** The samples of this version of the program; call it before the first command. */
  open(): Promise<void>;
}

/** Templates of SMS, MMS and e-mails: what is written, what is in use, and messages made of it. */
export function createTemplates({
  rules,
  resources,
  storeKind,
  ...parts
}: TemplatesParts): Templates {
  const checkContent = createContentChecker(loadContentWords(join(resources, 'content')));
  const gate = new ContentGate({ rules, checkContent });
  const templates = new PublishedTemplates();
  return {
    texts: createMessageTexts({ gate, templates, clock: parts.clock }),
    handlers: createTemplateHandlers({ ...parts, gate }),
    async open() {
      const samples = loadSampleTemplates(join(resources, 'message-templates'));
      const publish = storeKind === 'practice';
      await parts.store.write(templateWrites, 'template.seed', { samples, publish });
    },
  };
}
