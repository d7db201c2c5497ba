import { describe, expect, it } from 'vitest';
import { aCard } from '../../testing/fixtures.ts';
import { fillScript } from './fill-script.ts';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('a script', () => {
  it('says the data of the card', () => {
    const text = fillScript('{name}: {total} for {creditor}, {document}', aCard(), 'pl');
    expect(plain(text)).toBe(
      'Anna Kowalczyk-Wójcik: 2845,50 zł for Nest Telekom S.A., FV/2026/0817',
    );
  });

  it('leaves what it does not know to be seen', () => {
    expect(fillScript('{nobody} {companyName} {}', aCard(), 'en')).toBe(
      '{nobody} {companyName} {}',
    );
  });
});
