import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { letterBody } from '#shared/contract/index.ts';
import { composeLetter } from './letter/compose-letter.ts';
import { letterAccount, letterDate, letterMoney } from './letter/letter-format.ts';
import { checkTemplate } from './letter/placeholders.ts';
import { aLetter, aLetterData, aLetterhead } from './letters.fixture.ts';
import { drawLetter } from './pdf/draw-letter.ts';
import { fontFiles } from './pdf/letter-fonts.ts';
import { sampleLetters } from './templates/sample-letters.ts';

/** What a reader can select and copy, page by page, without spaces: lines break where they must. */
async function textOf(bytes: Buffer): Promise<string[]> {
  const task = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 });
  const pdf = await task.promise;
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const content = await (await pdf.getPage(number)).getTextContent();
    pages.push(content.items.map((item) => ('str' in item ? item.str : '')).join(''));
  }
  await task.destroy();
  return pages.map(packed);
}

function packed(text: string): string {
  return text.replaceAll(/\s/g, '');
}

describe('a letter as PDF', () => {
  it('has Polish letters, amounts and dates that can be read back', async () => {
    const { letter, missing } = aLetter('demandForPayment', 'pl');
    const { bytes, pages } = await drawLetter(letter, fontFiles());
    const [text = ''] = await textOf(bytes);
    expect(pages).toBe(1);
    expect(missing).toEqual([]);
    for (const expected of [
      'Łucja Żółć-Gęślą',
      'Windykacja Źródło sp. z o.o.',
      'kwoty 12 475,68 zł w terminie do 5 grudnia 2026',
      '61 1090 1014 0000 0712 1981 2874',
      'FV/2026/0815',
      'Strona 1 z 1',
    ]) {
      expect(text).toContain(packed(expected));
    }
  });

  it('has Cyrillic', async () => {
    const data = aLetterData();
    data.debtor.displayName = 'Ёлкина-Щукина Анна';
    const { letter } = aLetter('balanceStatement', 'ru', {
      ...data,
      debts: data.debts.map((debt) => ({ ...debt, currency: 'RUB' })),
    });
    const [text = ''] = await textOf((await drawLetter(letter, fontFiles())).bytes);
    expect(text).toContain(packed('Ёлкина-Щукина Анна'));
    expect(text).toContain(packed('12 475,68 ₽'));
    expect(text).toContain(packed('21 ноября 2026 г.'));
  });

  it('has Chinese, beside other scripts', async () => {
    const data = aLetterData();
    data.debtor.displayName = '王小明 (Łukasz)';
    const { letter } = aLetter('demandForPayment', 'zh', data);
    const { bytes } = await drawLetter(letter, fontFiles());
    const [text = ''] = await textOf(bytes);
    expect(text).toContain('尊敬的王小明(Łukasz)');
    expect(text).toContain('2026年12月5日');
    // only the letters that are used are embedded
    expect(bytes.length).toBeLessThan(100_000);
  });

  it('has the same bytes for the same letter', async () => {
    const one = await drawLetter(aLetter('paymentPlan', 'en').letter, fontFiles());
    const other = await drawLetter(aLetter('paymentPlan', 'en').letter, fontFiles());
    expect(one.bytes.equals(other.bytes)).toBe(true);
  });

  it('goes over pages with the head of the table on each', async () => {
    const [debt] = aLetterData().debts;
    const debts = Array.from({ length: 120 }, (_, at) => ({
      ...debt!,
      id: String(at),
      externalRef: `FV/${at}/2026`,
    }));
    const { letter } = aLetter('demandForPayment', 'pl', aLetterData({ debts }));
    const { bytes, pages } = await drawLetter(letter, fontFiles());
    const texts = await textOf(bytes);
    expect(pages).toBeGreaterThan(2);
    const rows = texts.join('');
    for (let at = 0; at < 120; at += 1) expect(rows).toContain(`FV/${at}/2026`);
    expect(texts[1]).toContain('Dozapłaty');
    expect(texts[1]).toContain(`Strona2z${pages}`);
  });

  it('survives names and words of any length, and letters that no font has', async () => {
    const data = aLetterData();
    data.debtor.displayName = 'x'.repeat(500);
    data.debtor.street = '\u{1F600}'.repeat(40);
    const { letter } = aLetter('demandForPayment', 'pl', data);
    const [text = ''] = await textOf((await drawLetter(letter, fontFiles())).bytes);
    expect(text).toContain('x'.repeat(40));
    expect(text).toContain('□');
  });
});

