import type { AttemptResult, Channel, Direction } from '#shared/domain/index.ts';
import {
  addInteractionContent,
  addInteractionEvent,
  insertInteraction,
  type SeededRandom,
  seededRandom,
} from '../debtors/writes.ts';
import type { WriteContext, WriteDb } from '../store/index.ts';

/** What a made-up debtor's past is made of. */
export interface DemoDebtor {
  debtorId: string;
  language: string;
  debtId: string;
  currency: string;
  paidMinor: number;
  balanceMinor: number;
  phone: string | null;
  contactPointId: string | null;
  email: string | null;
}

interface DemoEvent {
  channel: Channel;
  direction: Direction;
  at: number;
  peer: string | null;
  text: string | null;
  call?: {
    attemptResult: AttemptResult;
    talkTimeMs: number | null;
    dispositionCode: string | null;
  };
  promise?: { amountMinor: number; dueOn: string };
}

const DAY_MS = 86_400_000;

/** Gives a little past to most of the debtors, all of it older than a week; the same for the same debtors. */
export function writeDemoHistory(
  db: WriteDb,
  context: WriteContext,
  input: { debtors: readonly DemoDebtor[]; personId: string | null },
): void {
  const random = seededRandom(20_26);
  const chunk = db.beginChunk('demo history');
  for (const debtor of input.debtors) {
    if (hasHistory(db, debtor.debtorId)) continue;
    for (const event of pastOf(debtor, context.now, random)) {
      writeEvent(db, { ...context, now: event.at }, debtor, event, input.personId);
    }
  }
  chunk.end();
}

/** Notes come with the import; a call or a letter only from here: a second run after a crash adds nothing. */
function hasHistory(db: WriteDb, debtorId: string): boolean {
  return (
    db.get(
      "SELECT 1 FROM interaction WHERE debtorId = ? AND channel <> 'note' LIMIT 1",
      debtorId,
    ) !== undefined
  );
}

function writeEvent(
  db: WriteDb,
  context: WriteContext,
  debtor: DemoDebtor,
  event: DemoEvent,
  personId: string | null,
): void {
  const { channel, direction, at, peer, text, call, promise } = event;
  const interactionId = insertInteraction(db, context, {
    debtorId: debtor.debtorId,
    debtId: debtor.debtId,
    channel,
    direction,
    at,
    personId: direction === 'out' ? personId : null,
    contactPointId: channel === 'call' || channel === 'sms' ? debtor.contactPointId : null,
    peer,
    synthetic: true,
  });
  if (text !== null) {
    addInteractionContent(db, context, interactionId, channel === 'call' ? 'note' : 'body', text);
  }
  if (call) {
    const { attemptResult, talkTimeMs, dispositionCode } = call;
    addInteractionEvent(db, context, interactionId, 'callEnded', { attemptResult, talkTimeMs });
    if (dispositionCode !== null) {
      addInteractionEvent(db, context, interactionId, 'disposed', { dispositionCode }, personId);
    }
  }
  if (promise) {
    db.insert('promiseToPay', {
      id: context.newId(),
      debtorId: debtor.debtorId,
      debtId: debtor.debtId,
      interactionId,
      ...promise,
      currency: debtor.currency,
      status: 'broken',
      personId,
      createdAt: at,
    });
  }
}

function pastOf(debtor: DemoDebtor, now: number, random: SeededRandom): DemoEvent[] {
  if (random.chance(0.25)) return [];
  const texts = TEXTS[debtor.language] ?? TEXTS.en;
  const events: DemoEvent[] = [letter(texts)];
  for (let call = random.between(0, 3); call > 0; call -= 1)
    events.push(missedCall(debtor, random));
  if (random.chance(0.5)) events.push(message(debtor, texts));
  if (random.chance(0.45)) events.push(conversation(debtor, texts, random));
  if (random.chance(0.3)) events.push(...promised(debtor, texts, random));
  if (debtor.email !== null && random.chance(0.4)) events.push(email(debtor, texts));
  if (debtor.paidMinor > 0) events.push(payment(debtor, texts));
  return dated(
    events.filter((event) => event.channel !== 'call' || event.peer !== null),
    now,
    random,
  );
}

/** Puts them in order, some days apart, at working hours of a week that has passed. */
function dated(events: DemoEvent[], now: number, random: SeededRandom): DemoEvent[] {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  let day = today - 9 * DAY_MS;
  return events
    .reverse()
    .map((event) => {
      const at = day + random.between(8 * 60, 15 * 60) * 60_000 + random.between(0, 59_000);
      day -= random.between(2, 11) * DAY_MS;
      return event.promise
        ? { ...event, at, promise: { ...event.promise, dueOn: dateOf(at + DAY_MS) } }
        : { ...event, at };
    })
    .reverse();
}

const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10);

function letter(texts: Texts): DemoEvent {
  return { channel: 'letter', direction: 'out', at: 0, peer: null, text: texts.letter };
}

