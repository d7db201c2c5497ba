import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { readDetails } from './mt940-details.ts';
import { readBalance, readEntryLine } from './mt940-fields.ts';
import { Mt940Reader, type StatementEntry, type StatementItem } from './mt940-reader.ts';
import { normalAccount, readAccounts } from './read-accounts.ts';

/** numbers whose check digits fit, of no bank's customers */
const OWN = '61109010140000071219812874';
const PAYER = '27114020040000300201355387';

function read(text: string, pieceLength = text.length): StatementItem[] {
  const reader = new Mt940Reader();
  const items: StatementItem[] = [];
  for (let at = 0; at < text.length; at += Math.max(1, pieceLength)) {
    items.push(...reader.push(text.slice(at, at + Math.max(1, pieceLength))));
  }
  return [...items, ...reader.end()];
}
const entriesOf = (items: readonly StatementItem[]): StatementEntry[] =>
  items.flatMap((item) => (item.kind === 'entry' ? [item.entry] : []));
const othersOf = (items: readonly StatementItem[]) =>
  items.flatMap((item) => (item.kind === 'entry' ? [] : [[item.finding, item.line]]));

const statement = (body: string[], closing = 'C261120PLN1334,56') =>
  [
    ':20:WYCIAG',
    `:25:/PL${OWN}`,
    ':28C:00224/001',
    ':60F:C261119PLN1000,00',
    ...body,
    `:62F:${closing}`,
    ':64:C261120PLN1334,56',
    '-',
    '',
  ].join('\r\n');

const CREDIT = [
  ':61:2611201120CN334,56S051NONREF//REF/2026/17',
  ':86:051^00PRZELEW PRZYCHODZACY^2000123^20WPŁATA SPRAWA DD/2026/00^211^30114020',
  `04^3100003002013553^32KOWALSKI JAN^33UL. PRÓBNA 1 WARSZAWA^38PL${PAYER}`,
];

describe('a statement', () => {
  it('comes out entry by entry with its account, dates, signs and details', () => {
    const body = [
      ...CREDIT,
      ':61:261120DN100,S020NONREF',
      ':86:020^00PRZELEW^20czynsz',
      ':61:2611201120C100,00NTRFkontrahent',
      ':86:tyt.: FV 7/2026; od: ANNA LIS; z rach.: 27 1140 2004 0000 3002 0135 5387',
    ];
    const items = read(statement(body));
    expect(othersOf(items)).toEqual([]);
    expect(entriesOf(items)).toMatchObject([
      {
        line: 5,
        account: OWN,
        bookedOn: '2026-11-20',
        direction: 'credit',
        amountMinor: 33_456,
        currency: 'PLN',
        bankReference: 'REF/2026/17',
        reference: '',
        payer: 'KOWALSKI JAN UL. PRÓBNA 1 WARSZAWA',
        payerAccount: PAYER,
      },
      { line: 8, direction: 'debit', amountMinor: 10_000, title: 'czynsz' },
      {
        direction: 'credit',
        amountMinor: 10_000,
        reference: 'kontrahent',
        payer: 'ANNA LIS',
        payerAccount: PAYER,
        title: 'FV 7/2026',
      },
    ]);
  });

  it('is read the same however it comes in pieces, and with any line ends', () => {
    const text = statement(CREDIT);
    const whole = read(text);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (length) => {
        expect(read(text, length)).toEqual(whole);
      }),
    );
    expect(entriesOf(read(text.replaceAll('\r\n', '\n')))).toEqual(entriesOf(whole));
  });

  it('may stand among others in one file, with the envelope of SWIFT', () => {
    const one = statement(CREDIT).trim().replace(/-$/, '-}');
    const text = `{1:F01BANKPLPWAXXX0000000000}{2:I940BANKPLPWXXXXN}{4:\r\n${one}\r\n{1:F01BANKPLPWAXXX0000000000}{2:I940X}{3:{108:1}}{4:\r\n${one}`;
    const items = read(text);
    expect(entriesOf(items)).toHaveLength(2);
    expect(othersOf(items)).toEqual([]);
  });

  it('may have pages, each with its own sums', () => {
    const text = [
      ':20:P1',
      `:25:${OWN}PLN`,
      ':28C:1/1',
      ':60F:D261119EUR10,00',
      ':61:261120C10,50NTRFA',
      ':62M:C261120EUR0,50',
      '-',
      ':20:P2',
      `:25:${OWN}`,
      ':28C:1/2',
      ':60M:C261120EUR0,50',
      ':61:261120RD1,00NTRFB',
      ':62F:C261120EUR1,50',
      '-',
    ].join('\n');
    const items = read(text);
    expect(othersOf(items)).toEqual([]);
    expect(entriesOf(items)).toMatchObject([
      { account: OWN, currency: 'EUR', amountMinor: 1_050, isReversal: false },
      { account: OWN, amountMinor: 100, direction: 'credit', isReversal: true },
    ]);
  });

  it('reports a closing balance that is not the sum, and keeps the entries', () => {
    const items = read(statement(CREDIT, 'C261120PLN1334,57'));
    expect(entriesOf(items)).toHaveLength(1);
    expect(othersOf(items)).toEqual([['statement.balance-differs', 8]]);
  });
});

