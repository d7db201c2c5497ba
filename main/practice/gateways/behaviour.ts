import { seededRandom } from '../scenario/seeded-random.ts';
import { type ReplyLanguage, type ReplyTopic, replyTexts } from './reply-texts.ts';

/** What becomes of a message to a practice debtor, and what the debtor writes back. */
export interface MessageBehaviour {
  /** `silent`: taken, and nothing is heard of it again */
  outcome: 'delivered' | 'failed' | 'expired' | 'silent';
  /** from taking the message to its receipt */
  afterMs: number;
  /** of `failed`: nobody has this address, or its owner cannot be reached now; null for the rest */
  failure: 'unknownAddress' | 'refused' | null;
  /** what comes back, counted from taking the message too */
  reply: { text: string; afterMs: number } | null;
}

/** Of 1000 addresses; the rest is delivered. */
const FAILED = 40;
const EXPIRED = 25;
const SILENT = 25;
/** Of 1000 messages that are delivered. */
const ANSWERED = 200;

/** Endings of a number, or of what stands before the `@`, that force a behaviour; described in `main/practice/README.md`. */
const endings: Readonly<Record<string, (forced: Forced) => MessageBehaviour>> = {
  '90': () => delivered(200, null),
  '91': ({ reply }) => delivered(300, reply('question', 900)),
  '92': ({ reply }) => delivered(300, reply('promise', 900)),
  '93': ({ reply }) => delivered(300, reply('stop', 900)),
  '94': () => ended('failed', 400, 'unknownAddress'),
  '95': () => ended('failed', 400, 'refused'),
  '96': () => ended('expired', 1_500),
  '97': () => ended('silent', 0),
  '98': ({ reply }) => delivered(300, reply('long', 900)),
  // the answer overtakes the receipt
  '99': ({ reply }) => delivered(1_500, reply('question', 300)),
};

interface Forced {
  reply(topic: ReplyTopic, afterMs: number): { text: string; afterMs: number };
}

/**
 * How a practice debtor's phone or mailbox takes a message. Whether an address works is drawn from the seed and the address
 * alone, so that it stays so; what is answered depends on the text too. Some endings of addresses force a behaviour.
 * @param address E.164, or an e-mail address
 * @param text of the message; decides with the address which answer comes
 */
export function behaviourOf(address: string, text: string, seed: number): MessageBehaviour {
  const language = languageOfAddress(address, text);
  const talk = seededRandom(seed, 'reply', address.toLowerCase(), text);
  const reply = (topic: ReplyTopic, afterMs: number) => {
    const texts = replyTexts[language][topic];
    return { text: texts[Math.floor(talk.next() * texts.length)] ?? '', afterMs };
  };
  const forced = endings[endingOf(address)];
  if (forced !== undefined) return forced({ reply });
  const own = seededRandom(seed, 'address', address.toLowerCase());
  const drawn = own.next() * 1_000;
  const afterMs = Math.round(1_000 + own.next() * 2_000);
  if (drawn < FAILED)
    return ended('failed', afterMs, own.next() < 0.5 ? 'unknownAddress' : 'refused');
  if (drawn < FAILED + EXPIRED) return ended('expired', afterMs * 4);
  if (drawn < FAILED + EXPIRED + SILENT) return ended('silent', 0);
  const answers = talk.next() * 1_000 < ANSWERED;
  const replyAfterMs = Math.round(afterMs + 2_000 + talk.next() * 12_000);
  return delivered(afterMs, answers ? reply(drawTopic(talk.next()), replyAfterMs) : null);
}

/** The two digits that a number, or the name in an e-mail address, ends with; '' when it does not end so. */
function endingOf(address: string): string {
  const [name] = address.split('@');
  return /\d{2}$/.exec(name ?? '')?.[0] ?? '';
}

function drawTopic(draw: number): ReplyTopic {
  if (draw < 0.35) return 'question';
  if (draw < 0.65) return 'promise';
  if (draw < 0.78) return 'paid';
  if (draw < 0.9) return 'complaint';
  return draw < 0.95 ? 'long' : 'stop';
}

const languagesByPrefix: readonly [RegExp, ReplyLanguage][] = [
  [/^\+48|\.pl$/, 'pl'],
  [/^\+7|\.(ru|by|kz)$/, 'ru'],
  [/^\+(86|852|886)|\.(cn|tw|hk)$/, 'zh'],
  [/^\+/, 'en'],
];
/** An address without a country answers in the language in which it is written to. */
const languagesByText: readonly [RegExp, ReplyLanguage][] = [
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/[ąćęłńóśźż]/iu, 'pl'],
];

/** The language in which a practice debtor of this number or address answers. */
function languageOfAddress(address: string, text: string): ReplyLanguage {
  const known = languagesByPrefix.find(([pattern]) => pattern.test(address.toLowerCase()));
  if (known !== undefined) return known[1];
  return languagesByText.find(([pattern]) => pattern.test(text))?.[1] ?? 'en';
}

function delivered(afterMs: number, reply: MessageBehaviour['reply']): MessageBehaviour {
  return { outcome: 'delivered', afterMs, failure: null, reply };
}

function ended(
  outcome: 'failed' | 'expired' | 'silent',
  afterMs: number,
  failure: MessageBehaviour['failure'] = null,
): MessageBehaviour {
  return { outcome, afterMs, failure, reply: null };
}
