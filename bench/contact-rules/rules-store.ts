import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { defaultCampaignSettings } from '#shared/contract/index.ts';
import { zonesForJurisdiction } from '../../main/contact-rules/numbers/place-of-number.ts';
import { packSha256 } from '../../main/contact-rules/own-packs/pack-digest.ts';
import { loadPacks } from '../../main/contact-rules/packs/load-packs.ts';
import { type SeededRandom, seededRandom } from '../../main/debtors/sample/seeded-random.ts';
import {
  createStore,
  databaseFile,
  type OpenStore,
  openConnection,
  openStore,
} from '../../main/store/index.ts';

type Database = ReturnType<typeof openConnection>;

export interface RulesStore {
  dataDir: string;
  campaignId: string;
  debtors: number;
  numbers: number;
  events: number;
  holds: number;
}

const DAY_MS = 86_400_000;
const CONTACTS_A_DEBTOR = 3;
const ROWS_A_COMMIT = 200_000;
const PORTFOLIO = '01900000-0000-7000-8000-000000000001';
const CAMPAIGN = '01900000-0000-7000-8000-000000000002';
/**
 * Residences so far apart that at any hour some may be called and others not; numbers are made up, and nothing here can
 * dial.
 */
const PLACES = [
  { share: 0.25, jurisdiction: 'US-NY', prefix: '+1212555', language: 'en' },
  { share: 0.1, jurisdiction: 'US-HI', prefix: '+1808555', language: 'en' },
  { share: 0.15, jurisdiction: 'PL', prefix: '+4860000', language: 'pl' },
  { share: 0.1, jurisdiction: 'GB', prefix: '+4479110', language: 'en' },
  { share: 0.1, jurisdiction: 'DE', prefix: '+4915150', language: 'de' },
  { share: 0.1, jurisdiction: 'ZA', prefix: '+2782000', language: 'en' },
  { share: 0.1, jurisdiction: 'CN', prefix: '+8613900', language: 'zh' },
  { share: 0.1, jurisdiction: 'RU-PRI', prefix: '+7423200', language: 'ru' },
] as const;
const CALLS = [
  ['attempt', 'rang'],
  ['attempt', 'rang'],
  ['attempt', 'notConnected'],
  ['attempt', 'humanAnswered', 'conversation'],
  ['attempt', 'messageLeft'],
] as const;

export function keyProviderOf(dataDir: string) {
  return { kind: 'keyFile', path: `${dataDir}.key` } as const;
}

/**
 * A store of the real kind, so that the packs of real places judge: debtors of eight places with one to three numbers,
 * contacts of the last sixty days, holds, wishes, and all of them on the list of one campaign. Written past the writer,
 * as no engine runs; what stands in the file is what the writer would have written.
 */
export async function makeRulesStore(
  directory: string,
  debtors: number,
  note: (text: string) => void,
): Promise<RulesStore> {
  const dataDir = join(directory, 'rules');
  await createStore({ dataDir, storeKind: 'real', keyProvider: keyProviderOf(dataDir) });
  const store = await openRulesStore(dataDir);
  const { connection } = store;
  await store.close();
  const database = openConnection({ ...connection, role: 'writer' });
  try {
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    database.pragma('cache_size = -400000');
    const indexes = dropIndexes(database);
    const filler = new Filler(database, seededRandom(44), Date.now());
    const counts = filler.fill(debtors, note);
    note('making the indexes');
    for (const sql of indexes) database.exec(sql);
    return { dataDir, campaignId: CAMPAIGN, debtors, ...counts };
  } finally {
    database.pragma('journal_mode = WAL');
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.pragma('locking_mode = NORMAL');
    database.close();
  }
}

export function openRulesStore(dataDir: string): Promise<OpenStore> {
  return openStore({ dataDir, keyProvider: keyProviderOf(dataDir) });
}

