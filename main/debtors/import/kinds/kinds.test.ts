import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestStore } from '../../../testing/open-test-store.ts';
import { addPhone } from '../../debtors.fixture.ts';
import { loadHistory } from '../../history/load-history.ts';
import { importWrites } from '../import-writes.ts';
import {
  addPeople,
  assertBooks,
  importText,
  NOW,
  openKindStore,
  PAYER_ACCOUNT,
  type People,
  undo,
  VIRTUAL,
} from './kinds.fixture.ts';

let store: TestStore;
let people: People;
beforeEach(() => {
  store = openKindStore();
  people = addPeople(store);
});
afterEach(() => store.close());

const balance = (debtId: string) =>
  store.read.get<{ balanceMinor: number }>('SELECT balanceMinor FROM debt WHERE id = ?', debtId)
    ?.balanceMinor;
const count = (sql: string) => store.read.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)?.n;
const everything = () =>
  ['debt', 'debtEntry', 'payment', 'bankEntry', 'interaction', 'doNotCall', 'importJob', 'change']
    .map((table) => `${table} ${count(table)}`)
    .join(', ');

describe('payments', () => {
  const file = [
    'Nr umowy;Kwota;Data wpłaty;Wpłacający;Tytuł',
    'U/2026/0001;30,50;18.11.2026;Jan Kowalski;rata 1',
    'U/2026/0001;30,50;18.11.2026;Jan Kowalski;rata 1',
    'U/2026/0002;10,00;19.11.2026;;',
    'U/2026/0002;10,00;31.11.2026;;',
    'U/2026/0002;-5,00;19.11.2026;;',
    'U/2026/0002;0,00;19.11.2026;;',
    'U/9999/9999;10,00;19.11.2026;;',
    'U/9999/9998;12,00;19.11.2026;Ktoś Inny;za coś',
    '',
  ].join('\n');

  it('are booked once each, equal rows too; what names nobody waits or is rejected', async () => {
    const first = await importText(store, 'payments', file);
    expect(first).toMatchObject({ imported: 4, unchanged: 0, queued: 1 });
    expect(first.rejected).toEqual([
      [5, ['paid-date.unreadable']],
      [6, ['amount.negative']],
      [7, ['amount.zero']],
      [8, ['reference.unknown']],
    ]);
    expect([balance(people.janDebt), balance(people.annaDebt)]).toEqual([3_900, 4_000]);
    const again = await importText(store, 'payments', file);
    expect(again).toMatchObject({ imported: 0, unchanged: 4, queued: 0 });
    expect(count("payment WHERE status = 'booked'")).toBe(3);
    assertBooks(store);
  });

  it('say in a dry run what would happen, and store nothing', async () => {
    const before = everything();
    const tried = await importText(store, 'payments', file, { dryRun: true });
    expect(everything()).toBe(before);
    const done = await importText(store, 'payments', file);
    expect([tried.imported, tried.queued, tried.rejected]).toEqual([
      done.imported,
      done.queued,
      done.rejected,
    ]);
  });

  it('are reversed by an undo, and can be imported again', async () => {
    const { importJobId } = await importText(store, 'payments', file);
    const [one] = store.read.all<{ id: string }>('SELECT id FROM payment ORDER BY id');
    expect(await undo(store, importJobId)).toEqual({ removed: 4, restored: 0, kept: 0 });
    expect([balance(people.janDebt), balance(people.annaDebt)]).toEqual([10_000, 5_000]);
    expect(store.read.get('SELECT status FROM payment WHERE id = ?', one?.id)).toEqual({
      status: 'reversed',
    });
    expect(await importText(store, 'payments', file)).toMatchObject({ imported: 4 });
    expect(balance(people.janDebt)).toBe(3_900);
    assertBooks(store);
  });

  it('are not booked on a debt of another currency', async () => {
    const text = 'reference;amount;currency;date\nU/2026/0001;10.00;EUR;2026-11-18\n';
    const done = await importText(store, 'payments', text, { mapping: { decimalSeparator: '.' } });
    expect(done.rejected).toEqual([[2, ['currency.unknown']]]);
  });

  it('are not guessed: a reference of two debtors is ambiguous, but for the portfolio that is named', async () => {
    const other = addPeople(store);
    const text = 'reference;amount;date\nU/2026/0001;10,00;2026-11-18\n';
    const done = await importText(store, 'payments', text);
    expect(done.rejected).toEqual([[2, ['reference.ambiguous']]]);
    const { portfolioId } = other;
    expect(await importText(store, 'payments', text, { portfolioId })).toMatchObject({
      rejected: [],
      imported: 1,
    });
    expect(balance(other.janDebt)).toBe(9_000);
  });
});

