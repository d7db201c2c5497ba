import type {
  DocumentLanguage,
  MessageText,
  TemplateBody,
  TextProblem,
} from '#shared/contract/index.ts';
import type { Unbranded } from '../../../contract-server/types.ts';
import type { ReadDb } from '../../../store/types.ts';
import type { MessageChannel } from '../../types.ts';
import { rawTextOf } from '../fill-message.ts';
import { compileText, strangeNames } from '../text/compile-text.ts';
import { isGoodCondition } from '../text/conditions.ts';
import { variantsOf } from './condition-variants.ts';
import type { ContentGate } from './content-gate.ts';
import { lengthProblems, ownProblem } from './text-lengths.ts';

type Problem = Unbranded<TextProblem>;

/**
 * Everything that is wrong with a template as it is written: in each language, in each of its places (none: those of our
 * own site), in every way its conditions can let it come out.
 */
export function checkTemplate(
  gate: ContentGate,
  read: ReadDb,
  { channel, body }: { channel: MessageChannel; body: TemplateBody },
  at: number,
): Problem[] {
  const languages = Object.keys(body.texts) as DocumentLanguage[];
  const problems = languages.flatMap((language) => {
    const text = body.texts[language];
    if (text === undefined) return [];
    return [
      ...textProblems(channel, language, text),
      ...contentProblems({ gate, read, at }, { channel, body }, language, text),
    ];
  });
  const { defaultLanguage } = body;
  const unwritten =
    body.texts[defaultLanguage] === undefined ? [ownProblem(defaultLanguage, 'empty')] : [];
  return once([...unwritten, ...problems, ...letterProblems(read, body)]);
}

/** Fields, conditions, buttons and lengths of one text. */
function textProblems(
  channel: MessageChannel,
  language: DocumentLanguage,
  text: MessageText,
): Problem[] {
  const strange = [text.subject, ...text.blocks.map((block) => block.text)].flatMap(strangeNames);
  const blocks = text.blocks.flatMap(({ style, link, when, text: words }) => [
    ...(style === 'button' && link === undefined
      ? [ownProblem(language, 'button-without-link', { words: words.slice(0, 80) })]
      : []),
    ...(when !== undefined && !isGoodCondition(when)
      ? [ownProblem(language, 'bad-condition', { element: when.field })]
      : []),
  ]);
  // fields stand for themselves: what they are filled with is not known, the words are
  const written = text.blocks.map((block) => block.text).join('\n');
  const lengths = lengthProblems(channel, language, { subject: text.subject, text: written });
  return [
    ...strange.map((element) => ownProblem(language, 'unknown-field', { element })),
    ...blocks,
    ...lengths,
  ];
}

function contentProblems(
  { gate, read, at }: { gate: ContentGate; read: ReadDb; at: number },
  { channel, body }: { channel: MessageChannel; body: TemplateBody },
  language: DocumentLanguage,
  text: MessageText,
): Problem[] {
  const compiled = compileText(language, text);
  // none: what applies everywhere, and the places of our own site
  const places = body.places.length === 0 ? [['']] : body.places.map((place) => [place]);
  return variantsOf(compiled).flatMap((blocks) => {
    const asked = {
      channel,
      language,
      text: rawTextOf(compiled, blocks, channel),
      isFirst: body.first,
    };
    return places.flatMap((place) => [
      ...gate.check(read, { places: place, creditors: [] }, asked, at).problems,
    ]);
  });
}

/** Letters that are gone, which nothing could be made from. */
function letterProblems(read: ReadDb, { attachments, defaultLanguage }: TemplateBody): Problem[] {
  return attachments.flatMap((attachment) => {
    if (attachment.kind !== 'letter') return [];
    const { letterTemplateId } = attachment;
    const known = read.get(
      'SELECT 1 FROM letterTemplate WHERE id = ? AND deletedAt IS NULL',
      letterTemplateId,
    );
    return known
      ? []
      : [ownProblem(defaultLanguage, 'unknown-letter', { element: letterTemplateId })];
  });
}

function once(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [JSON.stringify(one), one])).values()];
}