describe('a template', () => {
  const compose = (parts: unknown[], data = aLetterData()) =>
    composeLetter(data, {
      body: letterBody.parse({ subject: 'S', parts }),
      language: 'en',
      letterhead: aLetterhead,
      logo: null,
      agentName: null,
    });
  const texts = (parts: unknown[], data = aLetterData()) =>
    compose(parts, data).letter.blocks.flatMap((block) => ('text' in block ? [block.text] : []));
  const part = (text: string, when?: object) => ({ kind: 'text', text, ...(when ? { when } : {}) });

  it('prints a part only when its condition holds', () => {
    const balance = (is: string, than: number) => ({ field: 'total.balance', is, than });
    expect(
      texts([
        part('a', balance('more', 1_247_567)),
        part('b', balance('more', 1_247_568)),
        part('c', balance('less', 1_247_569)),
        part('d', { field: 'debtor.taxId', is: 'absent' }),
        part('e', { field: 'debtor.taxId', is: 'present' }),
      ]),
    ).toEqual(['a', 'c', 'd']);
  });

  it('leaves a line to fill in where a value is missing, and says which', () => {
    const { letter, missing } = compose([part('{{debtor.taxId}}, {{ debtor.name }}')]);
    expect(letter.blocks[0]).toMatchObject({ text: '…………………, Łucja Żółć-Gęślą' });
    expect(missing).toEqual(['debtor.taxId']);
  });

  it('says when interest that has run cannot be counted', () => {
    const data = aLetterData();
    const debts = data.debts.map((debt) => ({ ...debt, interestKnown: false }));
    expect(compose([part('x')], { ...data, debts }).missing).toEqual(['total.interest']);
  });

  it('never adds up different currencies', () => {
    const data = aLetterData();
    const [one, other] = data.debts;
    const debts = [one!, { ...other!, currency: 'EUR' }];
    expect(texts([part('{{total.balance}}')], { ...data, debts })).toEqual([
      'PLN\u00a012,474.68 + €1.00',
    ]);
    const { letter } = compose([{ kind: 'debts', columns: ['reference', 'balance'] }], {
      ...data,
      debts,
    });
    expect(letter.blocks[0]).toMatchObject({
      totals: [
        ['Total', 'PLN\u00a012,474.68'],
        ['Total', '€1.00'],
      ],
    });
  });

  it('does not fill in what stands in a value', () => {
    const data = aLetterData();
    data.debtor.displayName = '{{total.balance}}';
    expect(texts([part('{{debtor.name}}')], data)).toEqual(['{{total.balance}}']);
  });

  it.each([
    [part('{{debtor.nmae}}'), 'unknown-field'],
    [part('{{debtor.name}'), 'unclosed-field'],
    [part('x', { field: 'total.balance', is: 'more' }), 'condition-without-number'],
    [part('x', { field: 'debtor.name', is: 'more', than: 1 }), 'condition-on-text'],
  ])('is refused: %j', (wrong, problem) => {
    const body = letterBody.parse({ subject: 'S', parts: [wrong] });
    expect(checkTemplate(body)).toMatchObject([{ part: 0, problem }]);
  });

  it('of the samples is sound, in four languages', () => {
    expect(sampleLetters).toHaveLength(16);
    expect(new Set(sampleLetters.map((sample) => sample.letterTemplateId)).size).toBe(16);
    for (const { body } of sampleLetters) {
      expect(letterBody.parse(body)).toEqual(body);
      expect(checkTemplate(body)).toEqual([]);
    }
  });

  it('of the samples misses nothing of a debtor who has everything', () => {
    for (const { kind, language } of sampleLetters) {
      expect(aLetter(kind, language).missing).toEqual([]);
    }
  });
});

describe('values', () => {
  it('are written as the language does', () => {
    expect(letterMoney(-123_405, 'PLN', 'pl')).toBe('-1\u00a0234,05\u00a0zł');
    expect(letterMoney(9_007_199_254_740_991, 'USD', 'en')).toBe('US$90,071,992,547,409.91');
    expect(letterMoney(500, 'JPY', 'zh')).toBe('JP¥500');
    expect(letterDate('2026-03-01', 'ru')).toBe('1\u00a0марта\u00a02026\u00a0г.');
    expect(letterAccount('61109010140000071219812874')).toBe(
      '61\u00a01090\u00a01014\u00a00000\u00a00712\u00a01981\u00a02874',
    );
    expect(letterAccount('DE89370400440532013000')).toBe(
      'DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000',
    );
    expect(letterAccount('whatever')).toBe('whatever');
  });
});
