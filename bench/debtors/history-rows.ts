import type { SeededRandom } from '../../main/debtors/sample/seeded-random.ts';
import type { Database } from './bench-store.ts';

export interface HistoryCast {
  people: readonly string[];
  campaigns: readonly string[];
}

export interface HistoryCounts {
  interactions: number;
  events: number;
  contents: number;
  recordings: number;
  promises: number;
}

export interface HistoryDebtor {
  id: string;
  phone: string | null;
  language: string;
}

const DAY_MS = 86_400_000;

/** Channels of a firm's history, by how often each comes. */
const CHANNELS = [
  ['call', 0.55],
  ['sms', 0.15],
  ['note', 0.1],
  ['email', 0.08],
  ['status', 0.05],
  ['voiceMessage', 0.03],
  ['letter', 0.02],
  ['payment', 0.02],
] as const;
type BenchChannel = (typeof CHANNELS)[number][0];

const UNANSWERED = ['noAnswer', 'noAnswer', 'noAnswer', 'busy', 'machine', 'invalidNumber'];
const DISPOSITIONS = ['promise', 'refuses', 'callback', 'thirdParty', 'other'];
const WITH_TEXT: ReadonlySet<BenchChannel> = new Set(['sms', 'note', 'email']);

/** Inserts one interaction after another with what belongs to it, through prepared statements. */
export class HistoryRows {
  readonly counts: HistoryCounts = {
    interactions: 0,
    events: 0,
    contents: 0,
    recordings: 0,
    promises: 0,
  };
  readonly #random: SeededRandom;
  readonly #cast: HistoryCast;
  readonly #statements: ReturnType<typeof prepareAll>;
  readonly #newId: (at: number) => string;

  constructor(database: Database, random: SeededRandom, cast: HistoryCast) {
    this.#random = random;
    this.#cast = cast;
    this.#statements = prepareAll(database);
    this.#newId = benchIds();
  }

  add(debtor: HistoryDebtor, at: number): void {
    const random = this.#random;
    const channel = this.#channel();
    const id = this.#newId(at);
    const isCall = channel === 'call';
    const callId = isCall ? this.#newId(at) : null;
    const direction = random.chance(0.9) ? 'out' : 'in';
    const personId = channel === 'note' ? random.pick(this.#cast.people) : null;
    const campaignId = isCall && random.chance(0.7) ? random.pick(this.#cast.campaigns) : null;
    this.#statements.interaction.run(
      id,
      debtor.id,
      channel,
      direction,
      at,
      personId,
      campaignId,
      callId,
      channel === 'note' || channel === 'status' ? null : debtor.phone,
    );
    this.counts.interactions += 1;
    if (WITH_TEXT.has(channel)) this.#addText(id, at, channel, debtor.language);
    if (channel === 'sms' || channel === 'email') this.#addEvent(id, at + 3_000, 'delivered', '{}');
    if (callId !== null) this.#addCall(id, at, callId, debtor);
  }

  #addCall(id: string, at: number, callId: string, debtor: HistoryDebtor): void {
    const random = this.#random;
    if (!random.chance(0.25)) {
      const data = `{"attemptResult":"${random.pick(UNANSWERED)}","talkTimeMs":null}`;
      this.#addEvent(id, at + 25_000, 'callEnded', data);
      return;
    }
    const talkTimeMs = random.between(8_000, 400_000);
    const personId = random.pick(this.#cast.people);
    const disposition = random.pick(DISPOSITIONS);
    this.#addEvent(id, at + 6_000, 'joined', '{}', personId);
    const ended = `{"attemptResult":"answered","endedBy":"debtor","talkTimeMs":${talkTimeMs}}`;
    this.#addEvent(id, at + 6_000 + talkTimeMs, 'callEnded', ended);
    const verdict = `{"dispositionCode":"${disposition}"}`;
    this.#addEvent(id, at + 16_000 + talkTimeMs, 'disposed', verdict, personId);
    if (random.chance(0.6)) this.#addRecording(id, at, callId, debtor.id, talkTimeMs);
    if (disposition === 'promise') this.#addPromise(id, at, debtor, personId);
  }

  #addEvent(id: string, at: number, kind: string, data: string, personId: string | null = null) {
    this.#statements.event.run(this.#newId(at), id, at, kind, personId, data);
    this.counts.events += 1;
  }

