import type { paymentMethods } from '#shared/contract/index.ts';
import type { Channel, Direction } from '#shared/domain/index.ts';
import { foldText } from '#shared/util/index.ts';

const CHANNEL_WORDS: readonly (readonly [Channel, RegExp])[] = [
  ['sms', /^(?:sms|смс|短信)/],
  ['mms', /^(?:mms|ммс)/],
  ['email', /^(?:e ?mail|mail|эл|имеил|почта$)/],
  [
    'voiceMessage',
    /^(?:voice ?message|voicebot|nagranie|wiadomosc glosowa|автоинформатор|голосов)/,
  ],
  ['ivr', /^ivr/],
  ['chat', /^(?:chat|czat|чат|whatsapp|messenger|telegram|viber)/],
  ['letter', /^(?:letter|post|list|pismo|wezwanie|poczta|письмо|почт)/],
  ['visit', /^(?:visit|field|wizyta|windykator|teren|визит|выезд)/],
  ['payment', /^(?:payment|wplata|платеж|оплата)/],
  ['status', /^(?:status|статус)/],
  ['call', /^(?:call|phone|tel|dial|rozmowa|polaczenie|звонок|тел|вызов|电话)/],
  ['note', /^(?:note|comment|notatka|uwaga|komentarz|заметка|примечание|комментар)/],
];

/** A note where nothing is said; null for a word that means nothing here. */
export function readChannel(text: string): Channel | null {
  const folded = fold(text);
  if (folded === '') return 'note';
  return CHANNEL_WORDS.find(([, words]) => words.test(folded))?.[0] ?? null;
}

/** Outgoing where nothing is said: it was the agency that worked. */
export function readDirection(text: string): Direction | null {
  const folded = fold(text);
  if (folded === '' || /^(?:out|wych|do |nadane|исх|от нас|呼出)/.test(folded)) return 'out';
  return /^(?:in|przych|od |odebr|вх|呼入)/.test(folded) ? 'in' : null;
}

const METHOD_WORDS: readonly (readonly [(typeof paymentMethods)[number], RegExp])[] = [
  ['cash', /^(?:cash|gotowk|kasa|налич)/],
  ['card', /^(?:card|kart|blik|карт)/],
  ['directDebit', /^(?:direct ?debit|polecenie zaplaty|безакцепт)/],
  ['bailiff', /^(?:bailiff|komornik|egzekuc|пристав|исполнит)/],
  ['postal', /^(?:post|poczt|przekaz|почт)/],
  ['compensation', /^(?:compens|kompens|potracen|зачет|взаимозач)/],
  ['transfer', /^(?:transfer|bank|przelew|wire|перевод|безнал)/],
];

/** A transfer where nothing is said. */
export function readMethod(text: string): (typeof paymentMethods)[number] {
  const folded = fold(text);
  if (folded === '') return 'transfer';
  return METHOD_WORDS.find(([, words]) => words.test(folded))?.[0] ?? 'other';
}

function fold(text: string): string {
  return foldText(text)
    .replace(/[-_/.]+/g, ' ')
    .trim();
}
