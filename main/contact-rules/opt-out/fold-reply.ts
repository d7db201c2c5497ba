import { type Clause, clausesOf } from '../words/fold-text.ts';

/** Traditional characters, each before the simplified one that the words are written in. */
const traditional = new Map(
  (
    '別别請请發发簡简訊讯電电話话來来撥拨擾扰郵邮聯联絡络繫系觸触號号碼码這这個个該该訂订閱阅絕绝單单刪删銷销權权' +
    '騷骚煩烦師师報报訴诉舉举銀银監监錯错滾滚夠够興兴們们給给對对還还麼么點点親亲媽妈領领導导週周類类種种從从統统' +
    '終终許许準准願愿無无誰谁時时間间後后為为聽听謝谢與与會会沒没總总寫写'
  )
    .match(/../gu)
    ?.map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
);
/** "S.T.O.P": letters with a stop after each are one word. */
const dotted = /(?<![\p{L}\p{N}])\p{L}(?:\.\p{L}){2,20}(?![\p{L}\p{N}])/gu;
const drawnOut = /(\p{L})\1{2,}/gu;

/** The clauses of a reply with what people do to words undone; places are those in `text`. */
export function clausesOfReply(text: string): Clause[] {
  // a joiner is dropped inside words, and the length stays
  const joined = text.replace(dotted, (word) => word.replaceAll('.', '\u200d'));
  return clausesOf(joined).map(({ tokens, question }) => ({
    question,
    tokens: tokens.map((token) => ({
      ...token,
      word: traditional.get(token.word) ?? token.word.replace(drawnOut, '$1'),
    })),
  }));
}

const lookAlikes = new Map(
  ['аa', 'вb', 'еe', 'кk', 'мm', 'нh', 'оo', 'пp', 'рp', 'сc', 'ѕs', 'тt', 'уy', 'хx', 'іi'].map(
    (pair) => [pair.charAt(0), pair.charAt(1)] as const,
  ),
);

/** A folded word with Cyrillic letters as the Latin ones that they look or sound like: стоп, ctop and Cтоп are alike. */
export function skeletonOf(word: string): string {
  return Array.from(word, (letter) => lookAlikes.get(letter) ?? letter).join('');
}