describe('bank statements', () => {
  const csv = [
    'Data operacji,Dane kontrahenta,Tytuł,Rachunek kontrahenta,Kwota',
    `2026-11-18,KOWALSKI JAN,rata U/2026/0001,${PAYER_ACCOUNT},"25,00"`,
    '2026-11-18,WIŚNIEWSKA ANNA UL. PROSTA 1,dziękuję,,"50,00"',
    '2026-11-18,GAZOWNIA,faktura,,"-120,00"',
    '2026-11-18,NIEZNANY,przelew,,"7,00"',
    '2026-11-18,ktoś,coś,,siedem',
    '',
  ].join('\r\n');

  it.each(['windows-1250', 'iso-8859-2', 'cp852', 'utf-8'])(
    'in CSV of %s: certain ones are booked, the rest waits, debits are left out',
    async (encoding) => {
      const done = await importText(store, 'bankStatement', csv, { encoding });
      expect(done.mapping.encoding).toBe(encoding);
      expect(done).toMatchObject({ imported: 3, queued: 2, ignored: 1 });
      expect(done.rejected).toEqual([[6, ['amount.unreadable']]]);
      expect(balance(people.janDebt)).toBe(7_500);
      expect(
        store.read.all("SELECT payer FROM bankEntry WHERE state = 'open' ORDER BY id"),
      ).toEqual([{ payer: 'WIŚNIEWSKA ANNA UL. PROSTA 1' }, { payer: 'NIEZNANY' }]);
    },
  );

  it('come in once however often and in whichever order they are read', async () => {
    await importText(store, 'bankStatement', csv);
    const lines = csv.trim().split('\r\n');
    const turned = [lines[0], ...lines.slice(1).reverse(), ''].join('\r\n');
    expect(await importText(store, 'bankStatement', turned)).toMatchObject({
      imported: 0,
      unchanged: 3,
    });
    expect(balance(people.janDebt)).toBe(7_500);
    assertBooks(store);
  });

  const mt940 = [
    ':20:W',
    ':25:PL73105000997603123456789123',
    ':28C:1',
    ':60F:C261117PLN0,00',
    ':61:2611181118C40,00NTRFNONREF//A1',
    `:86:020^00UZNANIE^20wplata^21na ${VIRTUAL}^32KTOS^38PL${PAYER_ACCOUNT}`,
    ':61:2611181118C10,00NTRFNONREF//A2',
    ':86:020^00UZNANIE^20PESEL 44051401359^32KTOS INNY',
    ':61:2611181118D5,00NCHGNONREF//A3',
    ':86:oplata',
    ':62F:C261118PLN45,00',
    '-',
  ].join('\r\n');

  it('in MT940 are matched by the virtual account and by the national id', async () => {
    const done = await importText(store, 'bankStatement', mt940, { format: 'mt940' });
    expect(done).toMatchObject({ imported: 2, queued: 0, ignored: 1, notices: [], rejected: [] });
    expect(store.read.all('SELECT matchedBy, debtorId, debtId FROM bankEntry ORDER BY id')).toEqual(
      [
        { matchedBy: 'account', debtorId: people.jan, debtId: people.janDebt },
        { matchedBy: 'nationalId', debtorId: people.jan, debtId: null },
      ],
    );
    expect(balance(people.janDebt)).toBe(5_000);
  });

  it('report a closing balance that is not the sum', async () => {
    const wrong = mt940.replace('PLN45,00', 'PLN46,00');
    const done = await importText(store, 'bankStatement', wrong, { format: 'mt940' });
    expect(done).toMatchObject({ imported: 2, notices: ['statement.balance-differs'] });
  });

  it('tell when the bank takes back what had come in, and book nothing for it', async () => {
    const taken = mt940
      .replace(':61:2611181118D5,00NCHGNONREF//A3', ':61:2611181118RC5,00NRTINONREF//A3')
      .replace(':86:oplata', ':86:zwrot');
    const done = await importText(store, 'bankStatement', taken, { format: 'mt940' });
    expect(done).toMatchObject({ imported: 2, ignored: 1, notices: ['statement.reversed-credit'] });
  });

  it('are taken back by an undo with what was booked; what a person matched stays', async () => {
    const { importJobId } = await importText(store, 'bankStatement', csv);
    const open = store.read.get<{ id: string }>("SELECT id FROM bankEntry WHERE payer LIKE 'WIŚ%'");
    const { bankWrites } = await import('../../bank/bank-writes.ts');
    await store.write(bankWrites, 'bank.match', {
      bankEntryId: open?.id ?? '',
      personId: null,
      parts: [{ debtorId: people.anna, amountMinor: 5_000 }],
    });
    expect(await undo(store, importJobId)).toEqual({ removed: 2, restored: 0, kept: 1 });
    expect([balance(people.janDebt), balance(people.annaDebt)]).toEqual([10_000, 0]);
    expect(await importText(store, 'bankStatement', csv)).toMatchObject({
      imported: 2,
      unchanged: 1,
    });
    assertBooks(store);
  });
});

