import { describe, expect, it } from 'vitest';
import { aCard } from '../../testing/fixtures.ts';
import { fillScript, type ScriptFacts } from './fill-script.ts';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
const nothing: ScriptFacts = { agent: null, firm: null, amount: null, date: null };

describe('a script', () => {
  it('says the data of the card in its own language', () => {
    const text = fillScript(
      '{debtor}: {balance} dla {creditor} od {dueOn}, {ref}',
      aCard(),
      nothing,
      'pl',
    );
    expect(plain(text)).toBe(
      'Anna Kowalczyk-Wójcik: 2845,50 zł dla Nest Telekom S.A. od 8 wrz 2026, FV/2026/0817',
    );
  });

  it('says who calls and what is being agreed on', () => {
    const facts = { agent: 'Marta', firm: 'Firma', amount: '400,00 zł', date: '2026-11-28' };
    expect(plain(fillScript('{agent}, {firm}: {amount} {date}', aCard(), facts, 'pl'))).toBe(
      'Marta, Firma: 400,00 zł 28 lis 2026',
    );
  });

  it('leaves a gap for what is not known yet, and names that nobody knows as they are', () => {
    expect(fillScript('{amount} by {date}, {nobody} {}', aCard(), nothing, 'en')).toBe(
      '… by …, {nobody} {}',
    );
  });
});
