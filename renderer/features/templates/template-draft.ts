import {
  type DocumentLanguage,
  documentLanguage,
  type MessageBlock,
  type MessageChannel,
  type MessageField,
  type MessageTemplate,
  type MessageText,
  messageFieldTypes,
  type TemplateBody,
  type TextProblem,
  templateBody,
} from '#shared/contract/index.ts';

/** A template as it is being written. */
export interface TemplateDraft {
  channel: MessageChannel;
  name: string;
  body: TemplateBody;
}

export function draftOf({ channel, name, body }: MessageTemplate): TemplateDraft {
  return { channel, name, body };
}

export function newDraft(channel: MessageChannel, language: DocumentLanguage): TemplateDraft {
  return {
    channel,
    name: '',
    body: {
      purpose: 'collection',
      defaultLanguage: language,
      texts: { [language]: newText() },
      attachments: [],
      sender: null,
      debtKinds: [],
      places: [],
      first: false,
    },
  };
}

export function newText(): MessageText {
  return { subject: '', blocks: [newBlock()] };
}

export function newBlock(): MessageBlock {
  return { style: 'text', text: '' };
}

/** Languages in which something is written, in the order in which they are always named. */
export function writtenLanguages({ texts }: TemplateBody): DocumentLanguage[] {
  return documentLanguage.options.filter((language) => texts[language] !== undefined);
}

export function withText(
  body: TemplateBody,
  language: DocumentLanguage,
  text: MessageText,
): TemplateBody {
  return { ...body, texts: { ...body.texts, [language]: text } };
}

/** Without one language; the last one stays, and the usual one is always one that is written. */
export function withoutText(body: TemplateBody, language: DocumentLanguage): TemplateBody {
  const texts: TemplateBody['texts'] = { ...body.texts };
  delete texts[language];
  const rest = documentLanguage.options.filter((one) => texts[one] !== undefined);
  const [first] = rest;
  if (first === undefined) return body;
  return {
    ...body,
    texts,
    defaultLanguage: rest.includes(body.defaultLanguage) ? body.defaultLanguage : first,
  };
}

export function withBlockAt(text: MessageText, index: number, block: MessageBlock): MessageText {
  return { ...text, blocks: text.blocks.map((one, at) => (at === index ? block : one)) };
}

/** The last block stays: a text has at least one. */
export function withoutBlock(text: MessageText, index: number): MessageText {
  if (text.blocks.length < 2) return text;
  return { ...text, blocks: text.blocks.filter((_, at) => at !== index) };
}

/** A block changes places with its neighbour; at the ends nothing happens. */
export function withMovedBlock(text: MessageText, index: number, by: -1 | 1): MessageText {
  const blocks = [...text.blocks];
  const moved = blocks[index];
  const other = blocks[index + by];
  if (!moved || !other) return text;
  blocks[index] = other;
  blocks[index + by] = moved;
  return { ...text, blocks };
}

/** Whether it can be saved and checked: a name, and a body that the contract takes. */
export function isReady({ name, body }: TemplateDraft): boolean {
  return name.trim() !== '' && templateBody.safeParse(body).success;
}

export function sameDraft(a: TemplateDraft, b: TemplateDraft): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Fields by what they are, as they are offered. */
export function fieldsByType(): ReadonlyMap<string, MessageField[]> {
  const groups = new Map<string, MessageField[]>();
  for (const [field, type] of Object.entries(messageFieldTypes)) {
    groups.set(type, [...(groups.get(type) ?? []), field as MessageField]);
  }
  return groups;
}

/** Amounts and counts can be more or less than something; everything else is there or not. */
export function comparable(field: MessageField): boolean {
  const type = messageFieldTypes[field];
  return type === 'amount' || type === 'count';
}

/** Whether a problem is about this block: it names its field or quotes its words. */
export function isAbout(problem: TextProblem, block: MessageBlock): boolean {
  const { element, words } = problem;
  if (problem.problem === 'button-without-link') {
    return block.style === 'button' && block.link === undefined;
  }
  if (problem.problem === 'bad-condition') return block.when?.field === element;
  if (problem.problem === 'unknown-field' && element !== null) {
    return new RegExp(`\\{\\{\\s*${escaped(element)}\\s*\\}\\}`).test(block.text);
  }
  return words !== null && words !== '' && block.text.toLowerCase().includes(words.toLowerCase());
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** "PL, US-NY" as a list, each once. */
export function wordList(text: string, upper = false): string[] {
  const words = text
    .split(/[,;\n]/)
    .map((word) => (upper ? word.trim().toUpperCase() : word.trim()))
    .filter(Boolean);
  return [...new Set(words)];
}
