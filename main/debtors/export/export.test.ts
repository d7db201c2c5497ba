import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExportList, ExportTable } from '#shared/contract/index.ts';
import { exportColumns } from '#shared/contract/index.ts';
import { ensurePerson } from '../../access/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { addDebt, addDebtor, addPhone, addPortfolio } from '../debtors.fixture.ts';
import { bytesFromIds } from '../list/id-table.ts';
import { amount, type Cell, date, decimalText, instant, text } from './cell.ts';
import { CsvWriter } from './csv-writer.ts';
import { type ListTask, writeList } from './write-list.ts';
import { columnName, XlsxWriter } from './xlsx-writer.ts';
import { type ByteSink, ZipWriter } from './zip-writer.ts';

const NOON = Date.UTC(2026, 10, 21, 12);

function collector(): { sink: ByteSink; bytes(): Buffer } {
  const pieces: Buffer[] = [];
  return {
    sink: async (bytes) => {
      pieces.push(Buffer.from(bytes));
    },
    bytes: () => Buffer.concat(pieces),
  };
}

/** Reads a ZIP by its central directory, as other programs do. */
function unzip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  const entries = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const compressed = bytes.readUInt32LE(at + 20);
    const nameBytes = bytes.readUInt16LE(at + 28);
    const name = bytes.subarray(at + 46, at + 46 + nameBytes).toString();
    const offset = bytes.readUInt32LE(at + 42);
    const start = offset + 30 + bytes.readUInt16LE(offset + 26);
    const content = inflateRawSync(bytes.subarray(start, start + compressed));
    expect(content.length).toBe(bytes.readUInt32LE(at + 24));
    entries.set(name, content);
    at += 46 + nameBytes;
  }
  return entries;
}

async function csv(rows: Cell[][], language: 'en' | 'pl' = 'pl'): Promise<string> {
  const { sink, bytes } = collector();
  const writer = new CsvWriter(sink, { language, timeZone: 'Europe/Warsaw' });
  for (const row of rows) await writer.row(row);
  await writer.finish();
  return bytes().toString('utf8');
}

