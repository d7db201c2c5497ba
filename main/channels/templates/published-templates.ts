import type { DocumentLanguage, TemplateBody } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { MessageChannel } from '../types.ts';
import { loadVersion } from './template-rows.ts';
import { type CompiledText, compileText } from './text/compile-text.ts';

/** A version of a template, ready to be filled in. It never changes. */
export interface PublishedTemplate {
  templateId: string;
  version: number;
  channel: MessageChannel;
  name: string;
  body: TemplateBody;
  texts: ReadonlyMap<DocumentLanguage, CompiledText>;
}

const KEPT = 500;

/** Versions that were read once: they are immutable. */
export class PublishedTemplates {
  readonly #known = new Map<string, PublishedTemplate>();

  /** null: there is no such version */
  load(
    read: ReadDb,
    channel: MessageChannel,
    templateId: string,
    version: number,
  ): PublishedTemplate | null {
    const key = `${templateId} ${version}`;
    const known = this.#known.get(key);
    if (known) return known;
    const found = loadVersion(read, templateId, version);
    if (!found) return null;
    const made = compileBody(found.body);
    const template = { templateId, version, channel, ...found, texts: made };
    if (this.#known.size >= KEPT) this.#known.clear();
    this.#known.set(key, template);
    return template;
  }
}

export function compileBody(body: TemplateBody): Map<DocumentLanguage, CompiledText> {
  const languages = Object.keys(body.texts) as DocumentLanguage[];
  return new Map(
    languages.flatMap((language) => {
      const text = body.texts[language];
      return text === undefined ? [] : [[language, compileText(language, text)] as const];
    }),
  );
}

/** The debtor's own language where it is written, else the usual one. */
export function chooseText(
  texts: ReadonlyMap<DocumentLanguage, CompiledText>,
  wanted: readonly (string | null)[],
): CompiledText | null {
  for (const language of wanted) {
    const text = texts.get(language as DocumentLanguage);
    if (text) return text;
  }
  return null;
}