describe('the history of a former agency', () => {
  const file = [
    'Nr klienta;Data kontaktu;Godzina;Kanał;Kierunek;Telefon;Treść;Wynik;Pracownik',
    'K-1001;17.11.2026;14:05;Telefon;wychodzący;601234567;obiecał wpłatę;Obietnica;A. Lis',
    'K-1001;18.11.2026;;SMS;wych.;;przypomnienie;;',
    'K-1002;18.11.2026 9:30;;list;przychodzące;;prośba o raty;;',
    'K-1001;17.11.2026;14:05;Telefon;wychodzący;601234567;obiecał wpłatę;Obietnica;A. Lis',
    'K-1001;21.11.2026;10:00;Telefon;wych;;jutro;;',
    'K-1001;17.11.2026;25:61;Telefon;wych;;x;;',
    'K-1001;17.11.2026;10:00;gołąb;wych;;x;;',
    'K-1001;17.11.2026;10:00;Telefon;bokiem;;x;;',
    'K-9999;17.11.2026;10:00;Telefon;wych;;x;;',
    'K-1001;17.11.2026;10:00;Telefon;wych;;;;',
    '',
  ].join('\n');

  it('is written at the debtor’s clocks, marked, and once', async () => {
    const done = await importText(store, 'agencyHistory', file);
    expect(done).toMatchObject({ imported: 3, unchanged: 1 });
    expect(done.rejected.sort(([left], [right]) => left - right)).toEqual([
      [6, ['time.unreadable']],
      [7, ['time.unreadable']],
      [8, ['channel.unknown']],
      [9, ['direction.unknown']],
      [10, ['reference.unknown']],
      [11, ['text.missing']],
    ]);
    expect(
      store.read.all(
        `SELECT i.channel, i.direction, i.at, i.personId, i.importJobId, c.text FROM interaction i
           JOIN interactionContent c ON c.interactionId = i.id WHERE i.debtorId = ? ORDER BY i.at`,
        people.jan,
      ),
    ).toEqual([
      {
        channel: 'call',
        direction: 'out',
        at: Date.parse('2026-11-17T14:05:00+01:00'),
        personId: null,
        importJobId: done.importJobId,
        text: 'Obietnica · obiecał wpłatę · A. Lis',
      },
      {
        channel: 'sms',
        direction: 'out',
        at: Date.parse('2026-11-18T12:00:00+01:00'),
        personId: null,
        importJobId: done.importJobId,
        text: 'przypomnienie',
      },
    ]);
    const { items } = loadHistory(store.read, { debtorId: people.jan, limit: 10 } as never);
    expect(items.map(({ channel, imported }) => [channel, imported])).toEqual([
      ['sms', true],
      ['call', true],
    ]);
    expect(await importText(store, 'agencyHistory', file)).toMatchObject({
      imported: 0,
      unchanged: 4,
    });
  });

  it('stores nothing in a dry run, and leaves nobody’s history after an undo', async () => {
    const before = everything();
    const tried = await importText(store, 'agencyHistory', file, { dryRun: true });
    expect(tried.imported).toBe(4);
    expect(everything()).toBe(before);
    const { importJobId } = await importText(store, 'agencyHistory', file);
    expect(await undo(store, importJobId)).toEqual({ removed: 3, restored: 0, kept: 0 });
    expect(count('interaction WHERE debtorId IS NOT NULL')).toBe(0);
    expect(count('interactionContent WHERE text IS NOT NULL')).toBe(0);
    expect(await importText(store, 'agencyHistory', file)).toMatchObject({ imported: 3 });
  });

  const events = (debtorId: string) =>
    store.read.all(
      `SELECT kind, direction, channel, at, number, debtId, reservation FROM contactEvent
       WHERE debtorId = ? ORDER BY at, id`,
      debtorId,
    );
  const prior = () =>
    store.read.get<{ priorContact: string }>(
      'SELECT priorContact FROM portfolio WHERE id = ?',
      people.portfolioId,
    )?.priorContact;

  it('counts for the rules: as a conversation, unless its words say that nobody was reached', async () => {
    const phone = store.runNow((db, context) =>
      addPhone(db, context, { debtorId: people.jan, value: '+48601234567' }),
    );
    const heads = 'Nr klienta;Data kontaktu;Godzina;Kanał;Kierunek;Telefon;Treść;Wynik';
    const rows = [
      'K-1001;17.11.2026;14:05;Telefon;wych;601 234 567;obiecał wpłatę;',
      'K-1001;18.11.2026;10:00;Telefon;wych;601234567;;Nie odebrał',
      'K-1001;18.11.2026;11:00;Telefon;przych;+48 601 234 567;pyta o saldo;',
      'K-1001;18.11.2026;12:00;SMS;wych;;przypomnienie;',
      'K-1001;18.11.2026;13:00;Notatka;wych;;sprawdzono adres;',
      'K-1001;18.11.2024;13:00;Telefon;wych;601234567;dawno;',
    ];
    const { importJobId, imported } = await importText(
      store,
      'agencyHistory',
      [heads, ...rows, ''].join('\n'),
    );
    expect(imported).toBe(6);
    const known = { number: '+48601234567', debtId: null, reservation: null };
    const first = { ...known, at: Date.parse('2026-11-17T14:05:00+01:00') };
    const out = { direction: 'out', channel: 'call' };
    expect(events(people.jan)).toEqual([
      { ...first, ...out, kind: 'attempt' },
      { ...first, ...out, kind: 'humanAnswered' },
      { ...first, ...out, kind: 'conversation' },
      { ...known, ...out, kind: 'attempt', at: Date.parse('2026-11-18T10:00:00+01:00') },
      {
        ...{ ...known, kind: 'conversation', direction: 'in', channel: 'call' },
        at: Date.parse('2026-11-18T11:00:00+01:00'),
      },
      {
        ...{ ...known, number: null, kind: 'message', direction: 'out', channel: 'sms' },
        at: Date.parse('2026-11-18T12:00:00+01:00'),
      },
    ]);
    expect(count(`contactEvent WHERE contactPointId = '${phone}'`)).toBe(5);
    await undo(store, importJobId);
    expect(count("contactEvent WHERE reservation IS NOT 'released'")).toBe(0);
  });

  it('makes former contacts of a portfolio known, until it is taken back', async () => {
    const { portfolioId } = people;
    expect(prior()).toBe('unknown');
    await importText(store, 'agencyHistory', file);
    // for all portfolios: of which one it is all, nobody has said
    expect(prior()).toBe('unknown');
    const more = file.replaceAll('17.11.2026', '16.11.2026');
    const { importJobId } = await importText(store, 'agencyHistory', more, { portfolioId });
    expect(prior()).toBe('imported');
    await undo(store, importJobId);
    expect(prior()).toBe('unknown');
  });

  it('says what it is told to say, and nothing when nothing came or it did not end well', async () => {
    const { portfolioId } = people;
    const start = {
      kind: 'agencyHistory',
      fileName: 'f',
      fileSha256: '',
      mappingJson: '{}',
    } as const;
    const end = async (state: 'finished' | 'cancelled', imported: number, told?: 'unknown') => {
      const job = { ...start, personId: null, portfolioId };
      const { importJobId } = await store.write(importWrites, 'kinds.start', job);
      store.runNow((db) => db.update('importJob', importJobId, { imported }));
      const input = { importJobId, state, error: null, priorContact: told };
      await store.write(importWrites, 'import.end', input);
      return prior();
    };
    expect(await end('finished', 0)).toBe('unknown');
    expect(await end('cancelled', 3)).toBe('unknown');
    expect(await end('finished', 3, 'unknown')).toBe('unknown');
    expect(await end('finished', 3)).toBe('imported');
  });
});

