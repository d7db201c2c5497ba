import type { DebtorCard } from '#shared/contract/index.ts';
import { formatIsoDate, formatMoney } from '../../app/format/index.ts';

/**
 * The words of a script with the card's data in the place of `{name}`. A name that is not known, or has no value for
 * this debtor, stays as it is: the agent sees that something is missing.
 */
export function fillScript(text: string, card: DebtorCard, locale: string): string {
  const oldest = [...card.debts]
    .filter((debt) => debt.status === 'open')
    .sort((a, b) => (b.daysPastDue ?? 0) - (a.daysPastDue ?? 0))[0];
  const creditors = [...new Set(card.debts.map((debt) => debt.creditorName))];
  const values: Record<string, string | null | undefined> = {
    name: card.displayName,
    debtor: card.displayName,
    givenName: card.givenName,
    familyName: card.familyName,
    companyName: card.companyName,
    reference: card.externalRef,
    creditor: creditors.join(', '),
    total: card.totals.map((money) => formatMoney(money, locale)).join(' + '),
    balance: card.totals.map((money) => formatMoney(money, locale)).join(' + '),
    document: oldest?.externalRef,
    debt: oldest?.externalRef,
    dueOn: oldest?.dueOn ? formatIsoDate(oldest.dueOn, locale) : null,
    days: oldest?.daysPastDue?.toString(),
    account: oldest?.account?.shown ?? oldest?.accountToPay,
    city: card.city,
  };
  return text.replace(/\{([\w.]+)\}/g, (whole, name: string) => values[name] || whole);
}
