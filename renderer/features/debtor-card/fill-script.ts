import type { DebtorCard } from '#shared/contract/index.ts';
import { formatIsoDate, formatMoney } from '../../app/format/index.ts';

/** What a script says of a debtor; a part of the card, so that a script can be looked at without one. */
export interface ScriptCard extends Pick<DebtorCard, 'displayName' | 'externalRef' | 'totals'> {
  debts: Pick<
    DebtorCard['debts'][number],
    'status' | 'daysPastDue' | 'creditorName' | 'dueOn' | 'externalRef' | 'account' | 'accountToPay'
  >[];
}

/** What a script says beside the data of the card. */
export interface ScriptFacts {
  agent: string | null;
  firm: string | null;
  /** what is being agreed on, as it is written: "400,00 zł" */
  amount: string | null;
  /** `YYYY-MM-DD` */
  date: string | null;
}

/**
 * The words of a script with what is known in the place of `{name}`. What has no value yet is a gap (…), as a person
 * would write it; a name that nobody knows stays as it is, so that whoever wrote the script sees it.
 * @param locale of the script: it is read aloud in its language
 */
export function fillScript(
  text: string,
  card: ScriptCard,
  facts: ScriptFacts,
  locale: string,
): string {
  const [oldest] = card.debts
    .filter((debt) => debt.status === 'open')
    .sort((a, b) => (b.daysPastDue ?? 0) - (a.daysPastDue ?? 0));
  const dateText = (date: string | null | undefined): string | null =>
    date ? formatIsoDate(date, locale) : null;
  const values: Record<string, string | null | undefined> = {
    agent: facts.agent,
    firm: facts.firm,
    amount: facts.amount,
    date: dateText(facts.date),
    debtor: card.displayName,
    creditor: [...new Set(card.debts.map((debt) => debt.creditorName))].join(', '),
    balance: card.totals.map((money) => formatMoney(money, locale)).join(' + '),
    dueOn: dateText(oldest?.dueOn),
    ref: oldest?.externalRef ?? card.externalRef,
    account: oldest?.account?.shown ?? oldest?.accountToPay,
  };
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? values[name] || '…' : whole,
  );
}