describe('a damaged statement', () => {
  it('says which entry cannot be read, and goes on with the next', () => {
    const items = read(statement([':61:26112CN12,00NTRF', ':86:x', ...CREDIT]));
    expect(othersOf(items)).toEqual([['statement.entry-unreadable', 5]]);
    expect(entriesOf(items)).toHaveLength(1);
  });

  it('gives up the entry in which the file breaks off, and says that it does', () => {
    const text = statement(CREDIT);
    const cut = text.slice(0, text.indexOf('^33UL.'));
    expect(othersOf(read(cut))).toEqual([
      ['record.truncated', 5],
      ['statement.truncated', 1],
    ]);
    const afterEntry = `${[':20:A', `:25:${OWN}`, ':60F:C261119PLN0,00', ...CREDIT].join('\n')}\n`;
    expect(entriesOf(read(afterEntry))).toHaveLength(1);
    expect(othersOf(read(afterEntry))).toEqual([['statement.truncated', 1]]);
  });

  it('takes no amount without an opening balance: its currency is not known', () => {
    const items = read([':20:A', `:25:${OWN}`, ...CREDIT, ':62F:C261120PLN1,00'].join('\n'));
    expect(entriesOf(items)).toEqual([]);
    expect(othersOf(items)[0]).toEqual(['statement.entry-unreadable', 3]);
  });

  it('never throws, and loses no entry line', () => {
    const lines = fc.constantFrom(
      ...CREDIT,
      ':20:X',
      `:25:${OWN}`,
      ':60F:C261119PLN1,00',
      ':62F:C2611',
      ':61:x',
      ':86:',
      '-',
      '',
      '{4:',
      'garbage',
    );
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 20 }), (chosen) => {
        const items = read(chosen.join('\n'));
        const expected = chosen.filter((line) => line.startsWith(':61:')).length;
        expect(items.filter((item) => item.kind !== 'notice')).toHaveLength(expected);
      }),
    );
  });
});

describe('the parts', () => {
  it.each([
    ['C261120PLN1234,56', { currency: 'PLN', amountMinor: 123_456 }],
    ['D261120JPY500,', { currency: 'JPY', amountMinor: -500 }],
    ['C261120KWD1,234', { currency: 'KWD', amountMinor: 1_234 }],
    ['C261120PLN1,234', null],
    ['X261120PLN1,00', null],
  ])('balance %s', (text, expected) => expect(readBalance(text)).toEqual(expected));

  it('takes the year of a booking from the value date, across new year', () => {
    expect(readEntryLine('2612310102C1,00NTRFX', 'PLN')?.bookedOn).toBe('2027-01-02');
    expect(readEntryLine('2701021231C1,00NTRFX', 'PLN')?.bookedOn).toBe('2026-12-31');
    expect(readEntryLine('260230C1,00NTRFX', 'PLN')).toBeNull();
  });

  it('knows details of banks by the sign that they put between subfields', () => {
    for (const sign of ['^', '?', '~', '<', '|']) {
      const text = `020${sign}00PRZELEW${sign}20abcdefghijklmnopqrstuvwxyz1${sign}2123 sprawa${sign}32LIS ANNA${sign}38PL${PAYER}`;
      expect(readDetails([text])).toMatchObject({
        title: 'abcdefghijklmnopqrstuvwxyz123 sprawa',
        payer: 'LIS ANNA',
        payerAccount: PAYER,
      });
    }
    expect(readDetails(['/ORDP//NAME/JAN NOWAK/REMI/sprawa 12/2026'])).toMatchObject({
      payer: 'JAN NOWAK',
      title: 'sprawa 12/2026',
    });
    expect(readDetails(['wpłata gotówkowa', 'w kasie']).title).toBe('wpłata gotówkowa w kasie');
  });

  it('finds virtual accounts by their check digits', () => {
    expect(readAccounts(`na PL${OWN}, nie 61109010140000071219812875`)).toEqual([OWN]);
    expect(readAccounts('61 1090 1014 0000 0712 1981 2874')).toEqual([OWN]);
    expect(normalAccount(`PL61 1090 1014 0000 0712 1981 2874`)).toBe(OWN);
  });

  it('keeps Polish letters of every code page that banks use', () => {
    const text = statement(CREDIT);
    for (const encoding of ['windows-1250', 'iso-8859-2', 'cp852', 'utf-8']) {
      const decoded = iconv.decode(iconv.encode(text, encoding), encoding);
      expect(entriesOf(read(decoded))[0]?.payer).toContain('PRÓBNA');
    }
  });
});
