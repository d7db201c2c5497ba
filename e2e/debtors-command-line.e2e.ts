import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialdesk } from './support/command-line.ts';
import { importEnd, importFile } from './support/import-file.ts';
import { Product } from './support/product.ts';
import { until } from './support/until.ts';

interface Imported {
  rows: number;
  imported: number;
  updated: number;
  rejected: number;
  rejectsFile: string | null;
}

/** as Excel saves it in the Polish locale: Windows-1250, semicolons, decimal commas */
const portfolio = (amountOfU3: string) =>
  iconv.encode(
    [
      'Nr klienta;Nazwisko;Imię;Telefon komórkowy;Nr umowy;Wierzyciel pierwotny;Kwota do zapłaty;Waluta;Termin płatności',
      'K-1;Żółkiewska;Łucja;100 200 301;U/2026/0001;Kredyt S.A.;1 200,50;PLN;12.03.2026',
      'K-1;Żółkiewska;Łucja;100 200 301;U/2026/0002;Kredyt S.A.;300,00;PLN;01.06.2026',
      `K-2;Brzęczyszczykiewicz;Grzegorz;100 200 302;U/2026/0003;Kredyt S.A.;${amountOfU3};PLN;31.12.2025`,
      'K-3;Nowak;Jan;100 200 303;U/2026/0004;Kredyt S.A.;dużo;PLN;31.12.2025',
      '',
    ].join('\r\n'),
    'windows-1250',
  );

const payments = [
  'Nr umowy;Kwota wpłaty;Data wpłaty;Numer operacji',
  'U/2026/0001;200,50;02.11.2026;P-1',
  'U/2026/0003;10,00;03.11.2026;P-2',
  '',
].join('\r\n');

const statement = [
  'Data księgowania;Kwota;Waluta;Nadawca;Tytuł;Numer transakcji',
  '04.11.2026;100,00;PLN;Łucja Żółkiewska;wpłata U/2026/0002;T-1',
  '04.11.2026;55,00;PLN;ktoś nieznany;za obiady;T-2',
  '',
].join('\r\n');

describe('a portfolio from the command line', () => {
  let product: Product;
  let file: string;
  const importPortfolio = () =>
    dialdesk<Imported>(
      'import',
      file,
      '--data',
      product.dataDir,
      '--portfolio',
      'Wiosna',
      '--json',
    );
  const debtors = async () => {
    const { portfolios } = await product.rpc('debtor.list-portfolios', {});
    const portfolioId = portfolios.find(({ name }) => name === 'Wiosna')?.portfolioId;
    if (portfolioId === undefined) throw new Error('no portfolio');
    return (await product.rpc('debtor.list', { portfolioId })).rows;
  };
  /** what is open of each debt, in grosz */
  const balances = async () => {
    const found: Record<string, number> = {};
    for (const { debtorId } of await debtors()) {
      const card = await product.rpc('debtor.card', { debtorId });
      for (const debt of card.debts) found[debt.externalRef] = debt.balanceMinor;
    }
    return found;
  };
  const fresh = { 'U/2026/0001': 120_050, 'U/2026/0002': 30_000, 'U/2026/0003': 50_000 };
  const paid = { 'U/2026/0001': 100_000, 'U/2026/0002': 30_000, 'U/2026/0003': 49_000 };

  beforeAll(async () => {
    product = new Product();
    await product.address();
    file = join(product.directory, 'wierzytelności.csv');
    writeFileSync(file, portfolio('500,00'));
  });

  afterAll(() => product?.stop());

  it('is imported into the running engine, and the bad row is given back with its line', async () => {
    const imported = await importPortfolio();
    expect(imported).toMatchObject({ rows: 4, imported: 3, updated: 0, rejected: 1 });
    const rejects = readFileSync(imported.rejectsFile ?? '', 'utf8');
    expect(rejects).toMatch(/5.*amount|amount.*dużo/);
    expect(await balances()).toEqual(fresh);
  });

  it('that comes again changes nothing', async () => {
    expect(await importPortfolio()).toMatchObject({ imported: 0, updated: 0, rejected: 1 });
    expect(await balances()).toEqual(fresh);
  });

  it('takes payments, each once however often their file comes', async () => {
    const bytes = payments;
    const first = await importFile(product, { kind: 'payments', name: 'wpłaty.csv', bytes });
    expect(first).toMatchObject({ state: 'finished', imported: 2, rejected: 0 });
    expect(await balances()).toEqual(paid);
    const again = await importFile(product, { kind: 'payments', name: 'wpłaty.csv', bytes });
    expect(again).toMatchObject({ state: 'finished', imported: 0 });
    expect(await balances()).toEqual(paid);
  });

  it('takes a bank statement: what is certain is booked, the rest waits for a person', async () => {
    const file = { kind: 'bankStatement', name: 'wyciąg.csv', bytes: statement } as const;
    const end = await importFile(product, file);
    expect(end, JSON.stringify(end)).toMatchObject({ state: 'finished', queued: 1 });
    expect(await balances()).toEqual({ ...paid, 'U/2026/0002': 20_000 });
    const { entries, total } = await product.rpc('bank.queue', {});
    expect(total).toBe(1);
    const [entry] = entries;
    if (entry === undefined) throw new Error('nothing waits');
    expect(entry).toMatchObject({ amountMinor: 5_500, title: 'za obiady' });
    const debtorId = (await debtors()).find(({ externalRef }) => externalRef === 'K-2')?.debtorId;
    if (debtorId === undefined) throw new Error('no K-2');
    const { bankEntryId } = entry;
    await product.rpc('bank.match', { bankEntryId, debtorId });
    expect(await balances()).toMatchObject({ 'U/2026/0003': 43_500 });
    await product.rpc('bank.unmatch', { bankEntryId });
    expect(await balances()).toMatchObject({ 'U/2026/0003': 49_000 });
  });

  it('is put back by an undo of its second import, with the payments that came before', async () => {
    const before = await balances();
    writeFileSync(file, portfolio('900,00'));
    expect(await importPortfolio()).toMatchObject({ imported: 0, updated: 1 });
    expect((await balances())['U/2026/0003']).not.toBe(before['U/2026/0003']);
    const { jobs } = await product.rpc('import.list-jobs', { kind: 'portfolio' });
    const [latest] = jobs;
    if (latest === undefined) throw new Error('no import');
    await product.rpc('import.undo', { importJobId: latest.importJobId });
    const undone = await importEnd(product, latest);
    expect(undone.undoneAt).not.toBeNull();
    await until('what was before', async () => {
      return JSON.stringify(await balances()) === JSON.stringify(before);
    });
  });

  it('answers every contract command to the one who has the token', async () => {
    const { url } = await product.engine();
    const { tokenFile } = JSON.parse(
      readFileSync(join(product.dataDir, 'engine.json'), 'utf8'),
    ) as {
      tokenFile: string;
    };
    const input = JSON.stringify({ query: 'zolkiewska' });
    const found = await dialdesk<{ hits: { displayName: string; externalRef: string }[] }>(
      'rpc',
      'search.find',
      input,
      '--url',
      url,
      '--token-file',
      tokenFile,
    );
    expect(found.hits.map(({ externalRef }) => externalRef)).toContain('K-1');
  });
});