describe('do-not-call lists', () => {
  const live = (list: string) =>
    store.read
      .all<{ number: string }>(
        'SELECT number FROM doNotCall WHERE list = ? AND deletedAt IS NULL ORDER BY number',
        list,
      )
      .map(({ number }) => number);
  const listName = 'życzenia';
  const put = (text: string, options: { replaceList?: boolean; dryRun?: boolean } = {}) =>
    importText(store, 'doNotCall', text, { listName, ...options });

  it('take a number a row, with or without a header, each once', async () => {
    const done = await put('601234567\n+48 601 234 568\n601-234-567\nabc\n');
    expect(done).toMatchObject({ imported: 2, unchanged: 1 });
    expect(done.rejected).toEqual([[4, ['phone.unreadable']]]);
    expect(live(listName)).toEqual(['+48601234567', '+48601234568']);
    const again = await put('Numer telefonu;Powód\n601234567;prosił\n601234569;\n');
    expect(again).toMatchObject({ imported: 1, unchanged: 1 });
    expect(await importText(store, 'doNotCall', '601234567\n', { listName: 'inna' })).toMatchObject(
      {
        imported: 1,
      },
    );
  });

  it('lose what the file does not hold when they are replaced, and get it back by an undo', async () => {
    await put('601234567\n601234568\n');
    await importText(store, 'doNotCall', '601234560\n', { listName: 'inna' });
    const { importJobId } = await put('601234568\n601234569\n', { replaceList: true });
    expect(live(listName)).toEqual(['+48601234568', '+48601234569']);
    expect(live('inna')).toEqual(['+48601234560']);
    expect(count('importSeen')).toBe(0);
    expect(await undo(store, importJobId)).toEqual({ removed: 1, restored: 1, kept: 0 });
    expect(live(listName)).toEqual(['+48601234567', '+48601234568']);
    expect(count('importBefore')).toBe(0);
  });

  it('say in a dry run what is new', async () => {
    await put('601234567\n');
    const before = everything();
    const tried = await put('601234567\n601234568\n', { dryRun: true, replaceList: true });
    expect(tried).toMatchObject({ imported: 1, unchanged: 1 });
    expect(everything()).toBe(before);
  });
});

it('an import that was cut off is taken back as a whole', async () => {
  const { importJobId } = await importText(
    store,
    'payments',
    'reference;amount;date\nU/2026/0001;10,00;2026-11-18\n',
  );
  store.runNow((db) => db.update('importJob', importJobId, { state: 'running', finishedAt: null }));
  const { undoing } = await store.write(importWrites, 'import.recover', { before: NOW });
  expect(undoing).toEqual([importJobId]);
});