/** Bytes of the write-ahead log; what a commit adds to it is what the disk has to take. */
export function logBytes(dataDir: string): number {
  const file = `${databaseFile(dataDir)}-wal`;
  return existsSync(file) ? statSync(file).size : 0;
}

const FILLED = ['debtor', 'debt', 'contactPoint', 'contactEvent', 'hold', 'contactListEntry'];

function dropIndexes(database: Database): string[] {
  const indexes = database
    .prepare(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
       AND tbl_name IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(FILLED)) as { name: string; sql: string }[];
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`);
  return indexes.map(({ sql }) => sql);
}

interface Person {
  id: string;
  numbers: string[];
}

class Filler {
  readonly #database: Database;
  readonly #random: SeededRandom;
  readonly #now: number;
  readonly #people: Person[] = [];
  readonly #statements = new Map<string, (values: readonly unknown[]) => void>();
  #ids = 0;
  #rows = 0;
  #numbers = 0;
  #events = 0;
  #holds = 0;

  constructor(database: Database, random: SeededRandom, now: number) {
    this.#database = database;
    this.#random = random;
    this.#now = now;
  }

  fill(debtors: number, note: (text: string) => void) {
    this.#database.exec('BEGIN');
    this.#addFrame();
    this.#addReviews();
    note(`writing ${debtors} debtors`);
    this.#addPeople(debtors);
    note('writing their contacts');
    this.#addContacts(debtors * CONTACTS_A_DEBTOR);
    this.#database.exec('COMMIT');
    return { numbers: this.#numbers, events: this.#events, holds: this.#holds };
  }

  #addFrame(): void {
    this.#insert('portfolio', {
      id: PORTFOLIO,
      name: 'Bench',
      creditorName: 'Made Up',
      createdAt: 0,
      priorContact: 'none',
    });
    this.#insert('campaign', {
      id: CAMPAIGN,
      name: 'Bench',
      portfolioId: PORTFOLIO,
      status: 'paused',
      settingsJson: JSON.stringify(defaultCampaignSettings),
      createdAt: 0,
    });
  }

  /**
   * As if counsel had read every pack, so that each place's own rules judge: the safe base that stands in for them closes
   * whole days. It says nothing of the packs.
   */
  #addReviews(): void {
    const packs = loadPacks(join(import.meta.dirname, '../../resources/rule-packs'));
    for (const pack of packs)
      this.#insert('packReview', {
        id: this.#id(this.#now),
        packId: pack.id,
        version: pack.version,
        packSha256: packSha256(pack),
        reviewer: 'nobody: a benchmark',
        reviewedOn: '2026-11-01',
        at: this.#now,
      });
  }

  #addPeople(debtors: number): void {
    const createdAt = this.#now - 90 * DAY_MS;
    for (let index = 0; index < debtors; index += 1) {
      const place = this.#placeOf();
      const id = this.#id(createdAt);
      const person: Person = { id, numbers: [] };
      const zones = JSON.stringify(zonesForJurisdiction(place.jurisdiction));
      const name = `Debtor ${index}`;
      this.#insert('debtor', {
        id,
        portfolioId: PORTFOLIO,
        externalRef: `B-${index}`,
        kind: 'person',
        displayName: name,
        searchName: name.toLowerCase(),
        language: place.language,
        jurisdiction: place.jurisdiction,
        timeZonesJson: zones,
        createdAt,
      });
      this.#addNumbers(person, place.prefix, zones, index);
      this.#addDebt(id, index, createdAt);
      this.#addWishes(id);
      this.#insert('contactListEntry', {
        id: this.#id(createdAt),
        campaignId: CAMPAIGN,
        debtorId: id,
        status: 'pending',
        position: index,
        updatedAt: 0,
      });
      this.#people.push(person);
    }
  }

  #addNumbers(person: Person, prefix: string, timeZonesJson: string, index: number): void {
    const count = this.#random.pick([1, 1, 2, 3]);
    for (let rank = 0; rank < count; rank += 1) {
      const number = `${prefix}${String(index).padStart(7, '0')}${rank}`.slice(0, 16);
      person.numbers.push(number);
      this.#numbers += 1;
      this.#insert('contactPoint', {
        id: this.#id(this.#now - 90 * DAY_MS),
        debtorId: person.id,
        kind: ['mobile', 'home', 'work'][rank],
        value: number,
        status: 'active',
        timeZonesJson,
        rank,
        createdAt: 0,
      });
    }
  }

  #addDebt(debtorId: string, index: number, createdAt: number): void {
    this.#insert('debt', {
      id: this.#id(createdAt),
      debtorId,
      portfolioId: PORTFOLIO,
      externalRef: `A-${index}`,
      creditorName: 'Made Up',
      debtKind: 'loan',
      currency: 'EUR',
      principalMinor: 100_000,
      balanceMinor: 100_000,
      status: 'open',
      createdAt,
    });
  }

  #addWishes(debtorId: string): void {
    const at = this.#now - 20 * DAY_MS;
    if (this.#random.chance(0.9))
      this.#insert('noticeSent', {
        id: this.#id(at),
        debtorId,
        notice: 'validation',
        sentAt: at - 20 * DAY_MS,
        source: 'elsewhere',
        createdAt: at,
      });
    if (this.#random.chance(0.04)) {
      this.#holds += 1;
      const kind = this.#random.pick(['cease', 'dispute', 'lawyer', 'bankrupt']);
      this.#insert('hold', { id: this.#id(at), debtorId, kind, since: at });
    }
    if (this.#random.chance(0.03))
      this.#insert('personalBlock', {
        id: this.#id(at),
        debtorId,
        daysJson: '["mon","tue","wed","thu","fri"]',
        fromTime: '09:00',
        toTime: '12:00',
        createdAt: at,
      });
  }

  /** In the order of time, as they happened; a fifth of them in the last two days. */
  #addContacts(count: number): void {
    const recent = Math.floor(count * 0.2);
    const span = (index: number) =>
      index < count - recent
        ? this.#now - 60 * DAY_MS + (58 * DAY_MS * index) / (count - recent)
        : this.#now - 2 * DAY_MS + (2 * DAY_MS * (index - count + recent)) / recent - 60_000;
    for (let index = 0; index < count; index += 1) {
      const at = Math.floor(span(index));
      const person = this.#random.pick(this.#people);
      const number = this.#random.pick(person.numbers);
      const callId = this.#id(at);
      for (const kind of this.#random.pick<readonly string[]>(CALLS)) {
        this.#events += 1;
        this.#insert('contactEvent', {
          id: this.#id(at),
          at,
          kind,
          direction: 'out',
          channel: 'call',
          debtorId: person.id,
          number,
          mode: 'progressive',
          callId,
          reservation: kind === 'attempt' ? 'used' : null,
        });
      }
    }
  }

  #placeOf(): (typeof PLACES)[number] {
    let rest = this.#random.next();
    for (const place of PLACES) {
      rest -= place.share;
      if (rest < 0) return place;
    }
    return PLACES[0];
  }

  #insert(table: string, row: Record<string, unknown>): void {
    const names = Object.keys(row);
    const sql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
    let insert = this.#statements.get(sql);
    if (!insert) {
      const statement = this.#database.prepare(sql);
      insert = (values) => void statement.run(...values);
      this.#statements.set(sql, insert);
    }
    insert(Object.values(row));
    this.#rows += 1;
    if (this.#rows % ROWS_A_COMMIT === 0) this.#database.exec('COMMIT; BEGIN');
  }

  /** Grows from row to row within one instant, as the ids of the product do: what was written together lies together. */
  #id(at: number): string {
    this.#ids += 1;
    const time = (Math.floor(at) + Math.floor(this.#ids / 0x1000)).toString(16).padStart(12, '0');
    const counter = (this.#ids % 0x1000).toString(16).padStart(3, '0');
    const tail = this.#ids.toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-8000-${tail}`;
  }
}