function missedCall(debtor: DemoDebtor, random: SeededRandom): DemoEvent {
  const attemptResult = random.pick(['noAnswer', 'noAnswer', 'busy', 'rejected'] as const);
  return {
    channel: 'call',
    direction: 'out',
    at: 0,
    peer: debtor.phone,
    text: null,
    call: { attemptResult, talkTimeMs: null, dispositionCode: null },
  };
}

function conversation(debtor: DemoDebtor, texts: Texts, random: SeededRandom): DemoEvent {
  const [dispositionCode, text] = random.pick(texts.conversations);
  return {
    channel: 'call',
    direction: 'out',
    at: 0,
    peer: debtor.phone,
    text,
    call: {
      attemptResult: 'answered',
      talkTimeMs: random.between(40, 320) * 1000,
      dispositionCode,
    },
  };
}

/** A promise, and the message that it was not kept. */
function promised(debtor: DemoDebtor, texts: Texts, random: SeededRandom): DemoEvent[] {
  const half = Math.round(debtor.balanceMinor / 200) * 100;
  const amountMinor = Math.max(100, Math.min(debtor.balanceMinor, half));
  const talk = conversation(debtor, texts, random);
  return [
    {
      ...talk,
      text: texts.promise,
      call: { attemptResult: 'answered', talkTimeMs: 145_000, dispositionCode: 'promise' },
      promise: { amountMinor, dueOn: '' },
    },
    { channel: 'sms', direction: 'out', at: 0, peer: debtor.phone, text: texts.reminder },
  ];
}

function message(debtor: DemoDebtor, texts: Texts): DemoEvent {
  return { channel: 'sms', direction: 'in', at: 0, peer: debtor.phone, text: texts.answer };
}

function email(debtor: DemoDebtor, texts: Texts): DemoEvent {
  return { channel: 'email', direction: 'out', at: 0, peer: debtor.email, text: texts.email };
}

function payment(debtor: DemoDebtor, texts: Texts): DemoEvent {
  const amount = new Intl.NumberFormat(debtor.language, {
    style: 'currency',
    currency: debtor.currency,
  }).format(debtor.paidMinor / 100);
  return {
    channel: 'payment',
    direction: 'in',
    at: 0,
    peer: null,
    text: `${texts.payment} ${amount}`,
  };
}

interface Texts {
  letter: string;
  answer: string;
  reminder: string;
  email: string;
  promise: string;
  payment: string;
  /** disposition code and note */
  conversations: readonly (readonly [string, string])[];
}

const TEXTS: { en: Texts } & Record<string, Texts> = {
  en: {
    letter: 'First reminder with the account statement',
    answer: 'Got your letter, I get paid at the end of the month',
    reminder: 'The promised payment has not arrived. Please call us back.',
    email: 'As agreed, attached is the breakdown of the balance.',
    promise: 'Agreed to pay half by transfer tomorrow',
    payment: 'Bank transfer received:',
    conversations: [
      ['other', 'Asks for a statement before paying'],
      ['refuses', 'Says the bill is too high, became calmer after the breakdown was explained'],
      ['callback', 'Was driving, prefers evenings'],
      ['thirdParty', 'The partner answered, nothing was disclosed'],
    ],
  },
  pl: {
    letter: 'Pierwsze wezwanie do zapłaty z wyciągiem',
    answer: 'Dostałem pismo, wypłatę mam pod koniec miesiąca',
    reminder: 'Obiecana wpłata nie dotarła. Prosimy o kontakt.',
    email: 'Zgodnie z ustaleniami w załączeniu rozbicie salda.',
    promise: 'Zgoda na wpłatę połowy przelewem jutro',
    payment: 'Wpłata na rachunek:',
    conversations: [
      ['other', 'Prosi o wyciąg przed zapłatą'],
      ['refuses', 'Uważa, że kwota jest zawyżona; po wyjaśnieniu rozmowa spokojna'],
      ['callback', 'Prowadził samochód, prosi o telefon wieczorem'],
      ['thirdParty', 'Odebrała żona, nic nie ujawniono'],
    ],
  },
  ru: {
    letter: 'Первое напоминание с выпиской по счёту',
    answer: 'Письмо получил, зарплата в конце месяца',
    reminder: 'Обещанный платёж не поступил. Пожалуйста, перезвоните нам.',
    email: 'Как договорились, во вложении расшифровка суммы.',
    promise: 'Согласился оплатить половину переводом завтра',
    payment: 'Поступил платёж:',
    conversations: [
      ['other', 'Просит выписку перед оплатой'],
      ['refuses', 'Считает сумму завышенной; после разъяснения успокоился'],
      ['callback', 'Был за рулём, просит звонить вечером'],
      ['thirdParty', 'Ответила супруга, ничего не раскрыто'],
    ],
  },
};