describe('CSV', () => {
  it.each(['=1+1', '+48501', '-2', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1'])(
    'writes %j as text and never as a formula',
    async (value) => {
      const [cell] = (await csv([[text(value)]])).slice(1).split('\r\n');
      expect(cell?.replace(/^"/, '')[0]).toBe("'");
    },
  );

  it('has the mark, separators and numbers of the language', async () => {
    const row = [text('Łódź; "A"'), amount(-123_405, 'PLN'), amount(7, 'JPY'), date('2026-11-21')];
    expect(await csv([row])).toBe('\ufeff"Łódź; ""A""";-1234,05;7;2026-11-21\r\n');
    expect(await csv([row], 'en')).toBe('\ufeff"Łódź; ""A""",-1234.05,7,2026-11-21\r\n');
  });

  it('writes instants on the clock of the zone', async () => {
    expect(await csv([[instant(Date.UTC(2026, 6, 1, 12, 0, 5))]])).toContain('2026-07-01 14:00:05');
  });

  it('protects numbers that are names: leading zeros and long ones', async () => {
    expect(await csv([[text('00950'), text('61109010140000071219812874'), text('12345')]])).toBe(
      "\ufeff'00950;'61109010140000071219812874;12345\r\n",
    );
  });
});

describe('XLSX', () => {
  async function sheets(rows: Cell[][], rowsInSheet?: number): Promise<Map<string, string>> {
    const { sink, bytes } = collector();
    const options = { title: 'A/B: [C]', timeZone: 'UTC', ...(rowsInSheet ? { rowsInSheet } : {}) };
    const writer = new XlsxWriter(sink, options);
    for (const row of rows) await writer.row(row);
    await writer.finish();
    return new Map([...unzip(bytes())].map(([name, content]) => [name, content.toString()]));
  }

  it('writes text as text, numbers as numbers, dates as dates', async () => {
    const parts = await sheets([
      [text('Name'), text('Amount')],
      [text('=HYPERLINK("x")'), amount(123_405, 'PLN'), date('2026-11-21'), instant(NOON)],
    ]);
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? '';
    expect(sheet).not.toContain('<f>');
    expect(sheet).toContain('t="inlineStr"><is><t xml:space="preserve">=HYPERLINK(&quot;x&quot;)');
    expect(sheet).toContain('<c r="B2" s="3"><v>1234.05</v>');
    expect(sheet).toContain('<c r="C2" s="5"><v>46347</v>');
    expect(sheet).toContain('<c r="D2" s="6"><v>46347.5</v>');
    expect(parts.get('xl/workbook.xml')).toContain('<sheet name="A B   C" sheetId="1"');
    expect([...parts.keys()]).toContain('[Content_Types].xml');
  });

  it('holds what XML cannot', async () => {
    const parts = await sheets([[text('a\u0000b\u000bc<&>"_x000D_'), text('\ud800')]]);
    expect(parts.get('xl/worksheets/sheet1.xml')).toContain(
      'a_x0000_b_x000B_c&lt;&amp;&gt;&quot;_x005F_x000D_',
    );
  });

  it('goes on in a next sheet when one is full, with the header again', async () => {
    const parts = await sheets([[text('H')], ...['1', '2', '3'].map((value) => [text(value)])], 3);
    expect(parts.get('xl/worksheets/sheet1.xml')?.match(/<row /g)?.length).toBe(3);
    const second = parts.get('xl/worksheets/sheet2.xml') ?? '';
    expect(second).toContain('>H<');
    expect(second).toContain('>3<');
    expect(parts.get('xl/workbook.xml')).toContain('sheetId="2"');
  });

  it.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [701, 'ZZ'],
    [702, 'AAA'],
  ])('column %i is %s', (index, name) => expect(columnName(index)).toBe(name));
});

describe('amounts', () => {
  it.each([
    [0, 2, '0.00'],
    [-5, 2, '-0.05'],
    [9_007_199_254_740_991, 2, '90071992547409.91'],
    [12, 0, '12'],
    [1234, 3, '1.234'],
  ])('%i with %i digits', (minor, digits, expected) => {
    expect(decimalText(minor, digits)).toBe(expected);
  });
});

describe('a ZIP', () => {
  it('holds entries of any size, with checksums that fit', async () => {
    const { sink, bytes } = collector();
    const zip = new ZipWriter(sink);
    const large = Buffer.alloc(3_000_000, 'łódź ');
    await zip.addBytes('dokument ł.txt', large);
    await zip.addBytes('empty', Buffer.alloc(0));
    await zip.finish();
    const entries = unzip(bytes());
    expect(entries.get('dokument ł.txt')?.equals(large)).toBe(true);
    expect(entries.get('empty')?.length).toBe(0);
  });

  it('stops when nobody takes its bytes', async () => {
    const zip = new ZipWriter(() => Promise.reject(new Error('disk is full')));
    await expect(zip.addBytes('a', Buffer.alloc(100))).rejects.toThrow('disk is full');
  });
});

describe('a list', () => {
  let store: TestStore;
  let portfolioId: string;
  let jan: string;
  let ivanova: string;

  beforeEach(() => {
    store = openTestStore();
    store.runNow((db, context) => {
      portfolioId = addPortfolio(db, context);
      const { personId } = ensurePerson(db, context, { displayName: 'Ewa', role: 'agent' }) as {
        personId: string;
      };
      jan = addDebtor(db, context, {
        portfolioId,
        displayName: '=cmd()',
        externalRef: '007',
        nationalId: '80051712345',
        nationalIdKind: 'PESEL',
      });
      ivanova = addDebtor(db, context, {
        portfolioId,
        displayName: 'Анна Иванова',
        externalRef: 'R-1',
      });
      addPhone(db, context, { debtorId: jan, value: '+48501234567' });
      addDebt(db, context, { portfolioId, debtorId: jan, balanceMinor: 1050 });
      addDebt(db, context, { portfolioId, debtorId: jan, balanceMinor: 200, currency: 'EUR' });
      db.insert('promiseToPay', {
        id: context.newId(),
        debtorId: jan,
        amountMinor: 500,
        currency: 'PLN',
        dueOn: '2026-12-01',
        status: 'open',
        personId,
        createdAt: NOON,
      });
      db.insert('payment', {
        id: context.newId(),
        debtorId: jan,
        amountMinor: 700,
        currency: 'PLN',
        paidOn: '2026-11-01',
        method: 'transfer',
        source: 'manual',
        status: 'booked',
        payer: '@evil',
        createdAt: NOON,
      });
      db.insert('attempt', {
        id: context.newId(),
        callId: context.newId(),
        debtorId: jan,
        number: '+48501234567',
        mode: 'manual',
        trunkId: 't',
        state: 'ended',
        reservedAt: NOON,
        joinedAt: NOON,
        endedAt: NOON + 61_400,
      });
      db.insert('auditEntry', {
        id: context.newId(),
        at: NOON,
        action: 'x.y',
        detailsJson: '{"a":1}',
      });
    });
  });
  afterEach(() => store.close());

  async function write(list: ExportList, more: Partial<ListTask> = {}): Promise<string[]> {
    const { sink, bytes } = collector();
    const task = {
      list,
      format: 'csv',
      language: 'en',
      timeZone: 'UTC',
      now: NOON,
      debtorIds: null,
    } as const;
    await writeList(store.read, { ...task, ...more }, sink, () => {});
    return bytes().toString().slice(1).trimEnd().split('\r\n');
  }
  const all = { filter: {}, sort: { by: 'name', descending: false } } as const;

  it('of debtors has a line for each currency, and sensitive columns only when named', async () => {
    const lines = await write({ table: 'debtors', ...all });
    expect(lines[0]).not.toContain('National id');
    expect(lines.length).toBe(4);
    expect(lines.filter((line) => line.includes("'=cmd()"))).toHaveLength(2);
    const named = await write({
      table: 'debtors',
      ...all,
      columns: ['externalRef', 'nationalId', 'currency', 'balance', 'phones'],
    });
    expect(named).toContain("'007,80051712345,PLN,10.50,'+48501234567");
    expect(named).toContain("'007,80051712345,EUR,2.00,'+48501234567");
  });

  it('keeps the order of the list it was asked for', async () => {
    const columns: ExportList & { table: 'debtors' } = {
      table: 'debtors',
      ...all,
      columns: ['displayName'],
    };
    const debtorIds = bytesFromIds([ivanova, jan]);
    const lines = await write(columns, { debtorIds, language: 'ru' });
    expect(lines).toEqual(['Имя или название', 'Анна Иванова', "'=cmd()", "'=cmd()"]);
  });

  it.each([
    [
      'payments',
      "2026-11-01,'007,'=cmd(),Spring,7.00,PLN,transfer,,'@evil,manual,booked,0.00,,2026-11-21 12:00:00",
    ],
    ['promises', "2026-12-01,'007,'=cmd(),Spring,,5.00,PLN,open,Ewa,2026-11-21 12:00:00"],
    [
      'attempts',
      "2026-11-21 12:00:00,,'007,'=cmd(),'+48501234567,,manual,,,,,,2026-11-21 12:00:00,2026-11-21 12:01:01,61,,",
    ],
    ['audit', '2026-11-21 12:00:00,,x.y,"{""a"":1}"'],
  ] as const)('of %s', async (table, expected) => {
    expect(await write({ table })).toContain(expected);
  });

  it('of a period leaves the rest out', async () => {
    expect(await write({ table: 'payments', from: '2026-11-02' })).toHaveLength(1);
    expect(await write({ table: 'payments', to: '2026-11-01' })).toHaveLength(2);
    expect(await write({ table: 'attempts', from: '2026-11-21', to: '2026-11-21' })).toHaveLength(
      2,
    );
    expect(await write({ table: 'attempts', to: '2026-11-20' })).toHaveLength(1);
  });

  it('has every column that is offered', async () => {
    for (const table of Object.keys(exportColumns) as ExportTable[]) {
      const columns = [...exportColumns[table]];
      const list = { table, columns, ...(table === 'debtors' ? all : {}) } as ExportList;
      const [header = ''] = await write(list);
      expect(header.split(',').length - (table === 'attempts' ? 1 : 0)).toBe(columns.length);
    }
  });
});
