import type { ScriptCard, ScriptFacts } from '../debtor-card/fill-script.ts';

/** A made-up debtor by whom a script is looked at; the amounts are in the money of the script's language. */
export function sampleCard(language: string, now: number): ScriptCard {
  const currency = currencies[language.split('-')[0] ?? ''] ?? 'EUR';
  const dueOn = new Date(now - 74 * 86_400_000).toISOString().slice(0, 10);
  return {
    displayName: names[language.split('-')[0] ?? ''] ?? 'Anna Example',
    externalRef: 'NT-1042',
    totals: [{ amountMinor: 128_450, currency }],
    debts: [
      {
        status: 'open',
        daysPastDue: 74,
        dueOn,
        externalRef: 'F/2026/1042',
        creditorName: 'Nest Telekom',
        account: null,
        accountToPay: '00 0000 0000 0000 0000 0000 1042',
      },
    ],
  };
}

/** What the agent says of themselves and what is being agreed on, in the preview. */
export function sampleFacts(
  agent: string | null,
  firm: string | null,
  amount: string,
  now: number,
): ScriptFacts {
  return {
    agent,
    firm,
    amount,
    date: new Date(now + 7 * 86_400_000).toISOString().slice(0, 10),
  };
}

const currencies: Record<string, string> = { pl: 'PLN', ru: 'RUB', zh: 'CNY', en: 'GBP' };
const names: Record<string, string> = {
  pl: 'Anna Przykładowa',
  ru: 'Анна Примерова',
  zh: '王小明',
};
