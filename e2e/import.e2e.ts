import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasPeer } from '../main/testing/peers.ts';
import { AgentPage } from './support/agent-page.ts';
import { TestBrowser } from './support/browser.ts';
import { LeadPage } from './support/lead-page.ts';
import { keepEvidence } from './support/on-failure.ts';
import { Product } from './support/product.ts';

const sample = fileURLToPath(new URL('../resources/samples/portfolio-pl.csv', import.meta.url));
/** lines of the sample that are spoiled: an amount that is none, and a day that no calendar has */
const spoiled = [
  { line: 3, from: /1 203,01/, to: 'wiele', reason: /amount/ },
  { line: 5, from: /;\d\d\.\d\d\.2026;/, to: ';31.02.2026;', reason: /due-date/ },
];

describe.skipIf(!hasPeer('chromium'))('a portfolio from a Polish spreadsheet', () => {
  let product: Product;
  let browser: TestBrowser;
  let lead: LeadPage;

  beforeAll(async () => {
    product = new Product();
    browser = await TestBrowser.open();
    const { page } = await browser.newPage();
    await new AgentPage(page).logIn(await product.address());
    lead = new LeadPage(page);
  });

  beforeEach(() =>
    keepEvidence(
      () => [browser],
      () => product,
    ),
  );

  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it('is read as it was written: Windows-1250, semicolons, decimal commas, Polish names', async () => {
    await lead.chooseFile({ name: 'wierzytelności.csv', mimeType: 'text/csv', buffer: damaged() });
    await lead.main.getByText('120 records', { exact: true }).waitFor();
    const choice = (label: string) => lead.main.getByLabel(label, { exact: true }).textContent();
    expect(await choice('Encoding')).toContain('Windows-1250');
    expect(await choice('Between columns')).toContain('Semicolon');
    expect(await choice('Dates')).toContain('Day, month, year');
    await lead.main.getByRole('cell', { name: 'Jerzy Wróbel' }).waitFor();
    await lead.main.getByText('Rejected: the amount is not a number').waitFor();
  });

  it('is stored, and what is damaged can be taken back with line and reason', async () => {
    await lead.commitImport('Wierzytelności');
    expect(await lead.figure('rejected')).toBe(String(spoiled.length));
    const downloading = lead.page.waitForEvent('download');
    await lead.main.getByRole('button', { name: 'Download the rejected records' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('rejects.csv');
    const rejects = readFileSync(await download.path(), 'utf8');
    for (const { line, to, reason } of spoiled) {
      const row = rejects.split(/\r?\n/).find((text) => text.includes(to.replaceAll(';', '')));
      expect(row, rejects).toMatch(new RegExp(`(^|[;,"])${line}([;,"]|$)`));
      expect(row).toMatch(reason);
    }
  });

  it('is in the list, found without diacritics, with amounts to the grosz', async () => {
    await lead.main.getByRole('link', { name: 'Open the portfolio' }).click();
    await lead.page.getByRole('searchbox').fill('wrobel jerzy');
    await lead.main.getByText('Jerzy Wróbel').waitFor();
    const { rows } = await product.rpc('debtor.list', { search: 'wrobel jerzy' });
    const row = rows.find(({ externalRef }) => externalRef === 'PL-0000001');
    expect(row?.balances).toEqual([{ amountMinor: 105_790, currency: 'PLN' }]);
    browser.checkPages();
  });
});

/** The sample with its spoiled lines, byte for byte in its own encoding. */
function damaged(): Buffer {
  const lines = readFileSync(sample, 'latin1').split('\r\n');
  for (const { line, from, to } of spoiled) {
    const before = lines[line - 1] ?? '';
    const after = before.replace(from, to);
    if (after === before) throw new Error(`nothing to spoil in line ${line}: ${before}`);
    lines[line - 1] = after;
  }
  return Buffer.from(lines.join('\r\n'), 'latin1');
}