  #addText(id: string, at: number, channel: BenchChannel, language: string): void {
    const kind = channel === 'note' ? 'note' : 'body';
    const sentences = TEXTS[language] ?? TEXTS.en ?? [];
    const length = channel === 'email' ? 4 : 1;
    const parts = Array.from({ length }, () => this.#random.pick(sentences));
    const text = `${parts.join(' ')} (${this.#random.between(1000, 99_999)})`;
    this.#statements.content.run(this.#newId(at), id, kind, text);
    this.counts.contents += 1;
  }

  #addRecording(id: string, at: number, callId: string, debtorId: string, durationMs: number) {
    const recordingId = this.#newId(at);
    const endedAt = at + 6_000 + durationMs;
    const bytes = durationMs * 16;
    this.#statements.recording.run(
      recordingId,
      callId,
      id,
      debtorId,
      `${recordingId}.rec`,
      at + 6_000,
      endedAt,
      durationMs,
      bytes,
    );
    this.counts.recordings += 1;
  }

  #addPromise(id: string, at: number, debtor: HistoryDebtor, personId: string): void {
    const random = this.#random;
    const due = new Date(at + random.between(3, 30) * DAY_MS).toISOString().slice(0, 10);
    const isOver = at < NEWEST_AT - 30 * DAY_MS;
    const status = isOver ? (random.chance(0.55) ? 'broken' : 'kept') : 'open';
    this.#statements.promise.run(
      this.#newId(at),
      debtor.id,
      id,
      random.between(5_000, 300_000),
      debtor.language === 'ru' ? 'RUB' : 'PLN',
      due,
      status,
      personId,
      at,
    );
    this.counts.promises += 1;
  }

  #channel(): BenchChannel {
    let roll = this.#random.next();
    for (const [channel, share] of CHANNELS) {
      if (roll < share) return channel;
      roll -= share;
    }
    return 'call';
  }
}

/** The newest moment of the made-up history. */
export const NEWEST_AT = Date.UTC(2026, 10, 20);

function prepareAll(database: Database) {
  const insert = (table: string, columns: string, fixed = '') => {
    const names = columns.split(' ');
    const values = names.map(() => '?').join(', ');
    const [column, value] = fixed.split('=');
    return fixed === ''
      ? database.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${values})`)
      : database.prepare(
          `INSERT INTO ${table} (${names.join(', ')}, ${column}) VALUES (${values}, ${value})`,
        );
  };
  return {
    interaction: insert(
      'interaction',
      'id debtorId channel direction at personId campaignId callId peer',
      'synthetic=1',
    ),
    event: insert('interactionEvent', 'id interactionId at kind personId dataJson'),
    content: insert('interactionContent', 'id interactionId kind text'),
    recording: insert(
      'recording',
      'id callId interactionId debtorId fileName startedAt endedAt durationMs bytes',
      "state='complete'",
    ),
    promise: insert(
      'promiseToPay',
      'id debtorId interactionId amountMinor currency dueOn status personId createdAt',
    ),
  };
}

/** UUIDv7 of any instant; a counter in the last bits keeps them apart. */
function benchIds(): (at: number) => string {
  let count = 0;
  return (at) => {
    count += 1;
    const time = Math.floor(at).toString(16).padStart(12, '0');
    const low = (count % 0x1000).toString(16).padStart(3, '0');
    const tail = count.toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${low}-8${low}-${tail}`;
  };
}

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  pl: [
    'Rozmowa z dłużnikiem, prosi o rozłożenie na raty i o przesłanie zestawienia zaległości.',
    'Nie zgadza się z wysokością odsetek, twierdzi, że część zapłacił w marcu.',
    'Przypominamy o zaległości; prosimy o wpłatę na podany rachunek albo o kontakt.',
    'Odebrała żona, dłużnik wraca z pracy po szesnastej. Oddzwonić jutro.',
    'Obiecał wpłatę po wypłacie, dziesiątego. Wysłano numer rachunku.',
  ],
  ru: [
    'Должник просит рассрочку на три месяца и справку о сумме задолженности.',
    'Не согласен с начисленными пенями, говорит, что часть уже оплатил в марте.',
    'Напоминаем о задолженности; просим внести платёж или связаться с нами.',
    'Трубку взяла супруга, будет дома после шести вечера. Перезвонить завтра.',
    'Обещал заплатить после зарплаты, десятого числа. Реквизиты отправлены.',
  ],
  en: [
    'Asks for instalments and for a statement of what is owed and since when.',
    'Does not agree with the interest, says that a part was paid in March.',
    'This is a reminder of an amount that is overdue; please pay or get in touch.',
    'A relative answered; is at home after six in the evening. Call again tomorrow.',
    'Promised to pay after payday, on the tenth. The account number was sent.',
  ],
};
